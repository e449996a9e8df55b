import { BASE64_URL, type Random } from '../random';

export type MediaKind = 'image' | 'voice' | 'video' | 'thumb';

/** Temporary media live three days (materials-and-publish.md §1). */
export const MEDIA_LIFE = 3 * 86_400;

export interface Media {
  readonly id: string;
  readonly kind: MediaKind;
  readonly contentType: string;
  readonly filename: string;
  readonly createdAt: number;
  readonly bytes: () => Buffer;
}

/** Temporary media of one account: what it uploaded and what followers sent. */
export class MediaStore {
  readonly #random: Random;
  readonly #items = new Map<string, Media>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Keeps a file; its bytes may be made on first use. */
  add(media: Omit<Media, 'id' | 'bytes'> & { readonly bytes: Buffer | (() => Buffer) }): Media {
    this.#dropExpired(media.createdAt);
    const id = this.#random.chars(64, BASE64_URL);
    const { bytes } = media;
    let made: Buffer | null = typeof bytes === 'function' ? null : bytes;
    const kept: Media = { ...media, id, bytes: () => (made ??= (bytes as () => Buffer)()) };
    this.#items.set(id, kept);
    return kept;
  }

  /** The file; null when the id is unknown, of another account, or older than three days. */
  get(id: string, now: number): Media | null {
    const media = this.#items.get(id);
    return media && now - media.createdAt < MEDIA_LIFE ? media : null;
  }

  #dropExpired(now: number): void {
    for (const [id, media] of this.#items) {
      if (now - media.createdAt < MEDIA_LIFE) return;
      this.#items.delete(id);
    }
  }
}
