import type { Socket } from 'node:net';

/** Why a tunnel ended; `closed`: either side was done. */
export type TunnelEnd = 'closed' | 'idle' | 'lifetime' | 'bytes' | 'revoked' | 'stopped';

export interface SpliceOptions {
  readonly idleMs: number;
  readonly halfOpenMs: number;
  readonly lifetimeMs: number;
  /** False when no more bytes may pass. */
  readonly spend: (bytes: number) => boolean;
  readonly onEnd: (end: TunnelEnd, bytes: number) => void;
}

/**
 * Joins two connected sockets until both are done. A side that does not read stops the other from being read (`pipe`), so
 * at most a buffer of each socket is held; a side that neither reads nor writes is idle and cut.
 * Returns what ends it early.
 */
export function splice(client: Socket, upstream: Socket, options: SpliceOptions): (end: TunnelEnd) => void {
  let ended = false;
  let bytes = 0;
  let idle = setTimeout(() => {
    finish('idle');
  }, options.idleMs);
  const lifetime = setTimeout(() => {
    finish('lifetime');
  }, options.lifetimeMs);

  function finish(end: TunnelEnd): void {
    if (ended) return;
    ended = true;
    clearTimeout(idle);
    clearTimeout(lifetime);
    upstream.destroy();
    // What has arrived from the other side is still delivered, but nobody is waited for long.
    if (end === 'closed' && !client.destroyed) {
      const patience = setTimeout(() => client.destroy(), options.halfOpenMs);
      client.once('close', () => {
        clearTimeout(patience);
      });
      client.destroySoon();
    } else {
      client.destroy();
    }
    options.onEnd(end, bytes);
  }

  function pass(chunk: Buffer): void {
    if (ended) return;
    bytes += chunk.length;
    idle.refresh();
    if (!options.spend(chunk.length)) finish('bytes');
  }

  /** One side has sent its end: the other may go on, but not hold the connection open in silence. */
  function halfOpen(): void {
    clearTimeout(idle);
    if (ended) return;
    idle = setTimeout(() => {
      finish('idle');
    }, options.halfOpenMs);
  }

  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.on('data', pass).once('end', halfOpen);
    from.once('close', () => {
      finish('closed');
    });
    from.pipe(to);
  }
  return finish;
}
