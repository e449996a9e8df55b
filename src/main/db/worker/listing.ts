/** Windows into long lists: merged over accounts, and read from whichever end is nearer. */
import type { Reader, SqlValue } from './handle';

export interface Term {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export interface ListQuery {
  /** One per account: SELECT id, k, without ORDER BY; each walks one index in the order of `k`. */
  readonly terms: readonly Term[];
  readonly descending: boolean;
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}

/** The ids at `offset`. A list of a million is walked half at most: positions past the middle are read from its end. */
export function readWindow(db: Reader, query: ListQuery): number[] {
  const { terms, total, offset } = query;
  const limit = Math.min(query.limit, total - offset);
  if (limit <= 0 || terms.length === 0) return [];
  const fromEnd = offset + limit / 2 > total / 2;
  const descending = query.descending !== fromEnd;
  const direction = descending ? 'DESC' : 'ASC';
  const sql = `${terms.map((term) => term.sql).join(' UNION ALL ')} ORDER BY k ${direction}, id ${direction} LIMIT ? OFFSET ?`;
  const rows = db.all<{ id: number }>(
    sql,
    ...terms.flatMap((term) => term.values),
    limit,
    fromEnd ? total - offset - limit : offset,
  );
  const ids = rows.map((row) => row.id);
  return fromEnd ? ids.reverse() : ids;
}
