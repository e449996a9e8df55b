import type { Clock } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import type { Certificate } from './certificate-files';
import type { RelayStore } from './store/port';
import type { RelayTunnelOptions } from './tunnel/relay-tunnel';

export interface RelayLimits {
  /** Seconds a callback's timestamp may differ from the clock. WeChat's own retries take some 15. */
  readonly timestampWindow: number;
  /** Bytes of a callback's body. */
  readonly callbackBytes: number;
  /** Milliseconds in which a callback's body must have come. */
  readonly callbackMs: number;
  /** Attempts to pair per minute and address. */
  readonly pairAttempts: number;
  /** Visits of public pages per minute and address. */
  readonly landings: number;
  /** Requests per minute and device: far above a busy desktop, below a client that has gone wild. */
  readonly deviceRequests: number;
  /** Bodies in one page of the feed, in bytes. */
  readonly feedBytes: number;
  /** Long polls that one device may have open; one more ends the oldest. */
  readonly pollsPerDevice: number;
  /** Seconds a message is kept after it was received, when every device has it. */
  readonly retention: number;
  /** Seconds a message is kept that some device has not fetched. */
  readonly unreadRetention: number;
  /** Seconds between the warning that unread messages will be removed and their removal. */
  readonly unreadWarning: number;
  /** The same when it is storage that runs out. */
  readonly fullWarning: number;
  /** Bytes of storage above which messages are removed earlier: first those that every device has. */
  readonly storageBytes: number;
  /** Seconds between two sweeps. */
  readonly sweepInterval: number;
}

export const DEFAULT_LIMITS: RelayLimits = {
  timestampWindow: 10 * 60,
  callbackBytes: 256 * 1024,
  callbackMs: 10_000,
  pairAttempts: 20,
  landings: 120,
  deviceRequests: 120_000,
  feedBytes: 4 * 1024 * 1024,
  pollsPerDevice: 4,
  retention: 30 * 24 * 60 * 60,
  unreadRetention: 90 * 24 * 60 * 60,
  unreadWarning: 7 * 24 * 60 * 60,
  fullWarning: 24 * 60 * 60,
  storageBytes: 2 * 1024 * 1024 * 1024,
  sweepInterval: 10 * 60,
};

export interface RelayDeps {
  /** Stays the caller's: it is closed after the server is. */
  readonly store: RelayStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** 32 bytes; encrypts secrets at rest. */
  readonly masterKey: Buffer;
  /** A second master key, which only opens secrets: the one before or after, while keys are changed. */
  readonly otherMasterKey?: Buffer;
  /** Where the internet reaches the relay, e.g. `https://relay.example.com`; the listening address when left out. */
  readonly publicUrl?: string;
  readonly tunnel?: RelayTunnelOptions;
  /** The server's certificate, when no reverse proxy stands before it: read before, and followed when it is renewed. */
  readonly certificate?: Certificate;
  /**
   * Where WeChat's API answers, and its authorization pages when it is not WeChat itself, and where the tunnel leads besides
   * WeChat's hosts; `WECHAT_ORIGIN` when left out.
   */
  readonly wechatOrigin?: string;
  readonly limits?: Partial<RelayLimits>;
}
