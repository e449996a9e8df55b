/** Keys that work everywhere. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { useAccounts } from './accounts-store';
import { SCREENS, useNavigation } from './navigation';

/** Whether the sheet of all keys is open; the settings open it too. */
export const useShortcutSheet = create<{ readonly open: boolean }>(() => ({ open: false }));

const isMac = () => typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

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
  readonly isComposing: boolean;
}

export type Command =
  | { readonly type: 'account'; readonly index: number }
  | { readonly type: 'all-accounts' }
  | { readonly type: 'screen'; readonly index: number }
  | { readonly type: 'sheet' };

/** What a keystroke asks for, or null. Plain keys do nothing while someone types or composes. */
export function commandOf(stroke: Keystroke, typing: boolean): Command | null {
  if (stroke.isComposing) return null;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(stroke.code)?.[1];
  const modified = stroke.ctrlKey || stroke.metaKey;
  if (digit !== undefined && modified && !stroke.altKey) {
    return digit === '0' ? { type: 'all-accounts' } : { type: 'account', index: Number(digit) - 1 };
  }
  if (digit !== undefined && stroke.altKey && !modified) {
    const index = Number(digit) - 1;
    return index >= 0 && index < SCREENS.length ? { type: 'screen', index } : null;
  }
  if (!typing && !modified && !stroke.altKey && stroke.key === '?') return { type: 'sheet' };
  return null;
}

/** Whether the focus is where text goes. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="combobox"]'))
  );
}

function run(command: Command): void {
  const { selectAccount, go } = useNavigation.getState();
  switch (command.type) {
    case 'account': {
      const account = useAccounts.getState().accounts[command.index];
      if (account) selectAccount(account.appid);
      return;
    }
    case 'all-accounts':
      selectAccount(null);
      return;
    case 'screen': {
      const screen = SCREENS[command.index];
      if (screen) go(screen);
      return;
    }
    case 'sheet':
      useShortcutSheet.setState({ open: true });
  }
}

export function useGlobalShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const command = commandOf(event, isTyping(event.target));
      if (!command) return;
      event.preventDefault();
      run(command);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
