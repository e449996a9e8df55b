/** Until when a conversation can be snoozed, counted on the wall clock of this computer from the server's time. */

const HOUR = 3600;
const MORNING = 9;
const LATER_HOURS = 3;
/** A return later in the day than this is tomorrow's work. */
const LAST_HOUR = 22;
const MONDAY = 1;

export const SNOOZE_CHOICES = ['later-today', 'before-closing', 'tomorrow', 'next-week'] as const;
export type SnoozeChoice = (typeof SNOOZE_CHOICES)[number];

export interface SnoozeTime {
  readonly choice: SnoozeChoice;
  /** Unix seconds. */
  readonly at: number;
}

/**
 * What is offered at `now`: later today (in three hours, on the full hour), an hour before the window closes, tomorrow and
 * next Monday at nine. Only times to come; `closesAt` is the end of the reply window, null when it is not open.
 */
export function snoozeTimes(now: number, closesAt: number | null): readonly SnoozeTime[] {
  const times: SnoozeTime[] = [];
  const later = new Date((now + LATER_HOURS * HOUR) * 1000);
  if (later.getMinutes() > 0 || later.getSeconds() > 0) later.setHours(later.getHours() + 1, 0, 0, 0);
  later.setMilliseconds(0);
  const today = new Date(now * 1000).getDate();
  if (later.getDate() === today && later.getHours() <= LAST_HOUR)
    times.push({ choice: 'later-today', at: later.getTime() / 1000 });
  if (closesAt !== null && closesAt - HOUR > now) {
    times.push({ choice: 'before-closing', at: Math.floor(closesAt - HOUR) });
  }
  times.push({ choice: 'tomorrow', at: morningIn(now, 1) });
  const weekday = new Date(now * 1000).getDay();
  times.push({ choice: 'next-week', at: morningIn(now, ((MONDAY - weekday + 6) % 7) + 1) });
  return times.sort((one, other) => one.at - other.at);
}

function morningIn(now: number, days: number): number {
  const date = new Date(now * 1000);
  date.setDate(date.getDate() + days);
  date.setHours(MORNING, 0, 0, 0);
  return date.getTime() / 1000;
}
