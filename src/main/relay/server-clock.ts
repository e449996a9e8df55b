import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import type { Publish } from '../services/ports';

/** The `Date` header counts whole seconds and travels; smaller differences mean nothing. */
const NOISE_SECONDS = 2;
/** From here on the person is told: hours, not the drift of a cheap clock. */
export const SKEW_NOTICE_SECONDS = 3600;

/** Time as the servers count it: this machine's clock, corrected by what servers last said. */
export interface ServerClock extends Clock {
  /** Server time minus machine time, seconds; 0 while they agree within two seconds. */
  offset(): number;
  /** Takes in the `Date` of one answer and the machine's time when it arrived. */
  learn(serverTime: UnixSeconds, machineTime: UnixSeconds): void;
  /** Whole hours by which this machine is wrong, at least 1; null while it is right enough. */
  skewHours(): number | null;
}

export interface ServerClockDeps {
  /** This machine's clock. */
  readonly machine: Clock;
  readonly publish: Publish;
  readonly log: Logger;
}

/** Starts with the machine's own time and tells every page (`clock.changed`) when servers say otherwise. */
export function createServerClock(deps: ServerClockDeps): ServerClock {
  let offset = 0;
  return {
    now: () => deps.machine.now() + offset,
    offset: () => offset,
    learn(serverTime, machineTime) {
      if (!Number.isFinite(serverTime) || !Number.isFinite(machineTime)) return;
      const measured = serverTime - machineTime;
      const next = Math.abs(measured) <= NOISE_SECONDS ? 0 : measured;
      // One measurement differs from the next by noise; only a real difference is passed on.
      if (Math.abs(next - offset) <= NOISE_SECONDS && (next !== 0 || offset === 0)) return;
      offset = next;
      deps.log.info('server-clock-learned', { offset });
      deps.publish('clock.changed', { offset });
    },
    skewHours: () =>
      Math.abs(offset) < SKEW_NOTICE_SECONDS ? null : Math.max(1, Math.round(Math.abs(offset) / 3600)),
  };
}
