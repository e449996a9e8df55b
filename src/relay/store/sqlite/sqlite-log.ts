import type {
  AppendOutcome,
  Backlog,
  FeedPage,
  FeedWindow,
  IncomingItem,
  MessageLog,
  StoredItem,
  WorkspaceId,
} from '../port';
import { ReplayKeys } from './replay-keys';
import {
  factsOf,
  itemsOf,
  pack,
  type FactsRow,
  type ItemFacts,
  type KeyedItem,
  type SegmentRow,
} from './segment';
import type { Statements } from './statements';

/** Items looked at for a backlog. */
const MAX_COUNTED = 10_000;
/** A segment grows no further than this, so that reading one item of it stays cheap. */
const MAX_SEGMENT_ITEMS = 256;
const MAX_SEGMENT_BYTES = 256 * 1024;
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
  readonly items: KeyedItem[];
  /** Those of them that no segment holds yet, and the bytes of their bodies. */
  unsaved: KeyedItem[];
  unsavedBytes: number;
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
 * The log as segments, and one row per workspace for its last sequence number.
 *
 * A number that a device has read must never be given out again, so feeds are read up to the last number that is on the
 * disk. It is kept in memory: a poll with nothing to fetch asks SQLite nothing, and one that a group wakes is given the
 * group's own items.
 */
export class SqliteLog implements MessageLog {
  private readonly listeners = new Set<(workspaceId: WorkspaceId) => void>();
  private readonly feeds = new Map<WorkspaceId, Feed>();
  /** The feeds that the group which is being written has touched. Replaced, not cleared: see `PassingMap`. */
  private group = new Map<WorkspaceId, Growing>();
  /** The group that has just come to the disk, while its listeners are called. */
  private arrived: ReadonlyMap<WorkspaceId, Growing> = new Map();
  /** Changes when another process has written. */
  private dataVersion = -1;

  private readonly replayKeys: ReplayKeys;

  constructor(private readonly access: SqliteAccess) {
    this.replayKeys = new ReplayKeys(access.sql);
  }

  append(item: IncomingItem): Promise<AppendOutcome> {
    const key = item.replayKey.toString('hex');
    return this.access.write(() => {
      // First the feed: by it the group learns whether another process has written since the keys were read.
      const feed = this.growing(item.workspaceId);
      if (!this.replayKeys.isNew(key)) return 'duplicate';
      this.replayKeys.add(key);
      feed.lastSeq += 1;
      const { kind, appid, receivedAt, query, body } = item;
      const kept = { seq: feed.lastSeq, kind, appid, receivedAt, query, body, key };
      feed.items.push(kept);
      feed.unsaved.push(kept);
      feed.unsavedBytes += body.length;
      if (feed.unsaved.length >= MAX_SEGMENT_ITEMS || feed.unsavedBytes >= MAX_SEGMENT_BYTES) this.save(feed);
      return 'stored';
    });
  }

  readFeed(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage> {
    return this.access.readAtOnce(() => {
      const arrived = this.arrived.get(workspaceId);
      if (arrived !== undefined && (arrived.before?.lastSeq ?? 0) === after)
        return pageOf(fitting(arrived.items, window), after);
      const feed = this.onDisk(workspaceId);
      const start = feed === null || after > feed.lastSeq ? 0 : after;
      return pageOf(
        feed === null || start === feed.lastSeq ? [] : fitting(this.stored(feed, start), window),
        start,
      );
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
      const { sql } = this.access;
      const { count } = sql.countAfter.get(feed.id, after, MAX_COUNTED) as { readonly count: number };
      const [oldest] = this.facts(feed.id, after);
      return { count: Math.min(count, MAX_COUNTED), oldestAt: oldest?.receivedAt ?? null };
    });
  }

  trim(
    workspaceId: WorkspaceId,
    cut: { readonly throughSeq: number; readonly receivedBefore: number; readonly limit: number },
  ): Promise<number> {
    return this.access.write(() => {
      const feed = this.group.get(workspaceId) ?? this.onDisk(workspaceId);
      if (feed === null) return 0;
      const old: ItemFacts[] = [];
      for (const item of this.facts(feed.id, 0)) {
        const isOld = item.seq <= cut.throughSeq && item.receivedAt < cut.receivedBefore;
        if (!isOld || old.length === cut.limit) break;
        old.push(item);
      }
      const last = old.at(-1);
      if (last === undefined) return 0;
      this.replayKeys.remove(old.map(({ key }) => key));
      this.access.sql.deleteSegments.run(feed.id, last.seq);
      this.access.sql.cutSegment.run(feed.id, last.seq);
      return old.length;
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
    for (const feed of this.group.values()) {
      if (feed.unsaved.length > 0) this.save(feed);
      this.access.sql.saveLastSeq.run(feed.lastSeq, feed.id);
    }
    if (this.group.size > 0) this.replayKeys.storeSome();
  }

  /** The group is on the disk. */
  afterSync(): void {
    this.arrived = this.group;
    this.group = new Map();
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
    this.group = new Map();
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
    const feed: Growing = {
      ...{ id, before, version: this.dataVersion, lastSeq: before?.lastSeq ?? 0 },
      ...{ items: [], unsaved: [], unsavedBytes: 0 },
    };
    this.group.set(workspaceId, feed);
    return feed;
  }

  private save(feed: Growing): void {
    const { facts, bodies } = pack(feed.unsaved);
    const { lastInsertRowid } = this.access.sql.insertSegment.run(
      ...[feed.id, feed.lastSeq - feed.unsaved.length + 1, feed.lastSeq, facts, bodies],
    );
    this.replayKeys.saved(Number(lastInsertRowid));
    feed.unsaved = [];
    feed.unsavedBytes = 0;
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

  /** Items that are on the disk, from behind `after` on; a segment at a time, so that no more than one is in memory. */
  private *stored(feed: Feed, after: number): Generator<StoredItem> {
    for (let cursor = after; cursor < feed.lastSeq;) {
      const row = this.access.sql.segmentAfter.get(feed.id, cursor) as SegmentRow | undefined;
      if (row === undefined || row.last_seq > feed.lastSeq) return;
      for (const item of itemsOf(row)) if (item.seq > after) yield item;
      cursor = row.last_seq;
    }
  }

  /** As `stored`, without bodies and with what the group has written before. */
  private *facts(feedId: number, after: number): Generator<ItemFacts> {
    for (let cursor = after; ;) {
      const row = this.access.sql.factsAfter.get(feedId, cursor) as FactsRow | undefined;
      if (row === undefined) return;
      for (const item of factsOf(row)) if (item.seq > after) yield item;
      cursor = row.last_seq;
    }
  }
}

function pageOf(items: readonly StoredItem[], after: number): FeedPage {
  return { items, next: items.at(-1)?.seq ?? after };
}

/** Those that fit the window, from the first on. */
function fitting(items: Iterable<StoredItem>, { limit, maxBytes }: FeedWindow): readonly StoredItem[] {
  const page: StoredItem[] = [];
  let bytes = 0;
  for (const item of items) {
    bytes += item.body.length;
    if (page.length > 0 && bytes > maxBytes) break;
    page.push(item);
    if (page.length >= limit) break;
  }
  return page;
}
