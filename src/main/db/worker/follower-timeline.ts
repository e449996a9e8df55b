/** What happened with one follower, newest first: events, messages, and the follow that WeChat told at import. */
import type { InboundContent, ShownContent } from '#shared/domain/message';
import type { TimelineEntry } from '#shared/ipc/models';
import type { Reader } from './handle';

interface Cursor {
  readonly at: number;
  readonly rank: number;
  readonly id: number;
}
type Ranked = TimelineEntry & { readonly cursor: Cursor };

/** At one second the rank decides; ids of a source rise with time. */
const ENTRY = 2;
const MESSAGE = 1;
const FOLLOW = 0;
const MAX_DETAIL = 200;

export function readTimeline(
  db: Reader,
  followerId: number,
  before: string | null,
  limit: number,
): { entries: TimelineEntry[]; next: string | null } {
  const cursor = before === null ? null : parse(before);
  const found = [
    ...entries(db, followerId, cursor, limit + 1),
    ...messages(db, followerId, cursor, limit + 1),
    ...importedFollow(db, followerId, cursor),
  ].sort((a, b) => newer(a.cursor, b.cursor));
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: shown.map(({ cursor: _cursor, ...entry }) => entry),
    next: found.length > limit && last ? format(last.cursor) : null,
  };
}

const newer = (a: Cursor, b: Cursor): number => b.at - a.at || b.rank - a.rank || b.id - a.id;
const format = ({ at, rank, id }: Cursor): string => `${String(at)}_${String(rank)}_${String(id)}`;

function parse(text: string): Cursor {
  const [at, rank, id] = text.split('_').map(Number);
  const end = { at: -1, rank: 0, id: 0 };
  return Number.isFinite(at) && Number.isFinite(rank) && Number.isFinite(id)
    ? { at: at ?? end.at, rank: rank ?? end.rank, id: id ?? end.id }
    : end;
}

/** Largest id of this source that may still follow at the cursor's own second. */
function boundary(cursor: Cursor | null, rank: number): { at: number; id: number } {
  if (cursor === null) return { at: Number.MAX_SAFE_INTEGER, id: 0 };
  if (rank === cursor.rank) return { at: cursor.at, id: cursor.id };
  return { at: cursor.at, id: rank < cursor.rank ? Number.MAX_SAFE_INTEGER : 0 };
}

function entries(db: Reader, followerId: number, cursor: Cursor | null, limit: number): Ranked[] {
  const { at, id } = boundary(cursor, ENTRY);
  return db
    .all<{ id: number; at: number; kind: TimelineEntry['kind']; detail: string | null }>(
      `SELECT id, at, kind, detail FROM timeline WHERE follower_id = ? AND (at, id) < (?, ?)
       ORDER BY at DESC, id DESC LIMIT ?`,
      followerId,
      at,
      id,
      limit,
    )
    .map((row) => ({ ...row, id: `t${String(row.id)}`, cursor: { at: row.at, rank: ENTRY, id: row.id } }));
}

function messages(db: Reader, followerId: number, cursor: Cursor | null, limit: number): Ranked[] {
  const { at, id } = boundary(cursor, MESSAGE);
  return db
    .all<{ id: number; at: number; direction: 'in' | 'out'; automatic: number; content: string }>(
      `SELECT id, at, direction, automatic, content FROM messages WHERE follower_id = ? AND is_event = 0 AND (at, id) < (?, ?)
         AND (direction = 'in' OR automatic = 1 OR status = 'sent')
       ORDER BY at DESC, id DESC LIMIT ?`,
      followerId,
      at,
      id,
      limit,
    )
    .map((row) => ({
      id: `m${String(row.id)}`,
      at: row.at,
      kind: kindOf(row),
      ...said(JSON.parse(row.content) as InboundContent | ShownContent),
      cursor: { at: row.at, rank: MESSAGE, id: row.id },
    }));
}

function kindOf(row: {
  readonly direction: 'in' | 'out';
  readonly automatic: number;
}): TimelineEntry['kind'] {
  if (row.direction === 'in') return 'message-in';
  return row.automatic === 1 ? 'message-automatic' : 'message-out';
}

/** A follow from before this account was bound has no event; WeChat told its time with the profile. */
function importedFollow(db: Reader, followerId: number, cursor: Cursor | null): Ranked[] {
  const row = db.get<{ subscribed_at: number | null; scene: string | null; told: number }>(
    `SELECT subscribed_at, scene, EXISTS (
       SELECT 1 FROM timeline t WHERE t.follower_id = followers.id AND t.kind = 'followed'
         AND t.at BETWEEN subscribed_at - 5 AND subscribed_at + 5) AS told
     FROM followers WHERE id = ?`,
    followerId,
  );
  if (!row || row.subscribed_at === null || row.told === 1) return [];
  const own: Cursor = { at: row.subscribed_at, rank: FOLLOW, id: 0 };
  if (cursor !== null && newer(cursor, own) >= 0) return [];
  return [{ id: 'follow', at: own.at, kind: 'followed', detail: row.scene, cursor: own }];
}

/** Text as it was written; of other kinds the kind. */
function said(content: InboundContent | ShownContent): Pick<TimelineEntry, 'detail' | 'content'> {
  return content.kind === 'text'
    ? { detail: content.text.slice(0, MAX_DETAIL) }
    : { detail: null, content: content.kind };
}
