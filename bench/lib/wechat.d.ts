declare module 'wechat' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Config {
    readonly token: string;
    readonly encodingAESKey: string;
    readonly appid: string;
  }
  type Query = Readonly<Record<string, string>>;

  export default function wechat(
    config: Config,
    handle: (request: IncomingMessage, response: ServerResponse & { reply(content: string): void }) => void,
  ): (
    request: IncomingMessage & { query: Query },
    response: ServerResponse,
    next: (error?: unknown) => void,
  ) => void;
}
