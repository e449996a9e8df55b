import type { ServerConfig } from '../state/account';

/** Where the pushes of an account go: its own server, or the platform that it authorized for messages. */
export interface CallbackTarget extends ServerConfig {
  /** The AppID inside envelopes: the account's own, or the component's. */
  readonly envelopeAppid: string;
}
