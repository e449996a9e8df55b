import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursHold, shopClock } from '#shared/domain/replies/shop-hours';
import { codeOf } from '../../../wechat/helpers/code-of';

const utc = (...parts: [number, number, number, number, number, number?]): number => {
  const [year, month, day, hour, minute, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
};
const show = (timeZone: string, now: number): string => {
  const { weekday, minute } = shopClock(timeZone)(now);
  return `${weekday} ${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
};

describe("the shop's clock", () => {
  it('shows the weekday and time of the zone, not of the machine', () => {
    const now = utc(2026, 3, 1, 16, 0);
    expect(show('Asia/Shanghai', now)).toBe('1 0:00');
    expect(show('UTC', now)).toBe('7 16:00');
    expect(show('America/New_York', now)).toBe('7 11:00');
    expect(show('Asia/Kolkata', now)).toBe('7 21:30');
  });

  it('shows the minute that has begun, whatever the fraction', () => {
    expect(show('Asia/Shanghai', utc(2026, 3, 1, 15, 59, 59) + 0.999)).toBe('7 23:59');
  });

  it('follows summer time: an hour is skipped in spring and comes twice in autumn', () => {
    const berlin = (now: number): string => show('Europe/Berlin', now);
    expect(berlin(utc(2026, 3, 29, 0, 59))).toBe('7 1:59');
    expect(berlin(utc(2026, 3, 29, 1, 0))).toBe('7 3:00');
    expect(berlin(utc(2026, 10, 25, 0, 30))).toBe('7 2:30');
    expect(berlin(utc(2026, 10, 25, 1, 30))).toBe('7 2:30');
  });

  it.each(['Asia/Nowhere', 'x', '+08:00', '-03', ' ', 'Asia/Shanghai '])(
    'refuses %j as a zone',
    (timeZone) => {
      expect(codeOf(() => shopClock(timeZone))).toBe('replies/bad-time-zone');
    },
  );
});

describe('hours', () => {
  const MONDAY = 1;
  const FRIDAY = 5;
  const SATURDAY = 6;
  const at = (weekday: number, hour: number, minute = 0) => ({ weekday, minute: hour * 60 + minute });

  it('hold from the first minute to the one before the last', () => {
    const hours = { weekdays: [MONDAY], from: '09:00', to: '18:00' };
    expect(hoursHold(hours, at(MONDAY, 8, 59))).toBe(false);
    expect(hoursHold(hours, at(MONDAY, 9))).toBe(true);
    expect(hoursHold(hours, at(MONDAY, 17, 59))).toBe(true);
    expect(hoursHold(hours, at(MONDAY, 18))).toBe(false);
    expect(hoursHold(hours, at(FRIDAY, 12))).toBe(false);
  });

  it('past midnight belong to the day on which they begin', () => {
    const hours = { weekdays: [FRIDAY], from: '22:00', to: '02:00' };
    expect(hoursHold(hours, at(FRIDAY, 1))).toBe(false);
    expect(hoursHold(hours, at(FRIDAY, 22))).toBe(true);
    expect(hoursHold(hours, at(SATURDAY, 1, 59))).toBe(true);
    expect(hoursHold(hours, at(SATURDAY, 2))).toBe(false);
    expect(hoursHold(hours, at(SATURDAY, 22))).toBe(false);
  });

  it('run over the end of the week', () => {
    const hours = { weekdays: [7], from: '20:00', to: '08:00' };
    expect(hoursHold(hours, at(MONDAY, 7, 59))).toBe(true);
    expect(hoursHold(hours, at(7, 7, 59))).toBe(false);
  });

  it('hold for a whole day when they end where they begin', () => {
    const hours = { weekdays: [FRIDAY], from: '08:00', to: '08:00' };
    expect(hoursHold(hours, at(FRIDAY, 7, 59))).toBe(false);
    expect(hoursHold(hours, at(FRIDAY, 8))).toBe(true);
    expect(hoursHold(hours, at(SATURDAY, 7, 59))).toBe(true);
    expect(hoursHold(hours, at(SATURDAY, 8))).toBe(false);
  });

  it('that begin inside the skipped hour begin when the clock has jumped over it', () => {
    const timeAt = shopClock('Europe/Berlin');
    const hours = { weekdays: [7], from: '02:30', to: '05:00' };
    expect(hoursHold(hours, timeAt(utc(2026, 3, 29, 0, 59)))).toBe(false);
    expect(hoursHold(hours, timeAt(utc(2026, 3, 29, 1, 0)))).toBe(true);
    expect(hoursHold(hours, timeAt(utc(2026, 3, 29, 3, 0)))).toBe(false);
  });

  it('agree with spans drawn on the circle of a week', () => {
    const DAY = 1_440;
    const WEEK = 7 * DAY;
    const clock = (minute: number): string =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.integer({ min: 0, max: DAY - 1 }),
        fc.integer({ min: 0, max: DAY - 1 }),
        fc.integer({ min: 0, max: WEEK - 1 }),
        (weekdays, from, to, moment) => {
          const length = to > from ? to - from : to + DAY - from;
          const expected = weekdays.some((day) => {
            const begin = (day - 1) * DAY + from;
            return (moment - begin + WEEK) % WEEK < length;
          });
          const time = { weekday: Math.floor(moment / DAY) + 1, minute: moment % DAY };
          expect(hoursHold({ weekdays, from: clock(from), to: clock(to) }, time)).toBe(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
