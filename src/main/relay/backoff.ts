export interface BackoffOptions {
  /** First pause, milliseconds. */
  readonly firstMs: number;
  /** Longest pause, milliseconds. */
  readonly maxMs: number;
  /** Between 0 and 1; `Math.random` when absent. */
  readonly random?: () => number;
}

/**
 * Pauses between attempts to reach a relay. The longest is short enough that a relay which comes back is noticed soon, and
 * long enough that a thousand desktops do not trouble it.
 */
export const RELAY_BACKOFF: BackoffOptions = { firstMs: 250, maxMs: 8_000 };

export interface Backoff {
  /** The next pause in milliseconds: doubles each time, and half of it is left to chance, so that many do not come at once. */
  next(): number;
  reset(): void;
}

export function createBackoff({ firstMs, maxMs, random = Math.random }: BackoffOptions): Backoff {
  let failures = 0;
  return {
    next() {
      const full = Math.min(maxMs, firstMs * 2 ** Math.min(failures, 30));
      failures += 1;
      return full * (0.5 + random() / 2);
    },
    reset() {
      failures = 0;
    },
  };
}
