/** Customers' windows that closed unanswered, and sends that WeChat's count refused. */
import type { InboundContent } from '#shared/domain/message';
import { WINDOW_RULES } from '#shared/domain/window-rules';
import type { MissedReason, MissedReport, MissedWindow } from '#shared/ipc/people-models';
import type { MissedQuery } from '../port/reports';
import type { Reader } from './handle';
import { accountIds } from './lookup';

const MAX_WORDS = 120;
const HOURS = 24;

interface Missed {
  /** Row of the customer's last message. */
  readonly messageId: number;
  readonly account: number;
  readonly reason: MissedReason;
  readonly writtenAt: number;
  readonly closedAt: number;
}
type Found = Omit<Missed, 'account' | 'reason'>;

/** A later message of the customer would have prolonged the window; one tapped from a menu message does not. */
const PROLONGED = `EXISTS (SELECT 1 FROM messages n WHERE n.follower_id = m.follower_id AND n.is_event = 0
  AND (n.at, n.id) > (m.at, m.id) AND n.at < m.at + ? AND n.direction = 'in'
  AND json_extract(n.content, '$.menuItemId') IS NULL)`;
/** What a rule of the relay answered is no answer of a person. */
const ANSWERED = `EXISTS (SELECT 1 FROM messages o WHERE o.follower_id = m.follower_id AND o.is_event = 0
  AND (o.at, o.id) > (m.at, m.id) AND o.at < m.at + ? AND o.direction = 'out' AND o.automatic = 0
  AND o.status IN ('sent', 'unknown'))`;
/** Put away as done since the customer last wrote: it asked for no answer. */
const DONE = `EXISTS (SELECT 1 FROM conversations c WHERE c.follower_id = m.follower_id AND c.done = 1
  AND NOT EXISTS (SELECT 1 FROM messages n WHERE n.follower_id = m.follower_id AND n.is_event = 0
    AND (n.at, n.id) > (m.at, m.id) AND n.direction = 'in'))`;

/** `now` bounds the period: a window that is still open is not lost. */
export function missedReport(db: Reader, query: MissedQuery): MissedReport {
  const found: Missed[] = [];
  const accounts: MissedReport['accounts'] = [];
  let windows = 0;
  for (const account of accountIds(db, query.appid)) {
    const closed = closedWindows(db, account, query);
    const lost = closed.filter(({ answered }) => answered === 0);
    const byTime = lost.map((row): Missed => ({ ...row, account, reason: 'time' }));
    const byCount = refusedByCount(db, account, query).map((row): Missed => ({
      ...{ ...row, account, reason: 'count' },
    }));
    windows += closed.length;
    accounts.push({
      appid: appidOf(db, account),
      ...{ time: byTime.length, count: byCount.length, windows: closed.length },
    });
    found.push(...byTime, ...byCount);
  }
  const hours = Array.from({ length: HOURS }, () => ({ time: 0, count: 0 }));
  for (const { reason, writtenAt } of found) {
    const hour = hours[new Date(writtenAt * 1000).getHours()];
    if (hour) hour[reason] += 1;
  }
  const wanted = found
    .filter(({ reason }) => query.reason === null || reason === query.reason)
    .sort((a, b) => b.closedAt - a.closedAt || b.messageId - a.messageId);
  return {
    ...{ total: wanted.length, hours, accounts, windows },
    rows: detailed(db, wanted.slice(query.offset, query.offset + query.limit)),
  };
}

/** The last message of each window that closed in the period, and whether a person answered it in time. */
function closedWindows(
  db: Reader,
  account: number,
  { from, to, now }: MissedQuery,
): (Found & { readonly answered: number })[] {
  const rules = [...WINDOW_RULES].sort((a, b) => a.since - b.since);
  return rules.flatMap((rule, index) => {
    const ttl = rule.grants.message?.ttl;
    if (ttl === undefined) return [];
    const since = Math.max(from - ttl, rule.since);
    const until = Math.min(Math.min(to, now) - ttl, rules[index + 1]?.since ?? Number.MAX_SAFE_INTEGER);
    if (since >= until) return [];
    return db
      .all<{ id: number; at: number; answered: number }>(
        `SELECT m.id, m.at, (${ANSWERED} OR ${DONE}) AS answered FROM messages m INDEXED BY messages_written
         WHERE m.account_id = ? AND m.direction = 'in' AND m.is_event = 0 AND m.at >= ? AND m.at < ?
           AND json_extract(m.content, '$.menuItemId') IS NULL AND NOT ${PROLONGED}`,
        ttl,
        account,
        since,
        until,
        ttl,
      )
      .map(({ id, at, answered }) => ({ messageId: id, writtenAt: at, closedAt: at + ttl, answered }));
  });
}

/** Replies that were written and could not go out because the count was used up, once for each message of the customer. */
function refusedByCount(db: Reader, account: number, { from, to }: MissedQuery): Found[] {
  const refused = db.all<{ message: number | null; written: number | null; at: number }>(
    `SELECT max(i.id) AS message, i.at AS written, min(m.at) AS at
     FROM messages m INDEXED BY messages_failed JOIN messages i ON i.id = (
       SELECT p.id FROM messages p WHERE p.follower_id = m.follower_id AND p.is_event = 0 AND p.direction = 'in'
         AND (p.at, p.id) < (m.at, m.id) ORDER BY p.at DESC, p.id DESC LIMIT 1)
     WHERE m.account_id = ? AND m.status = 'failed' AND m.at >= ? AND m.at < ? AND m.retried = 0
       AND (json_extract(m.failure, '$.errcode') = 45047 OR json_extract(m.failure, '$.params.reason') = 'count')
     GROUP BY i.id`,
    account,
    from,
    to,
  );
  return refused.flatMap(({ message, written, at }) =>
    message === null || written === null ? [] : [{ messageId: message, writtenAt: written, closedAt: at }],
  );
}

function appidOf(db: Reader, account: number): string {
  return db.get<{ appid: string }>('SELECT appid FROM accounts WHERE id = ?', account)?.appid ?? '';
}

function detailed(db: Reader, missed: readonly Missed[]): MissedWindow[] {
  const rows = db.all<{
    id: number;
    appid: string;
    openid: string;
    alias: string | null;
    remark: string;
    following: number;
    content: string;
  }>(
    `SELECT m.id, a.appid, f.openid, f.alias, f.remark, f.following, m.content
     FROM messages m JOIN followers f ON f.id = m.follower_id JOIN accounts a ON a.id = m.account_id
     WHERE m.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(missed.map(({ messageId }) => messageId)),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return missed.flatMap(({ messageId, reason, writtenAt, closedAt }) => {
    const row = byId.get(messageId);
    if (!row) return [];
    const content = JSON.parse(row.content) as InboundContent;
    return [
      {
        ...{ appid: row.appid, openid: row.openid, alias: row.alias, remark: row.remark },
        ...{ following: row.following === 1, reason, writtenAt, closedAt },
        words: content.kind === 'text' ? content.text.slice(0, MAX_WORDS) : null,
        content: content.kind,
      },
    ];
  });
}
