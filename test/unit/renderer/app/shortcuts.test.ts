import { describe, expect, it } from 'vitest';
import { commandOf, type KeyPlace, type Keystroke } from '../../../../src/renderer/app/shortcuts';

function stroke(patch: Partial<Keystroke>): Keystroke {
  return {
    ...{
      key: '',
      code: '',
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      isComposing: false,
    },
    ...patch,
  };
}
const letter = (key: string, patch: Partial<Keystroke> = {}) =>
  stroke({ key, code: `Key${key.toUpperCase()}`, ...patch });
const inbox: KeyPlace = { screen: 'inbox', typing: false, keepsArrows: false, overlay: false };
const typing: KeyPlace = { ...inbox, typing: true };
const asked = (keystroke: Keystroke, place: KeyPlace = inbox) => commandOf(keystroke, place)?.id ?? null;

describe('keys that work everywhere', () => {
  it('switch accounts by Ctrl or ⌘ and a digit, on any keyboard layout, also while typing', () => {
    const first = stroke({ key: '&', code: 'Digit1', ctrlKey: true });
    expect(commandOf(first, typing)).toEqual({ id: 'account-nth', digit: 1 });
    const ninth = stroke({ key: '9', code: 'Numpad9', metaKey: true });
    expect(commandOf(ninth, inbox)).toEqual({ id: 'account-nth', digit: 9 });
    expect(asked(stroke({ key: '0', code: 'Digit0', ctrlKey: true }))).toBe('all-accounts');
  });

  it('move between screens by Alt and a digit', () => {
    const second = stroke({ key: '2', code: 'Digit2', altKey: true });
    expect(commandOf(second, inbox)).toEqual({ id: 'screen-nth', digit: 2 });
  });

  it('open palette and search while typing, and only the palette out of a dialog', () => {
    expect(asked(letter('k', { ctrlKey: true }), typing)).toBe('palette');
    expect(asked(letter('F', { ctrlKey: true, shiftKey: true }), typing)).toBe('search-everywhere');
    expect(asked(letter('f', { metaKey: true }), typing)).toBe('search-chat');
    expect(asked(letter('k', { ctrlKey: true }), { ...typing, overlay: true })).toBe('palette');
    expect(asked(letter('f', { ctrlKey: true }), { ...typing, overlay: true })).toBeNull();
  });

  it('open the sheet by ?, also the full-width one, but not while someone types it', () => {
    expect(asked(stroke({ key: '?', code: 'Slash', shiftKey: true }))).toBe('shortcuts');
    expect(asked(stroke({ key: '？', code: 'Slash', shiftKey: true }))).toBe('shortcuts');
    expect(asked(stroke({ key: '?', code: 'Slash', shiftKey: true }), typing)).toBeNull();
  });

  it('leave plain digits to whoever types them', () => {
    expect(asked(stroke({ key: '1', code: 'Digit1' }))).toBeNull();
  });
});

describe('keys of the inbox', () => {
  it('move between conversations by arrows or J and K', () => {
    expect(asked(stroke({ key: 'ArrowDown', code: 'ArrowDown' }))).toBe('next');
    expect(asked(letter('j'))).toBe('next');
    expect(asked(stroke({ key: 'ArrowUp', code: 'ArrowUp' }))).toBe('previous');
    expect(asked(letter('k'))).toBe('previous');
  });

  it.each([
    ['r', 'reply'],
    ['e', 'done'],
    ['s', 'snooze'],
    ['t', 'tag'],
    ['p', 'pin'],
    ['m', 'mute'],
    ['u', 'unread'],
  ])('%s asks for %s', (key, command) => {
    expect(asked(letter(key))).toBe(command);
    expect(asked(letter(key.toUpperCase()))).toBe(command);
    expect(asked(letter(key), { ...inbox, screen: 'followers' })).toBeNull();
    expect(asked(letter(key, { ctrlKey: true }))).not.toBe(command);
    expect(asked(letter(key), { ...inbox, overlay: true })).toBeNull();
  });

  it('star by *, whichever keys a layout needs for it', () => {
    expect(asked(stroke({ key: '*', code: 'Digit8', shiftKey: true }))).toBe('star');
    expect(asked(stroke({ key: '*', code: 'NumpadMultiply' }))).toBe('star');
    expect(asked(stroke({ key: '＊', code: 'Digit8', shiftKey: true }))).toBe('star');
  });

  it('are found by their place on layouts without Latin letters', () => {
    expect(asked(stroke({ key: 'о', code: 'KeyJ' }))).toBe('next');
  });

  it('do nothing while someone types or an input method composes', () => {
    for (const key of ['j', 'k', 'r', 'e', 's']) {
      expect(asked(letter(key), typing)).toBeNull();
      expect(asked(letter(key, { isComposing: true }))).toBeNull();
    }
    expect(asked(stroke({ key: 'ArrowDown', code: 'ArrowDown' }), typing)).toBeNull();
    expect(asked(stroke({ code: 'Digit1', ctrlKey: true, isComposing: true }), typing)).toBeNull();
    expect(asked(stroke({ key: 'Process', code: 'KeyK', ctrlKey: true }), typing)).toBeNull();
  });

  it('leave arrows to what scrolls by them', () => {
    const scrolling = { ...inbox, keepsArrows: true };
    expect(asked(stroke({ key: 'ArrowDown', code: 'ArrowDown' }), scrolling)).toBeNull();
    expect(asked(letter('j'), scrolling)).toBe('next');
  });
});
