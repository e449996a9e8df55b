/** One window of the followers list under a filter and an order. */
import type { Follower } from '#shared/ipc/models';
import type { FollowerQuery } from '../port';
import { followersByIds } from './follower-rows';
import { searchTerms } from './follower-search';
import type { Reader, SqlValue } from './handle';
import { readWindow, type Term } from './listing';
import { accountIds } from './lookup';

const SORTS: Readonly<Record<FollowerQuery['sort'], { key: string; descending: boolean; index: string }>> = {
  'subscribed-desc': { key: 'subscribed_at', descending: true, index: 'followers_by_subscription' },
  'subscribed-asc': { key: 'subscribed_at', descending: false, index: 'followers_by_subscription' },
  'last-message-desc': { key: 'last_message_at', descending: true, index: 'followers_by_message' },
  name: { key: 'sort_name', descending: false, index: 'followers_by_name' },
};

/** Up to so many matches are looked up one by one and sorted; more are found while walking the list's index. */
const FEW = 5000;

interface Plan {
  /** Conditions on columns of followers. */
  readonly columns: readonly Term[];
  /** Sets of ids that must hold the follower. */
  readonly sets: readonly Term[];
  /** Open windows that must not. */
  readonly excluded: Term | null;
  /** Whether one of the sets is small. */
  readonly few: boolean;
}

export function followerPage(db: Reader, query: FollowerQuery): { total: number; rows: Follower[] } {
  const accounts = accountIds(db, query.filter.appid);
  const plan = planFor(db, accounts, query);
  // Windows close by the second, so counts that depend on them live no longer.
  const clock = query.filter.windowOpen === null ? 0 : Math.floor(query.now);
  const total = db.cached(`followers ${JSON.stringify([query.filter, clock])}`, () =>
    count(db, accounts, plan),
  );
  const { key, descending, index } = SORTS[query.sort];
  const source = plan.few ? 'followers NOT INDEXED' : `followers INDEXED BY ${indexFor(plan, query, index)}`;
  const terms = accounts.map((account) => term(`id, ${key} AS k`, source, account, plan));
  const ids = readWindow(db, { terms, descending, total, offset: query.offset, limit: query.limit });
  return { total, rows: followersByIds(db, ids) };
}

function planFor(db: Reader, accounts: readonly number[], { filter, now }: FollowerQuery): Plan {
  const columns: Term[] = [];
  if (filter.following !== 'all') {
    columns.push({ sql: `following = ${filter.following === 'following' ? '1' : '0'}`, values: [] });
  }
  if (filter.scene !== null) columns.push({ sql: 'scene = ?', values: [filter.scene] });

  const sets: Term[] = [];
  if (filter.tagId !== null) {
    sets.push({
      sql: `SELECT follower_id AS id FROM follower_tags
        WHERE account_id IN (SELECT value FROM json_each(?)) AND tag_id = ?`,
      values: [JSON.stringify(accounts), filter.tagId],
    });
  }
  if (filter.text.trim() !== '') {
    const found = searchTerms(db, accounts, filter.text);
    sets.push(
      found.length === 0
        ? { sql: 'SELECT NULL AS id WHERE 0', values: [] }
        : { sql: found.map(({ sql }) => sql).join(' UNION '), values: found.flatMap(({ values }) => values) },
    );
  }
  const open: Term = {
    sql: `SELECT follower_id AS id FROM conversations
      WHERE account_id IN (SELECT value FROM json_each(?)) AND window_expires_at > ?`,
    values: [JSON.stringify(accounts), now],
  };
  if (filter.windowOpen === true) sets.push(open);
  return {
    columns,
    sets,
    excluded: filter.windowOpen === false ? open : null,
    few: sets.some((set) => size(db, set, FEW + 1) <= FEW),
  };
}

function size(db: Reader, set: Term, atMost: number): number {
  const row = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT id FROM (${set.sql}) LIMIT ${String(atMost)})`,
    ...set.values,
  );
  return row?.n ?? 0;
}

function term(select: string, source: string, account: number, plan: Plan): Term {
  const conditions: Term[] = [
    { sql: 'account_id = ?', values: [account] },
    ...plan.columns,
    ...plan.sets.map((set) => ({ sql: `id IN (${set.sql})`, values: set.values })),
    ...(plan.excluded ? [{ sql: `id NOT IN (${plan.excluded.sql})`, values: plan.excluded.values }] : []),
  ];
  const values: SqlValue[] = conditions.flatMap((condition) => condition.values);
  return {
    sql: `SELECT ${select} FROM ${source} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values,
  };
}

function indexFor(plan: Plan, { filter, sort }: FollowerQuery, index: string): string {
  if (sort !== 'subscribed-desc' && sort !== 'subscribed-asc') return index;
  if (filter.scene !== null) return 'followers_by_scene';
  return filter.following === 'left' ? 'followers_left' : index;
}

function count(db: Reader, accounts: readonly number[], plan: Plan): number {
  const [only] = plan.sets;
  // A tag's members belong to its account, so nothing of the follower needs to be read.
  if (only && plan.sets.length === 1 && plan.columns.length === 0 && !plan.excluded && !plan.few) {
    const membership = only.sql.includes('follower_tags') && !only.sql.includes('UNION');
    if (membership && !only.sql.includes('MATCH')) return size(db, only, Number.MAX_SAFE_INTEGER);
  }
  const byScene = plan.columns.some(({ sql }) => sql.startsWith('scene'));
  const source = plan.few
    ? 'followers NOT INDEXED'
    : `followers INDEXED BY ${byScene ? 'followers_by_scene' : 'followers_by_subscription'}`;
  return accounts.reduce((sum, account) => {
    const { sql, values } = term('count(*) AS n', source, account, plan);
    return sum + (db.get<{ n: number }>(sql, ...values)?.n ?? 0);
  }, 0);
}
