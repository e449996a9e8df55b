import type { Clock, UnixSeconds } from '#shared/domain/clock';

/** The sandbox's time: every rule, expiry, CreateTime and `Date` header follows it. Whole seconds. */
export interface SandboxClock extends Clock {
  readonly manual: boolean;
  /** Moves a manual clock forward; a real one cannot be moved. */
  advance(seconds: number): UnixSeconds;
  /** Calls back after every advance; returns the disposer. */
  onAdvance(listener: () => void): () => void;
}

const DAY = 86_400;
/** WeChat's days and months are those of Beijing, which has no summer time. */
const BEIJING_OFFSET = 8 * 3600;

/** A clock that follows the machine. `advance` throws a RangeError. */
export function realClock(): SandboxClock {
  return {
    manual: false,
    now: () => Math.floor(Date.now() / 1000),
    advance: () => {
      throw new RangeError('the clock follows the machine; start with --manual-clock to move it');
    },
    onAdvance: () => () => undefined,
  };
}

/** A clock that stands still at `startAt` (unix seconds) until it is advanced. */
export function manualClock(startAt: UnixSeconds): SandboxClock {
  let now = Math.floor(startAt);
  const listeners = new Set<() => void>();
  return {
    manual: true,
    now: () => now,
    advance: (seconds) => {
      if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError('advance takes seconds, 0 or more');
      now += Math.floor(seconds);
      for (const listener of listeners) listener();
      return now;
    },
    onAdvance: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The number of the Beijing day that holds `at`; daily quotas reset when it changes. */
export function beijingDay(at: UnixSeconds): number {
  return Math.floor((at + BEIJING_OFFSET) / DAY);
}

/** `YYYY-MM` in Beijing; monthly allowances reset when it changes. */
export function beijingMonth(at: UnixSeconds): string {
  return new Date((at + BEIJING_OFFSET) * 1000).toISOString().slice(0, 7);
}
