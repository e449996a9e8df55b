import type { RetentionPolicy, SweepReport } from '../port';
import type { GroupWriter } from './group-writer';
import type { Statements } from './statements';

/** Rows per transaction: small enough that a callback that arrives meanwhile is not held up. */
const BATCH = 500;
/** Unread messages looked at per workspace; a longer backlog is reported as this many. */
const MAX_COUNTED = 10_000;

interface Floor {
  readonly id: number;
  readonly floor: number;
}

/** Applies the policy in small transactions. See `RelayStore.sweep`. */
export async function sweepMessages(
  writer: GroupWriter,
  sql: Statements,
  policy: RetentionPolicy,
): Promise<SweepReport> {
  const floors = sql.readFloors.all() as Floor[];
  const byAge = Math.min(policy.removeReadBefore, policy.keepAllAfter);
  let removed = 0;
  for (const floor of floors) {
    let batch: number;
    do {
      batch = await removeRead(writer, sql, floor, byAge);
      removed += batch;
    } while (batch === BATCH);
  }
  while (usedBytes(sql) > policy.maxBytes) {
    let batch = 0;
    for (const floor of floors) batch += await removeRead(writer, sql, floor, policy.keepAllAfter);
    removed += batch;
    if (batch === 0) break;
  }
  const bytes = usedBytes(sql);
  let unreadOverAge = 0;
  for (const { id, floor } of floors) {
    const row = sql.countUnread.get(id, floor, MAX_COUNTED, policy.removeReadBefore) as { count: number };
    unreadOverAge += row.count;
  }
  return { removed, unreadOverAge, bytes, overSize: bytes > policy.maxBytes };
}

function removeRead(
  writer: GroupWriter,
  sql: Statements,
  { id, floor }: Floor,
  before: number,
): Promise<number> {
  return writer.write(() => sql.deleteRead.run(id, floor, BATCH, before).changes);
}

function usedBytes(sql: Statements): number {
  return (sql.usedBytes.get() as { readonly bytes: number }).bytes;
}
