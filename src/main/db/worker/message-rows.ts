/** Messages as rows and as the model. */
import type { AppErrorData } from '#shared/app-error';
import type { InboundContent, OutboundStatus, ShownContent } from '#shared/domain/message';
import type { Message } from '#shared/ipc/models';
import type { StoredMessage } from '../port/conversations';
import type { Reader } from './handle';

interface MessageRow {
  id: number;
  appid: string;
  openid: string;
  direction: 'in' | 'out';
  at: number;
  content: string;
  client_id: string | null;
  status: OutboundStatus | null;
  failure: string | null;
  retry_of: string | null;
  automatic: number;
  media_id: string | null;
  media_state: 'pending' | 'ready' | 'expired' | 'failed' | null;
  mime: string | null;
  bytes: number | null;
  media_remote: string | null;
}

const SELECT = `SELECT m.id, a.appid, f.openid, m.direction, m.at, m.content, m.client_id, m.status, m.failure,
    m.retry_of, m.automatic, m.media_id, d.state AS media_state, d.mime, d.bytes, d.remote_id AS media_remote
  FROM messages m JOIN followers f ON f.id = m.follower_id JOIN accounts a ON a.id = m.account_id
  LEFT JOIN media d ON d.id = m.media_id`;

/** Messages sent from a page carry the page's own id, so that it finds its optimistic row again; all others have this. */
const rowIdName = (rowId: number): string => `i${String(rowId)}`;

/** Part of a WHERE clause, with its one value, that finds the message of a public id. */
export function byPublicId(id: string): { readonly where: string; readonly value: string | number } {
  const byRow = /^i(\d{1,15})$/.exec(id);
  return byRow ? { where: 'm.id = ?', value: Number(byRow[1]) } : { where: 'm.client_id = ?', value: id };
}

/** `where` may use m (messages), f (followers), a (accounts) and d (media). */
export function selectMessages(db: Reader, where: string, ...values: (string | number)[]): StoredMessage[] {
  return db.all<MessageRow>(`${SELECT} WHERE ${where}`, ...values).map(toStored);
}

export function messageByRowId(db: Reader, id: number): StoredMessage {
  const stored = selectMessages(db, 'm.id = ?', id)[0];
  if (!stored) throw new RangeError('no message row');
  return stored;
}

/** Messages by row id, for lists that show the last one of each conversation. */
export function messagesByRowIds(db: Reader, ids: readonly number[]): Map<number, Message> {
  const rows = db.all<MessageRow>(
    `${SELECT} WHERE m.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
  return new Map(rows.map((row) => [row.id, toStored(row).message]));
}

function toStored(row: MessageRow): StoredMessage {
  const content: unknown = JSON.parse(row.content);
  const message: Message = {
    id: row.direction === 'out' && row.client_id !== null ? row.client_id : rowIdName(row.id),
    appid: row.appid,
    openid: row.openid,
    at: row.at,
    seq: row.id,
    body:
      row.direction === 'in'
        ? { direction: 'in', content: content as InboundContent }
        : {
            direction: 'out',
            content: content as ShownContent,
            automatic: row.automatic === 1,
            status: row.status ?? 'unknown',
            failure: row.failure === null ? null : (JSON.parse(row.failure) as AppErrorData),
            retryOf: row.retry_of,
          },
    media: {
      state: row.media_state ?? 'none',
      url: row.media_id !== null && row.media_state === 'ready' ? `app://media/${row.media_id}` : null,
      mime: row.mime,
      bytes: row.bytes,
    },
  };
  return {
    message,
    mediaId: row.media_id,
    remoteMediaId: row.media_state === 'pending' ? row.media_remote : null,
  };
}
