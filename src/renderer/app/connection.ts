/** One connection state for what the switcher shows. */
import type { Account } from '#shared/ipc/models';

export type ConnectionState = Account['connection']['state'];

/** The worst state of the accounts that should be connected; `off` only when all are. null without accounts. */
export function overallConnection(accounts: readonly Account[]): ConnectionState | null {
  if (accounts.length === 0) return null;
  const states = new Set(accounts.map((account) => account.connection.state));
  for (const state of ['offline', 'connecting', 'connected'] as const) if (states.has(state)) return state;
  return 'off';
}
