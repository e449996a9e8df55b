import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** A mistake on the command line; `message` says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Where the relay keeps its state: in its data folder, or in a cluster whose servers are named. */
export type StoreChoice =
  { readonly kind: 'sqlite' } | { readonly kind: 'nats'; readonly servers: readonly string[] };

/** @throws UsageError */
export function portOf(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError(`${option} takes a number from 0 to 65535; 0 chooses a free one.`);
  return port;
}

export interface CountRange {
  readonly from: number;
  readonly to: number;
  /** What is counted, in words. */
  readonly of: string;
}

/** A whole number within limits. @throws UsageError */
export function countOf(option: string, text: string, { from, to, of }: CountRange): number {
  const count = Number(text);
  if (!/^\d{1,6}$/.test(text) || count < from || count > to)
    throw new UsageError(`${option} takes a number of ${of} from ${String(from)} to ${String(to)}.`);
  return count;
}

/** The origin with its path, without a slash at the end. @throws UsageError */
export function httpOriginOf(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new UsageError(`${option} takes an address such as https://relay.example.com`);
  return url.href.replace(/\/+$/, '');
}

/** `sqlite`, or one or more servers: `nats://host:port`, separated by commas. @throws UsageError */
export function storeOf(text: string): StoreChoice {
  if (text === 'sqlite') return { kind: 'sqlite' };
  const servers = text.split(',').map((server) => server.trim());
  for (const server of servers) {
    const url = URL.canParse(server) ? new URL(server) : null;
    if (
      url === null ||
      !/^(nats|tls):$/.test(url.protocol) ||
      url.hostname === '' ||
      !/^\/?$/.test(url.pathname)
    )
      throw new UsageError('--store takes sqlite, or nats://host:4222 (several with commas between them).');
    // Everybody on the machine can read the command line of a process.
    if (url.username !== '' || url.password !== '')
      throw new UsageError('--store: give the credentials of NATS in a file, with --nats-creds.');
  }
  return { kind: 'nats', servers };
}

/** @throws UsageError */
export function ipAddressOf(option: string, text: string): string {
  if (isIP(text) === 0) throw new UsageError(`${option} takes an IP address such as 203.0.113.7`);
  return text;
}

/** An absolute path. @throws UsageError */
export function pathOf(option: string, text: string): string {
  if (text.trim() === '') throw new UsageError(`${option} takes the path of a file.`);
  return resolve(text);
}

/** @throws UsageError */
export function workspaceNameOf(text: string): string {
  if (!/^\S.{0,63}$/u.test(text)) throw new UsageError('--workspace takes a name of 1 to 64 characters.');
  return text;
}
