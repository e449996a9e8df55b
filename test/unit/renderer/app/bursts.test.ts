import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterBursts } from '../../../../src/renderer/app/bursts';

describe('reading again what changed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('happens soon after one change, and once for all that change with it', () => {
    const read = vi.fn();
    const reading = afterBursts(read);
    for (let change = 0; change < 10; change += 1) reading.soon();
    vi.advanceTimersByTime(250);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('happens at most twice a second while changes keep coming in, and once behind the last', () => {
    const read = vi.fn();
    const reading = afterBursts(read);
    for (let at = 0; at < 10_000; at += 20) {
      reading.soon();
      vi.advanceTimersByTime(20);
    }
    expect(read.mock.calls.length).toBeGreaterThan(10);
    expect(read.mock.calls.length).toBeLessThanOrEqual(21);
    const before = read.mock.calls.length;
    reading.soon();
    vi.advanceTimersByTime(1_000);
    expect(read).toHaveBeenCalledTimes(before + 1);
  });

  it('does not happen for a page that is left', () => {
    const read = vi.fn();
    const reading = afterBursts(read);
    reading.soon();
    reading.cancel();
    vi.advanceTimersByTime(1_000);
    expect(read).not.toHaveBeenCalled();
  });
});
