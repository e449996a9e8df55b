/** Numbers, dates and spans by locale. Times are unix seconds. */
import type { Locale } from '#shared/localized';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

function cached<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => T,
): T {
  const known = cache.get(key);
  if (known) return known as T;
  const made = make();
  cache.set(key, made);
  return made;
}

export function formatNumber(value: number, locale: Locale): string {
  return cached(`n:${locale}`, () => new Intl.NumberFormat(locale)).format(value);
}

/** `12.4 MB`; decimal units, as WeChat names its limits. */
export function formatBytes(bytes: number, locale: Locale): string {
  const [value, unit] =
    bytes >= 1e6 ? [bytes / 1e6, 'MB'] : bytes >= 1e3 ? [bytes / 1e3, 'kB'] : [bytes, 'B'];
  const digits = cached(
    `b:${locale}`,
    () => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
  ).format(value);
  return `${digits} ${unit}`;
}

function dateTime(locale: Locale, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(`d:${locale}:${key}`, () => new Intl.DateTimeFormat(locale, options));
}

export function formatTime(at: number, locale: Locale): string {
  return dateTime(locale, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at * 1000);
}

export function formatDate(at: number, locale: Locale): string {
  return dateTime(locale, 'date', { year: 'numeric', month: 'short', day: 'numeric' }).format(at * 1000);
}

export function formatDateTime(at: number, locale: Locale): string {
  return dateTime(locale, 'date-time', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at * 1000);
}

function dayStart(at: number): number {
  const date = new Date(at * 1000);
  date.setHours(0, 0, 0, 0);
  return date.getTime() / 1000;
}

/** Whole local days from `at` back to `now`: 0 today, 1 yesterday. */
export function daysAgo(at: number, now: number): number {
  return Math.round((dayStart(now) - dayStart(at)) / DAY);
}

/** The short time of a list row: `14:05` today, `昨天`, a weekday this week, a date before. */
export function formatRowTime(at: number, now: number, locale: Locale): string {
  const days = daysAgo(at, now);
  if (days <= 0) return formatTime(at, locale);
  if (days === 1) return formatRelativeDays(-1, locale);
  if (days < 7) return dateTime(locale, 'weekday', { weekday: 'short' }).format(at * 1000);
  return formatRowDate(at, now, locale);
}

function formatRowDate(at: number, now: number, locale: Locale): string {
  const sameYear = new Date(at * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  if (sameYear) return dateTime(locale, 'month-day', { month: 'short', day: 'numeric' }).format(at * 1000);
  return dateTime(locale, 'short-date', { year: 'numeric', month: 'numeric', day: 'numeric' }).format(
    at * 1000,
  );
}

/** When something is to come: `18:00` today, `明天 09:00`, else with its date. */
export function formatComing(at: number, now: number, locale: Locale): string {
  const days = -daysAgo(at, now);
  const time = formatTime(at, locale);
  if (days <= 0) return time;
  if (days === 1) return `${formatRelativeDays(1, locale)} ${time}`;
  const sameYear = new Date(at * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  if (!sameYear) return formatDateTime(at, locale);
  const day = dateTime(locale, 'month-day', { month: 'short', day: 'numeric' }).format(at * 1000);
  return `${day} ${time}`;
}

/** The same as short as a row: `18:00` today, `周日 09:00` within a week, else the date. */
export function formatComingShort(at: number, now: number, locale: Locale): string {
  const days = -daysAgo(at, now);
  if (days <= 0) return formatTime(at, locale);
  if (days >= 7) return formatRowDate(at, now, locale);
  const weekday = dateTime(locale, 'weekday', { weekday: 'short' }).format(at * 1000);
  return `${weekday} ${formatTime(at, locale)}`;
}

/** The heading of one day in a chat or timeline: `今天`, `昨天`, `6月3日 星期二`. */
export function formatDay(at: number, now: number, locale: Locale): string {
  const days = daysAgo(at, now);
  if (days === 0 || days === 1) return capital(formatRelativeDays(-days, locale));
  const sameYear = new Date(at * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  return dateTime(locale, sameYear ? 'day' : 'day-year', {
    ...(sameYear ? {} : { year: 'numeric' as const }),
    month: 'long',
    day: 'numeric',
    weekday: 'long',
  }).format(at * 1000);
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

function formatRelativeDays(days: number, locale: Locale): string {
  return cached(`r:${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(
    days,
    'day',
  );
}

/** `3 minutes ago`, `3分钟前`; `now` under a minute. */
export function formatAgo(at: number, now: number, locale: Locale): string {
  const format = cached(`r:${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const seconds = Math.max(0, now - at);
  if (seconds < MINUTE) return format.format(0, 'second');
  if (seconds < HOUR) return format.format(-Math.floor(seconds / MINUTE), 'minute');
  if (seconds < DAY) return format.format(-Math.floor(seconds / HOUR), 'hour');
  if (seconds < 30 * DAY) return format.format(-Math.floor(seconds / DAY), 'day');
  if (seconds < 365 * DAY) return format.format(-Math.floor(seconds / (30 * DAY)), 'month');
  return format.format(-Math.floor(seconds / (365 * DAY)), 'year');
}

/** What is left, as short as a chip: `38h`, `52m`, `41s`; rounded down, so that it never promises too much. */
export function formatSpanShort(seconds: number): string {
  if (seconds >= HOUR) return `${Math.floor(seconds / HOUR)}h`;
  if (seconds >= MINUTE) return `${Math.floor(seconds / MINUTE)}m`;
  return `${Math.max(0, Math.floor(seconds))}s`;
}

/** What is left, in words: `38小时12分`, `38 h 12 min`, `41秒`. */
export function formatSpan(seconds: number, locale: Locale): string {
  const whole = Math.max(0, Math.floor(seconds));
  const zh = locale === 'zh-CN';
  if (whole >= HOUR) {
    const hours = Math.floor(whole / HOUR);
    const minutes = Math.floor((whole % HOUR) / MINUTE);
    return zh ? `${hours}小时${minutes}分` : `${hours} h ${minutes} min`;
  }
  if (whole >= MINUTE) {
    const minutes = Math.floor(whole / MINUTE);
    return zh ? `${minutes}分钟` : `${minutes} min`;
  }
  return zh ? `${whole}秒` : `${whole} s`;
}
