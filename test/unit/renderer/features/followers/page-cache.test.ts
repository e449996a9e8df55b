import { describe, expect, it, vi } from 'vitest';
import { AppError } from '#shared/app-error';
import { PAGE_ROWS, PageCache, type Page } from '../../../../../src/renderer/features/followers/page-cache';

/** A list of `total` rows whose answers are given by hand. */
function source(total: number) {
  const waiting: { readonly offset: number; readonly answer: () => void; readonly refuse: () => void }[] = [];
  const asked: number[] = [];
  let shift = 0;
  const read = (offset: number, limit: number) =>
    new Promise<Page<number>>((resolve, reject) => {
      asked.push(offset);
      waiting.push({
        offset,
        answer: () => {
          const count = Math.max(0, Math.min(limit, total - offset));
          resolve({ total, rows: Array.from({ length: count }, (_, index) => offset + index - shift) });
        },
        refuse: () => reject(new AppError({ code: 'db/locked' })),
      });
    });
  return {
    asked,
    read,
    insertAbove: (rows: number) => {
      shift += rows;
    },
    /** Answers everything that was asked, and what is asked then, until it is quiet. */
    settle: async () => {
      for (let quiet = 0; quiet < 3;) {
        const next = waiting.shift();
        next?.answer();
        quiet = next ? 0 : quiet + 1;
        await Promise.resolve();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    next: () => waiting.shift(),
  };
}

describe('the rows near the screen', () => {
  it('are read by page, and read as missing until they are here', async () => {
    const from = source(1_000_000);
    const cache = new PageCache(from.read);
    cache.want({ first: 499_990, end: 500_020 });
    expect(cache.row(500_000)).toBeUndefined();
    await from.settle();
    expect(cache.view().total).toBe(1_000_000);
    expect(cache.row(499_995)).toBe(499_995);
    expect(cache.row(500_000)).toBe(500_000);
    expect(from.asked).toEqual([499_900, 500_000]);
  });

  it('after a fling are those where it ended, not all it passed', async () => {
    const from = source(1_000_000);
    const cache = new PageCache(from.read);
    for (let first = 0; first < 900_000; first += 5000) cache.want({ first, end: first + 30 });
    cache.want({ first: 900_000, end: 900_030 });
    await from.settle();
    expect(cache.row(900_000)).toBe(900_000);
    expect(from.asked.length).toBeLessThanOrEqual(4);
  });

  it('are few at a time, however far one scrolls', async () => {
    const from = source(100_000);
    const cache = new PageCache(from.read);
    for (let page = 0; page < 100; page += 1) {
      cache.want({ first: page * PAGE_ROWS, end: page * PAGE_ROWS + 30 });
      await from.settle();
    }
    expect(cache.row(99 * PAGE_ROWS)).toBe(99 * PAGE_ROWS);
    expect(cache.row(0)).toBeUndefined();
  });

  it('stay on screen while they are read again, and change in one step', async () => {
    const from = source(1000);
    const cache = new PageCache(from.read);
    cache.want({ first: 90, end: 120 });
    await from.settle();
    from.insertAbove(3);
    cache.refresh();
    expect(cache.row(95)).toBe(95);
    const shown: (number | undefined)[][] = [];
    cache.subscribe(() => shown.push([cache.row(99), cache.row(100)]));
    await from.settle();
    expect(shown).toEqual([[96, 97]]);
    expect(cache.find((row) => row === 95)).toBe(98);
  });

  it('are read once more when changes come while they are read', async () => {
    const from = source(50);
    const cache = new PageCache(from.read);
    cache.want({ first: 0, end: 20 });
    await from.settle();
    for (let index = 0; index < 5; index += 1) cache.refresh();
    await from.settle();
    expect(from.asked).toEqual([0, 0, 0]);
  });

  it('say why they are missing, keep what is here, and are read on request', async () => {
    const from = source(1000);
    const cache = new PageCache(from.read);
    cache.want({ first: 0, end: 20 });
    await from.settle();
    cache.want({ first: 500, end: 520 });
    from.next()?.refuse();
    await vi.waitFor(() => expect(cache.view().error).toEqual({ code: 'db/locked' }));
    expect(cache.row(5)).toBe(5);
    cache.retry();
    await from.settle();
    expect(cache.view().error).toBeNull();
    expect(cache.row(500)).toBe(500);
  });
});
