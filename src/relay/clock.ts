import type { Clock } from '#shared/domain/clock';

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() / 1000 };
