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
import { planSearch, type SearchPlan } from './plan';
import { findQuickReplies } from './replies';
import { findDrafts, findPeople } from './who';

/** Rows that the index names are read in lots of so many. */
const LOT = 200;
/** A call reads at most so many rows; then it says where to go on. */
const MOST_READ = 3000;
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
  for (const row of candidates(db, plan.match, null)) {
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
function* candidates(db: Reader, match: string | null, before: number | null): Generator<Row> {
  if (match === null) return;
  let from = before ?? Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = db.all<{ id: number }>(
      'SELECT rowid AS id FROM message_search WHERE message_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
      match,
      from,
      LOT,
    );
    yield* rowsOf(
      db,
      rows.map(({ id }) => id),
    );
    const last = rows.at(-1);
    if (!last || rows.length < LOT) return;
    from = last.id;
  }
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
  let read = 0;
  for (const row of candidates(db, plan.match, before)) {
    read += 1;
    const isNew = !found.has(row.followerId) && plan.accepts(row);
    if ((isNew && found.size === limit) || read > MOST_READ)
      return { newest: [...found.values()], next: row.id + 1 };
    if (isNew) found.set(row.followerId, row);
  }
  return { newest: [...found.values()], next: null };
}

/** What was found in the conversation of each of these hits. */
function groupsOf(db: Reader, plan: SearchPlan, newest: readonly Row[]): SearchGroup[] {
  if (plan.match === null || newest.length === 0) return [];
  const marks = newest.map(({ followerId }) => `"${markOf.conversation(followerId)}"`).join(' OR ');
  const rows = new Map<number, Row[]>(newest.map(({ followerId }) => [followerId, []]));
  let read = 0;
  for (const row of candidates(db, `(${plan.match}) AND (${marks})`, null)) {
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
