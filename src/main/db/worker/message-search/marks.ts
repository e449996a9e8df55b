/**
 * Marks of a message in the search index, beside its words: conversation, account, side, day, what it holds. A filter is
 * then one more word, and the index finds the few messages of a rare word in a rare place without reading either.
 * Marks begin with a character for private use, which no word of a person's text can hold.
 */
import type { HasKind } from '#shared/domain/search/query';

const PRIVATE = '\uE000';
const DAY = 86_400;

export const markOf = {
  conversation: (followerId: number) => `${PRIVATE}f${String(followerId)}`,
  account: (accountId: number) => `${PRIVATE}a${String(accountId)}`,
  side: (direction: 'in' | 'out') => `${PRIVATE}${direction}`,
  kind: (kind: HasKind) => `${PRIVATE}k${kind}`,
  failed: () => `${PRIVATE}failed`,
};

/** Year, month and day of a moment (unix seconds) by UTC; the exact moment is checked on the row. */
export function dateMarks(at: number): string[] {
  const [year = '', month = '', day = ''] = new Date(at * 1000).toISOString().slice(0, 10).split('-');
  return [yearMark(year), monthMark(year, month), dayMark(year, month, day)];
}

const yearMark = (year: string) => `${PRIVATE}y${year}`;
const monthMark = (year: string, month: string) => `${PRIVATE}m${year}${month}`;
const dayMark = (year: string, month: string, day: string) => `${PRIVATE}d${year}${month}${day}`;

/** The fewest marks that cover every moment from `after` (inclusive) to `before` (exclusive), unix seconds. */
export function marksBetween(after: number, before: number): string[] {
  const marks: string[] = [];
  const end = before - 1;
  let at = Math.floor(after / DAY) * DAY;
  while (at <= end) {
    const date = new Date(at * 1000);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    const nextMonth = Date.UTC(year, month + 1, 1) / 1000;
    const nextYear = Date.UTC(year + 1, 0, 1) / 1000;
    const [byYear = '', byMonth = '', byDay = ''] = dateMarks(at);
    if (month === 0 && date.getUTCDate() === 1 && nextYear <= end + DAY) {
      marks.push(byYear);
      at = nextYear;
    } else if (date.getUTCDate() === 1 && nextMonth <= end + DAY) {
      marks.push(byMonth);
      at = nextMonth;
    } else {
      marks.push(byDay);
      at += DAY;
    }
  }
  return marks;
}
