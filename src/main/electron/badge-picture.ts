/** Small pictures that carry a count, drawn point by point: there is no font and no canvas in the main process. */

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Rows of four bytes a point: blue, green, red, alpha, the colours multiplied by alpha, as Electron takes them. */
  readonly bitmap: Buffer;
}

/** Red of failures and counts, dark enough for white figures. */
const RED = [0xb3, 0x26, 0x1e] as const;
const WHITE = [0xff, 0xff, 0xff] as const;
/** Samples a side within one point, for smooth edges. */
const SAMPLES = 4;

/** Three by five points each, row by row. */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': '111101101101111',
  '1': '010110010010111',
  '2': '111001111100111',
  '3': '111001111001111',
  '4': '101101111001001',
  '5': '111100111001111',
  '6': '111100111101111',
  '7': '111001001001001',
  '8': '111101111101111',
  '9': '111101111001111',
  '+': '000010111010000',
};
const GLYPH_WIDTH = 3;
const GLYPH_HEIGHT = 5;

/** What stands on a badge: the count itself below ten, else `9+`; null for nothing. */
export function badgeText(count: number): string | null {
  if (count <= 0) return null;
  return count < 10 ? String(count) : '9+';
}

/** A red disc with a count, `size` points a side. */
export function badgePicture(count: number, size: number): Picture | null {
  const text = badgeText(count);
  if (text === null) return null;
  const bitmap = Buffer.alloc(size * size * 4);
  disc(bitmap, size, size / 2, size / 2, size / 2);
  figures(bitmap, size, text);
  return { width: size, height: size, bitmap };
}

/** The picture with a red dot in its upper right corner. */
export function withDot(picture: Picture): Picture {
  const bitmap = Buffer.from(picture.bitmap);
  const radius = picture.width * 0.22;
  disc(bitmap, picture.width, picture.width - radius, radius, radius);
  return { ...picture, bitmap };
}

function disc(bitmap: Buffer, width: number, cx: number, cy: number, radius: number): void {
  const height = bitmap.length / 4 / width;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let inside = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const px = x + ((sample % SAMPLES) + 0.5) / SAMPLES;
        const py = y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
        if (Math.hypot(px - cx, py - cy) <= radius) inside += 1;
      }
      blend(bitmap, (y * width + x) * 4, RED, inside / (SAMPLES * SAMPLES));
    }
  }
}

function figures(bitmap: Buffer, size: number, text: string): void {
  const columns = text.length * (GLYPH_WIDTH + 1) - 1;
  // As large as the square inside the disc allows.
  const scale = Math.max(1, Math.floor((size * 0.72) / Math.max(columns, GLYPH_HEIGHT)));
  const left = Math.round((size - columns * scale) / 2);
  const top = Math.round((size - GLYPH_HEIGHT * scale) / 2);
  [...text].forEach((character, index) => {
    [...(GLYPHS[character] ?? '')].forEach((set, place) => {
      if (set !== '1') return;
      const x = left + (index * (GLYPH_WIDTH + 1) + (place % GLYPH_WIDTH)) * scale;
      const y = top + Math.floor(place / GLYPH_WIDTH) * scale;
      for (let point = 0; point < scale * scale; point++) {
        const at = ((y + Math.floor(point / scale)) * size + x + (point % scale)) * 4;
        blend(bitmap, at, WHITE, 1);
      }
    });
  });
}

/** Lays a colour over a point. */
function blend(
  bitmap: Buffer,
  at: number,
  [red, green, blue]: readonly [number, number, number],
  alpha: number,
): void {
  if (alpha === 0) return;
  [blue, green, red, 255].forEach((value, channel) => {
    const below = bitmap[at + channel] ?? 0;
    bitmap[at + channel] = Math.round(value * alpha + below * (1 - alpha));
  });
}
