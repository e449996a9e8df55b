/** Quick replies as they are stored. */
import type { KeptQuickReply, QuickReplyBody } from '#shared/domain/quick-replies/quick-reply';
import type { Reader } from './handle';

interface ReplyRow {
  id: string;
  appid: string | null;
  folder_id: string | null;
  name: string;
  shortcut: string;
  zh: string | null;
  en: string | null;
  uses: number;
  last_used_at: number | null;
}

const SELECT = `SELECT q.id, a.appid, q.folder_id, q.name, q.shortcut, q.zh, q.en, q.uses, q.last_used_at
  FROM quick_replies q LEFT JOIN accounts a ON a.id = q.account_id
  LEFT JOIN quick_reply_folders f ON f.id = q.folder_id`;

const body = (json: string | null): QuickReplyBody | null =>
  json === null ? null : (JSON.parse(json) as QuickReplyBody);

const toReply = (row: ReplyRow): KeptQuickReply => ({
  id: row.id,
  appid: row.appid,
  folderId: row.folder_id,
  name: row.name,
  shortcut: row.shortcut,
  zh: body(row.zh),
  en: body(row.en),
  uses: row.uses,
  lastUsedAt: row.last_used_at,
});

/** Those that were not removed, in their own order. */
export function allReplies(db: Reader): KeptQuickReply[] {
  return db
    .all<ReplyRow>(
      `${SELECT} WHERE q.deleted_at IS NULL ORDER BY f.position IS NULL, f.position, q.position, q.id`,
    )
    .map(toReply);
}

export function replyById(db: Reader, id: string): KeptQuickReply | null {
  const row = db.get<ReplyRow>(`${SELECT} WHERE q.id = ? AND q.deleted_at IS NULL`, id);
  return row ? toReply(row) : null;
}
