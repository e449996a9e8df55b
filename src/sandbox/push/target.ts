import type { Account, ServerConfig } from '../state/account';

/** Where the pushes of an account go: its own server, or the platform that it authorized for messages. */
export interface CallbackTarget extends ServerConfig {
  /** The platform's AppID; absent for the account's own server. */
  readonly component?: string;
}

/** The AppID inside envelopes: the platform's, or the account's own. */
export function envelopeAppid(account: Account, target: CallbackTarget): string {
  return target.component ?? account.appid;
}
