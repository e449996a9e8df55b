import type { MarkReads, MarkWrites } from '../../port/marks';
import { relist } from '../conversation-rows';
import type { Writer } from '../handle';
import { requireFollowerId } from '../lookup';
import type { Reads, Writes } from '../repository';
import { ensureConversation } from '../windows';

/** The row of someone who may never have written: it then stands where it was first marked. */
function rowFor(db: Writer, appid: string, openid: string, now: number): number {
  const id = requireFollowerId(db, appid, openid);
  ensureConversation(db, id);
  db.run('UPDATE conversations SET last_at = ? WHERE follower_id = ? AND last_message_id IS NULL', now, id);
  return id;
}

export const reads: Reads<MarkReads> = {
  nextReturn: (db) =>
    db.get<{ at: number | null }>(
      'SELECT min(snoozed_until) AS at FROM conversations WHERE snoozed_until IS NOT NULL',
    )?.at ?? null,
};

export const writes: Writes<MarkWrites> = {
  setPinned(db, appid, openid, pinned, now) {
    const id = rowFor(db, appid, openid, now);
    db.run('UPDATE conversations SET pinned = ? WHERE follower_id = ?', Number(pinned), id);
    relist(db, id);
  },
  setMuted(db, appid, openid, muted, now) {
    const id = rowFor(db, appid, openid, now);
    db.run('UPDATE conversations SET muted = ? WHERE follower_id = ?', Number(muted), id);
  },
  snooze(db, appid, openid, until, now) {
    const id = rowFor(db, appid, openid, now);
    db.run(
      'UPDATE conversations SET snoozed_until = ?, done = 0, returned_at = NULL WHERE follower_id = ?',
      until,
      id,
    );
  },
  setDone(db, appid, openid, done, now) {
    const id = rowFor(db, appid, openid, now);
    db.run(
      'UPDATE conversations SET done = ?, snoozed_until = NULL, returned_at = NULL WHERE follower_id = ?',
      Number(done),
      id,
    );
  },
  markUnread(db, appid, openid) {
    const id = requireFollowerId(db, appid, openid);
    db.run(
      'UPDATE conversations SET unread = 1 WHERE follower_id = ? AND unread = 0 AND last_message_id IS NOT NULL',
      id,
    );
  },
  endSnoozes(db, now) {
    const ended = db.all<{ id: number; appid: string; openid: string }>(
      `SELECT f.id, a.appid, f.openid FROM conversations c JOIN followers f ON f.id = c.follower_id
         JOIN accounts a ON a.id = f.account_id WHERE c.snoozed_until <= ? ORDER BY c.snoozed_until`,
      now,
    );
    for (const { id } of ended) {
      db.run(
        'UPDATE conversations SET returned_at = snoozed_until, snoozed_until = NULL WHERE follower_id = ?',
        id,
      );
    }
    return ended.map(({ appid, openid }) => ({ appid, openid }));
  },
};
