/** Sets of followers that filters and searches speak of, each in two forms: listed over an index, or asked of one row. */
import type { Reader } from './handle';
import type { Term } from './listing';

/** One way into a set. `probe` is a condition on a row of `followers`. */
export interface Alternative {
  readonly ids: Term;
  readonly probe: Term;
}

/** Everyone in at least one of the alternatives; none: nobody. */
export type FollowerSet = readonly Alternative[];

export function taggedWith(accounts: readonly number[], tagId: number): FollowerSet {
  return accounts.map((account) => ({
    ids: {
      sql: 'SELECT follower_id AS id FROM follower_tags WHERE account_id = ? AND tag_id = ?',
      values: [account, tagId],
    },
    probe: {
      sql: `EXISTS (SELECT 1 FROM follower_tags t
        WHERE t.account_id = ? AND t.tag_id = ? AND t.follower_id = followers.id)`,
      values: [account, tagId],
    },
  }));
}

/** Whose window is open at `now`. */
export function withOpenWindow(accounts: readonly number[], now: number): FollowerSet {
  return accounts.map((account) => ({
    ids: {
      sql: 'SELECT follower_id AS id FROM conversations WHERE account_id = ? AND window_expires_at > ?',
      values: [account, now],
    },
    probe: {
      sql: `followers.account_id = ? AND EXISTS (SELECT 1 FROM conversations c
        WHERE c.follower_id = followers.id AND c.window_expires_at > ?)`,
      values: [account, now],
    },
  }));
}

export function listOf(set: FollowerSet): Term {
  if (set.length === 0) return { sql: 'SELECT NULL AS id WHERE 0', values: [] };
  return {
    sql: set.map(({ ids }) => ids.sql).join(' UNION '),
    values: set.flatMap(({ ids }) => ids.values),
  };
}

export function probeOf(set: FollowerSet): Term {
  if (set.length === 0) return { sql: '0', values: [] };
  return {
    sql: `(${set.map(({ probe }) => `(${probe.sql})`).join(' OR ')})`,
    values: set.flatMap(({ probe }) => probe.values),
  };
}

/** How many are in the set; counting stops at `atMost`. */
export function sizeOf(db: Reader, set: FollowerSet, atMost = Number.MAX_SAFE_INTEGER): number {
  const { sql, values } = listOf(set);
  const row = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT id FROM (${sql}) LIMIT ?)`,
    ...values,
    atMost,
  );
  return row?.n ?? 0;
}

/** Without the alternatives that hold nobody, so that one that remains is counted over its own index. */
export function withoutEmpty(db: Reader, set: FollowerSet): FollowerSet {
  return set.filter((alternative) => sizeOf(db, [alternative], 1) > 0);
}
