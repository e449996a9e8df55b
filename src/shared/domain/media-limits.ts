/** What WeChat accepts: formats, sizes and durations of media, and the length of a text. */

const KB = 1024;
const MB = 1024 * KB;

/** Bytes of UTF-8 in one text message, custom or passive. */
export const MAX_TEXT_BYTES = 2048;

export type MediaKind = 'image' | 'voice' | 'video' | 'thumb' | 'article-picture';
export type MediaStorage = 'temporary' | 'permanent';

export interface MediaLimit {
  /** Largest size in bytes. */
  readonly bytes: number;
  /** Longest duration in seconds; null: none. */
  readonly seconds: number | null;
  readonly mimes: readonly string[];
}

const AMR_MP3 = ['audio/amr', 'audio/mpeg', 'audio/mp3'];

const LIMITS: Readonly<Record<MediaStorage, Readonly<Record<MediaKind, MediaLimit>>>> = {
  temporary: {
    image: { bytes: 10 * MB, seconds: null, mimes: ['image/jpeg', 'image/png', 'image/gif'] },
    voice: { bytes: 2 * MB, seconds: 60, mimes: AMR_MP3 },
    video: { bytes: 10 * MB, seconds: null, mimes: ['video/mp4'] },
    thumb: { bytes: 64 * KB, seconds: null, mimes: ['image/jpeg'] },
    'article-picture': { bytes: MB - 1, seconds: null, mimes: ['image/jpeg', 'image/png'] },
  },
  permanent: {
    image: { bytes: 10 * MB, seconds: null, mimes: ['image/jpeg', 'image/png', 'image/gif', 'image/bmp'] },
    voice: {
      bytes: 2 * MB,
      seconds: 60,
      mimes: [...AMR_MP3, 'audio/x-ms-wma', 'audio/wav', 'audio/x-wav', 'audio/vnd.wave'],
    },
    video: { bytes: 10 * MB, seconds: null, mimes: ['video/mp4'] },
    thumb: { bytes: 64 * KB, seconds: null, mimes: ['image/jpeg'] },
    'article-picture': { bytes: MB - 1, seconds: null, mimes: ['image/jpeg', 'image/png'] },
  },
};

export function mediaLimit(kind: MediaKind, storage: MediaStorage = 'temporary'): MediaLimit {
  return LIMITS[storage][kind];
}

export interface MediaFacts {
  readonly bytes: number;
  /** Found by looking at the content, never taken from the name. */
  readonly mime: string;
  /** Duration when known. */
  readonly seconds?: number;
}

/** `code` and `params` are those of an AppError; `limit` reads the same in every language, e.g. `10 MB`. */
export type MediaVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: 'media/empty' | 'media/too-large' | 'media/too-long' | 'media/unsupported-type';
      readonly params: Readonly<Record<string, string | number>>;
    };

/** Whether WeChat would take a file, asked before anything is uploaded; names the limit that it breaks. */
export function checkMedia(
  kind: MediaKind,
  facts: MediaFacts,
  storage: MediaStorage = 'temporary',
): MediaVerdict {
  const limit = mediaLimit(kind, storage);
  const mime = facts.mime.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (facts.bytes <= 0) return { ok: false, code: 'media/empty', params: {} };
  if (!limit.mimes.includes(mime)) return { ok: false, code: 'media/unsupported-type', params: { mime } };
  if (facts.bytes > limit.bytes) {
    return { ok: false, code: 'media/too-large', params: { limit: formatBytes(limit.bytes) } };
  }
  if (limit.seconds !== null && facts.seconds !== undefined && facts.seconds > limit.seconds) {
    return { ok: false, code: 'media/too-long', params: { limit: limit.seconds } };
  }
  return { ok: true };
}

function formatBytes(bytes: number): string {
  return bytes >= MB - 1 ? `${Math.round(bytes / MB)} MB` : `${Math.round(bytes / KB)} KB`;
}

/** Bytes of a text in UTF-8, the unit in which WeChat counts; half a surrogate pair counts as the 3 bytes of U+FFFD. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
