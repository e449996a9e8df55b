/** What WeChat accepts as a file of a message, checked before a file is read or uploaded. */
import { fileKindOf, kindObstacle, type FileKind } from '#shared/domain/attachable';
import type { AccountTraits } from '#shared/domain/capabilities';
import { checkMedia, mediaLimit } from '#shared/domain/media-limits';

export type FileRefusal =
  | { readonly why: 'too-large'; readonly kind: FileKind; readonly bytes: number; readonly limit: number }
  | { readonly why: 'overseas'; readonly kind: FileKind }
  /** `gone`: it was staged before a restart, and is not on this computer any more. */
  | { readonly why: 'wrong-kind' | 'unreadable' | 'gone' };

interface FileFacts {
  readonly name: string;
  /** What the system says of the file; empty where it knows no type, as often for AMR. */
  readonly type: string;
  readonly size: number;
}

const BY_EXTENSION: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  amr: 'audio/amr',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
};

/** What the file dialog offers for a kind. */
export const ACCEPT: Readonly<Record<FileKind, string>> = {
  image: '.jpg,.jpeg,.png,.gif,image/jpeg,image/png,image/gif',
  voice: '.amr,.mp3,audio/amr,audio/mpeg',
  video: '.mp4,video/mp4',
};

function mimeOf({ name, type }: FileFacts): string {
  if (fileKindOf(type) !== null) return type;
  const extension = name.toLowerCase().split('.').pop() ?? '';
  return BY_EXTENSION[extension] ?? type;
}

/** The kind that a file would be sent as, by its name and what the system says; null: none. Main looks at the content itself. */
export function kindOfFile(file: FileFacts): FileKind | null {
  return fileKindOf(mimeOf(file));
}

/** Why a file cannot be sent by this account, or null [S3.7][S3.8]. */
export function checkFile(file: FileFacts, account: AccountTraits): FileRefusal | null {
  const kind = kindOfFile(file);
  if (kind === null) return { why: 'wrong-kind' };
  if (kindObstacle(account, kind) === 'not-overseas') return { why: 'overseas', kind };
  const verdict = checkMedia(kind, { bytes: file.size, mime: mimeOf(file) });
  if (verdict.ok) return null;
  if (verdict.code === 'media/too-large')
    return { why: 'too-large', kind, bytes: file.size, limit: mediaLimit(kind).bytes };
  return { why: verdict.code === 'media/empty' ? 'unreadable' : 'wrong-kind' };
}
