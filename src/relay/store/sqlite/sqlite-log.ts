import type {
  AppendOutcome,
  Backlog,
  FeedPage,
  FeedWindow,
  IncomingItem,
  ItemKind,
  MessageLog,
  StoredItem,
  WorkspaceId,
} from '../port';
import { ReplayKeys } from './replay-keys';
import type { Statements } from './statements';

/** Items looked at for a backlog. */
const MAX_COUNTED = 10_000;
/** Feeds whose last number is kept in memory. */
const MAX_KNOWN = 50_000;

interface Feed {
  readonly id: number;
  /** The last sequence number that is on the disk. */
  readonly lastSeq: number;
}

/** A feed in the group that is being written. */
interface Growing {
  readonly id: number;
  /** What is on the disk of it; null when nothing is. */
  readonly before: Feed | null;
  /** The `dataVersion` by which that was read. */
  readonly version: number;
  /** The last sequence number given out. */
  lastSeq: number;
  readonly items: StoredItem[];
}

interface ItemRow {
  readonly seq: number;
  readonly kind: ItemKind;
  readonly appid: string;
  readonly received_at: number;
  readonly query: string;
  readonly body: Buffer;
}

/** What a part of the store needs of it. */
export interface SqliteAccess {
  readonly sql: Statements;
  readonly write: <T>(run: () => T) => Promise<T>;
  /** Sees only what would survive a power cut: waits while a group that changes this part is on its way to the disk. */
  readonly read: <T>(run: () => T) => Promise<T>;
  /** Does not wait, and so may see such a group. */
  readonly readAtOnce: <T>(run: () => T) => Promise<T>;
}

/**
 * The log as one table, and one row per workspace for its last sequence number.
 *
 * A number that a device has read must never be given out again, so feeds are read up to the last number that is on the
 * disk. It is kept in memory: a poll with nothing to fetch asks SQLite nothing, and one that a group wakes is given the
 * group's own items.
 */
export class SqliteLog implements MessageLog {
  private readonly listeners = new Set<(workspaceId: WorkspaceId) => void>();
  private readonly feeds = new Map<WorkspaceId, Feed>();
  /** The feeds that the group which is being written has touched. */
  private readonly group = new Map<WorkspaceId, Growing>();
  /** The group that has just come to the disk, while its listeners are called. */
  private arrived: ReadonlyMap<WorkspaceId, Growing> = new Map();
  /** Changes when another process has written. */
  private dataVersion = -1;

  private readonly replayKeys: ReplayKeys;

  constructor(private readonly access: SqliteAccess) {
    this.replayKeys = new ReplayKeys(access.sql);
  }

  append(item: IncomingItem): Promise<AppendOutcome> {
    return this.access.write(() => {
      const feed = this.growing(item.workspaceId);
      const seq = feed.lastSeq + 1;
      const { kind, appid, receivedAt, replayKey, query, body } = item;
      const key = replayKey.toString('hex');
      if (!this.replayKeys.isNew(key)) return 'duplicate';
      const { changes, lastInsertRowid } = this.access.sql.insertItem.run(
        ...[feed.id, seq, kind, appid, receivedAt, replayKey, query, body],
      );
      if (changes === 0) return 'duplicate';
      this.replayKeys.add(key, Number(lastInsertRowid));
      feed.lastSeq = seq;
      feed.items.push({ seq, kind, appid, receivedAt, query, body });
      return 'stored';
    });
  }

  readFeed(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage> {
    return this.access.readAtOnce(() => {
      const arrived = this.arrived.get(workspaceId);
      if (arrived !== undefined && (arrived.before?.lastSeq ?? 0) === after)
        return pageOf(firstOf(arrived.items, window), after);
      const feed = this.onDisk(workspaceId);
      const start = feed === null || after > feed.lastSeq ? 0 : after;
      return pageOf(feed === null || start === feed.lastSeq ? [] : this.stored(feed, start, window), start);
    });
  }

  lastSeq(workspaceId: WorkspaceId): Promise<number> {
    return this.access.readAtOnce(() => this.onDisk(workspaceId)?.lastSeq ?? 0);
  }

  onCommitted(listener: (workspaceId: WorkspaceId) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  backlog(workspaceId: WorkspaceId, after: number): Promise<Backlog> {
    return this.access.read(() => {
      const feed = this.onDisk(workspaceId);
      if (feed === null) return { count: 0, oldestAt: null };
      const row = this.access.sql.backlog.get(feed.id, after, MAX_COUNTED) as {
        readonly count: number;
        readonly oldest_at: number | null;
      };
      return { count: row.count, oldestAt: row.oldest_at };
    });
  }

  trim(
    workspaceId: WorkspaceId,
    cut: { readonly throughSeq: number; readonly receivedBefore: number; readonly limit: number },
  ): Promise<number> {
    return this.access.write(() => {
      const feed = this.group.get(workspaceId) ?? this.onDisk(workspaceId);
      if (feed === null) return 0;
      const oldest = this.access.sql.oldestItems.all(feed.id, cut.throughSeq, cut.limit) as {
        readonly seq: number;
        readonly received_at: number;
        readonly key: string;
      }[];
      const kept = oldest.findIndex((item) => item.received_at >= cut.receivedBefore);
      const old = kept === -1 ? oldest : oldest.slice(0, kept);
      const last = old.at(-1);
      if (last === undefined) return 0;
      this.replayKeys.remove(old.map(({ key }) => key));
      return this.access.sql.deleteItems.run(feed.id, last.seq).changes;
    });
  }

  held(workspaceId: WorkspaceId): Promise<number> {
    return this.access.read(() => {
      const feed = this.onDisk(workspaceId);
      if (feed === null) return 0;
      return (this.access.sql.heldItems.get(feed.id) as { readonly count: number }).count;
    });
  }

  bytes(): Promise<number> {
    return this.access.read(() => {
      const { bytes } = this.access.sql.usedBytes.get() as { readonly bytes: number };
      return bytes;
    });
  }

  /** Inside the transaction, after its last write. */
  beforeCommit(): void {
    for (const { id, lastSeq } of this.group.values()) this.access.sql.saveLastSeq.run(lastSeq, id);
    if (this.group.size > 0) this.replayKeys.moveSome();
  }

  /** The group is on the disk. */
  afterSync(): void {
    this.arrived = new Map(this.group);
    this.group.clear();
    if (this.feeds.size > MAX_KNOWN) this.feeds.clear();
    // What another process has appended since the group was written is not in its numbers.
    for (const [workspaceId, { id, lastSeq, version }] of this.arrived)
      if (version === this.dataVersion) this.feeds.set(workspaceId, { id, lastSeq });
    for (const workspaceId of this.arrived.keys())
      for (const listener of this.listeners) listener(workspaceId);
    this.arrived = new Map();
  }

  /** The group is gone, or perhaps not. */
  afterRollback(): void {
    for (const workspaceId of this.group.keys()) this.feeds.delete(workspaceId);
    this.group.clear();
    this.replayKeys.forget();
  }

  forgetListeners(): void {
    this.listeners.clear();
  }

  private growing(workspaceId: WorkspaceId): Growing {
    const present = this.group.get(workspaceId);
    if (present !== undefined) return present;
    const before = this.onDisk(workspaceId);
    const id = before?.id ?? Number(this.access.sql.insertFeed.run(workspaceId).lastInsertRowid);
    const feed = { id, before, version: this.dataVersion, lastSeq: before?.lastSeq ?? 0, items: [] };
    this.group.set(workspaceId, feed);
    return feed;
  }

  /** What of the feed is on the disk; null when nothing is. */
  private onDisk(workspaceId: WorkspaceId): Feed | null {
    const growing = this.group.get(workspaceId);
    if (growing !== undefined) return growing.before;
    this.noticeOthers();
    const known = this.feeds.get(workspaceId);
    if (known !== undefined) return known;
    const row = this.access.sql.feed.get(workspaceId) as
      { readonly id: number; readonly last_seq: number } | undefined;
    if (row === undefined) return null;
    const feed = { id: row.id, lastSeq: row.last_seq };
    this.feeds.set(workspaceId, feed);
    return feed;
  }

  /** Another process may have appended: two relays for a moment, or the doctor. */
  private noticeOthers(): void {
    const { data_version: version } = this.access.sql.dataVersion.get() as { readonly data_version: number };
    if (version === this.dataVersion) return;
    this.feeds.clear();
    this.replayKeys.forget();
    this.dataVersion = version;
  }

  /** Looks at the sizes first, so that no more than one page of bodies is ever in memory. */
  private stored(feed: Feed, after: number, window: FeedWindow): readonly StoredItem[] {
    const sizes = this.access.sql.itemSizes.all(feed.id, after, feed.lastSeq, window.limit) as {
      readonly seq: number;
      readonly size: number;
    }[];
    const last =
      sizes[
        fitting(
          sizes.map(({ size }) => size),
          window,
        ) - 1
      ];
    if (last === undefined) return [];
    return (this.access.sql.items.all(feed.id, after, last.seq) as ItemRow[]).map(toItem);
  }
}

function pageOf(items: readonly StoredItem[], after: number): FeedPage {
  return { items, next: items.at(-1)?.seq ?? after };
}

function firstOf(items: readonly StoredItem[], window: FeedWindow): readonly StoredItem[] {
  return items.slice(
    0,
    fitting(
      items.map(({ body }) => body.length),
      window,
    ),
  );
}

/** How many of the bodies, from the first on, fit the window. */
function fitting(sizes: readonly number[], { limit, maxBytes }: FeedWindow): number {
  let bytes = 0;
  const tooMuch = sizes.findIndex((size, index) => {
    bytes += size;
    return index > 0 && bytes > maxBytes;
  });
  return Math.min(tooMuch === -1 ? sizes.length : tooMuch, limit);
}

function toItem(row: ItemRow): StoredItem {
  return {
    seq: row.seq,
    kind: row.kind,
    appid: row.appid,
    receivedAt: row.received_at,
    query: row.query,
    body: row.body,
  };
}
