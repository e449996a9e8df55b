import type { MediaReads, MediaRecord, MediaWrites } from '../../port/media';
import { accountId } from '../lookup';
import { selectMessages } from '../message-rows';
import type { Reads, Writes } from '../repository';

interface MediaRow {
  id: string;
  appid: string;
  direction: MediaRecord['direction'];
  remote_id: string | null;
  state: MediaRecord['state'];
  mime: string | null;
  bytes: number | null;
  name: string | null;
  created_at: number;
}

const SELECT = 'SELECT d.*, a.appid FROM media d JOIN accounts a ON a.id = d.account_id';

const toRecord = (row: MediaRow): MediaRecord => ({
  id: row.id,
  appid: row.appid,
  direction: row.direction,
  remoteId: row.remote_id,
  state: row.state,
  mime: row.mime,
  bytes: row.bytes,
  name: row.name,
  createdAt: row.created_at,
});

/** No message shows it; the poster of a video lives as long as the video, whose id its own begins with. */
const UNUSED = `d.direction = 'out'
  AND NOT EXISTS (SELECT 1 FROM messages WHERE media_id = replace(d.id, '-poster', ''))`;

/** No draft holds it, nor the video that it is the poster of. */
const NOT_PREPARED = `NOT EXISTS (SELECT 1 FROM prepared_files WHERE media_id = replace(d.id, '-poster', ''))`;

export const reads: Reads<MediaReads> = {
  get(db, id) {
    const row = db.get<MediaRow>(`${SELECT} WHERE d.id = ?`, id);
    return row ? toRecord(row) : null;
  },
  pending: (db, limit) =>
    db
      .all<MediaRow>(
        `${SELECT} WHERE d.state = 'pending' AND d.direction = 'in' ORDER BY d.created_at LIMIT ?`,
        limit,
      )
      .map(toRecord),
  waveform(db, id) {
    const row = db.get<{ peaks: Uint8Array; seconds: number }>(
      'SELECT peaks, seconds FROM voice_waves WHERE media_id = ?',
      id,
    );
    return row ? { peaks: new Uint8Array(row.peaks), seconds: row.seconds } : null;
  },
  unused: (db, before) =>
    db
      .all<{ id: string }>(
        `SELECT d.id FROM media d WHERE d.created_at < ? AND ${UNUSED} AND ${NOT_PREPARED}`,
        before,
      )
      .map(({ id }) => id),
};

export const writes: Writes<MediaWrites> = {
  saveWaveform(db, id, { peaks, seconds }) {
    db.run(
      'INSERT OR REPLACE INTO voice_waves (media_id, peaks, seconds) VALUES (?, ?, ?)',
      id,
      peaks,
      seconds,
    );
  },
  insert(db, media) {
    db.run(
      `INSERT INTO media (id, account_id, direction, remote_id, state, mime, bytes, name, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      media.id,
      accountId(db, media.appid),
      media.direction,
      media.remoteId,
      media.state,
      media.mime,
      media.bytes,
      media.name,
      media.createdAt,
    );
  },
  removeUnused: (db, id) => db.run(`DELETE FROM media AS d WHERE d.id = ? AND ${UNUSED}`, id).changes > 0,
  update(db, id, patch) {
    db.run(
      `UPDATE media SET state = coalesce(?, state), mime = coalesce(?, mime), bytes = coalesce(?, bytes),
         remote_id = coalesce(?, remote_id), created_at = coalesce(?, created_at) WHERE id = ?`,
      patch.state ?? null,
      patch.mime ?? null,
      patch.bytes ?? null,
      patch.remoteId ?? null,
      patch.createdAt ?? null,
      id,
    );
    return selectMessages(db, 'm.media_id = ?', id).map(({ message }) => message);
  },
};
