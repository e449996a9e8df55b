import type { NatsConnection } from '@nats-io/transport-node';
import type { Logger } from '#shared/log';
import type { WorkspaceId } from '../port';
import type { Names } from './names';
import type { StreamReader } from './stream-reader';

type Notice = Readonly<Record<WorkspaceId, number>>;

const CATCH_UP = { limit: 1_000, maxBytes: 16 * 1024 * 1024 };

/**
 * Who learns that items became readable. A relay tells the others what it appended by one small message per turn of its
 * event loop; what was lost on the way (a relay died between the two, a broken connection) is found by `catchUp`.
 */
export class Commits {
  private readonly listeners = new Set<(workspaceId: WorkspaceId) => void>();
  /** The highest known sequence number of each workspace. */
  private readonly known = new Map<WorkspaceId, number>();
  private fresh = new Map<WorkspaceId, number>();
  private highest = 0;

  constructor(
    private readonly connection: NatsConnection,
    private readonly names: Names,
    private readonly reader: StreamReader,
    private readonly log: Logger,
  ) {
    connection.subscribe(names.committed, {
      callback: (error, message) => {
        if (error !== null) return;
        try {
          for (const [workspaceId, seq] of Object.entries(message.json<Notice>()))
            this.learn(workspaceId, seq);
        } catch (cause) {
          this.log.warn('notice-unreadable', { cause });
        }
      },
    });
  }

  /** The position of the stream as far as this relay knows. */
  get position(): number {
    return this.highest;
  }

  knownSeq(workspaceId: WorkspaceId): number {
    return this.known.get(workspaceId) ?? 0;
  }

  /** Where the stream stands when the relay starts. */
  startAt(position: number): void {
    this.highest = Math.max(this.highest, position);
  }

  listen(listener: (workspaceId: WorkspaceId) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** This relay appended something. */
  appended(workspaceId: WorkspaceId, seq: number): void {
    if (this.fresh.size === 0) setImmediate(() => this.tell());
    this.fresh.set(workspaceId, Math.max(seq, this.fresh.get(workspaceId) ?? 0));
    this.highest = Math.max(this.highest, seq);
  }

  /** Looks for items that nobody told of. */
  async catchUp(): Promise<void> {
    if (this.listeners.size === 0) return;
    const missed = await this.reader.read(this.names.allItems, this.highest, CATCH_UP);
    for (const message of missed) this.learn(this.names.workspaceOf(message.subject), message.seq);
  }

  close(): void {
    this.listeners.clear();
  }

  private tell(): void {
    const { fresh } = this;
    this.fresh = new Map();
    if (!this.connection.isClosed())
      this.connection.publish(this.names.committed, JSON.stringify(Object.fromEntries(fresh)));
    for (const [workspaceId, seq] of fresh) this.learn(workspaceId, seq);
  }

  private learn(workspaceId: WorkspaceId, seq: number): void {
    this.highest = Math.max(this.highest, seq);
    if (seq <= this.knownSeq(workspaceId)) return;
    this.known.set(workspaceId, seq);
    for (const listener of this.listeners) listener(workspaceId);
  }
}
