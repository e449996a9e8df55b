import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { replaceSlash, slashQuery, type SlashQuery } from '#shared/domain/quick-replies/slash';
import type { Filled } from '#shared/domain/quick-replies/variables';

/** What a key does while the list is open; true: the field must not see the key. */
type OnKey = (event: KeyboardEvent) => boolean;

export interface Slash {
  /** What is being asked for; null: nothing, or it was put away. */
  readonly call: SlashQuery | null;
  readonly dismiss: () => void;
  /** Puts a text in the place of the call, as if it were typed, and selects the first blank. */
  readonly insert: (filled: Pick<Filled, 'text' | 'firstBlank'>) => void;
  readonly field: () => HTMLTextAreaElement | null;
}

/**
 * Watches the composer's field for a slash. Keys are taken at the field itself, before the page hears of them, and never
 * while an input method is composing: its Enter and arrows belong to it.
 */
export function useSlash(root: RefObject<HTMLElement | null>, onKey: OnKey): Slash {
  const [call, setCall] = useState<SlashQuery | null>(null);
  /** Where the slash stands that was put away with Escape: it stays away until it is gone. */
  const dismissed = useRef<number | null>(null);
  const keyHandler = useRef(onKey);
  useEffect(() => {
    keyHandler.current = onKey;
  });

  const field = useCallback(
    () => root.current?.closest('section')?.querySelector('textarea') ?? null,
    [root],
  );

  useEffect(() => {
    const area = field();
    if (!area) return;
    let composing = false;
    const look = (): void => {
      if (composing) return;
      const caret = area.selectionStart === area.selectionEnd ? area.selectionStart : -1;
      const found = caret < 0 || area.disabled ? null : slashQuery(area.value, caret);
      if (found === null) dismissed.current = null;
      const shown = found !== null && dismissed.current !== found.from ? found : null;
      setCall((now) => (sameCall(now, shown) ? now : shown));
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (composing || event.isComposing || event.keyCode === 229) return;
      if (!keyHandler.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const begin = (): void => {
      composing = true;
    };
    const end = (): void => {
      composing = false;
      look();
    };
    const leave = (): void => setCall(null);
    const watched = ['input', 'keyup', 'click', 'focus'] as const;
    for (const name of watched) area.addEventListener(name, look);
    area.addEventListener('keydown', onKeyDown);
    area.addEventListener('compositionstart', begin);
    area.addEventListener('compositionend', end);
    area.addEventListener('blur', leave);
    return () => {
      for (const name of watched) area.removeEventListener(name, look);
      area.removeEventListener('keydown', onKeyDown);
      area.removeEventListener('compositionstart', begin);
      area.removeEventListener('compositionend', end);
      area.removeEventListener('blur', leave);
    };
  }, [field]);

  const dismiss = useCallback(() => {
    setCall((now) => {
      dismissed.current = now?.from ?? null;
      return null;
    });
  }, []);

  const insert = useCallback(
    (filled: Pick<Filled, 'text' | 'firstBlank'>) => {
      const area = field();
      if (!area || call === null) return;
      const { selection } = replaceSlash(area.value, call, filled);
      area.focus();
      area.setSelectionRange(call.from, call.to);
      // The browser's own way: it tells the page as of typing, and can be taken back with Ctrl-Z.
      document.execCommand(filled.text === '' ? 'delete' : 'insertText', false, filled.text);
      area.setSelectionRange(selection.start, selection.end);
      setCall(null);
    },
    [field, call],
  );
  return { call, dismiss, insert, field };
}

function sameCall(one: SlashQuery | null, other: SlashQuery | null): boolean {
  return one?.from === other?.from && one?.to === other?.to && one?.query === other?.query;
}
