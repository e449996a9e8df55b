/**
 * A map that is none: streets and blocks drawn from the coordinates alone, so that a place always looks the same and
 * nothing is fetched from anywhere. Units are those of a 304 × 120 drawing with the place in its middle.
 */

export const MAP_SIZE = { width: 304, height: 120 } as const;

export interface MapSketch {
  /** Minor and major streets as SVG paths. */
  readonly streets: string;
  readonly avenues: string;
  readonly water: string;
  readonly parks: readonly {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  }[];
}

export function mapSketch(place: { readonly latitude: number; readonly longitude: number }): MapSketch {
  const random = randomFrom(Math.round(place.latitude * 1e5) * 31 + Math.round(place.longitude * 1e5));
  const { width, height } = MAP_SIZE;
  const tilt = (random() - 0.5) * 24;
  const across = (y: number) => `M0 ${fixed(y - tilt / 2)}L${String(width)} ${fixed(y + tilt / 2)}`;
  const down = (x: number) => `M${fixed(x + tilt / 4)} 0L${fixed(x - tilt / 4)} ${String(height)}`;
  const rows = steps(-10, height + 10, () => 16 + random() * 14);
  const columns = steps(-10, width + 10, () => 20 + random() * 26);
  const bank = height * (random() < 0.5 ? 0.08 : 0.92);
  return {
    streets: [...rows.map(across), ...columns.map(down)].join(''),
    avenues: [across(height / 2 + 14 + random() * 10), down(width / 2 - 40 + random() * 20)].join(''),
    water: `M0 ${fixed(bank)}C${fixed(width * 0.3)} ${fixed(bank - 18 + random() * 36)} ${fixed(width * 0.7)} ${fixed(
      bank - 18 + random() * 36,
    )} ${String(width)} ${fixed(bank)}`,
    parks: [0, 1, 2].map(() => ({
      x: Math.round(random() * (width - 50)),
      y: Math.round(random() * (height - 30)),
      w: Math.round(24 + random() * 30),
      h: Math.round(14 + random() * 18),
    })),
  };
}

const fixed = (value: number): string => value.toFixed(1);

function steps(from: number, until: number, step: () => number): number[] {
  const places: number[] = [];
  for (let at = from; at < until; at += step()) places.push(at);
  return places;
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
