import { describe, expect, it } from 'vitest';
import { DEFAULT_BOUNDS, usableBounds } from '#main/electron/window-bounds';

const SCREEN = [{ x: 0, y: 0, width: 1920, height: 1080 }];

describe('the place of the window', () => {
  it('is kept', () => {
    const bounds = { x: 100, y: 50, width: 1300, height: 900, maximized: true };
    expect(usableBounds(bounds, SCREEN)).toEqual(bounds);
  });

  it('is never smaller than 960 × 640', () => {
    expect(usableBounds({ width: 10, height: 10 }, SCREEN)).toMatchObject({ width: 960, height: 640 });
  });

  it.each([undefined, null, 'x', 7, {}, { width: '1' }, { width: NaN, height: 2 }])(
    'is 1280 × 800 when %j was stored',
    (stored) => {
      expect(usableBounds(stored, SCREEN)).toEqual(DEFAULT_BOUNDS);
    },
  );

  it.each([
    ['right of', { x: 1900, y: 0 }],
    ['left of', { x: -1250, y: 0 }],
    ['above', { x: 0, y: -300 }],
    ['below', { x: 0, y: 1060 }],
  ])('is left to the system when it would be %s every screen', (_where, at) => {
    expect(usableBounds({ ...at, width: 1280, height: 800 }, SCREEN)).toEqual(DEFAULT_BOUNDS);
  });

  it('may be on a second screen with negative coordinates', () => {
    const left = { x: -1920, y: 0, width: 1920, height: 1080 };
    expect(usableBounds({ x: -1900, y: 20, width: 1280, height: 800 }, [...SCREEN, left])).toMatchObject({
      x: -1900,
    });
  });
});
