/** A finding in words. */
import { explain } from '../../error-texts';
import { pick, type Locale, type Localized } from '../../localized';
import type { Detail, Finding } from './finding';

export interface FindingWords {
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
}

export interface WordsOptions {
  readonly locale: Locale;
  /** IANA name; the machine's own when absent. */
  readonly timeZone?: string;
}

/** Date and time of a moment, to the minute. */
export function momentText(at: number, { locale, timeZone }: WordsOptions): string {
  return new Intl.DateTimeFormat(locale, {
    ...{
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    },
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at * 1000);
}

/** Title, cause and fix for a shop owner. */
export function findingWords(finding: Finding, options: WordsOptions): FindingWords {
  const { locale } = options;
  const values = (entries: Readonly<Record<string, unknown>> | undefined) => Object.entries(entries ?? {});
  const params: Record<string, string | number> = { ...finding.params };
  for (const [name] of values(finding.times)) params[name] = momentText(finding.times?.[name] ?? 0, options);
  for (const [name, term] of values(finding.terms)) params[name] = pick(term as Localized, locale);
  const { rid, errmsg } = finding.error ?? {};
  const text = explain({ code: finding.code, params, rid, errmsg });
  return { title: pick(text.title, locale), cause: pick(text.cause, locale), fix: pick(text.advice, locale) };
}

/** The value of a detail as it is read. */
export function detailText({ value, unit }: Detail, options: WordsOptions): string {
  if (typeof value === 'object') return pick(value, options.locale);
  return unit === 'time' && typeof value === 'number' ? momentText(value, options) : String(value);
}
