import { describe, expect, it } from 'vitest';
import { checkClock, duration, isOffline } from '#shared/domain/doctor/clock-check';
import { DAY, bad, refused, silence, seen, itFinds, type Case } from './patient';

const CASES: readonly Case[] = [
  ['the clocks agree', 'ok', 'doctor/clock-ok', checkClock({ wechat: seen(0.4), relay: seen(0.2) })],
  ['minutes off', 'warning', 'doctor/clock-off', checkClock({ wechat: seen(-300), relay: null })],
  ['a day off', 'failed', 'doctor/clock-wrong', checkClock({ wechat: seen(DAY), relay: seen(DAY) })],
  [
    'the relay is off',
    'failed',
    'doctor/relay-clock-wrong',
    checkClock({ wechat: seen(0), relay: seen(700) }),
  ],
  [
    'nobody answers',
    'unknown',
    'doctor/offline',
    checkClock({ wechat: silence, relay: bad('relay/unreachable') }),
  ],
  [
    'only WeChat is silent',
    'unknown',
    'doctor/wechat-silent',
    checkClock({ wechat: silence, relay: seen(0) }),
  ],
  ['TLS fails', 'failed', 'network/tls', checkClock({ wechat: bad('network/tls'), relay: null })],
];

describe('the time', () => {
  itFinds(CASES);
});

describe('trouble', () => {
  it('is offline only when nobody answers', () => {
    expect(isOffline({ wechat: silence, relay: null })).toBe(true);
    expect(isOffline({ wechat: silence, relay: seen(0) })).toBe(false);
    expect(isOffline({ wechat: refused(-1), relay: bad('relay/unreachable') })).toBe(false);
  });
});

describe('a duration', () => {
  it.each([
    [1, '1 秒', '1 second'],
    [-125, '2 分钟', '2 minutes'],
    [3600, '1 小时', '1 hour'],
    [-3 * DAY, '3 天', '3 days'],
  ])('of %i seconds', (seconds, zh, en) => {
    expect(duration(seconds)).toEqual({ zh, en });
  });
});
