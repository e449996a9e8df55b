/** Brings the search index up to date with messages. */
import type { InboundContent, OutboundStatus, ShownContent } from '#shared/domain/message';
import { kindsOf, searchableText } from '#shared/domain/search/searchable';
import type { IndexProgress } from '#shared/ipc/search-models';
import type { Reader, Writer } from '../handle';
import { indexWords } from '../search-words';
import { dateMarks, markOf } from './marks';

interface IndexedRow {
  id: number;
  account_id: number;
  follower_id: number;
  direction: 'in' | 'out';
  at: number;
  content: string;
  status: OutboundStatus | null;
}

/** Events are lines between messages: nobody wrote them. */
const SELECT = `SELECT id, account_id, follower_id, direction, at, content, status FROM messages WHERE is_event = 0`;
const PROGRESS = 'message-search';

interface Rest {
  /** Highest id that may not be indexed yet. */
  readonly rest: number;
  readonly total: number;
}

/** A message is new, or its status changed. */
export function indexMessage(db: Writer, id: number): void {
  const row = db.get<IndexedRow>(`${SELECT} AND id = ?`, id);
  if (!row) return;
  db.run('DELETE FROM message_search WHERE rowid = ?', id);
  insert(db, row);
}

/** Up to `limit` messages of before the index existed, newest first; null when none is left. */
export function indexOlderMessages(db: Writer, limit: number): IndexProgress | null {
  const state = restOf(db);
  if (state === null) return null;
  const rows = db.all<IndexedRow>(`${SELECT} AND id <= ? ORDER BY id DESC LIMIT ?`, state.rest, limit);
  const last = rows.at(-1);
  // Rising ids go into one piece of the index, falling ones would make a piece each.
  for (const row of rows.reverse()) {
    db.run('DELETE FROM message_search WHERE rowid = ?', row.id);
    insert(db, row);
  }
  if (!last || rows.length < limit) {
    db.run('DELETE FROM meta WHERE key = ?', PROGRESS);
    return null;
  }
  const rest = last.id - 1;
  db.run(
    'UPDATE meta SET value = ? WHERE key = ?',
    JSON.stringify({ rest, total: state.total } satisfies Rest),
    PROGRESS,
  );
  return { done: state.total - rest, total: state.total };
}

export function indexProgress(db: Reader): IndexProgress | null {
  const state = restOf(db);
  return state && { done: state.total - state.rest, total: state.total };
}

function restOf(db: Reader): Rest | null {
  const row = db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', PROGRESS);
  // Safe: written by the migration and above, nowhere else.
  return row ? (JSON.parse(row.value) as Rest) : null;
}

function insert(db: Writer, row: IndexedRow): void {
  const content = JSON.parse(row.content) as InboundContent | ShownContent;
  const failed = row.status === 'failed' || row.status === 'unknown';
  const marks = [
    markOf.conversation(row.follower_id),
    markOf.account(row.account_id),
    markOf.side(row.direction),
    ...dateMarks(row.at),
    ...kindsOf(content).map(markOf.kind),
    ...(failed ? [markOf.failed()] : []),
  ];
  const words = indexWords([searchableText(content)]);
  db.run('INSERT INTO message_search (rowid, words) VALUES (?, ?)', row.id, `${marks.join(' ')} ${words}`);
}
