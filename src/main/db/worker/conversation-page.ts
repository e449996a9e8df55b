/** One window of the inbox's list under a filter and an order. Pinned conversations are on top of every one. */
import { CLOSING_SOON } from '#shared/domain/window';
import type { Conversation } from '#shared/ipc/models';
import type { ConversationQuery } from '../port';
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
}

const FILTERS: Readonly<Record<ConversationQuery['filter'], Filter>> = {
  active: { where: ACTIVE, parts: [IN_INBOX] },
  all: { where: ANY, parts: [IN_INBOX, ...SET_ASIDE] },
  'needs-reply': filterOn('conversations_needs_reply', `${ACTIVE} AND needs_reply = 1`),
  failed: filterOn('conversations_failed', `${ACTIVE} AND failed > 0`),
  starred: filterOn('conversations_starred', `${ANY} AND starred = 1`),
  'closing-soon': { where: ACTIVE, parts: [IN_INBOX], window: 'open' },
  closed: { where: ACTIVE, parts: [IN_INBOX], window: 'closed' },
  snoozed: filterOn('conversations_snoozed', SET_ASIDE[1].where),
  done: filterOn('conversations_done', SET_ASIDE[0].where),
};

function filterOn(index: string, where: string): Filter {
  return { where, parts: [{ index, where }] };
}

/** A run of rows in one order; a list is one after another. */
interface Segment {
  readonly name: string;
  readonly descending: boolean;
  /** One term per account and index, for a list of columns. */
  readonly terms: (select: string) => Term[];
  readonly key: 'order_at' | 'window_expires_at' | 'snoozed_until';
}

export function conversationPage(
  db: Reader,
  query: ConversationQuery,
): { total: number; rows: Conversation[] } {
  const counted = segmentsOf(query, accountIds(db, query.appid)).map((segment) => ({
    ...segment,
    total: count(db, query, segment),
  }));
  const ids: number[] = [];
  let begin = 0;
  for (const { terms, key, descending, total } of counted) {
    const missing = query.limit - ids.length;
    const offset = Math.max(0, query.offset - begin);
    if (missing > 0 && offset < total) {
      const selected = terms(`follower_id AS id, ${key} AS k`);
      ids.push(...readWindow(db, { terms: selected, descending, total, offset, limit: missing }));
    }
    begin += total;
  }
  return { total: begin, rows: conversationsByIds(db, ids) };
}

function count(db: Reader, query: ConversationQuery, segment: Segment): number {
  const name = `conversations ${JSON.stringify([query.appid, query.filter, segment.name, Math.floor(query.now)])}`;
  return db.cached(name, () =>
    segment
      .terms('count(*) AS n')
      .reduce((sum, { sql, values }) => sum + (db.get<{ n: number }>(sql, ...values)?.n ?? 0), 0),
  );
}

function segmentsOf(query: ConversationQuery, accounts: readonly number[]): Segment[] {
  const filter = FILTERS[query.filter];
  const { now, order } = query;
  const soon = query.filter === 'closing-soon';

  const term = (select: string, index: string, where: string, values: readonly SqlValue[]) =>
    accounts.map((account): Term => ({
      sql: `SELECT ${select} FROM conversations INDEXED BY ${index} WHERE account_id = ? AND ${where}`,
      values: [account, ...values],
    }));
  /** Windows that are open, by their end. */
  const OPEN = soon
    ? 'window_expires_at > ? AND (window_expires_at < ? OR window_remaining = 1)'
    : 'window_expires_at > ?';
  const openValues = soon ? [now, now + CLOSING_SOON] : [now];
  const CLOSED = '(window_expires_at IS NULL OR window_expires_at <= ?)';

  const open = (pinned: 0 | 1, key: Segment['key'], descending: boolean): Segment => ({
    name: `open ${pinned}`,
    ...{ key, descending },
    terms: (select) =>
      term(
        select,
        pinned === 1 ? PINNED : 'conversations_closing',
        `${filter.where} AND pinned = ${pinned} AND ${OPEN}`,
        openValues,
      ),
  });
  const others = (
    pinned: 0 | 1,
    window: 'closed' | 'any',
    [key, descending]: readonly [Segment['key'], boolean],
  ): Segment => {
    const condition = window === 'closed' ? ` AND ${CLOSED}` : '';
    const values = window === 'closed' ? [now] : [];
    return {
      name: `${window} ${pinned}`,
      ...{ key, descending },
      terms: (select) =>
        pinned === 1
          ? term(select, PINNED, `pinned = 1 AND ${filter.where}${condition}`, values)
          : filter.parts.flatMap(({ index, where }) =>
              term(select, index, `${where} AND pinned = 0${condition}`, values),
            ),
    };
  };

  const newest =
    query.filter === 'snoozed' ? (['snoozed_until', false] as const) : (['order_at', true] as const);
  const of = (pinned: 0 | 1): Segment[] => {
    if (filter.window === 'closed') return [others(pinned, 'closed', newest)];
    if (order === 'newest') {
      return [filter.window === 'open' ? open(pinned, 'order_at', true) : others(pinned, 'any', newest)];
    }
    const first = open(pinned, 'window_expires_at', false);
    return filter.window === 'open' ? [first] : [first, others(pinned, 'closed', newest)];
  };
  return [...of(1), ...of(0)];
}
