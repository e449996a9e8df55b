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
import type { Statements } from './statements';

/** Items looked at for a backlog. */
const MAX_COUNTED = 10_000;

interface Feed {
  readonly id: number;
  /** The last sequence number given out, the group that is being written included. */
  lastSeq: number;
}

interface ItemRow {
  readonly seq: number;
  readonly kind: ItemKind;
  readonly appid: string;
  readonly received_at: number;
  readonly query: string;
  readonly body: Buffer;
}

/** What the log needs of the store it is part of. */
export interface SqliteAccess {
  readonly sql: Statements;
  readonly write: <T>(run: () => T) => Promise<T>;
  readonly read: <T>(run: () => T) => Promise<T>;
}

/** The log as one table, and one row per workspace for its last sequence number. */
export class SqliteLog implements MessageLog {
  private readonly listeners = new Set<(workspaceId: WorkspaceId) => void>();
  /** The feeds that the group which is being written has touched. */
  private readonly group = new Map<WorkspaceId, Feed>();

  constructor(private readonly access: SqliteAccess) {}

  append(item: IncomingItem): Promise<AppendOutcome> {
    return this.access.write(() => {
      const feed = this.feedInGroup(item.workspaceId);
      const seq = feed.lastSeq + 1;
      const { changes } = this.access.sql.insertItem.run(
        feed.id,
        seq,
        item.kind,
        item.appid,
        item.receivedAt,
        item.replayKey,
        item.query,
        item.body,
      );
      if (changes === 0) return 'duplicate';
      feed.lastSeq = seq;
      return 'stored';
    });
  }

  readFeed(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage> {
    return this.access.read(() => {
      const feed = this.feed(workspaceId);
      if (feed === null) return { items: [], next: 0 };
      const start = after > feed.lastSeq ? 0 : after;
      const until = this.pageEnd(feed, start, window);
      const rows = until === null ? [] : (this.access.sql.items.all(feed.id, start, until) as ItemRow[]);
      const items = rows.map(toItem);
      return { items, next: items.at(-1)?.seq ?? start };
    });
  }

  lastSeq(workspaceId: WorkspaceId): Promise<number> {
    return this.access.read(() => this.feed(workspaceId)?.lastSeq ?? 0);
  }

  onCommitted(listener: (workspaceId: WorkspaceId) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  backlog(workspaceId: WorkspaceId, after: number): Promise<Backlog> {
    return this.access.read(() => {
      const feed = this.feed(workspaceId);
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
      const feed = this.feed(workspaceId);
      if (feed === null) return 0;
      const oldest = this.access.sql.oldestItems.all(feed.id, cut.throughSeq, cut.limit) as {
        readonly seq: number;
        readonly received_at: number;
      }[];
      const kept = oldest.findIndex((item) => item.received_at >= cut.receivedBefore);
      const last = (kept === -1 ? oldest : oldest.slice(0, kept)).at(-1);
      return last === undefined ? 0 : this.access.sql.deleteItems.run(feed.id, last.seq).changes;
    });
  }

  held(workspaceId: WorkspaceId): Promise<number> {
    return this.access.read(() => {
      const feed = this.feed(workspaceId);
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
  }

  /** The group is on the disk. */
  afterSync(): void {
    const touched = [...this.group.keys()];
    this.group.clear();
    for (const workspaceId of touched) for (const listener of this.listeners) listener(workspaceId);
  }

  afterRollback(): void {
    this.group.clear();
  }

  forgetListeners(): void {
    this.listeners.clear();
  }

  private feedInGroup(workspaceId: WorkspaceId): Feed {
    const known = this.group.get(workspaceId);
    if (known !== undefined) return known;
    const feed = this.feed(workspaceId) ?? {
      id: Number(this.access.sql.insertFeed.run(workspaceId).lastInsertRowid),
      lastSeq: 0,
    };
    this.group.set(workspaceId, feed);
    return feed;
  }

  private feed(workspaceId: WorkspaceId): Feed | null {
    const row = this.access.sql.feed.get(workspaceId) as
      { readonly id: number; readonly last_seq: number } | undefined;
    return row === undefined ? null : { id: row.id, lastSeq: row.last_seq };
  }

  /** The last `seq` that fits the window, so that no more than one page of bodies is ever in memory. */
  private pageEnd(feed: Feed, after: number, window: FeedWindow): number | null {
    const sizes = this.access.sql.itemSizes.all(feed.id, after, window.limit) as {
      readonly seq: number;
      readonly size: number;
    }[];
    let end: number | null = null;
    let bytes = 0;
    for (const { seq, size } of sizes) {
      bytes += size;
      if (end !== null && bytes > window.maxBytes) break;
      end = seq;
    }
    return end;
  }
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
