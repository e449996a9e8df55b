import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { ipv4First, isPublicAddress } from './addresses';
import type { Target } from './targets';

/** How a name becomes addresses, and an address a connection; replaced in tests only. */
export interface Dialer {
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** `host` is always an address. Both directions end separately. */
  readonly connect: (to: { readonly host: string; readonly port: number }) => Socket;
}

export const systemDialer: Dialer = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  connect: (to) => connect({ ...to, allowHalfOpen: true, noDelay: true }),
};

/** More addresses of one name are not tried. */
const MOST_ADDRESSES = 4;

export type DialFailure = 'private-address' | 'not-resolved' | 'not-connected';

/**
 * Connects to `target`. The name is resolved once and only addresses that were checked are connected to, so that a name
 * which answers differently the second time gains nothing. Ends early, as `not-connected`, when `signal` is aborted.
 */
export async function dial(
  target: Target,
  dialer: Dialer,
  signal: AbortSignal,
  withinMs: number,
): Promise<Socket | DialFailure> {
  const found = await untilAborted(dialer.resolve(target.host), signal).catch(() => []);
  if (found.length === 0) return 'not-resolved';
  const usable = ipv4First(target.anyAddress ? found : found.filter(isPublicAddress)).slice(
    0,
    MOST_ADDRESSES,
  );
  if (usable.length === 0) return 'private-address';
  for (const host of usable) {
    if (signal.aborted) break;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(withinMs / usable.length))]);
    const socket = await connected(dialer.connect({ host, port: target.port }), patience);
    if (socket !== null) return socket;
  }
  return 'not-connected';
}

/** The socket when it is connected; null, and the socket gone, when that fails or `signal` is aborted before. */
function connected(socket: Socket, signal: AbortSignal): Promise<Socket | null> {
  return new Promise((resolve) => {
    const settle = (result: Socket | null): void => {
      signal.removeEventListener('abort', onFailure);
      socket.off('connect', onConnect).off('close', onFailure);
      resolve(result);
    };
    const onConnect = (): void => {
      settle(socket);
    };
    const onFailure = (): void => {
      settle(null);
      socket.destroy();
    };
    // Kept for the life of the socket: an error without a listener would end the process.
    socket.on('error', () => socket.destroy());
    socket.once('connect', onConnect).once('close', onFailure);
    if (signal.aborted) onFailure();
    else signal.addEventListener('abort', onFailure, { once: true });
  });
}

/** What `promise` gives, unless `signal` is aborted before. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(new Error('given up'));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}
