import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import { Documents } from '../state/documents';
import type { RelayStore } from '../store/port';
import { LOCKS } from './collections';

/** Seconds after which a holder counts as dead: longer than two calls of WeChat may take. */
const HOLD_SECONDS = 40;
/** Milliseconds between two looks at what another relay holds. */
const LOOK_MS = 60;
/** Milliseconds a caller waits for another relay. */
const PATIENCE_MS = 15_000;

interface Holding {
  readonly holder: string;
  readonly until: UnixSeconds;
}

/**
 * Keeps relays from doing the same work at the same time. A lock that its holder does not give back (the process died)
 * ends by itself, so it saves work and calls; whether a result counts is still decided where it is stored.
 */
export class Locks {
  private readonly documents: Documents<Holding>;

  constructor(
    store: RelayStore,
    private readonly clock: Clock,
  ) {
    this.documents = new Documents(store, LOCKS);
  }

  /** How to give the lock back; null while somebody else has it. */
  async take(name: string): Promise<(() => Promise<void>) | null> {
    const holder = randomBytes(12).toString('hex');
    const now = this.clock.now();
    const held = await this.documents.change(name, (current) =>
      current !== null && current.until > now ? null : { holder, until: now + HOLD_SECONDS },
    );
    return held?.holder === holder ? () => this.giveBack(name, holder) : null;
  }

  /**
   * What `read` gives, as soon as it gives something; the first of all relays to find nothing does `work` meanwhile, and
   * its result counts here. `read` is asked again after every wait.
   * @throws AppError `relay/busy` when another relay works on it for too long
   */
  async once<T>(name: string, read: () => Promise<T | null>, work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const present = await read();
      if (present !== null) return present;
      const giveBack = await this.take(name);
      if (giveBack !== null) {
        try {
          // Somebody may have finished between the look and the lock.
          return (await read()) ?? (await work());
        } finally {
          await giveBack();
        }
      }
      if (performance.now() > deadline) throw new AppError({ code: 'relay/busy', retryable: true });
      await delay(LOOK_MS);
    }
  }

  /** What was done counts whether or not this succeeds: a lock also ends by itself. */
  private async giveBack(name: string, holder: string): Promise<void> {
    try {
      const held = await this.documents.get(name);
      if (held?.value.holder === holder) await this.documents.delete(name, held.revision);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'relay/store-unavailable')) throw error;
    }
  }
}
