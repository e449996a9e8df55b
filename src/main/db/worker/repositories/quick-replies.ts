import type {
  KeptQuickReply,
  QuickReplyBody,
  QuickReplyFolder,
} from '#shared/domain/quick-replies/quick-reply';
import type { QuickReplyPicture, QuickReplyReads, QuickReplyWrites } from '../../port/quick-replies';
import type { Reader, Writer } from '../handle';
import { accountId } from '../lookup';
import { allReplies, replyById } from '../quick-reply-rows';
import type { Reads, Writes } from '../repository';

const json = (value: QuickReplyBody | null): string | null => (value === null ? null : JSON.stringify(value));

const folders = (db: Reader): QuickReplyFolder[] =>
  db.all<QuickReplyFolder>('SELECT id, name FROM quick_reply_folders ORDER BY position, id');

/** The ids with `id` before `before`, or at the end. */
function reordered(ids: readonly string[], id: string, before: string | null): readonly string[] {
  const others = ids.filter((other) => other !== id);
  const place = before === null ? -1 : others.indexOf(before);
  return place === -1 ? [...others, id] : others.toSpliced(place, 0, id);
}

function number(db: Writer, table: 'quick_replies' | 'quick_reply_folders', ids: readonly string[]): void {
  for (const [position, id] of ids.entries())
    db.run(`UPDATE ${table} SET position = ? WHERE id = ? AND position <> ?`, position, id, position);
}

function save(db: Writer, reply: Omit<KeptQuickReply, 'uses' | 'lastUsedAt'>): void {
  const account = reply.appid === null ? null : accountId(db, reply.appid);
  // What a removed folder held stands outside of folders.
  const folder = folders(db).some(({ id }) => id === reply.folderId) ? reply.folderId : null;
  db.run(
    `INSERT INTO quick_replies (id, account_id, folder_id, position, name, shortcut, zh, en)
     VALUES (?, ?, ?, (SELECT coalesce(max(position), -1) + 1 FROM quick_replies), ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, folder_id = excluded.folder_id,
       name = excluded.name, shortcut = excluded.shortcut, zh = excluded.zh, en = excluded.en, deleted_at = NULL`,
    reply.id,
    account,
    folder,
    reply.name,
    reply.shortcut,
    json(reply.zh),
    json(reply.en),
  );
}

function saveFolder(db: Writer, { id, name }: QuickReplyFolder): void {
  db.run(
    `INSERT INTO quick_reply_folders (id, name, position)
     VALUES (?, ?, (SELECT coalesce(max(position), -1) + 1 FROM quick_reply_folders))
     ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
    id,
    name,
  );
}

/** Pictures that a reply shows; a text has none. */
const SHOWN = ['zh', 'en']
  .map(
    (variant) =>
      `SELECT json_extract(${variant}, '$.pictureId') FROM quick_replies WHERE json_extract(${variant}, '$.pictureId') IS NOT NULL`,
  )
  .join(' UNION ');

export const reads: Reads<QuickReplyReads> = {
  library: (db) => ({
    folders: folders(db),
    replies: allReplies(db),
  }),
  get: replyById,
  picture(db, id) {
    const row = db.get<Omit<QuickReplyPicture, 'createdAt'> & { created_at: number }>(
      'SELECT * FROM quick_reply_pictures WHERE id = ?',
      id,
    );
    if (!row) return null;
    const { created_at: createdAt, ...picture } = row;
    return { ...picture, createdAt };
  },
};

export const writes: Writes<QuickReplyWrites> = {
  save(db, reply) {
    save(db, reply);
    const kept = replyById(db, reply.id);
    if (!kept) throw new RangeError('no quick reply');
    return kept;
  },
  remove: (db, id, now) => void db.run('UPDATE quick_replies SET deleted_at = ? WHERE id = ?', now, id),
  restore: (db, id) => void db.run('UPDATE quick_replies SET deleted_at = NULL WHERE id = ?', id),
  move(db, id, folderId, before) {
    db.run('UPDATE quick_replies SET folder_id = ? WHERE id = ?', folderId, id);
    const ids = db
      .all<{ id: string }>(
        'SELECT id FROM quick_replies WHERE folder_id IS ? ORDER BY position, id',
        folderId,
      )
      .map((row) => row.id);
    number(db, 'quick_replies', reordered(ids, id, before));
  },
  saveFolder,
  removeFolder: (db, id) => void db.run('DELETE FROM quick_reply_folders WHERE id = ?', id),
  moveFolder(db, id, before) {
    const ids = folders(db).map((folder) => folder.id);
    number(db, 'quick_reply_folders', reordered(ids, id, before));
  },
  use: (db, id, now) =>
    void db.run('UPDATE quick_replies SET uses = uses + 1, last_used_at = ? WHERE id = ?', now, id),
  addPicture: (db, { id, mime, bytes, sha256, createdAt }) =>
    void db.run(
      'INSERT INTO quick_reply_pictures (id, mime, bytes, sha256, created_at) VALUES (?, ?, ?, ?, ?)',
      ...[id, mime, bytes, sha256, createdAt],
    ),
  importAll(db, replies, folderIds) {
    const spare = [...folderIds];
    const idOf = new Map(folders(db).map(({ id, name }) => [name, id]));
    for (const { reply, folder } of replies) {
      if (folder !== null && !idOf.has(folder)) {
        const id = spare.shift();
        if (id === undefined) throw new RangeError('no id for a folder');
        saveFolder(db, { id, name: folder });
        idOf.set(folder, id);
      }
      save(db, { ...reply, folderId: folder === null ? null : (idOf.get(folder) ?? null) });
    }
  },
  sweep(db, before) {
    db.run('DELETE FROM quick_replies WHERE deleted_at < ?', before);
    const unused = db
      .all<{ id: string }>(
        `SELECT id FROM quick_reply_pictures WHERE created_at < ? AND id NOT IN (${SHOWN})`,
        before,
      )
      .map((row) => row.id);
    for (const id of unused) db.run('DELETE FROM quick_reply_pictures WHERE id = ?', id);
    return unused;
  },
};
