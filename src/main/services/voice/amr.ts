import { AppError } from '#shared/app-error';

/** WeChat's limit for voices in either direction (materials): 2 MB, 60 seconds. */
const MAX_BYTES = 2 * 1024 * 1024;
/** Phones stop a little after the minute. */
const MAX_SECONDS = 61;

const MAGIC = '#!AMR\n';
/** One frame is 20 ms: 160 samples of 8 kHz. */
const FRAMES_PER_SECOND = 50;

/** Bytes after a frame's first byte, by frame type (RFC 4867 §5.3): eight bit rates, comfort noise, no data. */
export const BODY_BYTES: Readonly<Record<number, number>> = {
  0: 12,
  1: 13,
  2: 15,
  3: 17,
  4: 19,
  5: 20,
  6: 26,
  7: 31,
  8: 5,
  15: 0,
};

/**
 * How many frames of 20 ms a narrow-band AMR file holds, which is also the proof that it is whole as far as its form
 * can tell: the decoder behind it reads whatever it is given.
 * @throws AppError media/unreadable for another format, a file that is cut off, empty or damaged, over 2 MB, or longer
 * than WeChat's 60 seconds
 */
export function countAmrFrames(bytes: Uint8Array): number {
  if (bytes.byteLength > MAX_BYTES) throw unreadable('over 2 MB');
  if (Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC)
    throw unreadable('not narrow-band AMR');
  let frames = 0;
  let offset = MAGIC.length;
  while (offset < bytes.byteLength) {
    const body = BODY_BYTES[((bytes[offset] ?? 0) >> 3) & 0b1111];
    if (body === undefined) throw unreadable(`frame ${frames} is of no known type`);
    offset += 1 + body;
    frames += 1;
    // A byte can stand for a frame, so the length is checked on the way: a small file must not become a huge one.
    if (frames > MAX_SECONDS * FRAMES_PER_SECOND) throw unreadable(`longer than ${MAX_SECONDS} s`);
  }
  if (offset !== bytes.byteLength) throw unreadable('cut off within a frame');
  if (frames === 0) throw unreadable('holds no sound');
  return frames;
}

/** @param reason for the log; the user reads the catalogue */
export function unreadable(reason: string): AppError {
  return new AppError({ code: 'media/unreadable' }, { cause: new Error(reason) });
}
