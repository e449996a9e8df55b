/** From a keystroke to a command of the one list. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { COMMAND_IDS, entryOf, type Chord, type CommandId } from '#shared/commands';
import { runCommand } from './commands';
import { useNavigation, type Place } from './navigation';

/** Whether the sheet of all keys is open; the settings open it too. */
export const useShortcutSheet = create<{ readonly open: boolean }>(() => ({ open: false }));

export const isMac = (): boolean => typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

/** How the platform writes its command key. */
export function modifierKey(): string {
  return isMac() ? '⌘' : 'Ctrl';
}

export interface Keystroke {
  readonly key: string;
  /** Physical key, e.g. Digit1: the same on every layout. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

/** Where the focus is when a key is pressed. */
export interface KeyPlace {
  readonly screen: Place;
  /** Text goes there: plain keys are letters. */
  readonly typing: boolean;
  /** It scrolls or moves by arrows itself. */
  readonly keepsArrows: boolean;
  /** A dialog or menu, which has keys of its own. */
  readonly overlay: boolean;
}

/** The command that a keystroke asks for, or null. Nothing while an input method composes. */
export function commandOf(
  stroke: Keystroke,
  place: KeyPlace,
): { readonly id: CommandId; readonly digit: number | null } | null {
  // Some input methods report the key that begins a composition as `Process` before they say that they compose.
  if (stroke.isComposing || (stroke.key === 'Process' && place.typing)) return null;
  for (const id of COMMAND_IDS) {
    const { keys, screen, ownKeys } = entryOf(id);
    if (!keys || ownKeys || (screen !== undefined && screen !== place.screen)) continue;
    for (const chord of keys) {
      const digit = pressed(stroke, chord);
      if (digit !== false && allowed(chord, place)) return { id, digit };
    }
  }
  return null;
}

/** Plain keys belong to whoever types and to dialogs; arrows also to what scrolls by them. */
function allowed(chord: Chord, place: KeyPlace): boolean {
  if (place.overlay && !(chord.mod && chord.key === 'k')) return false;
  if (chord.mod || chord.alt) return true;
  return !place.typing && !(place.keepsArrows && chord.key.startsWith('Arrow'));
}

/** The digit of a family, null for another chord that was pressed, false when it was not. */
function pressed(stroke: Keystroke, chord: Chord): number | null | false {
  if (Boolean(chord.mod) !== (stroke.ctrlKey || stroke.metaKey)) return false;
  if (Boolean(chord.alt) !== stroke.altKey) return false;
  if (/^\d(-\d)?$/.test(chord.key)) {
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(stroke.code)?.[1];
    if (digit === undefined) return false;
    if (chord.key === digit) return null;
    return chord.key === '1-9' && digit !== '0' ? Number(digit) : false;
  }
  if (/^[a-z]$/.test(chord.key)) {
    return Boolean(chord.shift) === stroke.shiftKey && letterOf(stroke) === chord.key ? null : false;
  }
  // A character is what it is, whichever keys a layout needs for it.
  if (chord.key.length === 1) return halfWidth(stroke.key) === chord.key ? null : false;
  return Boolean(chord.shift) === stroke.shiftKey && stroke.key === chord.key ? null : false;
}

/** The Latin letter of a key, by its place where the layout has other letters. */
function letterOf({ key, code }: Keystroke): string {
  const letter = halfWidth(key).toLowerCase();
  return /^[a-z]$/.test(letter) ? letter : (/^Key([A-Z])$/.exec(code)?.[1] ?? '').toLowerCase();
}

/** Chinese input methods give ？ and ＊ for ? and *. */
function halfWidth(key: string): string {
  return key.length === 1 && key >= '！' && key <= '～'
    ? String.fromCharCode(key.charCodeAt(0) - 0xfee0)
    : key;
}

/** Whether the focus is where text goes. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="combobox"]'))
  );
}

const within = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

const WALKING: ReadonlySet<CommandId> = new Set(['next', 'previous']);

/** One listener for all keys of the list. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const { target } = event;
      const found = commandOf(event, {
        screen: useNavigation.getState().screen,
        typing: isTyping(target),
        keepsArrows: within(
          target,
          '[data-keeps-arrows], [role="separator"], [role="slider"], [role="radiogroup"]',
        ),
        overlay: within(target, '[role="dialog"], [role="menu"]'),
      });
      if (!found) return;
      // A key held down walks through the list; it must not set aside one conversation after another.
      if (event.repeat && !WALKING.has(found.id)) event.preventDefault();
      else if (runCommand(found.id, found.digit)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
