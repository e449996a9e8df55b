/**
 * What the relay asks of its storage. Adapters: SQLite (one machine) and an in-memory one that lives as long as the
 * process; `test/contract/relay-store` says what every adapter must do.
 *
 * Every promise of a method that changes something resolves only after the change would survive a power cut; it rejects
 * with AppError `relay/store-unavailable` when the store could not take it (disk full, locked for too long), and then
 * nothing of it is kept.
 */
import type { UnixSeconds } from '#shared/domain/clock';

export type WorkspaceId = number;
export type DeviceId = number;

/** A callback that passed every check and waits to be made durable. */
export interface IncomingMessage {
  readonly workspaceId: WorkspaceId;
  readonly appid: string;
  readonly receivedAt: UnixSeconds;
  /** The same for the same delivery and for no other: a second one is not stored. */
  readonly replayKey: Buffer;
  /** The query string as it came, without `?`. */
  readonly query: string;
  readonly body: Buffer;
}

export type AppendOutcome = 'stored' | 'duplicate';

export interface StoredMessage {
  readonly seq: number;
  readonly appid: string;
  readonly receivedAt: UnixSeconds;
  readonly query: string;
  readonly body: Buffer;
}

export interface FeedWindow {
  readonly limit: number;
  /** Stop before the bodies exceed this many bytes; the first message always comes. */
  readonly maxBytes: number;
}

export interface FeedPage {
  readonly messages: readonly StoredMessage[];
  /** The cursor that continues after these messages. */
  readonly next: number;
}

export interface Device {
  readonly id: DeviceId;
  readonly workspaceId: WorkspaceId;
}

export interface PairingCode {
  readonly codeHash: Buffer;
  /** Null is the first workspace, which is made when there is none. */
  readonly workspaceName: string | null;
  readonly createdAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
}

export interface Redemption {
  readonly codeHash: Buffer;
  readonly now: UnixSeconds;
  readonly deviceName: string;
  readonly tokenHash: Buffer;
}

export interface AccountChange {
  readonly workspaceId: WorkspaceId;
  readonly appid: string;
  /** The callback key a new account gets; an account that is already there keeps its own. */
  readonly newKey: string;
  readonly mode: 'sealed';
  /** The callback Token, encrypted. */
  readonly sealedToken: Buffer;
}

export interface StoredAccount {
  readonly key: string;
  readonly workspaceId: WorkspaceId;
  readonly appid: string;
  readonly mode: 'sealed';
  readonly sealedToken: Buffer;
}

export interface RetentionPolicy {
  /** Messages received before this, and acknowledged by every device of their workspace, are removed. */
  readonly removeReadBefore: UnixSeconds;
  /** While the store is larger than this many bytes, the oldest acknowledged messages are removed earlier. */
  readonly maxBytes: number;
  /** Nothing received after this is removed: its replay key is still needed. */
  readonly keepAllAfter: UnixSeconds;
}

export interface SweepReport {
  readonly removed: number;
  /** Unread messages that are older than the policy allows. They are kept. */
  readonly unreadOverAge: number;
  /** Bytes in use after the sweep. */
  readonly bytes: number;
  /** The store is still larger than `maxBytes`, with nothing left that every device has read. */
  readonly overSize: boolean;
}

export interface RelayStore {
  /**
   * Makes one message durable and gives it the next `seq` of its workspace. Sequence numbers of a workspace rise in the
   * order in which messages become visible: whoever has seen `seq` will never see a smaller one appear.
   */
  append(message: IncomingMessage): Promise<AppendOutcome>;
  /**
   * Messages of a workspace with `seq` greater than `after`, in order. A cursor beyond the last message given out (the
   * store was restored from a backup) starts over: reading twice is repaired by the reader, a gap is not.
   */
  readFeed(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage>;
  /** Calls back after each commit that added messages to a workspace. Returns the disposer. */
  onCommitted(listener: (workspaceId: WorkspaceId) => void): () => void;

  /** Records that the device has everything up to `seq`; never goes back, never beyond the last message. Returns the result. */
  acknowledge(deviceId: DeviceId, seq: number): Promise<number>;

  addPairingCode(code: PairingCode): Promise<void>;
  /** Uses up a live code and adds the device to its workspace; null when no such code is live. */
  redeemPairingCode(redemption: Redemption): Promise<Device | null>;
  findDevice(tokenHash: Buffer): Promise<Device | null>;

  /** The account's callback key, or null when the appid belongs to another workspace. */
  saveAccount(change: AccountChange): Promise<string | null>;
  /** Whether this workspace had the account. Messages already received stay in the feed. */
  removeAccount(workspaceId: WorkspaceId, appid: string): Promise<boolean>;
  findAccount(key: string): Promise<StoredAccount | null>;

  sweep(policy: RetentionPolicy): Promise<SweepReport>;
  /** Stores the fingerprint of the master key if there is none yet; returns the one that is stored. */
  claimKeyFingerprint(fingerprint: Buffer): Promise<Buffer>;
  /** Resolves when the store answers and its latest write succeeded; rejects with `relay/store-unavailable`. */
  check(): Promise<void>;
  /** Finishes what has been accepted, then closes. */
  close(): Promise<void>;
}
