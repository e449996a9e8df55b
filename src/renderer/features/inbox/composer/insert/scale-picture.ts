/** Cuts and compresses a chosen picture to what WeChat wants for a card, on this computer. */
import { MINIPROGRAM_PICTURE, MUSIC_PICTURE, NEWS_PICTURE } from '#shared/domain/cards/card-limits';
import { mediaLimit } from '#shared/domain/media-limits';
import type { Input } from '#shared/ipc/contract';
import { coverCrop, steps } from './crop';

export type PictureKind = 'music' | 'miniprogram' | 'news';

const SIZES = { music: MUSIC_PICTURE, miniprogram: MINIPROGRAM_PICTURE, news: NEWS_PICTURE } as const;

export function purposeOf(kind: PictureKind): Input<'cards.stagePicture'>['use'] {
  return kind === 'news' ? 'article-picture' : 'thumb';
}

export type Scaled =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly why: 'unreadable' | 'too-large' };

/** A JPG in the shape of the card, as good as the limit allows; transparent places become white. */
export async function scalePicture(file: Blob, kind: PictureKind): Promise<Scaled> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    // The browser names no cause; whatever it is, the file is no picture to it.
    return { ok: false, why: 'unreadable' };
  }
  try {
    const limit = mediaLimit(purposeOf(kind)).bytes;
    for (const { scale, quality } of steps()) {
      const blob = await drawn(bitmap, SIZES[kind], scale, quality);
      if (blob !== null && blob.size <= limit)
        return { ok: true, bytes: new Uint8Array(await blob.arrayBuffer()) };
    }
    return { ok: false, why: 'too-large' };
  } finally {
    bitmap.close();
  }
}

function drawn(
  bitmap: ImageBitmap,
  size: { readonly width: number; readonly height: number },
  scale: number,
  quality: number,
): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const context = canvas.getContext('2d');
  if (context === null) return Promise.resolve(null);
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  const { x, y, width, height } = coverCrop(bitmap, size);
  context.drawImage(bitmap, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}
