import { createRandom } from '../random';

/** A small RGB picture, three bytes per pixel, rows from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

type Colour = readonly [red: number, green: number, blue: number];

/** Walls, tables, cups and cakes in the colours of a tea shop. */
const WALLS: readonly Colour[] = [
  [232, 221, 203],
  [214, 226, 219],
  [236, 214, 206],
  [205, 216, 228],
  [240, 232, 196],
];
const TABLES: readonly Colour[] = [
  [140, 98, 66],
  [96, 72, 58],
  [176, 136, 96],
  [84, 92, 88],
];
const FILLINGS: readonly Colour[] = [
  [120, 146, 64],
  [176, 106, 44],
  [205, 142, 60],
  [110, 60, 40],
  [214, 120, 128],
];
const CUP: Colour = [250, 248, 242];

/** What a customer might photograph at a tea shop; the same name gives the same picture. */
export function drawPicture(name: string, width: number, height: number): Picture {
  const random = createRandom('picture', name);
  const pixels = Buffer.alloc(width * height * 3);
  const wall = random.pick(WALLS);
  const table = random.pick(TABLES);
  const horizon = 0.55 + random.next() * 0.15;
  const cups = Array.from({ length: random.between(1, 3) }, (_, index) => ({
    x: 0.2 + index * 0.3 + random.next() * 0.08,
    y: horizon + 0.06 + random.next() * 0.14,
    radius: 0.09 + random.next() * 0.06,
    filling: random.pick(FILLINGS),
  }));
  const lampX = 0.15 + random.next() * 0.7;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const x = column / width;
      const y = row / height;
      const glow = Math.max(0, 1 - Math.hypot(x - lampX, y - 0.12) * 2.2);
      let colour: Colour = y < horizon ? wall : table;
      let light = y < horizon ? 0.86 + glow * 0.3 : 0.8 + (y - horizon) * 0.35 + grain(x, y);
      for (const cup of cups) {
        const distance = Math.hypot((x - cup.x) * (width / height), (y - cup.y) * 1.5);
        if (distance >= cup.radius) continue;
        const inside = distance < cup.radius * 0.8;
        colour = inside ? cup.filling : CUP;
        light = inside ? 0.85 + (cup.y - y) * 1.2 : 1;
      }
      const at = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        pixels[at + channel] = Math.max(0, Math.min(255, Math.round((colour[channel] ?? 0) * light)));
      }
    }
  }
  return { width, height, pixels };
}

/** Lines of wood. */
function grain(x: number, y: number): number {
  return 0.05 * Math.sin(y * 90 + Math.sin(x * 7) * 3);
}
