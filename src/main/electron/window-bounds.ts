/** Where the window was. Pixels of the screen. */
export interface WindowBounds {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const MIN_WIDTH = 960;
export const MIN_HEIGHT = 640;
export const DEFAULT_BOUNDS: WindowBounds = { width: 1280, height: 800, maximized: false };

/** Enough of the title bar to take hold of. */
const VISIBLE_MARGIN = 80;

/**
 * Bounds that can be used on the displays of today: never smaller than the minimum, and without a position when the
 * remembered place is no longer on any screen (a monitor was unplugged).
 */
export function usableBounds(stored: unknown, workAreas: readonly Rectangle[]): WindowBounds {
  if (typeof stored !== 'object' || stored === null) return DEFAULT_BOUNDS;
  const candidate = stored as Readonly<Record<string, unknown>>;
  const { x, y, width, height } = candidate;
  if (!isFiniteNumber(width) || !isFiniteNumber(height)) return DEFAULT_BOUNDS;
  const size = {
    width: Math.max(MIN_WIDTH, Math.round(width)),
    height: Math.max(MIN_HEIGHT, Math.round(height)),
    maximized: candidate['maximized'] === true,
  };
  if (!isFiniteNumber(x) || !isFiniteNumber(y)) return size;
  const reachable = workAreas.some(
    (area) =>
      x + size.width >= area.x + VISIBLE_MARGIN &&
      x <= area.x + area.width - VISIBLE_MARGIN &&
      y >= area.y &&
      y <= area.y + area.height - VISIBLE_MARGIN,
  );
  return reachable ? { ...size, x: Math.round(x), y: Math.round(y) } : size;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
