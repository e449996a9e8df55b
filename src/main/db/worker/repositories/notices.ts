import { relayNotice, type RelayNotice } from '#shared/relay/protocol';
import type { NoticeReads, NoticeWrites, OpenNotice } from '../../port/notices';
import type { Reads, Writes } from '../repository';

interface NoticeRow {
  id: number;
  link_id: string;
  at: number;
  body: string;
}

function toOpen(row: NoticeRow): OpenNotice[] {
  const parsed = relayNotice.safeParse(JSON.parse(row.body));
  return parsed.success ? [{ id: row.id, linkId: row.link_id, at: row.at, notice: parsed.data }] : [];
}

const deviceOf = (notice: RelayNotice): string | null => ('device' in notice ? notice.device : null);

/** What needs no saying any more once this is put away: a removal ends the warning before it. */
function coveredBy(type: RelayNotice['type']): readonly RelayNotice['type'][] {
  return type === 'unread-removed' ? ['unread-removed', 'unread-expiring'] : [type];
}

export const reads: Reads<NoticeReads> = {
  open: (db, types, limit) =>
    db
      .all<NoticeRow>(
        `SELECT id, link_id, at, body FROM relay_notices
         WHERE dismissed = 0 AND type IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?`,
        JSON.stringify(types),
        limit,
      )
      .flatMap(toOpen),
};

export const writes: Writes<NoticeWrites> = {
  dismiss(db, id) {
    const row = db.get<NoticeRow>('SELECT id, link_id, at, body FROM relay_notices WHERE id = ?', id);
    const notice = row && toOpen(row)[0]?.notice;
    if (!row || !notice) return;
    db.run(
      `UPDATE relay_notices SET dismissed = 1
       WHERE dismissed = 0 AND type IN (SELECT value FROM json_each(?)) AND id <= ? AND link_id = ? AND json_extract(body, '$.device') IS ?`,
      JSON.stringify(coveredBy(notice.type)),
      id,
      row.link_id,
      deviceOf(notice),
    );
  },
};
