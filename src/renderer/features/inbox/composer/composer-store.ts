/** What is being written, for each conversation; kept while the user goes to others and saved as drafts. */
import { create } from 'zustand';
import type { FileKind } from '#shared/domain/attachable';
import type { AccountTraits } from '#shared/domain/capabilities';
import type { Filled } from '#shared/domain/quick-replies/variables';
import { splitText } from '#shared/domain/reply-saver';
import type { LinkTarget, TextLink } from '#shared/domain/text-links';
import type { Conversation } from '#shared/ipc/models';
import { call } from '../../../api';
import type { Person } from '../../../app/navigation';
import { toAppErrorData } from '../../../ui/errors';
import { sendMessage } from '../chat/chat-store';
import { keyOf } from '../key';
import { DraftSaver } from './draft-saver';
import { checkFile, kindOfFile } from './file-check';
import { focusField, insertAtCaret, selectInserted } from './field';
import { restoreCards, writtenCards } from './insert/editor-store';
import { addLink, toField, tokenOf, toMessage } from './link-tokens';
import { posterOf } from './poster';
import { draftText, fieldOf, keptTray, trayOf } from './prepared-draft';
import type { FileState, StagedFile, Tray, TrayItem } from './tray';
import { isMessage, mergedTray, moved, preparedMessages, withFile, without, withTitle } from './tray';
import { forgetTyping, noteTyping } from './typing-sign';

const DRAFT_DELAY_MS = 400;
/** Longest draft that main takes, characters. */
const MAX_DRAFT = 10_000;

interface Writing {
  /** As in the field: links stand as their words. */
  readonly text: string;
  readonly links: readonly TextLink[];
  /** Prepared before the text in the field. */
  readonly tray: Tray;
  /** What main keeps of it is here: before that, nothing of the tray may be put in its place. */
  readonly restored: boolean;
  /** The last attempt to keep the draft was refused. */
  readonly unsaved: boolean;
}

const NOTHING: Writing = { text: '', links: [], tray: [], restored: false, unsaved: false };

interface ComposerState {
  readonly writing: Readonly<Record<string, Writing>>;
  /** Counts up when the composer should take the focus, or open the file dialog for images. */
  readonly focusRequests: number;
  readonly imageRequests: number;
}

export const useComposer = create<ComposerState>(() => ({ writing: {}, focusRequests: 0, imageRequests: 0 }));

const drafts = new DraftSaver({
  delay: DRAFT_DELAY_MS,
  save: async (key, text) => {
    const { tray, restored } = writingOf(key);
    const prepared = { tray: keptTray(tray), cards: writtenCards(key) };
    const { appid, openid } = key;
    await call('conversations.setDraft', { appid, openid, text, ...(restored ? { prepared } : {}) });
    if (useComposer.getState().writing[keyOf(key)]?.unsaved) change(key, { unsaved: false });
  },
  onError: (key) => change(key, { unsaved: true }),
});

export function useWriting(key: Person): Writing {
  return useComposer((state) => state.writing[keyOf(key)] ?? NOTHING);
}

function writingOf(key: Person): Writing {
  return useComposer.getState().writing[keyOf(key)] ?? NOTHING;
}

function change(key: Person, patch: Partial<Writing>): void {
  useComposer.setState(({ writing }) => ({
    writing: { ...writing, [keyOf(key)]: { ...(writing[keyOf(key)] ?? NOTHING), ...patch } },
  }));
}

/** Puts main's draft into a composer that nothing was written in yet, and with it what was prepared. */
export function takeDraft(conversation: Conversation): void {
  const held = useComposer.getState().writing[keyOf(conversation)];
  const draft = conversation.draft ?? '';
  if (!held) change(conversation, { ...toField(draft), restored: conversation.waiting === 0 });
  if (!writingOf(conversation).restored) void restore(conversation, draft);
}

const restoring = new Set<string>();

/** Brings back tray and cards. What was written meanwhile stays: the texts of the pile then remain part of the field. */
async function restore({ appid, openid }: Person, draft: string): Promise<void> {
  const key = { appid, openid };
  const name = keyOf(key);
  if (restoring.has(name)) return;
  restoring.add(name);
  try {
    const found = await call('conversations.prepared', key);
    const before = writingOf(key).tray;
    const kept = trayOf(found.tray);
    const inField = messageText(key) === draft ? fieldOf(kept, draft) : null;
    change(key, {
      ...(inField === null ? {} : toField(inField)),
      tray: [...(inField === null ? kept.filter(({ kind }) => kind === 'file') : kept), ...before],
      restored: true,
    });
    restoreCards(key, found.cards);
    if (before.length > 0) saveDraft(key);
  } catch {
    // Tried again when the conversation is opened the next time; until then main's copy is not touched.
    change(key, { unsaved: true });
  } finally {
    restoring.delete(name);
  }
}

/** The field changed, by typing or by whatever put words there. */
export function write(key: Person, text: string): void {
  change(key, { text });
  noteTyping(key, text === '');
  saveDraft(key);
}

/** Keeps everything that is prepared: what is in the field, on the tray, and written on cards. */
export function saveDraft(key: Person): void {
  const text = draftText(writingOf(key).tray, messageText(key));
  drafts.changed({ appid: key.appid, openid: key.openid }, text.slice(0, MAX_DRAFT));
}

/** The field's text as it would be sent. */
function messageText(key: Person): string {
  return toMessage(writingOf(key));
}

/** Puts a text into the composer, after what is written there already. */
export function putInComposer(key: Person, text: string): void {
  const { text: before, links } = writingOf(key);
  const added = toField(text);
  change(key, { links: added.links.reduce(addLink, links) });
  write(key, before.trim() === '' ? added.text : `${before}\n${added.text}`);
  focusComposer();
}

/** Puts a text at the caret, as if it were typed; after what is written where no field is on screen. */
export function insertInComposer(key: Person, text: string, keepFocus = false): void {
  const added = toField(text);
  change(key, { links: added.links.reduce(addLink, writingOf(key).links) });
  if (insertAtCaret(added.text, keepFocus)) return;
  write(key, writingOf(key).text + added.text);
}

/** A filled quick reply at the caret; its first blank is selected, to be typed over. */
export function insertFilledText(key: Person, filled: Pick<Filled, 'text' | 'firstBlank'>): void {
  insertInComposer(key, filled.text);
  if (filled.firstBlank) selectInserted(filled.text, filled.firstBlank);
}

/** A link at the caret, in place of what is selected. */
export function insertLink(key: Person, words: string, target: LinkTarget): void {
  change(key, { links: addLink(writingOf(key).links, { words, target }) });
  if (!insertAtCaret(tokenOf(words))) write(key, writingOf(key).text + tokenOf(words));
}

export function focusComposer(): void {
  useComposer.setState(({ focusRequests }) => ({ focusRequests: focusRequests + 1 }));
}

export function askForImage(): void {
  useComposer.setState(({ imageRequests }) => ({ imageRequests: imageRequests + 1 }));
}

/** Saves every draft that is still on its way. */
export function saveDrafts(): Promise<void> {
  return drafts.flushAll();
}

function setFile(key: Person, id: string, now: FileState): void {
  change(key, { tray: withFile(writingOf(key).tray, id, now) });
  saveDraft(key);
}

/** Checks files against WeChat's limits before anything leaves the page, and hands them to main, in order. */
export async function attachFiles(
  key: Person,
  files: readonly File[],
  account: AccountTraits,
): Promise<void> {
  const added = files.map((file) => ({ file, item: newItem(file, account) }));
  change(key, { tray: [...writingOf(key).tray, ...added.map(({ item }) => item)] });
  for (const { file, item } of added) if (item.now.state === 'staging') await stage(key, item.id, file);
}

function newItem(file: File, account: AccountTraits) {
  const refusal = checkFile(file, account);
  return {
    id: crypto.randomUUID(),
    kind: 'file' as const,
    ...{ name: file.name, fileKind: kindOfFile(file), bytes: file.size, title: '' },
    now: refusal ? ({ state: 'refused', refusal } as const) : ({ state: 'staging' } as const),
  } satisfies TrayItem;
}

async function stage(key: Person, id: string, file: File): Promise<void> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const staged = await call('media.stage', { appid: key.appid, name: file.name.slice(-200), bytes });
    const kind: FileKind | null = staged.kind === 'thumb' ? null : staged.kind;
    if (kind === null) return;
    const item: StagedFile = { ...staged, kind };
    const poster = kind === 'video' ? await stagePoster(key, item) : null;
    if (writingOf(key).tray.some((held) => held.id === id))
      setFile(key, id, { state: 'staged', file: item, poster });
    else unstage(key, item.stagedId);
  } catch (error) {
    const now: FileState =
      error instanceof DOMException
        ? { state: 'refused', refusal: { why: 'unreadable' } }
        : { state: 'failed', error: toAppErrorData(error) };
    setFile(key, id, now);
  }
}

/** The address of the video's picture; null when main did not take it, and the video goes without. */
async function stagePoster({ appid }: Person, { stagedId, url }: StagedFile): Promise<string | null> {
  const bytes = await posterOf(url);
  if (bytes.byteLength === 0) return null;
  const poster = await call('media.stage', { appid, name: 'poster.jpg', bytes, as: { posterOf: stagedId } });
  return poster.url;
}

/** Main forgets the file; should that fail, it clears what was never sent by itself after a week. */
function unstage({ appid }: Person, stagedId: string): void {
  void call('media.unstage', { appid, stagedId }).catch(() => undefined);
}

export function removeFromTray(key: Person, id: string): void {
  const { tray } = writingOf(key);
  const item = tray.find((held) => held.id === id);
  change(key, { tray: without(tray, id) });
  if (item?.kind === 'file' && item.now.state === 'staged') unstage(key, item.now.file.stagedId);
  saveDraft(key);
}

export function moveInTray(key: Person, id: string, by: -1 | 1): void {
  change(key, { tray: moved(writingOf(key).tray, id, by) });
  saveDraft(key);
}

export function setTitle(key: Person, id: string, title: string): void {
  change(key, { tray: withTitle(writingOf(key).tray, id, title) });
  saveDraft(key);
}

/** Takes a text of the pile back into the field; what stood there takes its place on the pile. */
export function editFromTray(key: Person, id: string): void {
  const { tray } = writingOf(key);
  const item = tray.find((held) => held.id === id);
  if (item?.kind !== 'text') return;
  const inField = messageText(key);
  change(key, {
    tray:
      inField.trim() === ''
        ? without(tray, id)
        : tray.map((held) => (held.id === id ? { ...item, text: inField } : held)),
    ...toField(item.text),
  });
  saveDraft(key);
  focusField();
}

/** Puts the text on the pile; one that is too long for a message as several, the last of which stays in the field. */
export function pile(key: Person): void {
  const pieces = splitText(messageText(key));
  const last = pieces.length > 1 ? (pieces.at(-1) ?? '') : '';
  const piled = pieces.length > 1 ? pieces.slice(0, -1) : pieces;
  if (piled.length === 0) return;
  const items = piled.map((text): TrayItem => ({ id: crypto.randomUUID(), kind: 'text', text }));
  change(key, { tray: [...writingOf(key).tray, ...items], ...toField(last) });
  saveDraft(key);
}

/** Puts texts next to each other into one message, as far as they fit [I6]. */
export function mergeWritten(key: Person): void {
  const merged = mergedTray(writingOf(key).tray, messageText(key), () => crypto.randomUUID());
  change(key, { tray: merged.tray, ...toField(merged.text) });
  saveDraft(key);
  focusField();
}

/** Sends the first `count` of what is prepared, in order; the rest stays. */
export function sendWritten(key: Person, count: number): void {
  const { tray } = writingOf(key);
  const leaving = preparedMessages(tray, messageText(key)).slice(0, count);
  if (leaving.length === 0) return;
  const ids = new Set(
    tray
      .filter(isMessage)
      .slice(0, count)
      .map(({ id }) => id),
  );
  const fieldLeaves = leaving.length > ids.size;
  change(key, {
    tray: tray.filter((item) => !ids.has(item.id)),
    ...(fieldLeaves ? { text: '', links: [] } : {}),
  });
  forgetTyping(key);
  saveDraft(key);
  void drafts.flush(key);
  for (const item of leaving) {
    if (item.kind === 'text') void sendMessage(key, { kind: 'text', text: item.text });
    else if (item.file.now.state === 'staged') {
      const { title, now } = item.file;
      void sendMessage(key, {
        ...now.file,
        ...(now.file.kind === 'video' && title.trim() !== '' ? { title: title.trim() } : {}),
      });
    }
  }
}
