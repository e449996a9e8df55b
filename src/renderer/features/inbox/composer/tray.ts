/**
 * What is prepared above the text field, in the order in which it will be sent: files, and texts put on the pile. Pure
 * transitions; each item costs one reply.
 */
import type { AppErrorData } from '#shared/app-error';
import type { FileKind } from '#shared/domain/attachable';
import { mergeTexts, type Prepared } from '#shared/domain/reply-saver';
import type { FileRefusal } from './file-check';

/** A file that main keeps, ready to be sent. */
export interface StagedFile {
  readonly kind: FileKind;
  readonly stagedId: string;
  readonly url: string;
  readonly mime: string;
  readonly bytes: number;
  readonly seconds: number | null;
}

export type FileState =
  | { readonly state: 'staging' }
  | { readonly state: 'staged'; readonly file: StagedFile; readonly poster: string | null }
  | { readonly state: 'refused'; readonly refusal: FileRefusal }
  | { readonly state: 'failed'; readonly error: AppErrorData };

export interface TrayFile {
  readonly id: string;
  readonly kind: 'file';
  readonly name: string;
  /** As far as the name tells. */
  readonly fileKind: FileKind | null;
  readonly bytes: number;
  /** Of a video; shown with it. */
  readonly title: string;
  readonly now: FileState;
}

/** `text` as it is sent. */
export interface TrayText {
  readonly id: string;
  readonly kind: 'text';
  readonly text: string;
}
export type TrayItem = TrayFile | TrayText;
export type Tray = readonly TrayItem[];

/** Whether an item would be a message: what was refused only says why. */
export function isMessage(item: TrayItem): boolean {
  return item.kind === 'text' || item.now.state === 'staged' || item.now.state === 'staging';
}

export function withFile(tray: Tray, id: string, now: FileState): Tray {
  return tray.map((item) => (item.id === id && item.kind === 'file' ? { ...item, now } : item));
}

export function withTitle(tray: Tray, id: string, title: string): Tray {
  return tray.map((item) => (item.id === id && item.kind === 'file' ? { ...item, title } : item));
}

export function without(tray: Tray, id: string): Tray {
  return tray.filter((item) => item.id !== id);
}

/** One place up (-1) or down (1); at the end of the list it stays. */
export function moved(tray: Tray, id: string, by: -1 | 1): Tray {
  const from = tray.findIndex((item) => item.id === id);
  const other = tray[from + by];
  const item = tray[from];
  if (!item || !other) return tray;
  const next = [...tray];
  next[from] = other;
  next[from + by] = item;
  return next;
}

/** What would be sent now, in order: the tray, then the text in the field. */
export function preparedMessages(tray: Tray, text: string): readonly Prepared<TrayFile>[] {
  const items = tray
    .filter(isMessage)
    .map((item): Prepared<TrayFile> =>
      item.kind === 'text' ? { kind: 'text', text: item.text } : { kind: 'file', file: item },
    );
  return text.trim() === '' ? items : [...items, { kind: 'text', text }];
}

/**
 * The tray and the field after merging: texts next to each other became one, and the last one stands in the field for a last
 * look. Items that are no message keep their place before the rest.
 */
export function mergedTray(
  tray: Tray,
  text: string,
  newId: () => string,
): { readonly tray: Tray; readonly text: string } {
  const merged = mergeTexts(preparedMessages(tray, text));
  const last = merged.at(-1);
  const inField = last?.kind === 'text' ? last.text : '';
  const rest = last?.kind === 'text' ? merged.slice(0, -1) : merged;
  return {
    tray: [
      ...tray.filter((item) => !isMessage(item)),
      ...rest.map((item): TrayItem =>
        item.kind === 'file' ? item.file : { id: newId(), kind: 'text', text: item.text },
      ),
    ],
    text: inField,
  };
}

export interface SendPlan {
  /** Messages prepared. */
  readonly total: number;
  /** How many of them, from the first on, may leave now. */
  readonly now: number;
  /** A file is still being read. */
  readonly reading: boolean;
}

/** @param allowance replies left that no message under way will take */
export function sendPlan(tray: Tray, text: string, allowance: number): SendPlan {
  const total = preparedMessages(tray, text).length;
  return {
    total,
    now: Math.max(0, Math.min(total, allowance)),
    reading: tray.some((item) => item.kind === 'file' && item.now.state === 'staging'),
  };
}
