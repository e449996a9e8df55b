/** One window of the inbox's list under a filter and an order. */
import type { Conversation } from '#shared/ipc/models';
import type { ConversationQuery } from '../port';
import { conversationsByIds } from './conversation-rows';
import type { Reader } from './handle';
import { readWindow, type Term } from './listing';
import { accountIds } from './lookup';

/** Windows with less than this many seconds left are closing. */
const CLOSING_SOON = 4 * 3600;

interface Filter {
  readonly index: string;
  readonly where: string;
}

const FILTERS: Readonly<Record<ConversationQuery['filter'], Filter>> = {
  all: { index: 'conversations_newest', where: 'listed = 1' },
  'needs-reply': { index: 'conversations_needs_reply', where: 'listed = 1 AND needs_reply = 1' },
  failed: { index: 'conversations_failed', where: 'listed = 1 AND failed > 0' },
  starred: { index: 'conversations_starred', where: 'listed = 1 AND starred = 1' },
  'closing-soon': { index: 'conversations_newest', where: 'listed = 1' },
  closed: { index: 'conversations_newest', where: 'listed = 1' },
};

export function conversationPage(
  db: Reader,
  query: ConversationQuery,
): { total: number; rows: Conversation[] } {
  const accounts = accountIds(db, query.appid);
  const { now, offset, limit, filter } = query;
  const until = filter === 'closing-soon' ? now + CLOSING_SOON : Number.MAX_SAFE_INTEGER;
  const { index, where } = FILTERS[filter];

  /** Open windows by their end; there are never more than wrote within two days. */
  const open = (select: string) =>
    accounts.map((account): Term => ({
      sql: `SELECT ${select} FROM conversations WHERE account_id = ? AND ${where}
        AND window_expires_at > ? AND window_expires_at < ?`,
      values: [account, now, until],
    }));
  const byTime = (select: string, closedOnly: boolean) =>
    accounts.map((account): Term => ({
      sql: `SELECT ${select} FROM conversations INDEXED BY ${index} WHERE account_id = ? AND ${where}
        ${closedOnly ? 'AND (window_expires_at IS NULL OR window_expires_at <= ?)' : ''}`,
      values: closedOnly ? [account, now] : [account],
    }));

  const counted = (name: string, terms: Term[]) =>
    db.cached(`conversations ${JSON.stringify([query.appid, filter, name, Math.floor(now)])}`, () =>
      terms.reduce((sum, { sql, values }) => sum + (db.get<{ n: number }>(sql, ...values)?.n ?? 0), 0),
    );
  const openTotal = () => counted('open', open('count(*) AS n'));
  const newestTotal = (closedOnly: boolean) =>
    closedOnly
      ? counted('newest', byTime('count(*) AS n', false)) - openTotal()
      : counted('newest', byTime('count(*) AS n', false));

  const openPart = (from: number, count: number) =>
    readWindow(db, {
      terms: open('follower_id AS id, window_expires_at AS k'),
      descending: false,
      total: openTotal(),
      offset: from,
      limit: count,
    });
  const newestPart = (closedOnly: boolean, from: number, count: number) =>
    readWindow(db, {
      terms: byTime('follower_id AS id, last_at AS k', closedOnly),
      descending: true,
      total: newestTotal(closedOnly),
      offset: from,
      limit: count,
    });

  if (filter === 'closed') {
    return { total: newestTotal(true), rows: conversationsByIds(db, newestPart(true, offset, limit)) };
  }
  if (filter === 'closing-soon') {
    const total = openTotal();
    const ids =
      query.order === 'closing-first'
        ? openPart(offset, limit)
        : readWindow(db, {
            terms: open('follower_id AS id, last_at AS k'),
            descending: true,
            total,
            offset,
            limit,
          });
    return { total, rows: conversationsByIds(db, ids) };
  }
  const total = newestTotal(false);
  if (query.order === 'newest') {
    return { total, rows: conversationsByIds(db, newestPart(false, offset, limit)) };
  }
  const opened = openTotal();
  const first = offset < opened ? openPart(offset, limit) : [];
  const rest =
    first.length < limit ? newestPart(true, Math.max(0, offset - opened), limit - first.length) : [];
  return { total, rows: conversationsByIds(db, [...first, ...rest]) };
}
