import type { Account } from '#shared/ipc/models';

const DAY = 86_400;
const SOON_DAYS = 60;

export type Verification =
  | { readonly state: 'none' }
  | { readonly state: 'valid'; readonly until: number | null }
  | { readonly state: 'ending'; readonly until: number; readonly days: number }
  | { readonly state: 'expired'; readonly until: number };

/** How the account's verification stands at `now` (unix seconds); it counts as ending within 60 days (S1.11). */
export function verificationOf(
  account: Pick<Account, 'verified' | 'verificationExpiresAt'>,
  now: number,
): Verification {
  const until = account.verificationExpiresAt;
  if (until !== null && until <= now) return { state: 'expired', until };
  if (!account.verified) return { state: 'none' };
  if (until !== null && until - now < SOON_DAYS * DAY) {
    return { state: 'ending', until, days: Math.ceil((until - now) / DAY) };
  }
  return { state: 'valid', until };
}
