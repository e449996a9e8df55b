/** One window of the inbox's list under a filter and an order. Pinned conversations are on top of every one. */
import { CLOSING_SOON } from '#shared/domain/window';
import type { Conversation } from '#shared/ipc/models';
import type { ConversationQuery } from '../port/conversations';
import { conversationsByIds } from './conversation-rows';
import type { Reader, SqlValue } from './handle';
import { readWindow, type Term } from './listing';
import { accountIds } from './lookup';

const ACTIVE = 'listed = 1 AND done = 0 AND snoozed_until IS NULL';
const ANY = 'listed = 1';
/** People pin a handful: they are looked up and sorted, whatever is asked. */
const PINNED = 'conversations_pinned';
const IN_INBOX = { index: 'conversations_active', where: ACTIVE };
const SET_ASIDE = [
  { index: 'conversations_done', where: 'listed = 1 AND done = 1' },
  { index: 'conversations_snoozed', where: 'listed = 1 AND done = 0 AND snoozed_until IS NOT NULL' },
] as const;

interface Filter {
  /** What belongs to it, in words that hold for every index. */
  readonly where: string;
  /** Indexes that hold it, each in the order of `order_at`; together every row once. */
  readonly parts: readonly { readonly index: string; readonly where: string }[];
  /** Only windows that are open, or only those that are not. */
  readonly window?: 'open' | 'closed';
  /** Where the accounts keep its length, windows open or not; it is counted when they do not. */
  readonly length?: 'active' | 'listed' | 'needs_reply + needs_reply_muted';
}

const FILTERS: Readonly<Record<ConversationQuery['filter'], Filter>> = {
  active: { where: ACTIVE, parts: [IN_INBOX], length: 'active' },
  all: { where: ANY, parts: [IN_INBOX, ...SET_ASIDE], length: 'listed' },
  'needs-reply': {
    ...filterOn('conversations_needs_reply', `${ACTIVE} AND needs_reply = 1`),
    length: 'needs_reply + needs_reply_muted',
  },
  failed: filterOn('conversations_failed', `${ACTIVE} AND failed > 0`),
  starred: filterOn('conversations_starred', `${ANY} AND starred = 1`),
  'closing-soon': { where: ACTIVE, parts: [IN_INBOX], window: 'open' },
  closed: { where: ACTIVE, parts: [IN_INBOX], window: 'closed', length: 'active' },
  snoozed: filterOn('conversations_snoozed', SET_ASIDE[1].where),
  done: filterOn('conversations_done', SET_ASIDE[0].where),
};

function filterOn(index: string, where: string): Filter {
  return { where, parts: [{ index, where }] };
}

type Pinned = 0 | 1;
type Key = 'order_at' | 'window_expires_at' | 'snoozed_until';
/** Rows whose window is open, those whose window is not, or both. */
type Part = 'open' | 'closed' | 'any';

/** A run of rows in one order; a list is one after another. */
interface Segment {
  readonly pinned: Pinned;
  readonly part: Part;
  readonly key: Key;
  readonly descending: boolean;
}

export function conversationPage(
  db: Reader,
  query: ConversationQuery,
): { total: number; rows: Conversation[] } {
  const list = listOf(db, query);
  const ids: number[] = [];
  let begin = 0;
  for (const segment of segmentsOf(query)) {
    const total = list.length(segment.part, segment.pinned);
    const missing = query.limit - ids.length;
    const offset = Math.max(0, query.offset - begin);
    if (missing > 0 && offset < total) {
      const terms = list.terms(segment.part, segment.pinned, `follower_id AS id, ${segment.key} AS k`);
      ids.push(...readWindow(db, { terms, descending: segment.descending, total, offset, limit: missing }));
    }
    begin += total;
  }
  return { total: begin, rows: conversationsByIds(db, ids) };
}

function segmentsOf({ filter, order }: ConversationQuery): Segment[] {
  const { window } = FILTERS[filter];
  // What is snoozed is listed by when it comes back.
  const newest = filter === 'snoozed' ? (['snoozed_until', false] as const) : (['order_at', true] as const);
  const run = (pinned: Pinned, part: Part, [key, descending]: readonly [Key, boolean]): Segment => ({
    ...{ pinned, part, key, descending },
  });
  const of = (pinned: Pinned): Segment[] => {
    if (window === 'closed') return [run(pinned, 'closed', newest)];
    if (order === 'newest') return [run(pinned, window ?? 'any', newest)];
    const first = run(pinned, 'open', ['window_expires_at', false]);
    return window === 'open' ? [first] : [first, run(pinned, 'closed', newest)];
  };
  return [...of(1), ...of(0)];
}

/** The parts of one filter's list: how long they are, and how they are read. */
function listOf(db: Reader, query: ConversationQuery) {
  const filter = FILTERS[query.filter];
  const accounts = accountIds(db, query.appid);
  // Whole seconds, as lengths are kept for: a row must not leave between counting and reading.
  const now = Math.floor(query.now);
  const soon = query.filter === 'closing-soon';
  const conditions: Readonly<Record<Part, { readonly sql: string; readonly values: readonly SqlValue[] }>> = {
    open: soon
      ? {
          sql: ' AND window_expires_at > ? AND (window_expires_at < ? OR window_remaining = 1)',
          values: [now, now + CLOSING_SOON],
        }
      : { sql: ' AND window_expires_at > ?', values: [now] },
    closed: { sql: ' AND (window_expires_at IS NULL OR window_expires_at <= ?)', values: [now] },
    any: { sql: '', values: [] },
  };

  /** One per account and index. */
  function terms(part: Part, pinned: Pinned, select: string): Term[] {
    const { sql, values } = conditions[part];
    const read = (index: string, where: string) =>
      accounts.map((account): Term => ({
        sql: `SELECT ${select} FROM conversations INDEXED BY ${index}
          WHERE account_id = ? AND ${where} AND pinned = ${pinned}${sql}`,
        values: [account, ...values],
      }));
    if (pinned === 1) return read(PINNED, filter.where);
    if (part === 'open') return read('conversations_closing', filter.where);
    return filter.parts.flatMap(({ index, where }) => read(index, where));
  }

  function counted(part: Part, pinned: Pinned): number {
    const name = `conversations ${JSON.stringify([query.appid, query.filter, part, pinned, now])}`;
    return db.cached(name, () =>
      terms(part, pinned, 'count(*) AS n').reduce(
        (sum, { sql, values }) => sum + (db.get<{ n: number }>(sql, ...values)?.n ?? 0),
        0,
      ),
    );
  }

  /** What the accounts keep needs no counting, however long the list. */
  function kept(column: NonNullable<Filter['length']>): number {
    return (
      db.get<{ n: number | null }>(
        `SELECT sum(${column}) AS n FROM accounts WHERE id IN (SELECT value FROM json_each(?))`,
        JSON.stringify(accounts),
      )?.n ?? 0
    );
  }

  function length(part: Part, pinned: Pinned): number {
    if (part === 'closed') return length('any', pinned) - length('open', pinned);
    if (part === 'open' || pinned === 1 || !filter.length) return counted(part, pinned);
    return kept(filter.length) - counted('any', 1);
  }

  return { terms, length };
}
