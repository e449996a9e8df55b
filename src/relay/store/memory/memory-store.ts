import { AppError } from '#shared/app-error';
import type {
  AppendOutcome,
  Backlog,
  Collection,
  CollectionSpec,
  Entry,
  FeedPage,
  FeedWindow,
  IncomingItem,
  MessageLog,
  RelayStore,
  StoredItem,
  WorkspaceId,
} from '../port';

const MAX_COUNTED = 10_000;

interface Feed {
  lastSeq: number;
  items: (StoredItem & { readonly replayKey: string })[];
}

/** What a store holds; given to a second store it is what a restart would find, or another relay would see. */
export class MemoryState {
  readonly feeds = new Map<WorkspaceId, Feed>();
  readonly replayKeys = new Set<string>();
  readonly collections = new Map<string, Map<string, Entry>>();
  readonly listeners = new Set<(workspaceId: WorkspaceId) => void>();
  revision = 0;
}

/** The port without a disk: for tests of what stands on it, and to keep the contract honest. */
export class MemoryStore implements RelayStore {
  readonly log: MessageLog;
  private readonly disposers = new Set<() => void>();
  private closed = false;

  constructor(private readonly state: MemoryState = new MemoryState()) {
    this.log = new MemoryLog(
      state,
      () => this.turn(),
      (dispose) => this.disposers.add(dispose),
    );
  }

  collection({ name }: CollectionSpec): Collection {
    const entries = this.state.collections.get(name) ?? new Map<string, Entry>();
    this.state.collections.set(name, entries);
    return new MemoryCollection(this.state, entries, () => this.turn());
  }

  check(): Promise<void> {
    return this.turn();
  }

  close(): Promise<void> {
    this.closed = true;
    for (const dispose of this.disposers) dispose();
    return Promise.resolve();
  }

  /** A change is visible one turn later, as with a disk. */
  private turn(): Promise<void> {
    if (this.closed)
      return Promise.reject(new AppError({ code: 'relay/store-unavailable', retryable: true }));
    return new Promise((resolve) => setImmediate(resolve));
  }
}

class MemoryLog implements MessageLog {
  constructor(
    private readonly state: MemoryState,
    private readonly turn: () => Promise<void>,
    private readonly onClose: (dispose: () => void) => void,
  ) {}

  async append(item: IncomingItem): Promise<AppendOutcome> {
    await this.turn();
    const { replayKeys } = this.state;
    const replayKey = item.replayKey.toString('hex');
    if (replayKeys.has(replayKey)) return 'duplicate';
    const feed = this.feed(item.workspaceId);
    feed.lastSeq += 1;
    replayKeys.add(replayKey);
    const { kind, appid, receivedAt, query } = item;
    feed.items.push({
      seq: feed.lastSeq,
      kind,
      appid,
      receivedAt,
      query,
      body: Buffer.from(item.body),
      replayKey,
    });
    for (const listener of this.state.listeners) listener(item.workspaceId);
    return 'stored';
  }

  async readFeed(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage> {
    await this.turn();
    const feed = this.feed(workspaceId);
    const start = after > feed.lastSeq ? 0 : after;
    const items: StoredItem[] = [];
    let bytes = 0;
    for (const item of feed.items) {
      if (item.seq <= start) continue;
      bytes += item.body.length;
      if (items.length > 0 && (items.length >= window.limit || bytes > window.maxBytes)) break;
      const { replayKey: _, ...visible } = item;
      items.push(visible);
    }
    return { items, next: items.at(-1)?.seq ?? start };
  }

  async lastSeq(workspaceId: WorkspaceId): Promise<number> {
    await this.turn();
    return this.feed(workspaceId).lastSeq;
  }

  onCommitted(listener: (workspaceId: WorkspaceId) => void): () => void {
    const dispose = (): void => {
      this.state.listeners.delete(listener);
    };
    this.state.listeners.add(listener);
    this.onClose(dispose);
    return dispose;
  }

  async backlog(workspaceId: WorkspaceId, after: number): Promise<Backlog> {
    await this.turn();
    const unread = this.feed(workspaceId).items.filter((item) => item.seq > after);
    return { count: Math.min(unread.length, MAX_COUNTED), oldestAt: unread[0]?.receivedAt ?? null };
  }

  async trim(
    workspaceId: WorkspaceId,
    cut: { readonly throughSeq: number; readonly receivedBefore: number; readonly limit: number },
  ): Promise<number> {
    await this.turn();
    const feed = this.feed(workspaceId);
    let removed = 0;
    for (
      let oldest = feed.items[0];
      oldest !== undefined &&
      removed < cut.limit &&
      oldest.seq <= cut.throughSeq &&
      oldest.receivedAt < cut.receivedBefore;
      oldest = feed.items[0]
    ) {
      feed.items.shift();
      this.state.replayKeys.delete(oldest.replayKey);
      removed += 1;
    }
    return removed;
  }

  async held(workspaceId: WorkspaceId): Promise<number> {
    await this.turn();
    return this.feed(workspaceId).items.length;
  }

  async bytes(): Promise<number> {
    await this.turn();
    let bytes = 0;
    for (const feed of this.state.feeds.values()) for (const item of feed.items) bytes += item.body.length;
    return bytes;
  }

  private feed(workspaceId: WorkspaceId): Feed {
    const feed = this.state.feeds.get(workspaceId) ?? { lastSeq: 0, items: [] };
    this.state.feeds.set(workspaceId, feed);
    return feed;
  }
}

class MemoryCollection implements Collection {
  constructor(
    private readonly state: MemoryState,
    private readonly entries: Map<string, Entry>,
    private readonly turn: () => Promise<void>,
  ) {}

  async get(key: string): Promise<Entry | null> {
    await this.turn();
    return this.entries.get(key) ?? null;
  }

  async create(key: string, value: string): Promise<number | null> {
    await this.turn();
    return this.entries.has(key) ? null : this.put(key, value);
  }

  async update(key: string, value: string, revision: number): Promise<number | null> {
    await this.turn();
    return this.entries.get(key)?.revision === revision ? this.put(key, value) : null;
  }

  async delete(key: string, revision?: number): Promise<boolean> {
    await this.turn();
    const present = this.entries.get(key);
    if (present === undefined || (revision !== undefined && present.revision !== revision)) return false;
    return this.entries.delete(key);
  }

  async list(prefix: string): Promise<readonly Entry[]> {
    await this.turn();
    return [...this.entries.values()]
      .filter(({ key }) => key.startsWith(prefix))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  private put(key: string, value: string): number {
    this.state.revision += 1;
    this.entries.set(key, { key, value, revision: this.state.revision });
    return this.state.revision;
  }
}
