/** Quick replies and their pictures. */
import type { KeptQuickReply, QuickReply, QuickReplyFolder } from '#shared/domain/quick-replies/quick-reply';

export interface QuickReplyPicture {
  readonly id: string;
  readonly mime: string;
  readonly bytes: number;
  /** Of the bytes, in hex. */
  readonly sha256: string;
  readonly createdAt: number;
}

/** One reply of an import: its folder by name, made when it is not there. */
export interface ImportedReply {
  readonly reply: Omit<QuickReply, 'folderId'>;
  readonly folder: string | null;
}

export interface QuickReplyReads {
  /** Folders and replies in their own order, without what was removed. */
  library(): { folders: QuickReplyFolder[]; replies: KeptQuickReply[] };
  get(id: string): KeptQuickReply | null;
  picture(id: string): QuickReplyPicture | null;
}

export interface QuickReplyWrites {
  /** Changes the reply of this id, or adds it at the end of its folder. @throws AppError account/not-found */
  save(reply: QuickReply): KeptQuickReply;
  remove(id: string, now: number): void;
  restore(id: string): void;
  /** At the end when `before` is null or not in that folder. */
  move(id: string, folderId: string | null, before: string | null): void;
  /** Renames the folder of this id, or adds it at the end. */
  saveFolder(folder: QuickReplyFolder): void;
  removeFolder(id: string): void;
  moveFolder(id: string, before: string | null): void;
  use(id: string, now: number): void;
  addPicture(picture: QuickReplyPicture): void;
  /** Saves every reply in one transaction. `folderIds` are for the folders that are not there yet. */
  importAll(replies: readonly ImportedReply[], folderIds: readonly string[]): void;
  /** Forgets replies that were removed before `before`, and pictures from before it that no reply shows; their ids. */
  sweep(before: number): string[];
}
