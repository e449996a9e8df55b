import { describe, expect, it } from 'vitest';
import {
  FIRST_ROWS,
  MORE_ROWS,
  firstAtEnd,
  firstIndex,
  oneStepUp,
  trimmed,
} from '../../../../../src/renderer/features/inbox/chat/drawn-rows';

describe('the rows of a chat that are drawn', () => {
  it('are the newest screen of it when it opens, and all of a short one', () => {
    expect(firstIndex(firstAtEnd(24, 0), 24, 0)).toBe(24 - FIRST_ROWS);
    expect(firstIndex(firstAtEnd(3, 0), 3, 0)).toBe(0);
  });

  it('are more with each step up, as far as any are held', () => {
    const first = oneStepUp(firstAtEnd(100, 0), 0);
    expect(firstIndex(first, 100, 0)).toBe(100 - FIRST_ROWS - MORE_ROWS);
    expect(oneStepUp(5, 0)).toBe(0);
    expect(oneStepUp(0, 0)).toBe(0);
  });

  it('stay the same ones when older messages are put before them', () => {
    expect(firstIndex(0, 24, 0)).toBe(0);
    expect(firstIndex(0, 48, 24)).toBe(24);
    expect(firstIndex(oneStepUp(0, 24), 48, 24)).toBe(0);
  });

  it('are never less than a screen, whatever was taken away', () => {
    expect(firstIndex(30, 20, 0)).toBe(20 - FIRST_ROWS);
    expect(firstIndex(30, 4, 0)).toBe(0);
  });

  it('do not grow while somebody reads the newest for hours, and always fill two screens', () => {
    const size = { viewport: 600, content: 20_000 };
    const first = trimmed(0, { count: 500, prepended: 0 }, size);
    expect(500 - first).toBe(2 * 15);
    expect(trimmed(first, { count: 520, prepended: 0 }, { viewport: 600, content: 2_000 })).toBe(first);
  });
});
