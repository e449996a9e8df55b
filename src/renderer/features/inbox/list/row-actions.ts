/** What can be done with a conversation from its row, its menu, a key or the palette; shown at once, undone when main refuses. */
import { conversationLink } from '#shared/domain/desk-link';
import type { Conversation } from '#shared/ipc/models';
import { call } from '../../../api';
import { useNavigation, type Person } from '../../../app/navigation';
import { currentLocale } from '../../../i18n/i18n';
import { translate, type TextValues } from '../../../i18n/texts';
import { serverNow } from '../../../ui/clock';
import { formatComing } from '../../../ui/format';
import { displayName } from '../../../ui/identity';
import type { Toast } from '../../../ui/toast';
import { useChat } from '../chat/chat-store';
import { sameKey } from '../key';
import { indexOf, neighbour } from './list-state';
import { patchRow, useList, type RowPatch } from './list-store';
import { listTexts } from './texts';

type Key = Parameters<typeof translate<(typeof listTexts)['zh-CN']>>[1];
const t = (key: Key, values?: TextValues) => translate(listTexts, key, values);
const nameOf = (row: Conversation) => displayName(row, currentLocale());

/** The conversation as the list or the open chat knows it; null when neither does. */
export function knownConversation(who: Person): Conversation | null {
  const { list } = useList.getState();
  const index = indexOf(list, who);
  const row = index === null ? undefined : list.rows.get(index);
  const { chat } = useChat.getState();
  return row ?? (chat && sameKey(chat.key, who) ? chat.conversation : null) ?? null;
}

/** Shows `patch` at once and takes it back, with a word why, when main refuses. */
async function change(
  row: Conversation,
  patch: RowPatch,
  work: () => Promise<unknown>,
  toast: Toast,
): Promise<boolean> {
  patchRow(row, patch);
  try {
    await work();
    return true;
  } catch (error) {
    patchRow(row, row);
    toast.failed(error);
    return false;
  }
}

const whoOf = ({ appid, openid }: Person) => ({ appid, openid });

export function setPinned(row: Conversation, pinned: boolean, toast: Toast): Promise<boolean> {
  return change(row, { pinned }, () => call('conversations.setPinned', { ...whoOf(row), pinned }), toast);
}

export function setStarred(row: Conversation, starred: boolean, toast: Toast): Promise<boolean> {
  return change(row, { starred }, () => call('conversations.setStarred', { ...whoOf(row), starred }), toast);
}

export async function setMuted(row: Conversation, muted: boolean, toast: Toast): Promise<void> {
  const work = () => call('conversations.setMuted', { ...whoOf(row), muted });
  if (await change(row, { muted }, work, toast)) toast.done(t(muted ? 'mutedNow' : 'unmutedNow'));
}

/** The chat is left: it would be read again at once. */
export async function markUnread(row: Conversation, toast: Toast): Promise<void> {
  const { conversation, closeConversation } = useNavigation.getState();
  if (sameKey(conversation, row)) closeConversation();
  await change(
    row,
    { unread: Math.max(1, row.unread) },
    () => call('conversations.markUnread', whoOf(row)),
    toast,
  );
}

export async function copyLink(row: Person, toast: Toast): Promise<void> {
  await navigator.clipboard.writeText(conversationLink(row.appid, row.openid)).then(
    () => toast.done(t('linkCopied')),
    () => toast.warn(t('linkNotCopied')),
  );
}

/** Marks done, or puts back what is done. */
export async function setDone(row: Conversation, done: boolean, toast: Toast): Promise<void> {
  if (!done) {
    await bringBack(row, toast);
    return;
  }
  await setAside(row, t('doneNow', { name: nameOf(row) }), toast, () =>
    call('conversations.setDone', { ...whoOf(row), done: true }),
  );
}

/** `until`: unix seconds of the server; null brings it back now. */
export async function snooze(row: Conversation, until: number | null, toast: Toast): Promise<void> {
  if (until === null) {
    await bringBack(row, toast);
    return;
  }
  const when = formatComing(until, serverNow(), currentLocale());
  await setAside(row, t('snoozedNow', { name: nameOf(row), when }), toast, () =>
    call('conversations.snooze', { ...whoOf(row), until }),
  );
}

/** Into the inbox again, from wherever it is set aside. */
async function bringBack(row: Conversation, toast: Toast): Promise<void> {
  const work = () => call('conversations.setDone', { ...whoOf(row), done: false });
  if (await change(row, { done: false, snoozedUntil: null }, work, toast))
    toast.done(t('backNow', { name: nameOf(row) }));
}

/** Takes a conversation out of the inbox: the next one opens in its place, and a toast can undo it. */
async function setAside(
  row: Conversation,
  words: string,
  toast: Toast,
  work: () => Promise<unknown>,
): Promise<void> {
  const { conversation } = useNavigation.getState();
  const wasOpen = sameKey(conversation, row);
  const next = wasOpen ? besideOf(row) : null;
  try {
    await work();
  } catch (error) {
    toast.failed(error);
    return;
  }
  const { openConversation, closeConversation } = useNavigation.getState();
  if (wasOpen && sameKey(useNavigation.getState().conversation, row)) {
    if (next) openConversation(next.appid, next.openid);
    else closeConversation();
  }
  toast.undoable(words, t('undo'), () => {
    putBack(row).then(
      () => (wasOpen ? openConversation(row.appid, row.openid) : undefined),
      (error: unknown) => toast.failed(error),
    );
  });
}

/** As it was before: done, snoozed until its time if that is still to come, or in the inbox. */
async function putBack(row: Conversation): Promise<void> {
  const { snoozedUntil } = row;
  if (snoozedUntil !== null && snoozedUntil > serverNow()) {
    await call('conversations.snooze', { ...whoOf(row), until: snoozedUntil });
  } else await call('conversations.setDone', { ...whoOf(row), done: row.done });
}

/** The row below, else the one above; null for one that stands alone. */
function besideOf(row: Conversation): Conversation | null {
  const { list } = useList.getState();
  for (const step of [1, -1] as const) {
    const index = indexOf(list, row) === null ? null : neighbour(list, row, step);
    const beside = index === null ? undefined : list.rows.get(index);
    if (beside) return beside;
  }
  return null;
}
