/** What is prepared in a conversation beside the text of its draft. */
import { pictureOf } from '#shared/domain/cards/card';
import type { PreparedDraft } from '#shared/ipc/prepared-models';
import type { Reader, Writer } from './handle';

export function preparedOf(db: Reader, followerId: number): PreparedDraft | null {
  const row = db.get<{ content: string }>(
    'SELECT content FROM prepared_drafts WHERE follower_id = ?',
    followerId,
  );
  // Safe: written below, of what the contract let through.
  return row ? (JSON.parse(row.content) as PreparedDraft) : null;
}

/** Puts `draft` in the place of what was kept; an empty one leaves nothing. */
export function keepPrepared(db: Writer, followerId: number, draft: PreparedDraft): void {
  db.run('DELETE FROM prepared_drafts WHERE follower_id = ?', followerId);
  if (draft.tray.length === 0 && draft.cards.length === 0) return;
  const files = draft.tray.flatMap((item) => (item.kind === 'file' ? [item.stagedId] : []));
  db.run(
    'INSERT INTO prepared_drafts (follower_id, content, waiting) VALUES (?, ?, ?)',
    followerId,
    JSON.stringify(draft),
    draft.tray.length + draft.cards.length,
  );
  for (const id of new Set([...files, ...draft.cards.flatMap((card) => pictureOf(card) ?? [])]))
    db.run('INSERT INTO prepared_files (media_id, follower_id) VALUES (?, ?)', id, followerId);
}
