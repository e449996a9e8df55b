import { setTimeout as sleep } from 'node:timers/promises';
import type { AppErrorData } from '#shared/app-error';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import type { PulledItem } from '#shared/relay/feed-page';
import type { BoundLink, ConnectionState } from '../services/interfaces';
import type { Backoff } from './backoff';
import type { RelayApi } from './port';

/** Shorter than what proxies and home routers allow an idle connection. */
const POLL_SECONDS = 25;
/** One transaction of the database; small enough that a page stays lively during a long catch-up. */
const BATCH = 200;
/**
 * In a stream of messages one question is asked in this time, in milliseconds: too short for anybody to notice, and the
 * computer stores and shows several together instead of each alone. A message after silence waits for nothing.
 */
const GATHER_MS = 100;
/** While messages flow, "last seen" is passed on this often at most, seconds. */
const SEEN_EVERY_SECONDS = 10;

export interface LinkLoopDeps {
  readonly relay: Pick<RelayApi, 'feed'>;
  readonly clock: Clock;
  readonly backoff: Backoff;
  /** Resolves when everything is stored, with the cursor. */
  readonly ingest: (items: readonly PulledItem[]) => Promise<unknown>;
  readonly report: (connection: ConnectionState) => void;
  /** The relay answers again after it did not, or for the first time. */
  readonly onOnline: () => void;
  readonly log: Logger;
}

export interface LinkLoop {
  /** Asks again at once. */
  wake(): void;
  /** Resolves when the loop has ended; nothing is stored or reported afterwards. */
  stop(): Promise<void>;
}

const WOKEN = Symbol('woken');

/**
 * Pulls one relay's feed for as long as it is not stopped: poll, store, and acknowledge by the next poll. The relay keeps
 * every item until it is acknowledged, and it is acknowledged only after it is stored here, so a crash between the two
 * costs a repetition (which storing recognises) and never a message.
 */
export function runLinkLoop(link: BoundLink, deps: LinkLoopDeps): LinkLoop {
  const stopping = new AbortController();
  const stopped = (): boolean => stopping.signal.aborted;
  let attempt = new AbortController();
  let cursor = link.cursor;
  let state: ConnectionState['state'] | null = null;
  let lastError: AppErrorData | null = null;
  let lastSeenAt: number | null = null;
  let reportedSeenAt: number | null = null;

  function report(next: ConnectionState['state'], error: AppErrorData | null): void {
    const sameError = JSON.stringify(error) === JSON.stringify(lastError);
    const seenLately =
      lastSeenAt === reportedSeenAt ||
      (lastSeenAt !== null && reportedSeenAt !== null && lastSeenAt - reportedSeenAt < SEEN_EVERY_SECONDS);
    if (next === state && sameError && seenLately) return;
    state = next;
    lastError = error;
    reportedSeenAt = lastSeenAt;
    deps.report({ state: next, error, lastSeenAt });
  }

  function online(): void {
    const wasOnline = state === 'connected';
    lastSeenAt = deps.clock.now();
    report('connected', null);
    if (!wasOnline) deps.onOnline();
  }

  /** Returns how many items came. */
  async function pullOnce(signal: AbortSignal): Promise<number> {
    // The first question after a pause is answered at once, so that the state is known before anything arrives.
    const wait = state === 'connected' ? POLL_SECONDS : 0;
    const { items, next } = await deps.relay.feed(link, cursor, wait, BATCH, signal);
    online();
    const last = items.at(-1);
    if (last === undefined) {
      // Nothing to store: the relay may have let a gap expire, and goes on behind it.
      cursor = Math.max(cursor, next);
      return 0;
    }
    // Not interruptible: what has arrived is stored, also while stopping.
    await deps.ingest(items);
    cursor = Math.max(last.seq, next);
    return items.length;
  }

  function failed(error: unknown): void {
    const data = error instanceof AppError ? error.data : { code: 'ipc/internal' };
    // The disk is full, say: the relay is there and keeps what could not be stored.
    const relayAnswers = !data.code.startsWith('relay/') && !data.code.startsWith('network/');
    report(relayAnswers ? 'connected' : 'offline', data);
    deps.log.warn('relay-pull-failed', { link: link.id, error });
  }

  /** After a wake, whether the old connection still lives is unknown: ask anew and let the answer tell. */
  function doubtConnection(): void {
    if (state === 'connected') state = 'connecting';
  }

  async function run(): Promise<void> {
    report('connecting', null);
    while (!stopped()) {
      attempt = new AbortController();
      const signal = AbortSignal.any([stopping.signal, attempt.signal]);
      try {
        const count = await pullOnce(signal);
        deps.backoff.reset();
        // A full page means that more is there already.
        if (count > 0 && count < BATCH) await sleep(GATHER_MS, undefined, { signal }).catch(() => undefined);
        if (attempt.signal.aborted) doubtConnection();
      } catch (error) {
        if (stopped()) return;
        if (error === WOKEN) {
          doubtConnection();
          continue;
        }
        failed(error);
        await sleep(deps.backoff.next(), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  const ended = run();
  return {
    wake: () => attempt.abort(WOKEN),
    async stop() {
      stopping.abort(new Error('stopped'));
      await ended;
    },
  };
}
