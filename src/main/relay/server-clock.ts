import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import type { Publish } from '../services/ports';

/** The `Date` header counts whole seconds and travels; smaller differences mean nothing. */
const NOISE_SECONDS = 2;
/** A relay's clock counts again when WeChat was silent for so long, seconds. */
const WECHAT_HEARD_FOR = 3600;
/** From here on the person is told: hours, not the drift of a cheap clock. */
export const SKEW_NOTICE_SECONDS = 3600;

/** Time as the servers count it: this machine's clock, corrected by what servers last said. */
export interface ServerClock extends Clock {
  /** Server time minus machine time, seconds; 0 while they agree within two seconds. */
  offset(): number;
  /**
   * Takes in the `Date` of one answer and the machine's time when it arrived. The rules are WeChat's, so a relay is
   * listened to only while WeChat itself has not been heard lately.
   */
  learn(serverTime: UnixSeconds, machineTime: UnixSeconds, from?: 'wechat' | 'relay'): void;
  /** Takes in a moment that WeChat has stamped on an event: its clock stands there already, or further on. */
  notBefore(stamped: UnixSeconds): void;
  /** Calls back when servers said another time than was counted; returns the disposer. */
  onSet(listener: () => void): () => void;
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
  let heardWeChatAt: UnixSeconds | null = null;
  const listeners = new Set<() => void>();

  function set(next: number): void {
    offset = next;
    deps.log.info('server-clock-learned', { offset });
    deps.publish('clock.changed', { offset });
    for (const listener of listeners) listener();
  }

  return {
    now: () => deps.machine.now() + offset,
    offset: () => offset,
    learn(serverTime, machineTime, from = 'wechat') {
      if (!Number.isFinite(serverTime) || !Number.isFinite(machineTime)) return;
      if (from === 'wechat') heardWeChatAt = machineTime;
      else if (heardWeChatAt !== null && Math.abs(machineTime - heardWeChatAt) < WECHAT_HEARD_FOR) return;
      const measured = serverTime - machineTime;
      const next = Math.abs(measured) <= NOISE_SECONDS ? 0 : measured;
      // One measurement differs from the next by noise; only a real difference is passed on.
      if (Math.abs(next - offset) <= NOISE_SECONDS && (next !== 0 || offset === 0)) return;
      set(next);
    },
    notBefore(stamped) {
      const ahead = stamped - (deps.machine.now() + offset);
      // Hours are no lag of an answer: whether a clock is that wrong, WeChat's own answers tell.
      if (ahead > NOISE_SECONDS && ahead < SKEW_NOTICE_SECONDS) set(offset + ahead);
    },
    onSet(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    skewHours: () =>
      Math.abs(offset) < SKEW_NOTICE_SECONDS ? null : Math.max(1, Math.round(Math.abs(offset) / 3600)),
  };
}
