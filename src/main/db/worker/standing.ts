/** Whether someone follows: by event, by what WeChat answers, and by the errors of sends; never older over newer. */
import type { WindowEvent, WindowRecord } from '#shared/domain/window';
import type { TimelineEntry } from '#shared/ipc/models';
import type { Writer } from './handle';
import { appendWindowEvents, ensureConversation } from './windows';

export function addTimeline(
  db: Writer,
  followerId: number,
  at: number,
  kind: TimelineEntry['kind'],
  detail: string | null,
): void {
  db.run(
    'INSERT INTO timeline (follower_id, at, kind, detail) VALUES (?, ?, ?, ?)',
    followerId,
    at,
    kind,
    detail,
  );
}

/** Whether what an event said at `stateAt` is newer than an answer to a question of `askedAt`: also within one second. */
export function isNewer(stateAt: number, askedAt: number): boolean {
  return stateAt >= Math.floor(askedAt);
}

/**
 * WeChat answered, when asked at `askedAt`, that someone follows or does not: a change that no event told is stored, with
 * a line in the timeline. What an event said since then stays.
 */
export function applyAnsweredStanding(
  db: Writer,
  followerId: number,
  following: boolean,
  askedAt: number,
  subscribedAt: number | null,
): void {
  const row = db.get<{ following: number; state_at: number }>(
    'SELECT following, state_at FROM followers WHERE id = ?',
    followerId,
  );
  if (!row || isNewer(row.state_at, askedAt) || (row.following === 1) === following) return;
  const at = Math.floor(following ? (subscribedAt ?? askedAt) : askedAt);
  setFollowing(db, followerId, following, at);
  addTimeline(db, followerId, at, following ? 'followed' : 'unfollowed', null);
  if (db.get('SELECT 1 FROM conversations WHERE follower_id = ?', followerId)) {
    appendWindowEvents(db, followerId, [
      { type: following ? 'follow' : 'unfollow', at: Math.floor(askedAt) },
    ]);
  }
}

/** Stores a change of follow state that happened at `at`. */
export function setFollowing(db: Writer, followerId: number, following: boolean, at: number): void {
  db.run(
    following
      ? 'UPDATE followers SET following = 1, subscribed_at = ?, state_at = max(state_at, ?) WHERE id = ?'
      : 'UPDATE followers SET following = 0, unsubscribed_at = ?, state_at = max(state_at, ?) WHERE id = ?',
    at,
    at,
    followerId,
  );
}

/**
 * Applies window events and lets the follower's row agree with the record: an error of a send may show that someone
 * left or is blocked, a message that someone follows again.
 */
export function applyWindowEvents(
  db: Writer,
  followerId: number,
  events: readonly WindowEvent[],
): WindowRecord | null {
  ensureConversation(db, followerId);
  if (events.length === 0) return null;
  const record = appendWindowEvents(db, followerId, events);
  const row = db.get<{ following: number; blocked: number; state_at: number }>(
    'SELECT following, blocked, state_at FROM followers WHERE id = ?',
    followerId,
  );
  if (!row) return record;
  const at = Math.floor(events.at(-1)?.at ?? 0);
  if ((row.following === 1) !== record.following && at >= row.state_at) {
    setFollowing(db, followerId, record.following, at);
    addTimeline(db, followerId, at, record.following ? 'followed' : 'unfollowed', null);
  }
  if ((row.blocked === 1) !== record.blocked) {
    db.run('UPDATE followers SET blocked = ? WHERE id = ?', Number(record.blocked), followerId);
  }
  return record;
}
