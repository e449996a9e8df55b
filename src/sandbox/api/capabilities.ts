import type { Account } from '../state/account';
import { fail } from './errors';

/** Who may call an API (README.md §7). Where old and new pages disagree the new ones hold. */
export type Capability =
  /** Every account with a token. */
  | 'any'
  /** Verified accounts of both types. */
  | 'verified'
  /** Verified service accounts. */
  | 'verified-service';

/** Refuses with 48001 what the account's type and verification do not include, and with 48004 a banned account. */
export function requireCapability(account: Account, needed: Capability): void {
  const { verified, banned } = account.standing;
  if (needed !== 'any' && !verified) fail(48001);
  if (needed === 'verified-service' && account.type !== 'service') fail(48001);
  if (banned) fail(48004);
}
