/** What one automatic reply does to the tables. */
import { randomUUID } from 'node:crypto';
import type { ShownContent } from '#shared/domain/message';
import type { StoredMessage } from '../port/conversations';
import type { AutomaticItem } from '../port/inbox';
import { insertStub } from './follower-rows';
import type { Writer } from './handle';
import { messageByRowId } from './message-rows';
import { indexMessage } from './message-search/index-messages';
import { ensureConversation } from './windows';

export interface StoredReply {
  readonly stored: StoredMessage;
  readonly newFollower: boolean;
}

/**
 * Stores a passive reply (被动回复) that the relay gave; null when it is stored already. It uses none of the replies that a
 * window grants (messages §1), so no window hears of it, and whoever waits for a person's answer still waits.
 */
export function storeAutomatic(db: Writer, account: number, item: AutomaticItem): StoredReply | null {
  const { dedupeKey, openid, at, content } = item;
  if (db.get('SELECT 1 FROM messages WHERE account_id = ? AND dedupe_key = ?', account, dedupeKey))
    return null;
  const known = db.get<{ id: number }>(
    'SELECT id FROM followers WHERE account_id = ? AND openid = ?',
    account,
    openid,
  );
  const follower = known?.id ?? insertStub(db, account, openid, { following: true, stateAt: 0 });
  if (follower === null) throw new RangeError('follower neither known nor new');
  ensureConversation(db, follower);
  const { lastId } = db.run(
    `INSERT INTO messages (account_id, follower_id, direction, at, content, media_id, dedupe_key, received_at, status,
       automatic, raw) VALUES (?, ?, 'out', ?, ?, ?, ?, ?, 'sent', 1, ?)`,
    account,
    follower,
    at,
    JSON.stringify(content),
    insertMedia(db, account, content, at),
    dedupeKey,
    item.receivedAt,
    item.raw,
  );
  indexMessage(db, lastId);
  db.run(
    'UPDATE conversations SET listed = 1, last_message_id = ?, last_at = max(last_at, ?) WHERE follower_id = ?',
    lastId,
    at,
    follower,
  );
  return { stored: messageByRowId(db, lastId), newFollower: !known };
}

/** The rule names a file that WeChat has: it is fetched from there as a follower's is. */
function insertMedia(db: Writer, account: number, content: ShownContent, at: number): string | null {
  if (content.kind !== 'image' && content.kind !== 'voice' && content.kind !== 'video-reply') return null;
  const id = randomUUID();
  db.run(
    `INSERT INTO media (id, account_id, direction, remote_id, state, created_at) VALUES (?, ?, 'in', ?, 'pending', ?)`,
    id,
    account,
    content.mediaId,
    at,
  );
  return id;
}
