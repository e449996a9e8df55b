import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextClosing, quietUntil } from '#shared/domain/local-hours';
import {
  DIGEST_LEAD,
  digestIsDue,
  dueReminder,
  REMINDER_LEADS,
  TIME_TO_ANSWER,
  type Reminded,
} from '#shared/domain/reminders';
import { shopClock } from '#shared/domain/replies/shop-hours';
import { applyWindowEvent, EMPTY_WINDOW, windowState, type WindowRecord } from '#shared/domain/window';

const HOUR = 3600;
/** Thursday 2026-01-01 00:00 in Shanghai. */
const NEW_YEAR = Date.UTC(2025, 11, 31, 16) / 1000;
const clock = shopClock('Asia/Shanghai');
const at = (hour: number, minute = 0, day = 0): number =>
  NEW_YEAR + day * 24 * HOUR + hour * HOUR + minute * 60;
const account = { kind: 'service', verified: true } as const;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const night = { on: true, from: '22:00', to: '08:00', weekdays: EVERY_DAY };

const asked = (when: number): WindowRecord =>
  applyWindowEvent(EMPTY_WINDOW, { type: 'trigger', trigger: 'message', at: when });
const owed = (window: WindowRecord) => ({ window, needsReply: true, snoozedUntil: null, account });

describe('[I5] reminders of a reply that is owed', () => {
  const wrote = NEW_YEAR;
  const ends = wrote + 48 * HOUR;
  const window = asked(wrote);

  it.each([
    [23 * HOUR, null],
    [24 * HOUR, 24 * HOUR],
    [43 * HOUR + 3599, 24 * HOUR],
    [44 * HOUR, 4 * HOUR],
    [47 * HOUR, HOUR],
    [48 * HOUR - 1, HOUR],
    [48 * HOUR, null],
  ])('[I5] %i seconds after a message the lead is %s', (later, lead) => {
    expect(dueReminder(owed(window), null, wrote + later, null)?.lead ?? null).toBe(lead);
  });

  it('[I5] wait for the end of a snooze that leaves an hour, and for no other', () => {
    const snoozed = (snoozedUntil: number) => ({ ...owed(window), snoozedUntil });
    const lead = (until: number, now: number) => dueReminder(snoozed(until), null, now, null)?.lead ?? null;
    expect(lead(ends - HOUR, ends - 4 * HOUR)).toBeNull();
    expect(lead(ends - HOUR, ends - HOUR)).toBe(HOUR);
    expect(lead(ends - HOUR + 1, ends - 4 * HOUR)).toBe(4 * HOUR);
    expect(lead(ends + 24 * HOUR, ends - HOUR)).toBe(HOUR);
  });

  it('[I5] are never given to one-minute windows, after a reply, or when nothing can be sent', () => {
    const fleeting = applyWindowEvent(EMPTY_WINDOW, {
      type: 'trigger',
      trigger: 'menu-message-tap',
      at: wrote,
    });
    expect(dueReminder(owed(fleeting), null, wrote + 5, null)).toBeNull();
    expect(dueReminder({ ...owed(window), needsReply: false }, null, ends - HOUR, null)).toBeNull();
    const unverified = { ...account, verified: false };
    expect(dueReminder({ ...owed(window), account: unverified }, null, ends - HOUR, null)).toBeNull();
    const left = applyWindowEvent(window, { type: 'unfollow', at: wrote + 5 });
    expect(dueReminder(owed(left), null, ends - HOUR, null)).toBeNull();
    let used = window;
    for (let i = 0; i < 5; i++) used = applyWindowEvent(used, { type: 'sent', at: wrote + i });
    expect(dueReminder(owed(used), null, ends - HOUR, null)).toBeNull();
  });

  it('[I5] wait for the end of the quiet hours unless the window would not', () => {
    const quietEnds = ends - 2 * HOUR;
    expect(dueReminder(owed(window), null, ends - 4 * HOUR, quietEnds)).toBeNull();
    expect(dueReminder(owed(window), null, quietEnds, null)?.lead).toBe(4 * HOUR);
    const tooLate = ends - TIME_TO_ANSWER + 60;
    expect(dueReminder(owed(window), null, ends - 4 * HOUR, tooLate)?.lead).toBe(4 * HOUR);
  });

  /** What happens to one conversation, and how many seconds pass before. */
  const step = fc.record({
    wait: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 30 * HOUR })),
    what: fc.constantFrom(
      'message',
      'message',
      'menu-click',
      'menu-message-tap',
      'reply',
      'unfollow',
      'look',
    ),
  });

  it('[I5] come at most once for each window and lead, and none after a reply, in any order of events', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, quietNights) => {
        let now = NEW_YEAR;
        let window = EMPTY_WINDOW;
        let needsReply = false;
        let given: Reminded | null = null;
        const told: string[] = [];
        const look = (): void => {
          const quiet = quietNights ? quietUntil(night, clock, now) : null;
          const due = dueReminder({ window, needsReply, snoozedUntil: null, account }, given, now, quiet);
          if (due === null) return;
          expect(needsReply).toBe(true);
          expect(windowState(window, now)).toMatchObject({ open: true, fleeting: false });
          expect(due.windowEndsAt - now).toBeGreaterThan(0);
          expect(due.windowEndsAt - now).toBeLessThanOrEqual(due.lead);
          if (quiet !== null) expect(quiet + TIME_TO_ANSWER).toBeGreaterThan(due.windowEndsAt);
          told.push(`${due.windowEndsAt} ${due.lead}`);
          given = due;
        };
        for (const { wait, what } of steps) {
          // Somebody looks every half hour while time passes.
          for (let passed = 0; passed < wait; passed += 1800) {
            now += Math.min(1800, wait - passed);
            look();
          }
          if (what === 'unfollow') {
            window = applyWindowEvent(window, { type: 'unfollow', at: now });
            needsReply = false;
          } else if (what === 'reply') {
            if (windowState(window, now).open) {
              window = applyWindowEvent(window, { type: 'sent', at: now });
              needsReply = false;
            }
          } else if (what !== 'look') {
            window = applyWindowEvent(window, { type: 'trigger', trigger: what, at: now });
            if (what !== 'menu-click') needsReply = true;
          }
          look();
          look();
        }
        expect(new Set(told).size).toBe(told.length);
      }),
      { numRuns: 300 },
    );
  });

  it('[I5] reach everyone who waits to the end, looked at every ten minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 * 24 * HOUR }), (offset) => {
        const wrote = NEW_YEAR + offset;
        const window = asked(wrote);
        let given: Reminded | null = null;
        const leads: number[] = [];
        for (let now = wrote; now < wrote + 49 * HOUR; now += 600) {
          const due = dueReminder(owed(window), given, now, quietUntil(night, clock, now));
          if (due === null) continue;
          leads.push(due.lead);
          given = due;
        }
        // The first may wait out a night, the last never misses the window.
        expect(leads).toEqual([...new Set(leads)].sort((one, other) => other - one));
        expect(leads.length).toBeGreaterThanOrEqual(1);
        expect(REMINDER_LEADS).toEqual(expect.arrayContaining(leads));
      }),
      { numRuns: 60 },
    );
  });
});

describe('quiet hours', () => {
  it('[I5] end in the morning, also of another day', () => {
    expect(quietUntil(night, clock, at(23))).toBe(at(8, 0, 1));
    expect(quietUntil(night, clock, at(7, 59))).toBe(at(8));
    expect(quietUntil(night, clock, at(8))).toBeNull();
    expect(quietUntil({ ...night, on: false }, clock, at(23))).toBeNull();
    // Only the night that begins on Thursday.
    expect(quietUntil({ ...night, weekdays: [4] }, clock, at(1))).toBeNull();
    expect(quietUntil({ ...night, weekdays: [4] }, clock, at(1, 0, 1))).toBe(at(8, 0, 1));
    expect(quietUntil({ ...night, weekdays: [] }, clock, at(23))).toBeNull();
  });

  it('never end when they hold all day, every day', () => {
    expect(quietUntil({ ...night, from: '00:00', to: '00:00' }, clock, at(5))).toBe(Infinity);
  });

  it('follow the clock on the wall when summer time begins', () => {
    const berlin = shopClock('Europe/Berlin');
    // 2026-03-28 23:00 in Berlin; the clock jumps from 2 to 3 in this night.
    const late = Date.UTC(2026, 2, 28, 22) / 1000;
    expect(quietUntil(night, berlin, late)).toBe(Date.UTC(2026, 2, 29, 6) / 1000);
  });
});

describe('the digest before closing time', () => {
  const shop = { closes: '18:00', opens: '09:00', weekdays: [1, 2, 3, 4, 5] };

  it('[I5] is due in the last half hour, once', () => {
    const closing = nextClosing(shop, clock, at(17));
    expect(closing).toEqual({ closesAt: at(18), opensAt: at(9, 0, 1) });
    expect(digestIsDue(closing, null, at(18) - DIGEST_LEAD - 1)).toBe(false);
    expect(digestIsDue(closing, null, at(17, 30))).toBe(true);
    expect(digestIsDue(closing, at(18), at(17, 31))).toBe(false);
    expect(digestIsDue(closing, at(18, 0, -1), at(17, 31))).toBe(true);
    // The owner moves closing time by an hour: it was told already.
    expect(digestIsDue({ closesAt: at(19), opensAt: at(9, 0, 1) }, at(18), at(18, 40))).toBe(false);
    expect(digestIsDue(null, null, at(18))).toBe(false);
  });

  it('[I5] looks to the next opening across days off and past midnight', () => {
    // Friday evening: open again on Monday.
    expect(nextClosing(shop, clock, at(17, 0, 1))).toEqual({ closesAt: at(18, 0, 1), opensAt: at(9, 0, 4) });
    const bar = { closes: '02:00', opens: '18:00', weekdays: [4] };
    expect(nextClosing(bar, clock, at(23))).toEqual({ closesAt: at(2, 0, 1), opensAt: at(18, 0, 7) });
    expect(nextClosing({ ...shop, weekdays: [] }, clock, at(12))).toBeNull();
  });
});
