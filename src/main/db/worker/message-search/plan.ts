/** How a query is carried out: what the index is asked, and what has to be checked on each row it names. */
import { foldedText, isCjk, pairsOf, runsOf } from '#shared/domain/search/fold';
import { matcherOf, type Matcher } from '#shared/domain/search/matching';
import type { SearchQuery, SearchTerm } from '#shared/domain/search/query';
import type { Reader } from '../handle';
import { accountIds } from '../lookup';
import { markOf, marksBetween } from './marks';
import { conversationsThat, peopleNamed } from './who';

/** So many conversations are named to the index; of more, each row is asked. */
const MOST_NAMED = 200;
const EARLIEST = Date.UTC(2011, 0, 1) / 1000;
const LATEST = Date.UTC(2101, 0, 1) / 1000;

/** What is known of a row before its text is read. */
export interface CandidateHead {
  readonly followerId: number;
  readonly direction: 'in' | 'out';
  readonly at: number;
}

export interface Candidate extends CandidateHead {
  readonly text: string;
}

export interface SearchPlan {
  /** The FTS5 query; null: nothing can be found. */
  readonly match: string | null;
  readonly accounts: readonly number[];
  readonly matcher: Matcher;
  /** Whether a row that the index names is really meant. */
  accepts(row: Candidate): boolean;
  /** The part of it that can be told without the text; null: there is none. */
  readonly acceptsHead: ((head: CandidateHead) => boolean) | null;
  /** The index alone is right. */
  readonly exact: boolean;
}

type HeadCheck = (head: CandidateHead) => boolean;

/** `conversation`: only in this one (a follower's row id). */
export function planSearch(
  db: Reader,
  appid: string | null,
  query: SearchQuery,
  conversation: number | null = null,
): SearchPlan {
  const accounts = accountsNamed(db, appid, query.accounts);
  const parts: (string | null)[] = [];
  const checks: HeadCheck[] = [];
  const texts: ((row: Candidate) => boolean)[] = [];

  const wanted = query.terms.filter((term) => !term.negated);
  const matcher = matcherOf(query.terms);
  for (const term of wanted) parts.push(...indexTerms(term));
  if (query.terms.some((term) => term.negated || !isExact(term)))
    texts.push((row) => matcher.matches(row.text));

  if (query.after !== null || query.before !== null) {
    const [after, before] = [query.after ?? EARLIEST, query.before ?? LATEST];
    parts.push(anyOf(marksBetween(Math.max(after, EARLIEST), before)));
    checks.push(({ at }) => at >= after && at < before);
  }
  if (query.has.length > 0) parts.push(anyOf(query.has.map(markOf.kind)));
  if (query.is.includes('failed')) parts.push(quoted(markOf.failed()));
  for (const state of ['starred', 'unanswered'] as const) {
    if (query.is.includes(state)) limitTo(conversationsThat(db, accounts, state), parts, checks);
  }
  if (query.from.length > 0) parts.push(senders(db, accounts, query, checks));

  if (conversation !== null) parts.push(quoted(markOf.conversation(conversation)));
  // Without another word the index has to be asked for something that every message has.
  else if (parts.length === 0 || appid !== null || query.accounts.length > 0) {
    parts.push(anyOf(accounts.map(markOf.account)));
  }
  const impossible = accounts.length === 0 || parts.some((part) => part === null);
  return {
    match: impossible ? null : parts.join(' AND '),
    accounts,
    matcher,
    accepts: (row) => checks.every((check) => check(row)) && texts.every((check) => check(row)),
    acceptsHead: checks.length === 0 ? null : (head) => checks.every((check) => check(head)),
    exact: checks.length + texts.length === 0,
  };
}

/** FTS5's word for a mark or a word of the index. */
const quoted = (word: string): string => `"${word}"`;

function anyOf(words: readonly string[]): string | null {
  return words.length === 0 ? null : `(${words.map(quoted).join(' OR ')})`;
}

function indexTerms({ text }: SearchTerm): string[] {
  return runsOf(text).flatMap((run) => {
    const pairs = isCjk(run) ? pairsOf(run) : [];
    if (pairs.length > 0) return pairs.map(quoted);
    // A single letter or digit begins too much to be of use.
    return [isCjk(run) || run.length > 1 ? `${quoted(run)}*` : quoted(run)];
  });
}

/** Whether the index knows all there is to know of a term. */
function isExact({ text, phrase }: SearchTerm): boolean {
  const runs = runsOf(text);
  if (phrase && (runs.length > 1 || runs[0] !== foldedText(text.trim()))) return false;
  return runs.every((run) => !isCjk(run) || [...run].length <= 2);
}

function limitTo(ids: readonly number[], parts: (string | null)[], checks: HeadCheck[]): void {
  if (ids.length <= MOST_NAMED) {
    parts.push(anyOf(ids.map(markOf.conversation)));
    return;
  }
  const set = new Set(ids);
  checks.push(({ followerId }) => set.has(followerId));
}

function senders(
  db: Reader,
  accounts: readonly number[],
  { from }: SearchQuery,
  checks: HeadCheck[],
): string | null {
  const me = from.some(({ who }) => who === 'me');
  const people = [
    ...new Set(
      from.flatMap((sender) => (sender.who === 'named' ? peopleNamed(db, accounts, sender.name) : [])),
    ),
  ];
  const alternatives = me ? [quoted(markOf.side('out'))] : [];
  if (people.length > MOST_NAMED) {
    const set = new Set(people);
    alternatives.push(quoted(markOf.side('in')));
    checks.push(({ direction, followerId }) => (direction === 'out' ? me : set.has(followerId)));
  } else if (people.length > 0) {
    alternatives.push(`(${quoted(markOf.side('in'))} AND ${anyOf(people.map(markOf.conversation)) ?? ''})`);
  }
  return alternatives.length === 0 ? null : `(${alternatives.join(' OR ')})`;
}

function accountsNamed(db: Reader, appid: string | null, names: readonly string[]): number[] {
  const ids = accountIds(db, appid);
  if (names.length === 0) return ids;
  const wanted = names.map((name) => foldedText(name));
  return db
    .all<{ id: number; name: string }>('SELECT id, name FROM accounts')
    .filter(({ id, name }) => ids.includes(id) && wanted.some((one) => foldedText(name).includes(one)))
    .map(({ id }) => id);
}
