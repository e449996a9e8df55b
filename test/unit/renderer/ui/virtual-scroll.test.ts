import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atFalseEnd,
  MAX_PHYSICAL,
  physicalHeight,
  reveal,
  scrolled,
  settled,
  TOP,
  visibleRows,
  type Extent,
  type ScrollPosition,
} from '../../../../src/renderer/ui/virtual-scroll';

const ROW = 40;
const MILLION: Extent = { content: 1_000_000 * ROW, viewport: 640 };
const SMALL: Extent = { content: 100 * ROW, viewport: 640 };
const bottom = (extent: Extent) => physicalHeight(extent.content) - extent.viewport;

/** What the list does after each movement of the scroll box. */
function move(from: ScrollPosition, physical: number, extent: Extent): ScrollPosition {
  const next = scrolled(from, Math.min(Math.max(0, physical), bottom(extent)), extent);
  return atFalseEnd(next, extent) ? settled(next, extent) : next;
}

describe('scrolling', () => {
  it('is the browser’s own while the rows fit', () => {
    expect(scrolled(TOP, 1234, SMALL)).toEqual({ virtual: 1234, physical: 1234 });
    expect(physicalHeight(SMALL.content)).toBe(SMALL.content);
  });

  it('never asks the browser for more height than it can lay out', () => {
    expect(physicalHeight(MILLION.content)).toBe(MAX_PHYSICAL);
  });

  it('moves a million rows one to one by the wheel', () => {
    expect(scrolled(TOP, 120, MILLION).virtual).toBe(120);
  });

  it('reaches the last row by dragging to the end, and the first by dragging back', () => {
    const end = move(TOP, bottom(MILLION), MILLION);
    expect(visibleRows(end, MILLION, ROW, 1_000_000, 0).end).toBe(1_000_000);
    expect(move(end, 0, MILLION)).toEqual(TOP);
  });

  it('reaches the first row by the wheel alone, wherever it starts', () => {
    let position = settled({ virtual: 30_000, physical: 0 }, MILLION);
    for (let step = 0; step < 300 && position.virtual > 0; step += 1) {
      position = move(position, position.physical - 120, MILLION);
    }
    expect(position.virtual).toBe(0);
  });

  it('keeps the rows still when the scroll bar settles', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MILLION.content - MILLION.viewport }), (virtual) => {
        expect(settled({ virtual, physical: 0 }, MILLION).virtual).toBe(virtual);
      }),
    );
  });

  it('never leaves the list, whatever the movements', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -MAX_PHYSICAL, max: MAX_PHYSICAL }), { maxLength: 60 }),
        (steps) => {
          let position = TOP;
          for (const step of steps) {
            position = move(position, position.physical + step, MILLION);
            expect(position.virtual).toBeGreaterThanOrEqual(0);
            expect(position.virtual).toBeLessThanOrEqual(MILLION.content - MILLION.viewport);
          }
        },
      ),
    );
  });
});

describe('rows on screen', () => {
  it('are few, however many there are', () => {
    const range = visibleRows({ virtual: 20_000_000, physical: 0 }, MILLION, ROW, 1_000_000, 8);
    expect(range).toEqual({ first: 499_992, end: 500_024 });
  });

  it('end with the list', () => {
    expect(visibleRows(TOP, { content: 3 * ROW, viewport: 640 }, ROW, 3, 8)).toEqual({ first: 0, end: 3 });
  });

  it('are revealed by the shortest way', () => {
    expect(reveal(TOP, SMALL, ROW, 3)).toBe(TOP);
    expect(reveal(TOP, SMALL, ROW, 20).virtual).toBe(21 * ROW - 640);
    expect(reveal({ virtual: 1000, physical: 1000 }, SMALL, ROW, 2).virtual).toBe(80);
  });
});
