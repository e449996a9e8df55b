/** Notices of relays as rows, and what they say of accounts. */
import type { NoticeItem } from '../port/inbox';
import type { Writer } from './handle';

export interface StoredNotice {
  /** False when it was stored before. */
  readonly isNew: boolean;
  /** The account whose state it changed; null when none. */
  readonly account: string | null;
}

export function storeNotice(db: Writer, linkId: string, item: NoticeItem): StoredNotice {
  const { seq, appid, receivedAt, notice, body } = item;
  const { changes } = db.run(
    `INSERT INTO relay_notices (link_id, seq, appid, at, type, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    linkId,
    seq,
    notice !== null && 'appid' in notice ? notice.appid : appid,
    receivedAt,
    notice?.type ?? '',
    body,
  );
  if (changes === 0) return { isNew: false, account: null };
  return {
    isNew: true,
    account: notice?.type === 'unauthorized' ? unbind(db, linkId, notice.appid, receivedAt) : null,
  };
}

/**
 * An administrator cancelled the authorization (auth-component §6). Only of an account that this relay was authorized for,
 * and not of one that was authorized again since.
 */
function unbind(db: Writer, linkId: string, appid: string, at: number): string | null {
  const { changes } = db.run(
    `UPDATE accounts SET status = 'unbound', callback_url = NULL
     WHERE appid = ? AND link_id = ? AND door = 'scan' AND status = 'bound' AND bound_at <= ?`,
    appid,
    linkId,
    at,
  );
  return changes === 0 ? null : appid;
}
