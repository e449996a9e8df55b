declare module 'co-wechat' {
  import type { IncomingMessage } from 'node:http';

  export interface Context {
    readonly req: IncomingMessage;
    readonly request: { readonly body?: string; readonly length?: string; readonly charset?: string };
    readonly query: Record<string, string>;
    readonly method: string;
    status: number;
    body: string;
    type: string;
  }
  export type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;

  export default function wechat(config: {
    readonly token: string;
    readonly appid: string;
    readonly encodingAESKey: string;
  }): {
    middleware(handle: (message: Record<string, string>) => Promise<unknown>): Middleware;
  };
}
