/** The work of the commands that belong to no feature. */
import { useEffect } from 'react';
import type { CommandId } from '#shared/commands';
import { COMMAND_IDS } from '#shared/commands';
import { subscribe } from '../api';
import { useToast } from '../ui/toast';
import { useAccounts } from './accounts-store';
import { provideCommands, runCommand } from './commands';
import { SCREENS, useNavigation } from './navigation';
import { openPalette } from './palette/palette-store';
import { requestSearch } from './search-request';
import { updateSettings } from './settings-store';
import { useShortcutSheet } from './shortcuts';

export function useAppCommands(): void {
  const toast = useToast();
  useEffect(() => {
    const setting = (patch: Parameters<typeof updateSettings>[0]) => () => {
      updateSettings(patch).catch((error: unknown) => toast.failed(error));
    };
    const disposers = [
      provideCommands({
        palette: openPalette,
        'search-everywhere': () => {
          // The search lies over the inbox, where its hits lead.
          useNavigation.getState().go('inbox');
          requestSearch('everywhere');
        },
        'account-nth': (digit) => {
          const account = digit === null ? undefined : useAccounts.getState().accounts[digit - 1];
          if (account) useNavigation.getState().selectAccount(account.appid);
        },
        'all-accounts': () => useNavigation.getState().selectAccount(null),
        'screen-nth': (digit) => {
          const screen = digit === null ? undefined : SCREENS[digit - 1];
          if (screen) useNavigation.getState().go(screen);
        },
        'add-account': () => useNavigation.getState().addAccount(),
        'theme-light': setting({ theme: 'light' }),
        'theme-dark': setting({ theme: 'dark' }),
        'theme-system': setting({ theme: 'system' }),
        'language-zh': setting({ locale: 'zh-CN' }),
        'language-en': setting({ locale: 'en' }),
        shortcuts: () => useShortcutSheet.setState({ open: true }),
      }),
      // Chosen in the native menu.
      subscribe('app.command', ({ id }) => {
        if (isCommand(id)) runCommand(id);
      }),
    ];
    return () => {
      for (const dispose of disposers) dispose();
    };
  }, [toast]);
}

function isCommand(id: string): id is CommandId {
  return COMMAND_IDS.some((known) => known === id);
}
