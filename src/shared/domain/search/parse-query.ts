/**
 * Reads a line of search. Words and "phrases" stand beside filters (`from:` `after:` `before:` `has:` `is:` `account:`, also
 * by their Chinese names and with a full-width colon); a minus before a word leaves out what holds it. Whatever looks like a
 * filter and is none (`10:30`, an address) is a word.
 */
import { momentNamed } from './dates';
import { runsOf } from './fold';
import { hasKindNamed, isKindNamed, meansMe, operatorNamed } from './operators';
import type {
  FilterPart,
  HasKind,
  IsKind,
  Operator,
  ParsedQuery,
  SearchProblem,
  SearchTerm,
  Sender,
} from './query';

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '”': '”', '「': '」', '『': '』' };
const SPACE = /\s/u;
const OPERATOR = /^([\p{L}]{1,12})[:：]/u;

interface Word {
  readonly text: string;
  readonly phrase: boolean;
  readonly end: number;
}

/** `now` gives `昨天` its meaning, unix seconds. Every text is understood somehow; see `problems`. */
export function parseQuery(text: string, now: number): ParsedQuery {
  const reading = new Reading(now);
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    at = reading.take(text, at);
  }
  return reading.result();
}

class Reading {
  private readonly terms: SearchTerm[] = [];
  private readonly from: Sender[] = [];
  private readonly has: HasKind[] = [];
  private readonly is: IsKind[] = [];
  private readonly accounts: string[] = [];
  private readonly filters: FilterPart[] = [];
  private readonly problems: SearchProblem[] = [];
  private after: number | null = null;
  private before: number | null = null;

  constructor(private readonly now: number) {}

  /** Takes what begins at `start`; where the next begins. */
  take(text: string, start: number): number {
    const minus = /^[-－]\S/u.test(text.slice(start));
    const at = minus ? start + 1 : start;
    const named = OPERATOR.exec(text.slice(at));
    const operator = named ? operatorNamed(named[1] ?? '') : null;
    if (named && operator) {
      const value = wordAt(text, at + named[0].length);
      this.takeFilter(operator, value, { start, end: value.end }, minus);
      return value.end;
    }
    const word = wordAt(text, at);
    // Punctuation alone cannot be found.
    if (runsOf(word.text).length > 0)
      this.terms.push({ text: word.text, phrase: word.phrase, negated: minus });
    return word.end;
  }

  private takeFilter(
    operator: Operator,
    { text }: Word,
    span: { readonly start: number; readonly end: number },
    negated: boolean,
  ): void {
    const value = text.trim();
    this.filters.push({ operator, value, ...span });
    if (negated) this.problems.push({ code: 'negated-filter', operator, ...span });
    else if (value === '') this.problems.push({ code: 'missing-value', operator, ...span });
    else if (operator === 'from')
      this.from.push(meansMe(value) ? { who: 'me' } : { who: 'named', name: value });
    else if (operator === 'account') this.accounts.push(value);
    else if (operator === 'has') this.takeKind('has', value, hasKindNamed(value), this.has, span);
    else if (operator === 'is') this.takeKind('is', value, isKindNamed(value), this.is, span);
    else this.takeDate(operator, value, span);
  }

  private takeKind<K>(
    operator: 'has' | 'is',
    value: string,
    kind: K | null,
    into: K[],
    span: { readonly start: number; readonly end: number },
  ): void {
    if (kind === null) this.problems.push({ code: 'unknown-value', operator, value, ...span });
    else if (!into.includes(kind)) into.push(kind);
  }

  private takeDate(
    operator: 'after' | 'before',
    value: string,
    span: { readonly start: number; readonly end: number },
  ): void {
    const moment = momentNamed(value, this.now);
    if (moment === null) {
      this.problems.push({ code: 'bad-date', operator, ...span });
      return;
    }
    if (operator === 'after') this.after = Math.max(this.after ?? moment, moment);
    else this.before = Math.min(this.before ?? moment, moment);
    if (this.after !== null && this.before !== null && this.after >= this.before)
      this.problems.push({ code: 'empty-range', ...span });
  }

  result(): ParsedQuery {
    const { terms, from, after, before, has, is, accounts, filters, problems } = this;
    return {
      query: { terms, from, after, before, has, is, accounts },
      filters,
      problems,
      empty: terms.length === 0 && filters.length === 0,
    };
  }
}

/** The word or the quoted words that begin at `start`; a quotation that is not closed goes on to the end. */
function wordAt(text: string, start: number): Word {
  const closing = CLOSING[text[start] ?? ''];
  if (closing !== undefined) {
    const end = text.indexOf(closing, start + 1);
    const until = end < 0 ? text.length : end;
    return { text: text.slice(start + 1, until), phrase: true, end: end < 0 ? text.length : end + 1 };
  }
  let end = start;
  while (end < text.length && !SPACE.test(text[end] ?? '')) end += 1;
  return { text: text.slice(start, end), phrase: false, end };
}

/** The text without one of its filters: its chip was removed. */
export function withoutFilter(text: string, { start, end }: FilterPart): string {
  return `${text.slice(0, start).trimEnd()} ${text.slice(end).trimStart()}`.trim();
}

/** The text with one more filter at its end. */
export function withFilter(text: string, operator: Operator, value: string): string {
  const written = /\s/u.test(value) ? `"${value}"` : value;
  return `${text.trimEnd()} ${operator}:${written}`.trim();
}
