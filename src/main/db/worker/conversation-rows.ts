/** Conversations as rows and as the model. */
import type { WindowRecord } from '#shared/domain/window';
import type { Conversation } from '#shared/ipc/models';
import type { Reader, Writer } from './handle';
import { messagesByRowIds } from './message-rows';
import { plainWindow } from './windows';

interface ConversationRow {
  id: number;
  appid: string;
  openid: string;
  alias: string | null;
  remark: string;
  following: number;
  blocked: number;
  subscribed_at: number | null;
  last_at: number | null;
  last_message_id: number | null;
  unread: number | null;
  needs_reply: number | null;
  failed: number | null;
  starred: number | null;
  pinned: number | null;
  muted: number | null;
  done: number | null;
  snoozed_until: number | null;
  returned_at: number | null;
  draft: string | null;
  waiting: number | null;
  window_record: string | null;
}

/** In the order of `followerIds`; a follower who never wrote has an empty one. */
export function conversationsByIds(db: Reader, followerIds: readonly number[]): Conversation[] {
  const rows = db.all<ConversationRow>(
    `SELECT f.id, a.appid, f.openid, f.alias, f.remark, f.following, f.blocked, f.subscribed_at, c.last_at,
       c.last_message_id, c.unread, c.needs_reply, c.failed, c.starred, c.pinned, c.muted, c.done,
       c.snoozed_until, c.returned_at, c.draft, p.waiting, c.window_record
     FROM followers f JOIN accounts a ON a.id = f.account_id LEFT JOIN conversations c ON c.follower_id = f.id
       LEFT JOIN prepared_drafts p ON p.follower_id = f.id
     WHERE f.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(followerIds),
  );
  const last = messagesByRowIds(
    db,
    rows.flatMap((row) => row.last_message_id ?? []),
  );
  const byId = new Map(
    rows.map((row): [number, Conversation] => [
      row.id,
      {
        appid: row.appid,
        openid: row.openid,
        alias: row.alias,
        remark: row.remark,
        following: row.following === 1,
        lastAt: row.last_at ?? row.subscribed_at ?? 0,
        last: (row.last_message_id !== null && last.get(row.last_message_id)) || null,
        unread: row.unread ?? 0,
        needsReply: row.needs_reply === 1,
        hasFailed: (row.failed ?? 0) > 0,
        starred: row.starred === 1,
        pinned: row.pinned === 1,
        muted: row.muted === 1,
        snoozedUntil: row.snoozed_until,
        returnedAt: row.returned_at !== null && row.returned_at > (row.last_at ?? 0) ? row.returned_at : null,
        done: row.done === 1,
        draft: row.draft,
        waiting: row.waiting ?? 0,
        window:
          row.window_record === null
            ? plainWindow(row.following === 1, row.blocked === 1)
            : (JSON.parse(row.window_record) as WindowRecord),
      },
    ]),
  );
  return followerIds.flatMap((id) => byId.get(id) ?? []);
}

/** In the inbox as long as there is something to show: a message, a draft, a star or a pin. */
export function relist(db: Writer, followerId: number): void {
  db.run(
    `UPDATE conversations SET listed = (last_message_id IS NOT NULL OR draft IS NOT NULL OR starred = 1 OR pinned = 1)
     WHERE follower_id = ?`,
    followerId,
  );
}

/** What someone wrote, or what did not reach them, brings the conversation back. */
export function bringBack(db: Writer, followerId: number): void {
  db.run(
    `UPDATE conversations SET done = 0, snoozed_until = NULL, returned_at = NULL
     WHERE follower_id = ? AND (done = 1 OR snoozed_until IS NOT NULL OR returned_at IS NOT NULL)`,
    followerId,
  );
}
