/** Followers as rows and as the model. */
import { placeholderName } from '#shared/domain/follower-identity';
import type { WindowRecord } from '#shared/domain/window';
import type { Follower } from '#shared/ipc/models';
import type { Reader, Writer } from './handle';
import { indexWords } from './search-words';
import { plainWindow } from './windows';

interface FollowerRow {
  id: number;
  appid: string;
  openid: string;
  alias: string | null;
  remark: string;
  note: string | null;
  tag_ids: string;
  following: number;
  blocked: number;
  subscribed_at: number | null;
  unsubscribed_at: number | null;
  scene: string | null;
  qr_scene: string | null;
  unionid: string | null;
  first_contact_at: number | null;
  last_message_at: number | null;
  first_words: string | null;
  window_record: string | null;
}

const SELECT = `SELECT f.id, a.appid, f.openid, f.alias, f.remark, f.note, f.tag_ids, f.following, f.blocked,
    f.subscribed_at, f.unsubscribed_at, f.scene, f.qr_scene, f.unionid, f.first_contact_at, f.last_message_at,
    f.first_words, c.window_record
  FROM followers f JOIN accounts a ON a.id = f.account_id LEFT JOIN conversations c ON c.follower_id = f.id`;

/** Sorts behind every name. */
const NAMELESS = '\u{10FFFF}';

/** In the order of `ids`. */
export function followersByIds(db: Reader, ids: readonly number[]): Follower[] {
  const rows = db.all<FollowerRow>(
    `${SELECT} WHERE f.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
  const byId = new Map(rows.map((row) => [row.id, toFollower(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The code in the placeholder name that the page shows for a nameless follower. */
export function placeholderCode(openid: string): string {
  return placeholderName(openid, 'en').split(' ').at(-1) ?? '';
}

/** A new follower of whom nothing but the openid is known; the row id, or null when the openid is known already. */
export function insertStub(
  db: Writer,
  account: number,
  openid: string,
  standing: { readonly following: boolean; readonly stateAt: number },
): number | null {
  const { changes, lastId } = db.run(
    'INSERT INTO followers (account_id, openid, code, following, state_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    account,
    openid,
    placeholderCode(openid),
    Number(standing.following),
    standing.stateAt,
  );
  return changes === 0 ? null : lastId;
}

/** Brings search index and name order up to date after alias, remark, note or first words changed. */
export function reindexFollower(db: Writer, id: number): void {
  const row = db.get<{
    alias: string | null;
    remark: string;
    note: string | null;
    first_words: string | null;
  }>('SELECT alias, remark, note, first_words FROM followers WHERE id = ?', id);
  if (!row) return;
  const name = (row.alias ?? '').trim() || row.remark.trim() || NAMELESS;
  db.run('UPDATE followers SET sort_name = ? WHERE id = ? AND sort_name <> ?', name, id, name);
  db.run('DELETE FROM follower_search WHERE rowid = ?', id);
  const words = indexWords([row.alias, row.remark, row.note, row.first_words]);
  if (words !== '') db.run('INSERT INTO follower_search (rowid, words) VALUES (?, ?)', id, words);
}

function toFollower(row: FollowerRow): Follower {
  return {
    appid: row.appid,
    openid: row.openid,
    alias: row.alias,
    remark: row.remark,
    note: row.note,
    tagIds: JSON.parse(row.tag_ids) as number[],
    following: row.following === 1,
    blocked: row.blocked === 1,
    subscribedAt: row.subscribed_at,
    unsubscribedAt: row.unsubscribed_at,
    scene: row.scene,
    qrScene: row.qr_scene,
    unionid: row.unionid,
    firstContactAt: row.first_contact_at,
    lastMessageAt: row.last_message_at,
    firstWords: row.first_words,
    window:
      row.window_record === null
        ? plainWindow(row.following === 1, row.blocked === 1)
        : (JSON.parse(row.window_record) as WindowRecord),
  };
}
