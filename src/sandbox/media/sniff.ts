/** File formats WeChat tells apart by their content. */
export type FileFormat = 'png' | 'jpeg' | 'gif' | 'amr' | 'mp3' | 'mp4' | 'unknown';

export const CONTENT_TYPES: Readonly<Record<Exclude<FileFormat, 'unknown'>, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  amr: 'audio/amr',
  mp3: 'audio/mp3',
  mp4: 'video/mp4',
};

/** The format of a file by its first bytes, whatever its name says. */
export function sniff(bytes: Buffer): FileFormat {
  const head = bytes.toString('latin1', 0, 16);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('#!AMR\n') || head.startsWith('#!AMR-WB\n')) return 'amr';
  if (head.startsWith('ID3') || mp3FrameSeconds(bytes, 0) !== null) return 'mp3';
  if (head.slice(4, 8) === 'ftyp') return 'mp4';
  return 'unknown';
}

/** Seconds of sound in an AMR or MP3 file. */
export function voiceSeconds(bytes: Buffer, format: FileFormat): number {
  if (format === 'amr') return amrSeconds(bytes);
  return format === 'mp3' ? mp3Seconds(bytes) : 0;
}

/** Bytes of a speech frame by its mode, the header byte included; narrow band, then wide band. */
const AMR_NB_FRAMES = [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1];
const AMR_WB_FRAMES = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1];
const AMR_FRAME_SECONDS = 0.02;

function amrSeconds(bytes: Buffer): number {
  const wide = bytes.toString('latin1', 0, 9) === '#!AMR-WB\n';
  const sizes = wide ? AMR_WB_FRAMES : AMR_NB_FRAMES;
  let frames = 0;
  for (let at = wide ? 9 : 6; at < bytes.length; frames += 1) {
    at += sizes[((bytes[at] ?? 0) >> 3) & 15] ?? 1;
  }
  return frames * AMR_FRAME_SECONDS;
}

function mp3Seconds(bytes: Buffer): number {
  let at = 0;
  if (bytes.toString('latin1', 0, 3) === 'ID3') {
    // The tag's length has seven bits in each of four bytes.
    at = 10 + bytes.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 127), 0);
  }
  let seconds = 0;
  while (at + 4 <= bytes.length) {
    const frame = mp3FrameSeconds(bytes, at);
    if (frame === null) at += 1;
    else {
      seconds += frame.seconds;
      at += frame.bytes;
    }
  }
  return seconds;
}

const V1_L3_KBPS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const V2_L3_KBPS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const V1_RATES = [44_100, 48_000, 32_000];

/** The layer III frame at this place; null when there is none. */
function mp3FrameSeconds(bytes: Buffer, at: number): { bytes: number; seconds: number } | null {
  if (bytes.length < at + 4 || bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xe0) !== 0xe0) return null;
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  const version = (second >> 3) & 3;
  const layer3 = ((second >> 1) & 3) === 1;
  const rate = V1_RATES[(third >> 2) & 3];
  const kbps = (version === 3 ? V1_L3_KBPS : V2_L3_KBPS)[third >> 4];
  if (!layer3 || version === 1 || rate === undefined || !kbps) return null;
  const sampleRate = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  const samples = version === 3 ? 1152 : 576;
  const padding = (third >> 1) & 1;
  return {
    bytes: Math.floor(((samples / 8) * kbps * 1000) / sampleRate) + padding,
    seconds: samples / sampleRate,
  };
}
