/** Windows in the database: a log of events, and a folded record beside each conversation. */
import type { WindowEvent, WindowRecord } from '#shared/domain/window';
import { applyWindowEvent, EMPTY_WINDOW, foldWindow, windowState } from '#shared/domain/window';
import type { Reader, Writer } from './handle';

interface WindowRow {
  window_record: string;
  window_at: number;
  window_events: number;
}
interface StandingRow {
  account_id: number;
  following: number;
  blocked: number;
  state_at: number;
  unsubscribed_at: number | null;
}

/** The record of a follower without a conversation. */
export function plainWindow(following: boolean, blocked: boolean): WindowRecord {
  return { ...EMPTY_WINDOW, following, blocked };
}

/** Creates the conversation's row when there is none; what was known of the follower opens its log. */
export function ensureConversation(db: Writer, followerId: number): void {
  if (db.get('SELECT 1 FROM conversations WHERE follower_id = ?', followerId)) return;
  const standing = db.get<StandingRow>(
    'SELECT account_id, following, blocked, state_at, unsubscribed_at FROM followers WHERE id = ?',
    followerId,
  );
  if (!standing) return;
  db.run(
    'INSERT INTO conversations (follower_id, account_id, window_record) VALUES (?, ?, ?)',
    followerId,
    standing.account_id,
    JSON.stringify(EMPTY_WINDOW),
  );
  const known: WindowEvent[] = [];
  if (!standing.following)
    known.push({ type: 'unfollow', at: standing.unsubscribed_at ?? standing.state_at });
  if (standing.blocked) known.push({ type: 'block', at: standing.state_at });
  if (known.length > 0) appendWindowEvents(db, followerId, known);
}

/**
 * Appends to the log and brings the record up to date; a late event folds the whole log again. WeChat's times are whole
 * seconds, so ours are cut to the same grain: within one second the order of arrival decides.
 */
export function appendWindowEvents(
  db: Writer,
  followerId: number,
  events: readonly WindowEvent[],
): WindowRecord {
  const row = windowRow(db, followerId);
  let record = JSON.parse(row.window_record) as WindowRecord;
  let count = row.window_events;
  let newest = row.window_at;
  let late = false;
  for (const raw of events) {
    const event: WindowEvent = { ...raw, at: Math.floor(raw.at) };
    count += 1;
    db.run(
      'INSERT INTO window_events (follower_id, n, event) VALUES (?, ?, ?)',
      followerId,
      count,
      JSON.stringify(event),
    );
    if (event.at < newest) late = true;
    else newest = event.at;
    record = applyWindowEvent(record, event);
  }
  if (late) record = foldWindow(windowLog(db, followerId));
  saveRecord(db, followerId, record, newest, count);
  return record;
}

/** Folds one log again, by the rules of today. */
export function refoldWindow(db: Writer, followerId: number): void {
  const row = windowRow(db, followerId);
  saveRecord(db, followerId, foldWindow(windowLog(db, followerId)), row.window_at, row.window_events);
}

function windowRow(db: Reader, followerId: number): WindowRow {
  const row = db.get<WindowRow>(
    'SELECT window_record, window_at, window_events FROM conversations WHERE follower_id = ?',
    followerId,
  );
  if (!row) throw new RangeError('no conversation row');
  return row;
}

/** Everything that ever changed the window of this follower, in the order in which it became known. */
export function windowLog(db: Reader, followerId: number): WindowEvent[] {
  return db
    .all<{ event: string }>('SELECT event FROM window_events WHERE follower_id = ? ORDER BY n', followerId)
    .map(({ event }) => JSON.parse(event) as WindowEvent);
}

function saveRecord(db: Writer, followerId: number, record: WindowRecord, at: number, count: number): void {
  const { grant } = record;
  // Only the passing of time can close what is open at the grant's own second, so the expiry alone tells it later.
  const open = grant !== null && windowState(record, grant.grantedAt).open;
  db.run(
    `UPDATE conversations SET window_record = ?, window_expires_at = ?, window_remaining = ?, window_at = ?,
       window_events = ? WHERE follower_id = ?`,
    JSON.stringify(record),
    open ? grant.expiresAt : null,
    open ? grant.remaining : 0,
    at,
    count,
    followerId,
  );
}
