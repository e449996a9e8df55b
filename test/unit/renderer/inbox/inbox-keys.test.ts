import { describe, expect, it } from 'vitest';
import { inboxCommand } from '../../../../src/renderer/features/inbox/inbox-keys';

const press = (key: string, over = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...over,
});
const list = { typing: false, keepsArrows: false };

describe('keys of the inbox', () => {
  it('move between conversations by arrows or J and K, and reply by R', () => {
    expect(inboxCommand(press('ArrowDown'), list)).toBe('next');
    expect(inboxCommand(press('j'), list)).toBe('next');
    expect(inboxCommand(press('ArrowUp'), list)).toBe('previous');
    expect(inboxCommand(press('k'), list)).toBe('previous');
    expect(inboxCommand(press('r'), list)).toBe('reply');
  });

  it('do nothing while someone types or an input method composes', () => {
    for (const key of ['j', 'k', 'r', 'ArrowDown']) {
      expect(inboxCommand(press(key), { ...list, typing: true })).toBeNull();
      expect(inboxCommand(press(key, { isComposing: true }), list)).toBeNull();
    }
  });

  it('leave arrows to what scrolls by them, and shortcuts with modifiers to others', () => {
    expect(inboxCommand(press('ArrowDown'), { ...list, keepsArrows: true })).toBeNull();
    expect(inboxCommand(press('j'), { ...list, keepsArrows: true })).toBe('next');
    expect(inboxCommand(press('r', { ctrlKey: true }), list)).toBeNull();
  });
});
