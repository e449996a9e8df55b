/** A finding in words. */
import { explain } from '../../error-texts';
import { pick, type Locale } from '../../localized';
import type { UnixSeconds } from '../clock';
import type { Detail, Finding } from './finding';

export interface FindingWords {
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
}

export interface WordsOptions {
  readonly locale: Locale;
  /** Moments of this day are told by their time alone. */
  readonly now?: UnixSeconds;
  /** IANA name; the machine's own when absent. */
  readonly timeZone?: string;
}

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DATE = { year: 'numeric', month: 'short', day: 'numeric' } as const;

function format(
  at: UnixSeconds,
  { locale, timeZone }: WordsOptions,
  parts: Intl.DateTimeFormatOptions,
): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(locale, { ...parts, ...zone }).format(at * 1000);
}

/** A moment to the minute, with its date unless that is today's. */
export function momentText(at: UnixSeconds, options: WordsOptions): string {
  const today = options.now !== undefined && dateText(at, options) === dateText(options.now, options);
  return format(at, options, today ? TIME : { ...DATE, ...TIME });
}

function dateText(at: UnixSeconds, options: WordsOptions): string {
  return format(at, options, DATE);
}

/** Title, cause and fix for a shop owner. */
export function findingWords(finding: Finding, options: WordsOptions): FindingWords {
  const { locale } = options;
  const params: Record<string, string | number> = { ...finding.params };
  for (const [name, at] of Object.entries(finding.times ?? {}))
    params[name] = name === 'date' ? dateText(at, options) : momentText(at, options);
  for (const [name, term] of Object.entries(finding.terms ?? {})) params[name] = pick(term, locale);
  const { rid, errmsg } = finding.error ?? {};
  const text = explain({ code: finding.code, params, rid, errmsg });
  return { title: pick(text.title, locale), cause: pick(text.cause, locale), fix: pick(text.advice, locale) };
}

/** The value of a detail as it is read. */
export function detailText({ value, unit }: Detail, options: WordsOptions): string {
  if (typeof value === 'object') return pick(value, options.locale);
  return unit === 'time' && typeof value === 'number' ? momentText(value, options) : String(value);
}
