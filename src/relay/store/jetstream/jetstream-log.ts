import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream';
import type {
  AppendOutcome,
  Backlog,
  FeedPage,
  FeedWindow,
  IncomingItem,
  MessageLog,
  WorkspaceId,
} from '../port';
import type { Commits } from './commits';
import type { Delivery } from './delivery';
import { receivedAtOf, toStoredItem } from './item-codec';
import type { JetStreamCollection } from './jetstream-collection';
import type { Names } from './names';
import type { Spool } from './spool';
import type { StreamReader } from './stream-reader';
import { orUnavailable } from './unavailable';

const MAX_COUNTED = 10_000;
/** Deletions in flight at once. */
const DELETE_BATCH = 64;

export interface LogParts {
  readonly delivery: Delivery;
  readonly commits: Commits;
  readonly reader: StreamReader;
  readonly spool: Spool;
  readonly names: Names;
  readonly manager: JetStreamManager;
  /** By workspace: the last sequence number given out, kept when the item itself is removed. */
  readonly floors: JetStreamCollection;
  /**
   * Whether a purge survives a restart of the servers. Before 2.9.18 a clustered server could take a purge of some
   * subjects, replayed at its start, for a purge of everything.
   */
  readonly safePurge: boolean;
}

/** The log as one stream with a subject per workspace. The stream's sequence numbers are those of every workspace. */
export class JetStreamLog implements MessageLog {
  constructor(private readonly parts: LogParts) {}

  append(item: IncomingItem): Promise<AppendOutcome> {
    return this.parts.delivery.append(item);
  }

  readFeed(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage> {
    return orUnavailable(this.readPage(workspaceId, after, window));
  }

  lastSeq(workspaceId: WorkspaceId): Promise<number> {
    return orUnavailable(this.findLastSeq(workspaceId));
  }

  onCommitted(listener: (workspaceId: WorkspaceId) => void): () => void {
    return this.parts.commits.listen(listener);
  }

  backlog(workspaceId: WorkspaceId, after: number): Promise<Backlog> {
    return orUnavailable(this.countBacklog(workspaceId, after));
  }

  trim(
    workspaceId: WorkspaceId,
    cut: { readonly throughSeq: number; readonly receivedBefore: number; readonly limit: number },
  ): Promise<number> {
    return orUnavailable(this.trimNow(workspaceId, cut));
  }

  held(workspaceId: WorkspaceId): Promise<number> {
    const { reader, names } = this.parts;
    return orUnavailable(reader.count(names.itemsOf(workspaceId), 0));
  }

  bytes(): Promise<number> {
    return orUnavailable(this.countBytes());
  }

  private async readPage(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage> {
    const { reader, names, commits } = this.parts;
    const subject = names.itemsOf(workspaceId);
    let start = after;
    let found = await reader.read(subject, start, window);
    // Only a cursor that nothing follows can lie beyond the end.
    if (found.length === 0 && after > commits.knownSeq(workspaceId)) {
      if (after > (await this.findLastSeq(workspaceId))) {
        start = 0;
        found = after === 0 ? [] : await reader.read(subject, start, window);
      }
    }
    const items = found.map(toStoredItem);
    return { items, next: items.at(-1)?.seq ?? start };
  }

  private async findLastSeq(workspaceId: WorkspaceId): Promise<number> {
    const { reader, names, floors } = this.parts;
    const last = await reader.last(names.itemsOf(workspaceId));
    if (last !== null) return last.seq;
    const floor = await floors.get(names.wordOf(workspaceId));
    return floor === null ? 0 : Number(floor.value);
  }

  private async countBacklog(workspaceId: WorkspaceId, after: number): Promise<Backlog> {
    const { reader, names } = this.parts;
    const subject = names.itemsOf(workspaceId);
    const oldest = await reader.first(subject, after + 1);
    if (oldest === null) return { count: 0, oldestAt: null };
    const count = await reader.count(subject, after);
    return { count: Math.min(count, MAX_COUNTED), oldestAt: receivedAtOf(oldest) };
  }

  private async trimNow(
    workspaceId: WorkspaceId,
    {
      throughSeq,
      receivedBefore,
      limit,
    }: { readonly throughSeq: number; readonly receivedBefore: number; readonly limit: number },
  ): Promise<number> {
    const { reader, names } = this.parts;
    const subject = names.itemsOf(workspaceId);
    const window = { limit, maxBytes: Number.MAX_SAFE_INTEGER };
    const oldest = limit > 0 ? await reader.read(subject, 0, window) : [];
    const kept = oldest.findIndex(
      (message) => message.seq > throughSeq || receivedAtOf(message) >= receivedBefore,
    );
    const seqs = (kept === -1 ? oldest : oldest.slice(0, kept)).map((message) => message.seq);
    const cut = seqs.at(-1);
    if (cut === undefined) return 0;
    if (cut === (await reader.last(subject))?.seq) await this.keepFloor(workspaceId, cut);
    return this.remove(subject, seqs, cut);
  }

  private async keepFloor(workspaceId: WorkspaceId, seq: number): Promise<void> {
    const { floors, names } = this.parts;
    const key = names.wordOf(workspaceId);
    for (;;) {
      const present = await floors.get(key);
      if (present !== null && Number(present.value) >= seq) return;
      const value = String(seq);
      const written =
        present === null
          ? await floors.create(key, value)
          : await floors.update(key, value, present.revision);
      if (written !== null) return;
    }
  }

  private async remove(subject: string, seqs: readonly number[], cut: number): Promise<number> {
    const { manager, names, safePurge } = this.parts;
    if (safePurge)
      return (await manager.streams.purge(names.items, { filter: subject, seq: cut + 1 })).purged;
    let removed = 0;
    for (let start = 0; start < seqs.length; start += DELETE_BATCH) {
      const batch = seqs.slice(start, start + DELETE_BATCH);
      const results = await Promise.all(batch.map((seq) => this.removeOne(names.items, seq)));
      removed += results.filter(Boolean).length;
    }
    return removed;
  }

  /** False when another relay was quicker. */
  private async removeOne(stream: string, seq: number): Promise<boolean> {
    try {
      return await this.parts.manager.streams.deleteMessage(stream, seq, false);
    } catch (error) {
      if (error instanceof JetStreamApiError) return false;
      throw error;
    }
  }

  private async countBytes(): Promise<number> {
    const { manager, names, spool } = this.parts;
    return (await manager.streams.info(names.items)).state.bytes + spool.bytes();
  }
}
