import fc from 'fast-check';
import { expect, it } from 'vitest';
import { snoozeTimes } from '../../../../../src/renderer/features/inbox/list/snooze-times';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).getTime() / 1000;
/** Tuesday 10 March 2026. */
const offered = (now: number, closesAt: number | null = null) =>
  Object.fromEntries(snoozeTimes(now, closesAt).map(({ choice, at: time }) => [choice, time]));

it('offers later today on the full hour, tomorrow and next Monday at nine', () => {
  expect(offered(at(10, 10, 20))).toEqual({
    'later-today': at(10, 14),
    tomorrow: at(11, 9),
    'next-week': at(16, 9),
  });
});

it('offers nothing later today when the day is nearly over', () => {
  expect(offered(at(10, 19))['later-today']).toBe(at(10, 22));
  expect(offered(at(10, 19, 1))['later-today']).toBeUndefined();
  expect(offered(at(10, 23))['later-today']).toBeUndefined();
});

it('means the Monday after on a Monday, and the very next day on a Sunday', () => {
  expect(offered(at(9, 8))['next-week']).toBe(at(16, 9));
  expect(offered(at(15, 8))['next-week']).toBe(at(16, 9));
});

it('offers an hour before the reply window closes while there is more than that', () => {
  expect(offered(at(10, 10), at(11, 6))['before-closing']).toBe(at(11, 5));
  expect(offered(at(10, 10), at(10, 11))['before-closing']).toBeUndefined();
});

it('offers only times to come, on any day of any year', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_700_000_000, max: 2_200_000_000 }), (now) => {
      for (const { at: time } of snoozeTimes(now, now + 7200)) expect(time).toBeGreaterThan(now);
    }),
  );
});
