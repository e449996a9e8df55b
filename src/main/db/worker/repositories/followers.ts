import type { Follower, Tag } from '#shared/ipc/models';
import type { FollowerReads, FollowerWrites } from '../../port/followers';
import { saveDetails } from '../follower-details';
import { followerPage } from '../follower-page';
import { followersByIds, reindexFollower } from '../follower-rows';
import { readTimeline } from '../follower-timeline';
import type { Reader } from '../handle';
import { accountId, followerId } from '../lookup';
import type { Reads, Writes } from '../repository';

function find(db: Reader, appid: string, openid: string): Follower | null {
  const id = followerId(db, appid, openid);
  return id === null ? null : (followersByIds(db, [id])[0] ?? null);
}

export const reads: Reads<FollowerReads> = {
  page: followerPage,
  get: find,
  timeline(db, appid, openid, before, limit) {
    const id = followerId(db, appid, openid);
    return id === null ? { entries: [], next: null } : readTimeline(db, id, before, limit);
  },
  tags: (db, appid) =>
    db.all<Tag>(
      `SELECT a.appid, t.tag_id AS id, t.name, t.count FROM tags t JOIN accounts a ON a.id = t.account_id
       WHERE ? IS NULL OR a.appid = ? ORDER BY a.id, t.tag_id`,
      appid,
      appid,
    ),
};

export const writes: Writes<FollowerWrites> = {
  update(db, appid, openid, patch) {
    const id = followerId(db, appid, openid);
    if (id === null) return null;
    if (patch.alias !== undefined) db.run('UPDATE followers SET alias = ? WHERE id = ?', patch.alias, id);
    if (patch.note !== undefined) db.run('UPDATE followers SET note = ? WHERE id = ?', patch.note, id);
    reindexFollower(db, id);
    return find(db, appid, openid);
  },
  saveDetails(db, appid, details, askedAt) {
    return followersByIds(db, saveDetails(db, accountId(db, appid), details, askedAt));
  },
  saveTags(db, appid, tags) {
    const account = accountId(db, appid);
    const kept = JSON.stringify(tags.map((tag) => tag.id));
    db.run(
      'DELETE FROM tags WHERE account_id = ? AND tag_id NOT IN (SELECT value FROM json_each(?))',
      account,
      kept,
    );
    for (const tag of tags) {
      db.run(
        `INSERT INTO tags (account_id, tag_id, name, count) VALUES (?, ?, ?, ?)
         ON CONFLICT (account_id, tag_id) DO UPDATE SET name = excluded.name, count = excluded.count`,
        account,
        tag.id,
        tag.name,
        tag.count,
      );
    }
  },
};
