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

declare module 'co-wechat' {
  import type { IncomingMessage } from 'node:http';

  interface Config {
    readonly token: string;
    readonly encodingAESKey: string;
    readonly appid: string;
  }
  interface Context {
    readonly query: Readonly<Record<string, string>>;
    readonly method: string;
    readonly req: IncomingMessage;
    readonly request: { readonly length: number; readonly charset: string };
    status: number;
    body: string;
    type: string;
  }

  export default function wechat(config: Config): {
    middleware(handle: () => Promise<string>): (context: Context, next: () => Promise<void>) => Promise<void>;
  };
}
