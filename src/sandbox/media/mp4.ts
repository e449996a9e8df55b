import { drawPicture, type Picture } from './picture';

const WIDTH = 160;
const HEIGHT = 96;
/** Ticks per second, and ticks each frame shows. */
const TIMESCALE = 1000;
const FRAME_TICKS = 1000;

/**
 * A small silent H.264 video of `seconds` still pictures. Each macroblock is stored raw (I_PCM), which every decoder
 * must read, so no compression needs to be written here.
 */
export function encodeMp4(name: string, seconds: number): Buffer {
  const frames = Array.from({ length: seconds }, (_, index) =>
    frame(drawPicture(`${name}/${index}`, WIDTH, HEIGHT), index),
  );
  const ftyp = box('ftyp', text('isom'), u32(0x200), text('isomiso2avc1mp41'));
  const moovSize = movie(frames, 0).length;
  const moov = movie(frames, ftyp.length + moovSize + 8);
  return Buffer.concat([ftyp, moov, box('mdat', ...frames)]);
}

/** One key frame as a length-prefixed NAL unit. */
function frame(picture: Picture, index: number): Buffer {
  const bits = new Bits();
  // Slice header: first macroblock 0, I slice, set 0, frame_num 0, idr_pic_id, no marking, qp delta 0, no deblocking.
  bits
    .ue(0)
    .ue(7)
    .ue(0)
    .u(4, 0)
    .ue(index & 1)
    .u(1, 0)
    .u(1, 0)
    .se(0)
    .ue(1);
  for (let y = 0; y < HEIGHT / 16; y += 1) {
    for (let x = 0; x < WIDTH / 16; x += 1) macroblock(bits, picture, x * 16, y * 16);
  }
  const nal = escapeNal(Buffer.concat([Buffer.from([0x65]), bits.end()]));
  return Buffer.concat([u32(nal.length), nal]);
}

function macroblock(bits: Bits, picture: Picture, left: number, top: number): void {
  bits.ue(25).align();
  for (let i = 0; i < 256; i += 1) bits.byte(luma(picture, left + (i & 15), top + (i >> 4)));
  for (const [r, g, b] of [
    [-0.148, -0.291, 0.439],
    [0.439, -0.368, -0.071],
  ] as const) {
    for (let i = 0; i < 64; i += 1) {
      const [red, green, blue] = pixel(picture, left + (i & 7) * 2, top + (i >> 3) * 2);
      bits.byte(Math.round(128 + r * red + g * green + b * blue));
    }
  }
}

function luma(picture: Picture, x: number, y: number): number {
  const [red, green, blue] = pixel(picture, x, y);
  return Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue);
}

function pixel({ width, pixels }: Picture, x: number, y: number): readonly [number, number, number] {
  const at = (y * width + x) * 3;
  return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
}

/** Sequence parameters: baseline, level 1.1, picture order by decoding order, 10 × 6 macroblocks, no cropping. */
function sequenceParameters(): Buffer {
  const bits = new Bits();
  bits
    .ue(0)
    .ue(0)
    .ue(2)
    .ue(0)
    .u(1, 0)
    .ue(WIDTH / 16 - 1)
    .ue(HEIGHT / 16 - 1)
    .u(1, 1)
    .u(1, 1)
    .u(1, 0)
    .u(1, 0);
  return escapeNal(Buffer.concat([Buffer.from([0x67, 66, 0xc0, 11]), bits.end()]));
}

/** Picture parameters: CAVLC, one slice group, deblocking control present so that slices can switch it off. */
function pictureParameters(): Buffer {
  const bits = new Bits();
  bits
    .ue(0)
    .ue(0)
    .u(1, 0)
    .u(1, 0)
    .ue(0)
    .ue(0)
    .ue(0)
    .u(1, 0)
    .u(2, 0)
    .se(0)
    .se(0)
    .se(0)
    .u(1, 1)
    .u(1, 0)
    .u(1, 0);
  return escapeNal(Buffer.concat([Buffer.from([0x68]), bits.end()]));
}

function movie(frames: readonly Buffer[], firstOffset: number): Buffer {
  const duration = frames.length * FRAME_TICKS;
  const matrix = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32));
  const mvhd = full(
    'mvhd',
    0,
    zeros(8),
    u32(TIMESCALE),
    u32(duration),
    u32(0x10000),
    u16(0x100),
    zeros(10),
    matrix,
    zeros(24),
    u32(2),
  );
  const tkhd = full(
    'tkhd',
    3,
    zeros(8),
    u32(1),
    zeros(4),
    u32(duration),
    zeros(16),
    matrix,
    u32(WIDTH << 16),
    u32(HEIGHT << 16),
  );
  const mdhd = full('mdhd', 0, zeros(8), u32(TIMESCALE), u32(duration), u16(0x55c4), zeros(2));
  const hdlr = full('hdlr', 0, zeros(4), text('vide'), zeros(12), text('video\0'));
  const dinf = box('dinf', full('dref', 0, u32(1), full('url ', 1)));
  const minf = box('minf', full('vmhd', 1, zeros(8)), dinf, sampleTable(frames, firstOffset));
  return box('moov', mvhd, box('trak', tkhd, box('mdia', mdhd, hdlr, minf)));
}

function sampleTable(frames: readonly Buffer[], firstOffset: number): Buffer {
  const sps = sequenceParameters();
  const pps = pictureParameters();
  const avcC = box(
    'avcC',
    Buffer.from([1, 66, 0xc0, 11, 0xff, 0xe1]),
    u16(sps.length),
    sps,
    Buffer.from([1]),
    u16(pps.length),
    pps,
  );
  const avc1 = box(
    'avc1',
    zeros(6),
    u16(1),
    zeros(16),
    u16(WIDTH),
    u16(HEIGHT),
    u32(0x480000),
    u32(0x480000),
    zeros(4),
    u16(1),
    zeros(32),
    u16(24),
    u16(0xffff),
    avcC,
  );
  return box(
    'stbl',
    full('stsd', 0, u32(1), avc1),
    full('stts', 0, u32(1), u32(frames.length), u32(FRAME_TICKS)),
    full('stsc', 0, u32(1), u32(1), u32(frames.length), u32(1)),
    full('stsz', 0, u32(0), u32(frames.length), ...frames.map((data) => u32(data.length))),
    full('stco', 0, u32(1), u32(firstOffset)),
  );
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), text(type), body]);
}

/** A box with version 0 and flags. */
function full(type: string, flags: number, ...content: readonly Buffer[]): Buffer {
  return box(type, u32(flags), ...content);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function zeros(length: number): Buffer {
  return Buffer.alloc(length);
}

function text(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}

/** Two zero bytes before a small one would look like a start code: a 3 goes between. */
function escapeNal(nal: Buffer): Buffer {
  const out: number[] = [];
  let zerosSeen = 0;
  for (const byte of nal) {
    if (zerosSeen >= 2 && byte <= 3) {
      out.push(3);
      zerosSeen = 0;
    }
    out.push(byte);
    zerosSeen = byte === 0 ? zerosSeen + 1 : 0;
  }
  return Buffer.from(out);
}

/** Bits from the highest one, with the Exp-Golomb codes of H.264. */
class Bits {
  readonly #bytes: number[] = [];
  #pending = 0;
  #count = 0;

  u(length: number, value: number): this {
    for (let i = length - 1; i >= 0; i -= 1) {
      this.#pending = (this.#pending << 1) | ((value >> i) & 1);
      this.#count += 1;
      if (this.#count === 8) {
        this.#bytes.push(this.#pending);
        this.#pending = 0;
        this.#count = 0;
      }
    }
    return this;
  }

  ue(value: number): this {
    const length = Math.floor(Math.log2(value + 1));
    return this.u(length, 0).u(length + 1, value + 1);
  }

  se(value: number): this {
    return this.ue(value > 0 ? value * 2 - 1 : -value * 2);
  }

  /** Zero bits up to the next byte. */
  align(): this {
    while (this.#count > 0) this.u(1, 0);
    return this;
  }

  byte(value: number): void {
    this.#bytes.push(Math.max(1, Math.min(255, value)));
  }

  /** The stop bit and the bytes. */
  end(): Buffer {
    this.u(1, 1).align();
    return Buffer.from(this.#bytes);
  }
}
