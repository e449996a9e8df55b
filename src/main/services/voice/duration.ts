/** How long a voice lasts, from the frames of its file. */
import { BODY_BYTES } from './amr';

/** AMR frames of either band last 20 ms. */
const AMR_FRAME_SECONDS = 0.02;
const WIDE_MAGIC = '#!AMR-WB\n';
const NARROW_MAGIC = '#!AMR\n';
/** Bytes after a frame's first byte in wide band, by frame type (RFC 4867 §5.3). */
const WIDE_BODY_BYTES: Readonly<Record<number, number>> = {
  0: 17,
  1: 23,
  2: 32,
  3: 36,
  4: 40,
  5: 46,
  6: 50,
  7: 58,
  8: 60,
  9: 5,
};

/** Seconds of sound in an AMR or MP3 file; 0 for another one. A damaged file lasts as long as its readable frames. */
export function voiceSeconds(bytes: Uint8Array, mime: string): number {
  if (mime === 'audio/amr') return amrSeconds(bytes);
  return mime === 'audio/mpeg' ? mp3Seconds(bytes) : 0;
}

function amrSeconds(bytes: Uint8Array): number {
  const wide = latin1(bytes, 0, WIDE_MAGIC.length) === WIDE_MAGIC;
  const bodies = wide ? WIDE_BODY_BYTES : BODY_BYTES;
  let frames = 0;
  for (let at = wide ? WIDE_MAGIC.length : NARROW_MAGIC.length; at < bytes.length; frames += 1)
    at += 1 + (bodies[((bytes[at] ?? 0) >> 3) & 0b1111] ?? 0);
  return frames * AMR_FRAME_SECONDS;
}

/** kbit/s by index, layer III: MPEG 1, then MPEG 2 and 2.5. */
const KBPS_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBPS_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES_1 = [44_100, 48_000, 32_000];

function mp3Seconds(bytes: Uint8Array): number {
  let at = tagBytes(bytes);
  let seconds = 0;
  while (at + 4 <= bytes.length) {
    const frame = mp3Frame(bytes, at);
    if (frame === null) at += 1;
    else {
      seconds += frame.seconds;
      at += frame.bytes;
    }
  }
  return seconds;
}

/** Length of an ID3v2 tag, whose size has seven bits in each of four bytes; it may hold a cover picture. */
function tagBytes(bytes: Uint8Array): number {
  if (latin1(bytes, 0, 3) !== 'ID3') return 0;
  return 10 + bytes.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 0x7f), 0);
}

/** The layer III frame at this place; null when there is none. */
function mp3Frame(bytes: Uint8Array, at: number): { bytes: number; seconds: number } | null {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (first !== 0xff || (second & 0xe6) !== 0xe2) return null;
  // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5, 1: reserved.
  const version = (second >> 3) & 3;
  const rate = RATES_1[(third >> 2) & 3];
  const kbps = (version === 3 ? KBPS_1 : KBPS_2)[third >> 4];
  if (version === 1 || rate === undefined || !kbps) return null;
  const sampleRate = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  const samples = version === 3 ? 1152 : 576;
  const padding = (third >> 1) & 1;
  return {
    bytes: Math.floor((samples * kbps * 125) / sampleRate) + padding,
    seconds: samples / sampleRate,
  };
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString('latin1');
}
