import { describe, expect, it } from 'vitest';
import { typingCall } from '#shared/domain/typing-sign';

const T = 1_790_000_000;

describe('the typing sign', () => {
  it('is asked for within 30 seconds of a message, and never without one', () => {
    expect(typingCall({ lastMessageAt: T, shownAt: null }, true, T + 29)).toBe('Typing');
    expect(typingCall({ lastMessageAt: T, shownAt: null }, true, T + 30)).toBeNull();
    expect(typingCall({ lastMessageAt: null, shownAt: null }, true, T)).toBeNull();
  });

  it('is not asked for twice while it shows, and again when it is over or a message ended it', () => {
    expect(typingCall({ lastMessageAt: T, shownAt: T + 1 }, true, T + 10)).toBeNull();
    expect(typingCall({ lastMessageAt: T, shownAt: T + 1 }, true, T + 16)).toBe('Typing');
    expect(typingCall({ lastMessageAt: T + 5, shownAt: T + 1 }, true, T + 6)).toBe('Typing');
  });

  it('is taken back only while it shows', () => {
    expect(typingCall({ lastMessageAt: T, shownAt: T + 1 }, false, T + 10)).toBe('CancelTyping');
    expect(typingCall({ lastMessageAt: T, shownAt: T + 1 }, false, T + 16)).toBeNull();
    expect(typingCall({ lastMessageAt: T, shownAt: null }, false, T + 1)).toBeNull();
  });
});
