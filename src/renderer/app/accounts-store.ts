/** The bound accounts, for the switcher and every screen; read again whenever main says they changed. */
import { create } from 'zustand';
import type { Account } from '#shared/ipc/models';
import type { AppErrorData } from '#shared/app-error';
import { call, subscribe } from '../api';
import { toAppErrorData } from '../ui/errors';
import { afterBursts } from './bursts';
import { useNavigation } from './navigation';

interface AccountsState {
  readonly accounts: readonly Account[];
  /** The same ones, each kept as it is while it only counts: for what has no use for the counts and is dear to draw. */
  readonly settled: readonly Account[];
  readonly loaded: boolean;
  readonly error: AppErrorData | null;
}

export const useAccounts = create<AccountsState>(() => ({
  accounts: [],
  settled: [],
  loaded: false,
  error: null,
}));

let reading: Promise<void> | null = null;
let again = false;

const withoutCounts = (account: Account): string =>
  JSON.stringify({ ...account, followers: 0, unread: 0, needsReply: 0, needsReplyMuted: 0 });

function settledOf(before: readonly Account[], accounts: readonly Account[]): readonly Account[] {
  const next = accounts.map(
    (account) => before.find((held) => withoutCounts(held) === withoutCounts(account)) ?? account,
  );
  const same = next.length === before.length && next.every((account, index) => account === before[index]);
  return same ? before : next;
}

/** Puts a list on screen and drops a filter on an account that is gone. */
export function applyAccounts(accounts: readonly Account[]): void {
  useAccounts.setState((before) => ({
    accounts,
    settled: settledOf(before.settled, accounts),
    loaded: true,
    error: null,
  }));
  const { accountFilter, selectAccount } = useNavigation.getState();
  if (accountFilter !== null && !accounts.some((account) => account.appid === accountFilter))
    selectAccount(null);
}

/** Reads the list; a change that arrives while reading causes one more read, never two at once. */
export function refreshAccounts(): Promise<void> {
  if (reading) {
    again = true;
    return reading;
  }
  reading = (async () => {
    do {
      again = false;
      try {
        applyAccounts(await call('accounts.list', {}));
      } catch (error) {
        useAccounts.setState({ loaded: true, error: toAppErrorData(error) });
      }
    } while (again);
  })().finally(() => {
    reading = null;
  });
  return reading;
}

/** Returns the disposer. */
export function followAccounts(): () => void {
  // Every message changes what its account counts.
  const refreshes = afterBursts(() => void refreshAccounts());
  const dispose = subscribe('accounts.changed', refreshes.soon);
  return () => {
    dispose();
    refreshes.cancel();
  };
}

/** An account without regard to what it counts. */
export function useSettledAccount(appid: string): Account | null {
  return useAccounts((state) => state.settled.find((account) => account.appid === appid) ?? null);
}

export function useAccount(appid: string | null): Account | null {
  return useAccounts((state) => state.accounts.find((account) => account.appid === appid) ?? null);
}
