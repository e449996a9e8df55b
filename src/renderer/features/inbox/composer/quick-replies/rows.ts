/** The rows of the manager's list. */
import { matchReplies } from '#shared/domain/quick-replies/match';
import type { KeptQuickReply, QuickReplyFolder } from '#shared/domain/quick-replies/quick-reply';
import type { ReplyDraft } from './manager-store';

export type Order = 'manual' | 'use';

export interface Section {
  /** null: without a folder. */
  readonly folder: QuickReplyFolder | null;
  readonly replies: readonly KeptQuickReply[];
}

/** Replies in their folders; a search finds in all of them at once, and so does the order by use. `now` in unix seconds. */
export function sectionsOf(
  library: { readonly folders: readonly QuickReplyFolder[]; readonly replies: readonly KeptQuickReply[] },
  drafts: Readonly<Record<string, ReplyDraft>>,
  search: string,
  order: Order,
  now: number,
): readonly Section[] {
  const kept = new Set(library.replies.map(({ id }) => id));
  const begun = Object.values(drafts)
    .filter(({ reply }) => !kept.has(reply.id))
    .map(({ reply }): KeptQuickReply => ({ ...reply, uses: 0, lastUsedAt: null }));
  const all = [...begun, ...library.replies];
  if (search.trim() !== '') return [{ folder: null, replies: matchReplies(all, search, now) }];
  if (order === 'use') return [{ folder: null, replies: matchReplies(all, '', now) }];
  const of = (folderId: string | null): readonly KeptQuickReply[] =>
    all.filter((reply) => reply.folderId === folderId);
  const sections: Section[] = library.folders.map((folder) => ({ folder, replies: of(folder.id) }));
  const loose = of(null);
  return loose.length > 0 || sections.length === 0
    ? [...sections, { folder: null, replies: loose }]
    : sections;
}

/** Whom a reply stands before after a step within its section; undefined: it cannot go further. */
export function neighbourAfterStep(
  ids: readonly string[],
  id: string,
  step: -1 | 1,
): string | null | undefined {
  const at = ids.indexOf(id);
  const to = at + step;
  if (at === -1 || to < 0 || to >= ids.length) return undefined;
  return step === -1 ? (ids[to] ?? null) : (ids[to + 1] ?? null);
}
