import { describe, expect, it } from 'vitest';
import { commandOf, type Keystroke } from '../../../../src/renderer/app/shortcuts';

function stroke(patch: Partial<Keystroke>): Keystroke {
  return { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...patch };
}

describe('keys that work everywhere', () => {
  it('switch accounts by Ctrl or ⌘ and a digit, on any keyboard layout, also while typing', () => {
    expect(commandOf(stroke({ key: '&', code: 'Digit1', ctrlKey: true }), true)).toEqual({
      type: 'account',
      index: 0,
    });
    expect(commandOf(stroke({ key: '9', code: 'Numpad9', metaKey: true }), false)).toEqual({
      type: 'account',
      index: 8,
    });
    expect(commandOf(stroke({ key: '0', code: 'Digit0', ctrlKey: true }), false)).toEqual({
      type: 'all-accounts',
    });
  });

  it('move between screens by Alt and a digit that has a screen', () => {
    expect(commandOf(stroke({ key: '2', code: 'Digit2', altKey: true }), false)).toEqual({
      type: 'screen',
      index: 1,
    });
    expect(commandOf(stroke({ key: '7', code: 'Digit7', altKey: true }), false)).toBeNull();
  });

  it('open the sheet by ?, but not while someone types it', () => {
    expect(commandOf(stroke({ key: '?', code: 'Slash' }), false)).toEqual({ type: 'sheet' });
    expect(commandOf(stroke({ key: '?', code: 'Slash' }), true)).toBeNull();
  });

  it('are ignored while an input method is composing', () => {
    expect(commandOf(stroke({ code: 'Digit1', ctrlKey: true, isComposing: true }), true)).toBeNull();
  });

  it('leave plain digits to whoever types them', () => {
    expect(commandOf(stroke({ key: '1', code: 'Digit1' }), false)).toBeNull();
  });
});
