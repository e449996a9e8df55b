import type { Picture } from './picture';

/** Annex K of the JPEG standard: the luminance tables, used here for all three components. */
const QUANTISERS = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
].map((step) => Math.max(1, Math.round(step * 0.5)));
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
];
const DC_COUNTS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const AC_COUNTS = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d];
const AC_VALUES = [
  ...Buffer.from(
    '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a' +
      '3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a9293' +
      '9495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6' +
      'e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
    'hex',
  ),
];
const COSINES = Array.from({ length: 64 }, (_, i) => {
  const frequency = i >> 3;
  const scale = frequency === 0 ? Math.SQRT1_2 / 2 : 0.5;
  return scale * Math.cos(((2 * (i & 7) + 1) * frequency * Math.PI) / 16);
});

/** A code's bits and their number, by value. */
type Codes = ReadonlyMap<number, readonly [bits: number, length: number]>;

/** The picture as a baseline JPEG (JFIF) file, 4:4:4. */
export function encodeJpeg(picture: Picture): Buffer {
  const { width, height } = picture;
  const out = new BitWriter();
  out.segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  out.segment(0xdb, [0, ...ZIGZAG.map((place) => QUANTISERS[place] ?? 1)]);
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  out.segment(0xc0, [8, ...size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
  out.segment(0xc4, [0x00, ...DC_COUNTS, ...DC_VALUES]);
  out.segment(0xc4, [0x10, ...AC_COUNTS, ...AC_VALUES]);
  out.segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
  const dc = codesOf(DC_COUNTS, DC_VALUES);
  const ac = codesOf(AC_COUNTS, AC_VALUES);
  const previous = [0, 0, 0];
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let component = 0; component < 3; component += 1) {
        const levels = transform(blockOf(picture, left, top, component));
        writeBlock(out, levels, previous[component] ?? 0, dc, ac);
        previous[component] = levels[0] ?? 0;
      }
    }
  }
  return out.finish();
}

/** Samples of one component (Y, Cb, Cr) around zero; the last row and column repeat beyond the edge. */
function blockOf({ width, height, pixels }: Picture, left: number, top: number, component: number): number[] {
  const block: number[] = [];
  for (let i = 0; i < 64; i += 1) {
    const row = Math.min(height - 1, top + (i >> 3));
    const column = Math.min(width - 1, left + (i & 7));
    const at = (row * width + column) * 3;
    const [r, g, b] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
    if (component === 0) block.push(0.299 * r + 0.587 * g + 0.114 * b - 128);
    else if (component === 1) block.push(-0.168736 * r - 0.331264 * g + 0.5 * b);
    else block.push(0.5 * r - 0.418688 * g - 0.081312 * b);
  }
  return block;
}

/** Cosine transform by rows and columns, quantised, in zigzag order. */
function transform(block: readonly number[]): number[] {
  const rows = new Array<number>(64).fill(0);
  const both = new Array<number>(64).fill(0);
  for (let y = 0; y < 8; y += 1) {
    for (let u = 0; u < 8; u += 1) {
      for (let x = 0; x < 8; x += 1) {
        rows[y * 8 + u] = (rows[y * 8 + u] ?? 0) + (block[y * 8 + x] ?? 0) * (COSINES[u * 8 + x] ?? 0);
      }
    }
  }
  for (let v = 0; v < 8; v += 1) {
    for (let u = 0; u < 8; u += 1) {
      for (let y = 0; y < 8; y += 1) {
        both[v * 8 + u] = (both[v * 8 + u] ?? 0) + (rows[y * 8 + u] ?? 0) * (COSINES[v * 8 + y] ?? 0);
      }
    }
  }
  return ZIGZAG.map((place) => Math.round((both[place] ?? 0) / (QUANTISERS[place] ?? 1)));
}

function writeBlock(out: BitWriter, levels: readonly number[], before: number, dc: Codes, ac: Codes): void {
  const difference = (levels[0] ?? 0) - before;
  out.code(dc, bitLength(difference));
  out.amplitude(difference);
  let zeros = 0;
  for (let i = 1; i < 64; i += 1) {
    const level = levels[i] ?? 0;
    if (level === 0) {
      zeros += 1;
      continue;
    }
    for (; zeros > 15; zeros -= 16) out.code(ac, 0xf0);
    out.code(ac, (zeros << 4) | bitLength(level));
    out.amplitude(level);
    zeros = 0;
  }
  if (zeros > 0) out.code(ac, 0);
}

function bitLength(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
}

function codesOf(counts: readonly number[], values: readonly number[]): Codes {
  const codes = new Map<number, readonly [number, number]>();
  let code = 0;
  let next = 0;
  for (const [index, count] of counts.entries()) {
    for (let i = 0; i < count; i += 1) {
      codes.set(values[next] ?? 0, [code, index + 1]);
      code += 1;
      next += 1;
    }
    code <<= 1;
  }
  return codes;
}

class BitWriter {
  readonly #bytes: number[] = [0xff, 0xd8];
  #pending = 0;
  #count = 0;

  segment(marker: number, payload: readonly number[]): void {
    const length = payload.length + 2;
    this.#bytes.push(0xff, marker, length >> 8, length & 255, ...payload);
  }

  code(codes: Codes, value: number): void {
    const code = codes.get(value);
    if (!code) throw new RangeError('no code for this value');
    this.#put(code[0], code[1]);
  }

  /** The bits that tell a number among those of its length. */
  amplitude(value: number): void {
    const length = bitLength(value);
    this.#put(value < 0 ? value + 2 ** length - 1 : value, length);
  }

  finish(): Buffer {
    if (this.#count > 0) this.#put(2 ** (8 - this.#count) - 1, 8 - this.#count);
    this.#bytes.push(0xff, 0xd9);
    return Buffer.from(this.#bytes);
  }

  #put(bits: number, length: number): void {
    for (let i = length - 1; i >= 0; i -= 1) {
      this.#pending = (this.#pending << 1) | ((bits >> i) & 1);
      this.#count += 1;
      if (this.#count < 8) continue;
      this.#bytes.push(this.#pending);
      // A full byte of ones would look like a marker: a zero follows it.
      if (this.#pending === 0xff) this.#bytes.push(0);
      this.#pending = 0;
      this.#count = 0;
    }
  }
}
