import type { Message } from '#shared/ipc/models';
import type { ConversationReads, ConversationWrites } from '../../port/conversations';
import { conversationPage } from '../conversation-page';
import { conversationsByIds, relist } from '../conversation-rows';
import type { Reader, Writer } from '../handle';
import { followerId, requireFollowerId } from '../lookup';
import { byPublicId, selectMessages } from '../message-rows';
import { keepPrepared, preparedOf } from '../prepared-rows';
import type { Reads, Writes } from '../repository';
import { ensureConversation, refoldWindow } from '../windows';

/** Rules the cached windows were folded by, and how far folding them again has come. */
const RULES = 'window-rules';
const REFOLD = 'window-refold';

function touch(db: Writer, id: number, now: number): void {
  ensureConversation(db, id);
  db.run('UPDATE conversations SET last_at = ? WHERE follower_id = ? AND last_message_id IS NULL', now, id);
}

/** Up to `limit` messages, and whether there are more that way. */
function stretch(
  db: Reader,
  where: string,
  follower: number,
  from: number,
  limit: number,
): { readonly found: Message[]; readonly more: boolean } {
  const found = selectMessages(db, `${where} LIMIT ?`, follower, from, limit + 1);
  return { found: found.slice(0, limit).map(({ message }) => message), more: found.length > limit };
}

export const reads: Reads<ConversationReads> = {
  page: conversationPage,
  get(db, appid, openid) {
    const id = followerId(db, appid, openid);
    return id === null ? null : (conversationsByIds(db, [id])[0] ?? null);
  },
  prepared(db, appid, openid) {
    const id = followerId(db, appid, openid);
    return id === null ? null : preparedOf(db, id);
  },
  messages(db, appid, openid, before, limit) {
    const id = followerId(db, appid, openid);
    if (id === null) return { messages: [], more: false };
    const found = selectMessages(
      db,
      'm.follower_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?',
      id,
      before ?? Number.MAX_SAFE_INTEGER,
      limit + 1,
    ).map(({ message }) => message);
    return { messages: found.slice(0, limit), more: found.length > limit };
  },
  around(db, appid, openid, seq, limit) {
    const id = followerId(db, appid, openid);
    if (id === null) return { messages: [], more: false, moreNewer: false };
    const half = Math.floor(limit / 2);
    const older = stretch(db, 'm.follower_id = ? AND m.id <= ? ORDER BY m.id DESC', id, seq, half);
    const newer = stretch(db, 'm.follower_id = ? AND m.id > ? ORDER BY m.id', id, seq, limit - half);
    return { messages: [...older.found.reverse(), ...newer.found], more: older.more, moreNewer: newer.more };
  },
  messagesAfter(db, appid, openid, after, limit) {
    const id = followerId(db, appid, openid);
    if (id === null) return { messages: [], moreNewer: false };
    const { found, more } = stretch(db, 'm.follower_id = ? AND m.id > ? ORDER BY m.id', id, after, limit);
    return { messages: found, moreNewer: more };
  },
  message(db, appid, id) {
    const { where, value } = byPublicId(id);
    return selectMessages(db, `${where} AND a.appid = ?`, value, appid)[0] ?? null;
  },
  origin(db, appid, id) {
    const { where, value } = byPublicId(id);
    const row = db.get<{ dedupe_key: string | null; received_at: number | null; raw: string | null }>(
      `SELECT m.dedupe_key, m.received_at, m.raw FROM messages m JOIN accounts a ON a.id = m.account_id
       WHERE ${where} AND a.appid = ?`,
      value,
      appid,
    );
    if (!row) return null;
    // A message is kept once by its MsgId; events, which have none, by what they say.
    const msgId = /^message\|(\d+)$/.exec(row.dedupe_key ?? '')?.[1] ?? null;
    return { msgId, receivedAt: row.received_at, raw: row.raw };
  },
};

export const writes: Writes<ConversationWrites> = {
  markRead(db, appid, openid) {
    const id = requireFollowerId(db, appid, openid);
    db.run('UPDATE conversations SET unread = 0 WHERE follower_id = ? AND unread > 0', id);
  },
  setDraft(db, appid, openid, text, now, prepared) {
    const id = requireFollowerId(db, appid, openid);
    touch(db, id, now);
    db.run('UPDATE conversations SET draft = ? WHERE follower_id = ?', text === '' ? null : text, id);
    if (prepared) keepPrepared(db, id, prepared);
    relist(db, id);
  },
  setStarred(db, appid, openid, starred, now) {
    const id = requireFollowerId(db, appid, openid);
    touch(db, id, now);
    db.run('UPDATE conversations SET starred = ? WHERE follower_id = ?', Number(starred), id);
    relist(db, id);
  },
  refold(db, fingerprint, limit) {
    const meta = (key: string) =>
      db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value;
    const remember = (key: string, value: string) =>
      db.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value);
    if (meta(RULES) === fingerprint) return false;
    // A fold that was broken off under other rules begins anew.
    const [rules, reached] = meta(REFOLD)?.split(' ') ?? [];
    const after = rules === fingerprint ? Number(reached) : 0;
    const ids = db
      .all<{ id: number }>(
        'SELECT follower_id AS id FROM conversations WHERE follower_id > ? AND window_events > 0 ORDER BY follower_id LIMIT ?',
        after,
        limit,
      )
      .map((row) => row.id);
    for (const id of ids) refoldWindow(db, id);
    const more = ids.length === limit;
    if (more) remember(REFOLD, `${fingerprint} ${String(ids.at(-1))}`);
    else {
      remember(RULES, fingerprint);
      db.run('DELETE FROM meta WHERE key = ?', REFOLD);
    }
    return more;
  },
};
