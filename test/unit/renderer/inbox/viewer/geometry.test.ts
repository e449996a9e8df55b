import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted, moved, zoomed } from '../../../../../src/renderer/features/inbox/viewer/geometry';

const box = { width: 1000, height: 600 };

describe('an image in the viewer', () => {
  it('is shown whole, and a small one no larger than it is', () => {
    expect(fitted({ width: 4000, height: 600 }, box).scale).toBe(0.25);
    expect(fitted({ width: 40, height: 60 }, box).scale).toBe(1);
  });

  it('keeps under the pointer what is under it while it is zoomed', () => {
    const size = fc.double({ min: -400, max: 400, noNaN: true });
    fc.assert(
      fc.property(size, size, fc.double({ min: 0.5, max: 2, noNaN: true }), (x, y, factor) => {
        const before = { scale: 1, x: 20, y: -10 };
        const after = zoomed(before, factor, { x, y });
        expect((x - after.x) / after.scale).toBeCloseTo((x - before.x) / before.scale, 6);
        expect((y - after.y) / after.scale).toBeCloseTo((y - before.y) / before.scale, 6);
      }),
    );
  });

  it('cannot be pushed out of sight', () => {
    const image = { width: 2000, height: 300 };
    const far = moved({ scale: 1, x: 0, y: 0 }, { x: 9000, y: 9000 }, image, box);
    expect(far).toEqual({ scale: 1, x: 500, y: 0 });
  });
});
