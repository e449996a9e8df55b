/**
 * What the relay asks of its storage: a log of messages and collections of small documents. Adapters: SQLite (one
 * machine), NATS JetStream (a cluster) and an in-memory one that lives as long as the process; `test/contract/relay-store`
 * says what every adapter must do. What the documents mean is written once, in `src/relay/state`.
 *
 * Every promise of a method that changes something resolves only after the change would survive a power cut; it rejects
 * with AppError `relay/store-unavailable` when the store could not take it (disk full, locked for too long, no quorum).
 */
import type { UnixSeconds } from '#shared/domain/clock';

export type WorkspaceId = string;

/** `message`: a callback of WeChat. `auto-reply`: what the relay answered to one. `notice`: what the relay itself reports. */
export type ItemKind = 'message' | 'auto-reply' | 'notice';

/** An item that passed every check and waits to be made durable. */
export interface IncomingItem {
  readonly workspaceId: WorkspaceId;
  readonly kind: ItemKind;
  /** Empty for a notice that concerns no account. */
  readonly appid: string;
  readonly receivedAt: UnixSeconds;
  /**
   * The same for the same delivery and for no other: a second one is not stored. One of 24 or 32 bytes begins with the
   * delivery's time (seconds, big-endian), by which an adapter may tell new ones quickly.
   */
  readonly replayKey: Buffer;
  /** A callback's query string as it came, without `?`; otherwise empty. */
  readonly query: string;
  /** WeChat's ciphertext, an encrypted passive reply, or the JSON of a notice. */
  readonly body: Buffer;
}

export type AppendOutcome = 'stored' | 'duplicate';

export interface StoredItem {
  /** Positive; rises within a workspace, with gaps. */
  readonly seq: number;
  readonly kind: ItemKind;
  readonly appid: string;
  readonly receivedAt: UnixSeconds;
  readonly query: string;
  readonly body: Buffer;
}

export interface FeedWindow {
  readonly limit: number;
  /** Stop before the bodies exceed this many bytes; the first item always comes. */
  readonly maxBytes: number;
}

export interface FeedPage {
  readonly items: readonly StoredItem[];
  /** The cursor that continues after these items. */
  readonly next: number;
}

export interface Backlog {
  /** Items after the asked one; a longer backlog is counted up to 10,000. */
  readonly count: number;
  /** When the oldest of them was received; null when there is none. */
  readonly oldestAt: UnixSeconds | null;
}

export interface MessageLog {
  /**
   * Makes one item durable and gives it the next `seq` of its workspace. Sequence numbers of a workspace rise in the
   * order in which items become visible: whoever has seen `seq` will never see a smaller one appear.
   */
  append(item: IncomingItem): Promise<AppendOutcome>;
  /**
   * Items of a workspace with `seq` greater than `after`, in order. A cursor beyond the last item given out (the store
   * was restored from a backup) starts over: reading twice is repaired by the reader, a gap is not.
   */
  readFeed(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage>;
  /** The last `seq` given out to the workspace, 0 before the first. */
  lastSeq(workspaceId: WorkspaceId): Promise<number>;
  /** Calls back after items were added to a workspace, by whichever relay. Returns the disposer. */
  onCommitted(listener: (workspaceId: WorkspaceId) => void): () => void;
  /** What a reader who stands at `after` has not read. */
  backlog(workspaceId: WorkspaceId, after: number): Promise<Backlog>;
  /**
   * Removes, from the oldest on, at most `limit` items with `seq` up to `throughSeq` that were received before
   * `receivedBefore`, and stops at the first that was not. Returns how many.
   */
  trim(
    workspaceId: WorkspaceId,
    cut: { readonly throughSeq: number; readonly receivedBefore: UnixSeconds; readonly limit: number },
  ): Promise<number>;
  /** Items that are kept for a workspace, read or not. */
  held(workspaceId: WorkspaceId): Promise<number>;
  /** Bytes of storage in use. */
  bytes(): Promise<number>;
}

/** Seconds for which a collection keeps an entry after its last write; null keeps it until it is deleted. */
export type Lifetime = null | 3_600 | 2_678_400;

export interface CollectionSpec {
  /** Lower-case letters and hyphens; never reused for something else. */
  readonly name: string;
  readonly lifetime: Lifetime;
}

export interface Entry {
  readonly key: string;
  readonly value: string;
  /** Changes with every write. */
  readonly revision: number;
}

/**
 * Small documents by key, changed by compare-and-set, so that two relays never overwrite each other. Keys are dot-separated
 * words of `[A-Za-z0-9_=-]`; values are text. Another relay's change may take a moment to be seen, never to be respected:
 * a write against a stale revision fails.
 */
export interface Collection {
  get(key: string): Promise<Entry | null>;
  /** The new revision; null when the key is taken. */
  create(key: string, value: string): Promise<number | null>;
  /** The new revision; null when the entry is not at `revision` any more. */
  update(key: string, value: string, revision: number): Promise<number | null>;
  /** Whether it was there, and at `revision` when one is given. */
  delete(key: string, revision?: number): Promise<boolean>;
  /** Entries whose key begins with `prefix` (whole words: `a.` but not `a`), or all with '', by key. */
  list(prefix: string): Promise<readonly Entry[]>;
}

export interface RelayStore {
  readonly log: MessageLog;
  collection(spec: CollectionSpec): Collection;
  /** Resolves when the store answers and could take a message now; rejects with `relay/store-unavailable`. */
  check(): Promise<void>;
  /** Finishes what has been accepted, then closes. */
  close(): Promise<void>;
}
