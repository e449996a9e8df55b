import type { Logger } from '../../../../src/shared/log';
import {
  createWeChatClient,
  type WeChatClient,
  type WeChatClientOptions,
} from '../../../../src/wechat/client';
import { startScriptedServer, type ScriptedServer } from './scripted-server';

export const APPID = 'wx0123456789abcdef';
export const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
export const TOKEN_PATH = '/cgi-bin/stable_token';

export interface LogRecord {
  readonly level: string;
  readonly event: string;
  readonly fields: unknown;
}

export function recordingLogger(records: LogRecord[]): Logger {
  const at =
    (level: string) =>
    (event: string, fields?: Readonly<Record<string, unknown>>): void => {
      records.push({ level, event, fields: fields ?? {} });
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export interface TestBench {
  readonly server: ScriptedServer;
  readonly client: WeChatClient;
  readonly logs: readonly LogRecord[];
  /** The account's clock, unix seconds. */
  now: number;
  close(): Promise<void>;
}

/** A client against a scripted server whose token endpoint mints `token-1`, `token-2`, … for two hours each. */
export async function startTestBench(options: Partial<WeChatClientOptions> = {}): Promise<TestBench> {
  const server = await startScriptedServer();
  server.on(TOKEN_PATH, (_, nth) => ({ json: { access_token: `token-${nth}`, expires_in: 7200 } }));
  const logs: LogRecord[] = [];
  const bench: TestBench = {
    server,
    logs,
    now: 1_700_000_000,
    client: createWeChatClient({
      appid: APPID,
      secret: () => Promise.resolve(SECRET),
      origin: server.origin,
      clock: { now: () => bench.now },
      logger: recordingLogger(logs),
      ...options,
    }),
    close: () => server.close(),
  };
  return bench;
}
