/** Stores what user/info and batchget answer. */
import type { FollowerDetail } from '../port/followers';
import { insertStub, reindexFollower } from './follower-rows';
import type { Writer } from './handle';
import { addTimeline, applyAnsweredStanding, applyWindowEvents, isNewer } from './standing';

interface KnownRow {
  id: number;
  following: number;
  state_at: number;
  subscribed_at: number | null;
  remark: string;
  tag_ids: string;
  blocked: number;
  qr_scene: string | null;
}

/** Row ids of the followers in `details`. `askedAt`: when the question left; what events changed since then stays. */
export function saveDetails(
  db: Writer,
  account: number,
  details: readonly FollowerDetail[],
  askedAt: number,
): number[] {
  return details.map((detail) => saveDetail(db, account, detail, askedAt));
}

function saveDetail(db: Writer, account: number, detail: FollowerDetail, askedAt: number): number {
  const known = find(db, account, detail.openid) ?? insert(db, account, detail, askedAt);
  const { id } = known;
  if ((known.following === 1) !== detail.subscribed) {
    applyAnsweredStanding(db, id, detail.subscribed, askedAt, detail.subscribedAt);
  }
  // WeChat answers nothing else about someone who does not follow; what was known stays.
  if (!detail.subscribed) {
    db.run('UPDATE followers SET detailed_at = ? WHERE id = ?', askedAt, id);
    return id;
  }
  const subscribedAt = isNewer(known.state_at, askedAt) ? null : detail.subscribedAt;
  const tagIds = JSON.stringify(detail.tagIds);
  db.run(
    `UPDATE followers SET subscribed_at = coalesce(?, subscribed_at), scene = coalesce(?, scene),
       qr_scene = coalesce(?, qr_scene), unionid = coalesce(?, unionid), remark = ?, tag_ids = ?, detailed_at = ?
     WHERE id = ?`,
    subscribedAt,
    detail.scene,
    detail.qrScene,
    detail.unionid,
    detail.remark,
    tagIds,
    askedAt,
    id,
  );
  if (known.remark !== detail.remark) reindexFollower(db, id);
  if (known.tag_ids !== tagIds) replaceTags(db, account, known, detail.tagIds);
  if (detail.qrScene !== null && detail.qrScene !== known.qr_scene) {
    rememberQrScene(db, account, detail.qrScene);
  }
  if ((known.blocked === 1) !== detail.blocked) setBlocked(db, id, detail.blocked, askedAt);
  return id;
}

function find(db: Writer, account: number, openid: string): KnownRow | undefined {
  return db.get<KnownRow>(
    `SELECT id, following, state_at, subscribed_at, remark, tag_ids, blocked, qr_scene
     FROM followers WHERE account_id = ? AND openid = ?`,
    account,
    openid,
  );
}

function insert(db: Writer, account: number, detail: FollowerDetail, askedAt: number): KnownRow {
  const id = insertStub(db, account, detail.openid, { following: detail.subscribed, stateAt: 0 });
  const row = id === null ? undefined : find(db, account, detail.openid);
  if (!row) throw new RangeError('follower neither known nor new');
  addTimeline(db, row.id, Math.floor(askedAt), 'imported', null);
  return row;
}

export function rememberQrScene(db: Writer, account: number, scene: string): void {
  db.run('INSERT INTO qr_scenes (account_id, scene) VALUES (?, ?) ON CONFLICT DO NOTHING', account, scene);
}

/** Puts these tags in the place of those that `tag_ids` of the row names. */
export function replaceTags(
  db: Writer,
  account: number,
  { id, tag_ids: before }: Pick<KnownRow, 'id' | 'tag_ids'>,
  tagIds: readonly number[],
): void {
  if (before !== '[]') db.run('DELETE FROM follower_tags WHERE follower_id = ?', id);
  for (const tag of new Set(tagIds)) {
    db.run('INSERT INTO follower_tags (account_id, tag_id, follower_id) VALUES (?, ?, ?)', account, tag, id);
  }
}

function setBlocked(db: Writer, id: number, blocked: boolean, at: number): void {
  if (db.get('SELECT 1 FROM conversations WHERE follower_id = ?', id)) {
    applyWindowEvents(db, id, [{ type: blocked ? 'block' : 'unblock', at }]);
  } else {
    db.run('UPDATE followers SET blocked = ? WHERE id = ?', Number(blocked), id);
  }
}
