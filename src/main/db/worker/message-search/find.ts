/** Carries out a search: newest first, by conversation. */
import type { InboundContent, ShownContent } from '#shared/domain/message';
import { searchableText } from '#shared/domain/search/searchable';
import type { SearchQuery } from '#shared/domain/search/query';
import { snippetOf } from '#shared/domain/search/snippet';
import type { ChatSearch, SearchGroup, SearchHit, SearchPage } from '#shared/ipc/search-models';
import type { SearchRequest } from '../../port/search';
import { conversationsByIds } from '../conversation-rows';
import type { Reader } from '../handle';
import { appidsOf } from '../lookup';
import { messagesByRowIds } from '../message-rows';
import { markOf } from './marks';
import { planSearch, type CandidateHead, type SearchPlan } from './plan';
import { findQuickReplies } from './replies';
import { findDrafts, findPeople } from './who';

/** Rows that the index names are taken in lots, each twice the one before. */
const FIRST_LOT = 200;
const MOST_LOT = 2000;
/** A call reads the texts of at most so many rows and looks at the senders of so many; then it says where to go on. */
const MOST_READ = 3000;
const MOST_LOOKED_AT = 10_000;
const MOST_COUNTED = 10_000;
/** Hits shown of one conversation, and rows read for the counts of a page of them. */
const HITS_SHOWN = 3;
const MOST_OF_GROUPS = 2000;
const MOST_PEOPLE = 6;
const MOST_REPLIES = 6;

interface Row {
  readonly id: number;
  readonly followerId: number;
  readonly direction: 'in' | 'out';
  readonly at: number;
  readonly text: string;
}

export function searchEverywhere(db: Reader, request: SearchRequest): SearchPage {
  const { query, before, limit } = request;
  const plan = planSearch(db, request.appid, query);
  const first = before === null;
  const found = conversationsFound(db, plan, before, limit);
  const onlyWords = query.terms.some((term) => !term.negated) && !hasFilters(query);
  return {
    groups: groupsOf(db, plan, found.newest),
    next: found.next,
    total: first ? totalOf(db, plan) : null,
    people: first && onlyWords ? findPeople(db, plan.accounts, query.terms, MOST_PEOPLE) : [],
    drafts: first && onlyWords ? findDrafts(db, plan.accounts, query.terms, MOST_PEOPLE) : [],
    quickReplies:
      first && onlyWords ? findQuickReplies(db, appidsOf(db, plan.accounts), query.terms, MOST_REPLIES) : [],
  };
}

export function searchInConversation(
  db: Reader,
  request: {
    readonly appid: string;
    readonly id: number;
    readonly query: SearchQuery;
    readonly limit: number;
  },
): ChatSearch {
  const plan = planSearch(db, request.appid, request.query, request.id);
  const ids: number[] = [];
  for (const row of candidates(db, plan.match)) {
    if (plan.accepts(row)) ids.push(row.id);
    if (ids.length > request.limit) break;
  }
  const shown = ids.slice(0, request.limit);
  const messages = messagesByRowIds(db, shown);
  return {
    hits: shown.flatMap((id) => {
      const message = messages.get(id);
      return message ? [{ id: message.id, seq: id }] : [];
    }),
    capped: ids.length > request.limit,
  };
}

/** Filters of messages; an account is no such filter. */
function hasFilters({ from, after, before, has, is }: SearchQuery): boolean {
  return from.length + has.length + is.length > 0 || after !== null || before !== null;
}

/** What the index names, newest first, from before `before`. */
function* lots(db: Reader, match: string | null, before: number | null): Generator<readonly number[]> {
  if (match === null) return;
  let from = before ?? Number.MAX_SAFE_INTEGER;
  for (let lot = FIRST_LOT; ; lot = Math.min(2 * lot, MOST_LOT)) {
    const ids = db
      .all<{ id: number }>(
        'SELECT rowid AS id FROM message_search WHERE message_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
        match,
        from,
        lot,
      )
      .map(({ id }) => id);
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < lot) return;
    from = last;
  }
}

function* candidates(db: Reader, match: string | null): Generator<Row> {
  for (const ids of lots(db, match, null)) yield* rowsOf(db, ids);
}

/** Those of `ids` that pass what can be told without their texts: many are named, and most of the cost is the text. */
function headsThatPass(
  db: Reader,
  ids: readonly number[],
  passes: (head: CandidateHead) => boolean,
): readonly number[] {
  return db
    .all<CandidateHead & { readonly id: number }>(
      `SELECT id, follower_id AS followerId, direction, at FROM messages
       WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
      JSON.stringify(ids),
    )
    .filter(passes)
    .map(({ id }) => id);
}

function rowsOf(db: Reader, ids: readonly number[]): Row[] {
  return db
    .all<{ id: number; followerId: number; direction: 'in' | 'out'; at: number; content: string }>(
      `SELECT id, follower_id AS followerId, direction, at, content FROM messages
       WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
      JSON.stringify(ids),
    )
    .map(({ content, ...row }) => ({
      ...row,
      text: searchableText(JSON.parse(content) as InboundContent | ShownContent),
    }));
}

/** The conversations of the newest hits before `before` with that hit, and where the next page begins. */
function conversationsFound(
  db: Reader,
  plan: SearchPlan,
  before: number | null,
  limit: number,
): { readonly newest: readonly Row[]; readonly next: number | null } {
  const found = new Map<number, Row>();
  const { acceptsHead } = plan;
  let looked = 0;
  let read = 0;
  for (const ids of lots(db, plan.match, before)) {
    const wanted = acceptsHead
      ? headsThatPass(db, ids, (head) => !found.has(head.followerId) && acceptsHead(head))
      : ids;
    for (const row of rowsOf(db, wanted)) {
      const isNew = !found.has(row.followerId) && plan.accepts(row);
      if (isNew && found.size === limit) return { newest: [...found.values()], next: row.id + 1 };
      if (isNew) found.set(row.followerId, row);
    }
    looked += ids.length;
    read += wanted.length;
    if (looked >= MOST_LOOKED_AT || read >= MOST_READ)
      return { newest: [...found.values()], next: ids.at(-1) ?? null };
  }
  return { newest: [...found.values()], next: null };
}

/** What was found in the conversation of each of these hits. */
function groupsOf(db: Reader, plan: SearchPlan, newest: readonly Row[]): SearchGroup[] {
  if (plan.match === null || newest.length === 0) return [];
  const marks = newest.map(({ followerId }) => `"${markOf.conversation(followerId)}"`).join(' OR ');
  const rows = new Map<number, Row[]>(newest.map(({ followerId }) => [followerId, []]));
  let read = 0;
  for (const row of candidates(db, `(${plan.match}) AND (${marks})`)) {
    read += 1;
    if (read > MOST_OF_GROUPS) break;
    if (plan.accepts(row)) rows.get(row.followerId)?.push(row);
  }
  // One conversation may use up what is read: the others show at least what they were found by.
  const hits = newest.map((row) => {
    const all = rows.get(row.followerId) ?? [];
    return all.length > 0 ? all : [row];
  });
  const messages = messagesByRowIds(
    db,
    hits.flatMap((all) => all.slice(0, HITS_SHOWN).map(({ id }) => id)),
  );
  const toHit = ({ id, text }: Row): SearchHit[] => {
    const message = messages.get(id);
    return message ? [{ message, snippet: snippetOf(text, plan.matcher) }] : [];
  };
  const conversations = conversationsByIds(
    db,
    newest.map(({ followerId }) => followerId),
  );
  return conversations.map((conversation, index) => {
    const all = hits[index] ?? [];
    return {
      conversation,
      hits: all.slice(0, HITS_SHOWN).flatMap(toHit),
      count: all.length,
      capped: read > MOST_OF_GROUPS,
    };
  });
}

function totalOf(db: Reader, { match, exact }: SearchPlan): SearchPage['total'] {
  if (match === null) return { count: 0, capped: false, exact: true };
  const count =
    db.get<{ n: number }>(
      'SELECT count(*) AS n FROM (SELECT 1 FROM message_search WHERE message_search MATCH ? LIMIT ?)',
      match,
      MOST_COUNTED + 1,
    )?.n ?? 0;
  return { count: Math.min(count, MOST_COUNTED), capped: count > MOST_COUNTED, exact };
}
