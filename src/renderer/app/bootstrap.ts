/** What main says once, before anything is drawn. */
import { create } from 'zustand';
import type { AppErrorData } from '#shared/app-error';
import type { Output } from '#shared/ipc/contract';
import { call } from '../api';
import { askListAhead, forgetAskedAhead } from '../features/inbox/list/list-store';
import { setLocale } from '../i18n/i18n';
import { followServerClock } from '../ui/clock';
import { toAppErrorData } from '../ui/errors';
import { followAccounts, refreshAccounts, useAccounts } from './accounts-store';
import { followDemo } from './demo-store';
import { followDesktop } from './desktop-store';
import { followDoctor } from './doctor-store';
import { followNotices } from './notices-store';
import { applySettings, followSettings } from './settings-store';

export type Bootstrap = Output<'app.bootstrap'>;

interface BootstrapState {
  readonly info: Bootstrap | null;
  readonly error: AppErrorData | null;
}

export const useBootstrap = create<BootstrapState>(() => ({ info: null, error: null }));

/** Reads what main knows and fills the stores of the shell. When the app is blocked nothing else is asked. */
export async function bootstrap(): Promise<void> {
  try {
    const info = await call('app.bootstrap', {});
    applySettings(info.settings);
    setLocale(info.locale);
    if (!info.blocked) {
      // The inbox is what is drawn first, so that its first rows are read together with the accounts.
      askListAhead();
      await refreshAccounts();
      if (useAccounts.getState().accounts.length === 0) forgetAskedAhead();
    }
    useBootstrap.setState({ info, error: null });
  } catch (error) {
    useBootstrap.setState({ error: toAppErrorData(error) });
  }
}

/** Subscribes the shell's stores. Returns one disposer for all of them. */
export function followMain(): () => void {
  const disposers = [
    followServerClock(),
    followSettings(),
    followAccounts(),
    followDemo(),
    followDoctor(),
    followDesktop(),
    followNotices(),
  ];
  return () => {
    for (const dispose of disposers) dispose();
  };
}
