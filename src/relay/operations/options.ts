import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const USAGE = `Usage:
  npm run relay -- --port N [--data DIR] [--host 127.0.0.1] [--public-url URL] [--wechat-origin URL] [--exit-with-stdin]
  npm run relay -- invite [--data DIR] [--workspace NAME]
`;

/** Where the relay keeps its data unless told otherwise. */
const DEFAULT_DATA = join(homedir(), '.oa-desk-relay');
const DEFAULT_PORT = 8787;

/** A mistake on the command line; `message` says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface ServeOptions {
  readonly command: 'serve';
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly publicUrl?: string;
  readonly wechatOrigin?: string;
  readonly exitWithStdin: boolean;
}

export interface InviteOptions {
  readonly command: 'invite';
  readonly dataDir: string;
  readonly workspace: string | null;
}

export type Options = ServeOptions | InviteOptions | { readonly command: 'help' };

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  if (values.help === true) return { command: 'help' };
  const dataDir = resolve(values.data ?? DEFAULT_DATA);
  requireSqlite(values.store);
  const [command, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`There is no command "${positionals.join(' ')}".`);
  if (command === 'invite') {
    if (values.workspace !== undefined && !/^\S.{0,63}$/.test(values.workspace))
      throw new UsageError('--workspace takes a name of 1 to 64 characters.');
    return { command, dataDir, workspace: values.workspace ?? null };
  }
  if (command !== undefined && command !== 'serve') throw new UsageError(`There is no command "${command}".`);
  return {
    command: 'serve',
    port: portOf(values.port),
    host: values.host ?? '127.0.0.1',
    dataDir,
    exitWithStdin: values['exit-with-stdin'] === true,
    ...(values['public-url'] === undefined
      ? {}
      : { publicUrl: httpOrigin('--public-url', values['public-url']) }),
    ...(values['wechat-origin'] === undefined
      ? {}
      : { wechatOrigin: httpOrigin('--wechat-origin', values['wechat-origin']) }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        store: { type: 'string' },
        workspace: { type: 'string' },
        'public-url': { type: 'string' },
        'wechat-origin': { type: 'string' },
        'exit-with-stdin': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The command line cannot be read.');
  }
}

function requireSqlite(store: string | undefined): void {
  if (store === undefined || store === 'sqlite') return;
  throw new UsageError('--store: this version of the relay stores in SQLite only. Leave the option out.');
}

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError('--port takes a number from 0 to 65535; 0 chooses a free one.');
  return port;
}

/** The origin with its path, without a slash at the end. */
function httpOrigin(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== ''
  )
    throw new UsageError(`${option} takes an address such as https://relay.example.com`);
  return url.href.replace(/\/+$/, '');
}
