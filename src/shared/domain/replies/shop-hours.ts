/** When a rule holds, by the clock on the wall of the shop. */
import { AppError } from '../../app-error';
import type { ReplyRule } from '../../relay/reply-rules';
import type { UnixSeconds } from '../clock';

export type RuleHours = NonNullable<ReplyRule['hours']>;

export interface ShopTime {
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
  /** Minutes since midnight as the clock shows them: an hour that summer time skips never comes, one that it repeats comes twice. */
  readonly minute: number;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * What the shop's clock shows at a moment. The formatter behind it is made once.
 * @throws AppError `replies/bad-time-zone` when the name is not in the IANA database of this program
 */
export function shopClock(timeZone: string): (now: UnixSeconds) => ShopTime {
  const formatter = formatterOf(timeZone);
  return (now) => {
    const shown = new Map(formatter.formatToParts(now * 1000).map(({ type, value }) => [type, value]));
    return {
      weekday: WEEKDAYS.indexOf(shown.get('weekday') ?? '') + 1,
      minute: Number(shown.get('hour')) * 60 + Number(shown.get('minute')),
    };
  };
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  // Engines differ in whether they take offsets such as `+08:00`; names mean the same on desktop and relay.
  if (!/^[A-Za-z]/.test(timeZone)) throw badTimeZone(timeZone);
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badTimeZone(timeZone, error);
  }
}

function badTimeZone(timeZone: string, cause?: unknown): AppError {
  return new AppError({ code: 'replies/bad-time-zone', params: { timeZone } }, { cause });
}

/** Whether a time lies in one of the spans. A span past midnight belongs to the day on which it begins. */
export function hoursHold(hours: RuleHours, { weekday, minute }: ShopTime): boolean {
  const from = minuteOf(hours.from);
  const to = minuteOf(hours.to);
  const beginsOn = (day: number): boolean => hours.weekdays.includes(day);
  if (from < to) return beginsOn(weekday) && minute >= from && minute < to;
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return (beginsOn(weekday) && minute >= from) || (beginsOn(yesterday) && minute < to);
}

/** Of `HH:MM`. */
function minuteOf(timeOfDay: string): number {
  return Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3));
}
