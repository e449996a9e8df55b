/** What WeChat accepts as an image of a message, checked before a file is read or uploaded. */
import { checkMedia, mediaLimit } from '#shared/domain/media-limits';

/** Formats and size (bytes) of an image that is sent. */
export const IMAGE_LIMIT = mediaLimit('image');

export type ImageRefusal =
  | { readonly why: 'too-large'; readonly name: string; readonly bytes: number; readonly limit: number }
  | { readonly why: 'wrong-kind' | 'unreadable'; readonly name: string };

/**
 * Why a file cannot be sent as an image, or null. The kind is what the system says of the file; main looks at the
 * content itself.
 */
export function checkImage(file: {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}): ImageRefusal | null {
  const { name } = file;
  const verdict = checkMedia('image', { bytes: file.size, mime: file.type });
  if (verdict.ok) return null;
  switch (verdict.code) {
    case 'media/too-large':
      return { why: 'too-large', name, bytes: file.size, limit: IMAGE_LIMIT.bytes };
    case 'media/empty':
      return { why: 'unreadable', name };
    default:
      return { why: 'wrong-kind', name };
  }
}
