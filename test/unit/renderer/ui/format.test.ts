import { describe, expect, it } from 'vitest';
import {
  daysAgo,
  formatAgo,
  formatBytes,
  formatDay,
  formatNumber,
  formatRowTime,
  formatSpan,
  formatSpanShort,
} from '../../../../src/renderer/ui/format';

const at = (year: number, month: number, day: number, hour = 12, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).getTime() / 1000;
const NOW = at(2026, 6, 18, 9, 30);

describe('times of rows', () => {
  it('say the hour today, the day this week and the date before', () => {
    expect(formatRowTime(at(2026, 6, 18, 0, 5), NOW, 'zh-CN')).toBe('00:05');
    expect(formatRowTime(at(2026, 6, 17, 23, 59), NOW, 'zh-CN')).toBe('昨天');
    expect(formatRowTime(at(2026, 6, 17, 23, 59), NOW, 'en')).toBe('yesterday');
    expect(formatRowTime(at(2026, 6, 15), NOW, 'en')).toBe('Mon');
    expect(formatRowTime(at(2026, 2, 3), NOW, 'zh-CN')).toBe('2月3日');
    expect(formatRowTime(at(2025, 2, 3), NOW, 'zh-CN')).toBe('2025/2/3');
  });

  it('count local days, not spans of 24 hours', () => {
    expect(daysAgo(at(2026, 6, 17, 23, 59), at(2026, 6, 18, 0, 1))).toBe(1);
    expect(daysAgo(at(2026, 6, 18, 0, 1), at(2026, 6, 18, 23, 59))).toBe(0);
  });

  it('show a clock a little ahead of ours as today', () => {
    expect(formatRowTime(NOW + 30, NOW, 'zh-CN')).toBe('09:30');
  });

  it('head the days of a timeline', () => {
    expect(formatDay(NOW, NOW, 'zh-CN')).toBe('今天');
    expect(formatDay(NOW, NOW, 'en')).toBe('Today');
    expect(formatDay(at(2026, 6, 2), NOW, 'zh-CN')).toBe('6月2日星期二');
  });

  it('say how long ago in words', () => {
    expect(formatAgo(NOW - 20, NOW, 'en')).toBe('now');
    expect(formatAgo(NOW - 180, NOW, 'zh-CN')).toBe('3分钟前');
    expect(formatAgo(NOW - 86_400 * 400, NOW, 'en')).toBe('last year');
  });
});

describe('what is left of a window', () => {
  it('is rounded down, so that it never promises too much', () => {
    expect(formatSpanShort(38 * 3600 + 3599)).toBe('38h');
    expect(formatSpanShort(3599)).toBe('59m');
    expect(formatSpanShort(59.9)).toBe('59s');
    expect(formatSpanShort(-5)).toBe('0s');
  });

  it('is said in words of the language', () => {
    expect(formatSpan(38 * 3600 + 12 * 60 + 59, 'zh-CN')).toBe('38小时12分');
    expect(formatSpan(38 * 3600 + 12 * 60, 'en')).toBe('38 h 12 min');
    expect(formatSpan(41, 'en')).toBe('41 s');
  });
});

describe('numbers', () => {
  it('are grouped', () => expect(formatNumber(1_000_000, 'zh-CN')).toBe('1,000,000'));

  it('of bytes use the decimal units in which WeChat names its limits', () => {
    expect(formatBytes(10_000_000, 'en')).toBe('10 MB');
    expect(formatBytes(12_450_000, 'en')).toBe('12.5 MB');
    expect(formatBytes(999, 'en')).toBe('999 B');
  });
});
