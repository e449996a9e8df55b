/** Spans of the day on the owner's wall clock: quiet hours, and the shop's closing and opening. */
import type { UnixSeconds } from './clock';
import type { RuleHours, ShopTime } from './replies/shop-hours';
import { hoursHold } from './replies/shop-hours';

/** What the clock on the wall shows at a moment. */
export type LocalClock = (now: UnixSeconds) => ShopTime;

const DAY_MINUTES = 24 * 60;
const WEEK = 7;

export interface QuietHours extends RuleHours {
  readonly on: boolean;
}

/** When the quiet hours that hold at `now` end; null while none hold, Infinity when they never end. */
export function quietUntil(quiet: QuietHours, clock: LocalClock, now: UnixSeconds): UnixSeconds | null {
  if (!quiet.on || !hoursHold(quiet, clock(now))) return null;
  let end = now;
  // A span may begin where another ends, on as many days as a week has.
  for (let span = 0; span <= WEEK; span++) {
    end = nextAt(quiet.to, clock, end);
    if (!hoursHold(quiet, clock(end))) return end;
  }
  return Infinity;
}

export interface ShopDay {
  readonly closes: string;
  readonly opens: string;
  /** Days on which the shop is open, 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[];
}

export interface Closing {
  readonly closesAt: UnixSeconds;
  /** When the shop opens again, on whichever day that is. */
  readonly opensAt: UnixSeconds;
}

/** The shop's next closing and the opening after it; null when the shop is never open. */
export function nextClosing(day: ShopDay, clock: LocalClock, now: UnixSeconds): Closing | null {
  // Who closes after midnight closes on the day after the one that they were open.
  const pastMidnight = minuteOf(day.closes) <= minuteOf(day.opens);
  const closesAt = nextOn(day.closes, clock, now, (weekday) =>
    day.weekdays.includes(pastMidnight ? before(weekday) : weekday),
  );
  if (closesAt === null) return null;
  const opensAt = nextOn(day.opens, clock, closesAt, (weekday) => day.weekdays.includes(weekday));
  return opensAt === null ? null : { closesAt, opensAt };
}

function before(weekday: number): number {
  return weekday === 1 ? WEEK : weekday - 1;
}

function nextOn(
  time: string,
  clock: LocalClock,
  after: UnixSeconds,
  isDay: (weekday: number) => boolean,
): UnixSeconds | null {
  let at = after;
  for (let days = 0; days <= WEEK; days++) {
    at = nextAt(time, clock, at);
    if (isDay(clock(at).weekday)) return at;
  }
  return null;
}

/** The next moment after `after` at which the clock shows this time of day. */
function nextAt(time: string, clock: LocalClock, after: UnixSeconds): UnixSeconds {
  const wanted = minuteOf(time);
  const whole = Math.floor(after / 60) * 60;
  const away = (wanted - clock(whole).minute + DAY_MINUTES) % DAY_MINUTES;
  const at = whole + (away === 0 ? DAY_MINUTES : away) * 60;
  // The clock was changed in between: put right by what it shows, unless the hour asked for is skipped.
  const off = wanted - clock(at).minute;
  const corrected = at + off * 60;
  return Math.abs(off) <= 120 && corrected > after && clock(corrected).minute === wanted ? corrected : at;
}

/** Minutes since midnight of `HH:MM`. */
function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
