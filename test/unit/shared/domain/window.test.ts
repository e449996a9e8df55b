import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InboundContent } from '#shared/domain/message';
import type { WindowEvent, WindowRecord } from '#shared/domain/window';
import {
  applyWindowEvent,
  CORRECTING_ERRCODES,
  EMPTY_WINDOW,
  foldWindow,
  TRIGGERS,
  triggerOf,
  windowEventsOf,
  windowState,
} from '#shared/domain/window';
import { beijingMidnight, ruleAt, WINDOW_RULES } from '#shared/domain/window-rules';

const T = beijingMidnight(2026, 3, 1);
const MINUTE = 60;
const HOUR = 3600;

const message = (at: number): WindowEvent => ({ type: 'trigger', trigger: 'message', at });
const click = (at: number): WindowEvent => ({ type: 'trigger', trigger: 'menu-click', at });
const sent = (at: number): WindowEvent => ({ type: 'sent', at });

function openState(record: WindowRecord, now: number) {
  const state = windowState(record, now);
  if (!state.open) throw new Error(`closed: ${state.reason}`);
  return state;
}

describe('the customer-service window', () => {
  it('[S2.4][S3.10] opens five replies for 48 hours after a message', () => {
    const record = foldWindow([message(T)]);
    expect(openState(record, T + 48 * HOUR - 1)).toMatchObject({ remaining: 5, quota: 5, fleeting: false });
    expect(windowState(record, T + 48 * HOUR)).toEqual({
      open: false,
      reason: 'time',
      since: T + 48 * HOUR,
    });
  });

  it.each(['menu-click', 'menu-scan', 'menu-message-tap', 'subscribe', 'scan'] as const)(
    '[S3.10] opens three replies for one minute after %s',
    (trigger) => {
      const record = foldWindow([{ type: 'trigger', trigger, at: T }]);
      expect(openState(record, T + 59)).toMatchObject({
        remaining: 3,
        secondsLeft: 1,
        fleeting: true,
        urgency: 'closing',
      });
      expect(windowState(record, T + MINUTE)).toMatchObject({ open: false, reason: 'time' });
    },
  );

  it('[S3.10] never shows more time than was granted, to a clock that lags behind WeChat’s', () => {
    const record = foldWindow([click(T)]);
    expect(openState(record, T - 5)).toMatchObject({ secondsLeft: MINUTE, fleeting: true });
  });

  it('[S2.4] a payment opens nothing today', () => {
    const record = foldWindow([{ type: 'trigger', trigger: 'payment', at: T }]);
    expect(windowState(record, T)).toEqual({ open: false, reason: 'never-opened', since: null });
  });

  it('[S3.11] closes by count although time is left', () => {
    const record = foldWindow([message(T), ...[1, 2, 3, 4, 5].map((s) => sent(T + s))]);
    expect(windowState(record, T + 10)).toEqual({ open: false, reason: 'count', since: null });
  });

  it('[S3.11] closes by time although replies are left', () => {
    const record = foldWindow([message(T), sent(T + 1)]);
    expect(windowState(record, T + 49 * HOUR)).toMatchObject({ open: false, reason: 'time' });
  });

  it('[S3.12] a new message starts time and count afresh', () => {
    const record = foldWindow([message(T), ...[1, 2, 3, 4, 5].map((s) => sent(T + s)), message(T + HOUR)]);
    expect(openState(record, T + HOUR)).toMatchObject({ remaining: 5, expiresAt: T + 49 * HOUR });
  });

  it('a click during a message window neither shortens it nor adds to it', () => {
    const record = foldWindow([message(T), sent(T + 1), click(T + 2)]);
    expect(openState(record, T + 3)).toMatchObject({
      trigger: 'message',
      remaining: 4,
      expiresAt: T + 48 * HOUR,
      fleeting: false,
    });
  });

  it('a click lifts the count of a nearly used message window to three', () => {
    const record = foldWindow([message(T), ...[1, 2, 3, 4].map((s) => sent(T + s)), click(T + 9)]);
    expect(openState(record, T + 10)).toMatchObject({ remaining: 3, quota: 5, expiresAt: T + 48 * HOUR });
  });

  it('a click just before the end of a message window leaves its own minute', () => {
    const record = foldWindow([message(T), click(T + 48 * HOUR - 5)]);
    expect(openState(record, T + 48 * HOUR)).toMatchObject({
      trigger: 'menu-click',
      remaining: 5,
      secondsLeft: 55,
      fleeting: true,
    });
  });

  it('an expired grant counts as nothing when the next one comes', () => {
    const record = foldWindow([message(T), click(T + 49 * HOUR)]);
    expect(openState(record, T + 49 * HOUR)).toMatchObject({ remaining: 3, quota: 3, trigger: 'menu-click' });
  });

  it('a send of unknown outcome is counted as uncertain, not as used', () => {
    const record = foldWindow([message(T), { type: 'unknown-send', at: T + 1 }, sent(T + 2)]);
    expect(openState(record, T + 3)).toMatchObject({ remaining: 4, uncertain: 1 });
  });

  it('a click keeps only as much doubt as it cannot clear', () => {
    const doubtful = [1, 2].map((s): WindowEvent => ({ type: 'unknown-send', at: T + s }));
    const record = foldWindow([message(T), sent(T), ...doubtful, click(T + 3)]);
    expect(openState(record, T + 4)).toMatchObject({ remaining: 4, uncertain: 1 });
    expect(openState(foldWindow([message(T), ...doubtful, message(T + 3)]), T + 4).uncertain).toBe(0);
  });

  it('warns when one reply is left, and when under four hours are left', () => {
    const record = foldWindow([message(T)]);
    expect(openState(record, T + 43 * HOUR).urgency).toBe('calm');
    expect(openState(record, T + 45 * HOUR).urgency).toBe('closing');
    const last = foldWindow([message(T), ...[1, 2, 3, 4].map((s) => sent(T + s))]);
    expect(openState(last, T + 45 * HOUR).urgency).toBe('last');
  });

  it('unfollowing closes it and following again opens nothing by itself', () => {
    const left = foldWindow([message(T), { type: 'unfollow', at: T + 1 }]);
    expect(windowState(left, T + 2)).toMatchObject({ open: false, reason: 'unfollowed' });
    const back = applyWindowEvent(left, { type: 'follow', at: T + 3 });
    expect(windowState(back, T + 4)).toMatchObject({ open: false, reason: 'never-opened' });
  });

  it('the blacklist closes it while it lasts and gives the same window back', () => {
    const events: WindowEvent[] = [message(T), sent(T + 1), { type: 'block', at: T + 2 }];
    expect(windowState(foldWindow(events), T + 3)).toMatchObject({ open: false, reason: 'blocked' });
    const freed = foldWindow([...events, { type: 'unblock', at: T + 4 }]);
    expect(openState(freed, T + 5).remaining).toBe(4);
  });

  it('a message proves that its sender is no longer on the blacklist', () => {
    const record = foldWindow([{ type: 'block', at: T }, message(T + 1)]);
    expect(openState(record, T + 2).remaining).toBe(5);
  });

  it('[S3.4][S4.4] nobody who has not written can be written to first', () => {
    expect(windowState(EMPTY_WINDOW, T)).toEqual({ open: false, reason: 'never-opened', since: null });
    const follower = foldWindow([{ type: 'follow', at: T }]);
    expect(windowState(follower, T + 1)).toMatchObject({ open: false, reason: 'never-opened' });
  });
});

describe('corrections by WeChat', () => {
  const after = (errcode: (typeof CORRECTING_ERRCODES)[number], more: WindowEvent[] = []) =>
    foldWindow([message(T), { type: 'correction', errcode, at: T + 10 }, ...more]);

  it.each([
    [45015, 'time'],
    [45047, 'count'],
    [43004, 'unfollowed'],
    [48002, 'refusing'],
    [43019, 'blocked'],
  ] as const)('%i closes the window for the reason %s', (errcode, reason) => {
    expect(windowState(after(errcode), T + 11)).toMatchObject({ open: false, reason });
  });

  it.each(CORRECTING_ERRCODES)('after %i a new message opens the window again', (errcode) => {
    expect(openState(after(errcode, [message(T + 20)]), T + 21).remaining).toBe(5);
  });

  it('45015 remembers when WeChat closed it', () => {
    expect(windowState(after(45015), T + 99)).toEqual({ open: false, reason: 'time', since: T + 10 });
  });

  it('45047 without a known grant still closes', () => {
    const record = foldWindow([{ type: 'correction', errcode: 45047, at: T }]);
    expect(windowState(record, T)).toMatchObject({ open: false, reason: 'time' });
  });

  it('hearing again that someone follows does not lift their refusal', () => {
    const record = after(48002, [{ type: 'follow', at: T + 20 }]);
    expect(windowState(record, T + 21)).toMatchObject({ reason: 'refusing' });
  });
});

describe('which acts open a window', () => {
  const event = (event: Extract<InboundContent, { kind: 'event' }>['event']): InboundContent => ({
    kind: 'event',
    event,
  });
  const opening: [string, InboundContent, string][] = [
    ['a text', { kind: 'text', text: 'hi' }, 'message'],
    ['a tapped menu message', { kind: 'text', text: '满意', menuItemId: '101' }, 'menu-message-tap'],
    ['an image', { kind: 'image', mediaId: 'M', picUrl: '' }, 'message'],
    ['a voice', { kind: 'voice', mediaId: 'M', format: 'amr' }, 'message'],
    ['a location', { kind: 'location', latitude: 1, longitude: 2, scale: 3, label: '' }, 'message'],
    ['a link', { kind: 'link', title: '', description: '', url: '' }, 'message'],
    ['a kind of message not known here', { kind: 'unsupported', msgType: 'file', raw: '' }, 'message'],
    ['a follow', event({ name: 'subscribe', scene: null, ticket: null }), 'subscribe'],
    ['a scan', event({ name: 'SCAN', scene: 'x', ticket: null }), 'scan'],
    ['a click', event({ name: 'CLICK', key: 'K' }), 'menu-click'],
    [
      'a menu scan',
      event({ name: 'scancode_push', key: 'K', scanType: 'qrcode', scanResult: '1' }),
      'menu-scan',
    ],
    [
      'a menu scan that waits',
      event({ name: 'scancode_waitmsg', key: 'K', scanType: 'qrcode', scanResult: '1' }),
      'menu-scan',
    ],
  ];
  it.each(opening)('[S1.13] %s does', (_name, content, trigger) => {
    expect(triggerOf(content)).toBe(trigger);
  });

  const others: [string, InboundContent][] = [
    ['opening a page', event({ name: 'VIEW', url: 'https://example.com', menuId: null })],
    ['opening a mini program', event({ name: 'view_miniprogram', pagePath: 'p', menuId: null })],
    ['a photo button', event({ name: 'pic_weixin', key: 'K', count: 1 })],
    [
      'a location button',
      event({ name: 'location_select', key: 'K', latitude: 1, longitude: 2, label: '', poiName: '' }),
    ],
    ['a reported position', event({ name: 'LOCATION', latitude: 1, longitude: 2, precision: 3 })],
    ['leaving', event({ name: 'unsubscribe' })],
    ['a template result', event({ name: 'TEMPLATESENDJOBFINISH', msgId: '1', status: 'success' })],
    ['an event not known here', event({ name: 'other', event: 'WifiConnected', key: null })],
  ];
  it.each(others)('[S1.13] %s does not', (_name, content) => {
    expect(triggerOf(content)).toBeNull();
  });

  it('a follow makes the sender a follower and leaving ends it', () => {
    const follow = windowEventsOf(event({ name: 'subscribe', scene: null, ticket: null }), T);
    const leave = windowEventsOf(event({ name: 'unsubscribe' }), T + 9);
    expect(openState(foldWindow(follow), T + 1).trigger).toBe('subscribe');
    expect(windowState(foldWindow([...follow, ...leave]), T + 10)).toMatchObject({ reason: 'unfollowed' });
    expect(windowEventsOf(event({ name: 'VIEW', url: '', menuId: null }), T)).toEqual([]);
  });
});

describe('dated rules', () => {
  it('[S1.15] the rule of today holds since 12 June 2023, Beijing time', () => {
    expect(ruleAt(T)?.since).toBe(Date.parse('2023-06-12T00:00:00+08:00') / 1000);
    for (const rule of WINDOW_RULES) {
      expect(rule.source.zh).not.toBe('');
      expect(rule.source.en).not.toBe('');
    }
  });

  it('[S1.15] each period has its own numbers, to the second', () => {
    const quotas = (at: number) => [
      ruleAt(at)?.grants.message?.quota,
      ruleAt(at)?.grants['menu-click']?.ttl,
      ruleAt(at)?.grants.payment?.quota,
    ];
    expect(quotas(beijingMidnight(2021, 6, 1) - 1)).toEqual([20, 48 * HOUR, 20]);
    expect(quotas(beijingMidnight(2021, 6, 1))).toEqual([20, 60, 20]);
    expect(quotas(beijingMidnight(2023, 6, 12) - 1)).toEqual([20, 60, 20]);
    expect(quotas(beijingMidnight(2023, 6, 12))).toEqual([5, 60, undefined]);
  });

  it('[I15] moving the date of a rule changes every meter', () => {
    const later = WINDOW_RULES.map((rule, i) =>
      i === WINDOW_RULES.length - 1 ? { ...rule, since: T + HOUR } : rule,
    );
    const events = [message(T), sent(T + 1)];
    expect(openState(foldWindow(events), T + 2)).toMatchObject({ remaining: 4, quota: 5 });
    expect(openState(foldWindow(events, later), T + 2)).toMatchObject({ remaining: 19, quota: 20 });
    const payment: WindowEvent[] = [{ type: 'trigger', trigger: 'payment', at: T }];
    expect(openState(foldWindow(payment, later), T + 2).remaining).toBe(20);
  });

  it('before the first rule nothing is allowed', () => {
    expect(windowState(foldWindow([message(5)], [{ ...WINDOW_RULES[0]!, since: 10 }]), 6).open).toBe(false);
  });
});

const eventAt = (at: fc.Arbitrary<number>): fc.Arbitrary<WindowEvent> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('trigger' as const),
        trigger: fc.constantFrom(...TRIGGERS),
        at,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constantFrom('sent' as const, 'unknown-send' as const), at }),
    },
    fc.record({
      type: fc.constantFrom('follow' as const, 'unfollow' as const, 'block' as const, 'unblock' as const),
      at,
    }),
    fc.record({
      type: fc.constant('correction' as const),
      errcode: fc.constantFrom(...CORRECTING_ERRCODES),
      at,
    }),
  );
const history = fc.array(eventAt(fc.integer({ min: T, max: T + 72 * HOUR })), { maxLength: 40 });
const moment = fc.integer({ min: 0, max: 130 * HOUR }).map((s) => T + s);

describe('whatever happens', () => {
  it('nothing is open after an unfollow until the person comes back', () => {
    fc.assert(
      fc.property(history, fc.array(eventAt(fc.constant(T + 80 * HOUR))), moment, (before, after, now) => {
        const silent = after.filter((e) => e.type !== 'trigger' && e.type !== 'follow');
        const left: WindowEvent = { type: 'unfollow', at: T + 79 * HOUR };
        expect(windowState(foldWindow([...before, left, ...silent]), now).open).toBe(false);
      }),
    );
  });

  it('what remains never exceeds the largest quota of the rules, nor doubt what remains', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { grant } = foldWindow(events);
        if (grant === null) return;
        expect(grant.remaining).toBeGreaterThanOrEqual(0);
        expect(grant.remaining).toBeLessThanOrEqual(5);
        expect(grant.remaining).toBeLessThanOrEqual(grant.quota);
        expect(grant.uncertain).toBeGreaterThanOrEqual(0);
        expect(grant.uncertain).toBeLessThanOrEqual(grant.remaining);
      }),
    );
  });

  it('a send never raises what remains and never reopens', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('sent' as const, 'unknown-send' as const), (events, type) => {
        const before = foldWindow(events);
        const now = T + 72 * HOUR;
        const after = applyWindowEvent(before, { type, at: now });
        expect(after.grant?.remaining ?? 0).toBeLessThanOrEqual(before.grant?.remaining ?? 0);
        expect(windowState(after, now).open && !windowState(before, now).open).toBe(false);
      }),
    );
  });

  it('the order in which events arrive does not matter, only when they happened', () => {
    const distinct = fc.uniqueArray(eventAt(fc.integer({ min: T, max: T + 72 * HOUR })), {
      selector: (e) => e.at,
      maxLength: 40,
    });
    const shuffled = distinct.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(foldWindow(other)).toEqual(foldWindow(events));
      }),
    );
  });

  it('an open window always has time and count', () => {
    fc.assert(
      fc.property(history, moment, (events, now) => {
        const state = windowState(foldWindow(events), now);
        if (!state.open) return;
        expect(state.secondsLeft).toBeGreaterThan(0);
        expect(state.remaining).toBeGreaterThan(0);
      }),
    );
  });
});
