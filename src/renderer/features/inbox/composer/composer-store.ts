/** What is being written, for each conversation; kept while the user goes to others and saved as drafts. */
import { create } from 'zustand';
import type { AppErrorData } from '#shared/app-error';
import type { Conversation } from '#shared/ipc/models';
import { call } from '../../../api';
import type { Person } from '../../../app/navigation';
import { toAppErrorData } from '../../../ui/errors';
import type { StagedImage } from '../chat/chat-store';
import { sendMessage } from '../chat/chat-store';
import { keyOf } from '../key';
import { DraftSaver } from './draft-saver';
import type { ImageRefusal } from './image-check';
import { checkImage } from './image-check';

const DRAFT_DELAY_MS = 400;

/** An image on its way to being sent. */
export type Attachment =
  | { readonly state: 'staging'; readonly name: string }
  | { readonly state: 'staged'; readonly name: string; readonly image: StagedImage }
  | { readonly state: 'refused'; readonly refusal: ImageRefusal }
  | { readonly state: 'failed'; readonly error: AppErrorData };

interface Writing {
  readonly text: string;
  readonly attachment: Attachment | null;
  /** The last attempt to keep the draft was refused. */
  readonly unsaved: boolean;
}

const NOTHING: Writing = { text: '', attachment: null, unsaved: false };

interface ComposerState {
  readonly writing: Readonly<Record<string, Writing>>;
  /** Counts up when the composer should take the focus, or open the file dialog. */
  readonly focusRequests: number;
  readonly imageRequests: number;
}

export const useComposer = create<ComposerState>(() => ({ writing: {}, focusRequests: 0, imageRequests: 0 }));

const drafts = new DraftSaver({
  delay: DRAFT_DELAY_MS,
  save: async (key, text) => {
    await call('conversations.setDraft', { appid: key.appid, openid: key.openid, text });
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

/** Puts main's draft into a composer that nothing was written in yet. */
export function takeDraft(conversation: Conversation): void {
  if (useComposer.getState().writing[keyOf(conversation)]) return;
  change(conversation, { text: conversation.draft ?? '' });
}

export function write(key: Person, text: string): void {
  change(key, { text });
  drafts.changed({ appid: key.appid, openid: key.openid }, text);
}

/** Puts a text into the composer, after what is written there already. */
export function putInComposer(key: Person, text: string): void {
  const before = writingOf(key).text;
  write(key, before.trim() === '' ? text : `${before}\n${text}`);
  focusComposer();
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

/** Checks an image against WeChat's limits before anything leaves the page, then hands it to main. */
export async function attachImage(key: Person, file: File): Promise<void> {
  const refusal = checkImage(file);
  if (refusal) {
    change(key, { attachment: { state: 'refused', refusal } });
    return;
  }
  change(key, { attachment: { state: 'staging', name: file.name } });
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const staged = await call('media.stage', { appid: key.appid, name: file.name, bytes });
    change(key, { attachment: { state: 'staged', name: file.name, image: staged } });
  } catch (error) {
    const refused: Attachment =
      error instanceof DOMException
        ? { state: 'refused', refusal: { why: 'unreadable', name: file.name } }
        : { state: 'failed', error: toAppErrorData(error) };
    change(key, { attachment: refused });
  }
}

export function removeAttachment(key: Person): void {
  change(key, { attachment: null });
}

/** Sends the image if there is one, else the text: one press, one reply of the quota. */
export function sendWritten(key: Person): void {
  const { text, attachment } = writingOf(key);
  if (attachment?.state === 'staged') {
    change(key, { attachment: null });
    void sendMessage(key, { kind: 'image', ...attachment.image });
    return;
  }
  if (attachment?.state === 'staging' || text.trim() === '') return;
  write(key, '');
  void drafts.flush(key);
  void sendMessage(key, { kind: 'text', text });
}
