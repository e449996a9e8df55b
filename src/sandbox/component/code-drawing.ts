import { createRandom } from '../random';

const SIZE = 29;
/** The three corner squares of a QR code, with the free line around them. */
const CORNER = 8;

/** A drawing that looks like a QR code and holds nothing: in the sandbox buttons stand in for the phone. */
export function drawCode(name: string): string {
  const random = createRandom('code', name);
  const dark: string[] = [];
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const on = isCorner(x, y) ? isCornerDark(x, y) : random.chance(0.5);
      if (on) dark.push(`M${x} ${y}h1v1h-1z`);
    }
  }
  return `<svg viewBox="-2 -2 ${SIZE + 4} ${SIZE + 4}" width="230" height="230" role="img" aria-hidden="true"><path fill="#fff" d="M-2-2h${SIZE + 4}v${SIZE + 4}h-${SIZE + 4}z"/><path d="${dark.join('')}"/></svg>`;
}

function isCorner(x: number, y: number): boolean {
  const [left, top] = [x < CORNER, y < CORNER];
  return (left && top) || (x >= SIZE - CORNER && top) || (left && y >= SIZE - CORNER);
}

function isCornerDark(x: number, y: number): boolean {
  const column = x < CORNER ? x : SIZE - 1 - x;
  const row = y < CORNER ? y : SIZE - 1 - y;
  if (column > 6 || row > 6) return false;
  const ring = Math.max(Math.abs(column - 3), Math.abs(row - 3));
  return ring !== 2;
}
