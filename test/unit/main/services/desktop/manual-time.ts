import type { Clock } from '#shared/domain/clock';
import type { Timers } from '#main/services/desktop/timers';

interface Waiting {
  readonly at: number;
  readonly run: () => void;
}

/** Clock and timers that stand still until they are told to go on. */
export class ManualTime implements Clock, Timers {
  readonly #waiting = new Set<Waiting>();

  constructor(private seconds: number) {}

  now = (): number => this.seconds;

  after = (ms: number, run: () => void): (() => void) => {
    const entry = { at: this.seconds + ms / 1000, run };
    this.#waiting.add(entry);
    return () => void this.#waiting.delete(entry);
  };

  /** Lets the time pass; after each timer `settle` waits for what it began. */
  async pass(seconds: number, settle: () => Promise<void>): Promise<void> {
    const end = this.seconds + seconds;
    for (;;) {
      const next = [...this.#waiting]
        .filter(({ at }) => at <= end)
        .sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.#waiting.delete(next);
      this.seconds = Math.max(this.seconds, next.at);
      next.run();
      await settle();
    }
    this.seconds = end;
    await settle();
  }
}
