/** What WeChat accepts as an image of a message, checked before a file is read or uploaded. */
import { MAX_STAGED_BYTES } from '#shared/ipc/contract';

export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif'] as const;
/** WeChat's own limit, bytes. */
export const IMAGE_LIMIT = MAX_STAGED_BYTES;

export type ImageRefusal =
  | { readonly why: 'too-large'; readonly name: string; readonly bytes: number; readonly limit: number }
  | { readonly why: 'wrong-kind' | 'unreadable'; readonly name: string };

/** Why a file cannot be sent as an image, or null. The content itself is looked at by main. */
export function checkImage(file: {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}): ImageRefusal | null {
  if (!IMAGE_TYPES.some((type) => type === file.type)) return { why: 'wrong-kind', name: file.name };
  if (file.size > IMAGE_LIMIT) {
    return { why: 'too-large', name: file.name, bytes: file.size, limit: IMAGE_LIMIT };
  }
  if (file.size === 0) return { why: 'unreadable', name: file.name };
  return null;
}
