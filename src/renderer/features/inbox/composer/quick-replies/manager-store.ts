/** What is chosen and written in the manager; drafts stay when it is closed. */
import { create } from 'zustand';
import type { QuickReply } from '#shared/domain/quick-replies/quick-reply';

export interface ReplyDraft {
  readonly reply: QuickReply;
  /** Where pictures can be seen that are not in the library yet, by id. */
  readonly pictures: Readonly<Record<string, string>>;
}

interface ManagerState {
  readonly chosen: string | null;
  /** By id, what differs from the library or is not in it yet. */
  readonly drafts: Readonly<Record<string, ReplyDraft>>;
}

export const useManager = create<ManagerState>(() => ({ chosen: null, drafts: {} }));

export function chooseReply(id: string | null): void {
  useManager.setState({ chosen: id });
}

export function writeDraft(draft: ReplyDraft): void {
  useManager.setState(({ drafts }) => ({ drafts: { ...drafts, [draft.reply.id]: draft } }));
}

export function dropDraft(id: string): void {
  useManager.setState(({ drafts }) => {
    const { [id]: _dropped, ...others } = drafts;
    return { drafts: others };
  });
}

/** Begins a reply and opens it. */
export function beginReply(
  given: Partial<Omit<QuickReply, 'id'>> = {},
  pictures: ReplyDraft['pictures'] = {},
): void {
  const id = crypto.randomUUID();
  const empty = { appid: null, folderId: null, name: '', shortcut: '', zh: null, en: null };
  writeDraft({ reply: { ...empty, ...given, id }, pictures });
  chooseReply(id);
}
