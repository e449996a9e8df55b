import type { WindowEvent } from '#shared/domain/window';
import type { RelatedPerson } from '#shared/ipc/people-models';
import type { PeopleReads, PeopleWrites } from '../../port/people';
import { consentFacts } from '../consent-facts';
import { replaceTags } from '../follower-details';
import { followersByIds, reindexFollower } from '../follower-rows';
import { accountId, followerId, requireFollowerId } from '../lookup';
import type { Reads, Writes } from '../repository';
import { applyWindowEvents } from '../standing';
import { ensureConversation, windowLog } from '../windows';

export const reads: Reads<PeopleReads> = {
  consents(db, appid, openid) {
    const id = followerId(db, appid, openid);
    return id === null ? [] : consentFacts(db, appid, openid, id);
  },
  windowEvents(db, appid, openid): WindowEvent[] {
    const id = followerId(db, appid, openid);
    return id === null ? [] : windowLog(db, id);
  },
  related: (db, appid, openid) =>
    db
      .all<Omit<RelatedPerson, 'following'> & { following: number }>(
        `SELECT a.appid, f.openid, f.alias, f.remark, f.following, f.last_message_at AS lastMessageAt
         FROM followers me JOIN accounts mine ON mine.id = me.account_id
         JOIN followers f ON f.unionid = me.unionid AND f.id <> me.id JOIN accounts a ON a.id = f.account_id
         WHERE mine.appid = ? AND me.openid = ? ORDER BY f.last_message_at DESC, a.id`,
        appid,
        openid,
      )
      .map((row) => ({ ...row, following: row.following === 1 })),
};

export const writes: Writes<PeopleWrites> = {
  confirmed(db, appid, openid, change, at) {
    const id = requireFollowerId(db, appid, openid);
    if (change.remark !== undefined) {
      db.run('UPDATE followers SET remark = ? WHERE id = ?', change.remark, id);
      reindexFollower(db, id);
    }
    if (change.tagIds !== undefined) {
      const before = db.get<{ tag_ids: string }>('SELECT tag_ids FROM followers WHERE id = ?', id);
      db.run('UPDATE followers SET tag_ids = ? WHERE id = ?', JSON.stringify(change.tagIds), id);
      replaceTags(db, accountId(db, appid), { id, tag_ids: before?.tag_ids ?? '[]' }, change.tagIds);
    }
    if (change.blocked !== undefined) {
      ensureConversation(db, id);
      const row = db.get<{ window_at: number }>(
        'SELECT window_at FROM conversations WHERE follower_id = ?',
        id,
      );
      // The owner's own order counts, also when the clock was put right in between.
      const then = Math.max(at, row?.window_at ?? 0);
      applyWindowEvents(db, id, [{ type: change.blocked ? 'block' : 'unblock', at: then }]);
    }
    return followersByIds(db, [id])[0] ?? null;
  },
};
