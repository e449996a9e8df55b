import type { NatsConnection } from '@nats-io/transport-node';
import type { Logger } from '#shared/log';
import type { WorkspaceId } from '../port';
import type { Names } from './names';
import type { StreamReader } from './stream-reader';

type Notice = Readonly<Record<WorkspaceId, number>>;

/** What is read in one look. */
const MAX_MISSED = 1_000;
const MAX_BYTES = 16 * 1024 * 1024;

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
  /** Where the stream stood at the latest look for what nobody told of. */
  private stoodAt = 0;

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

  /**
   * Looks for items that nobody told of, to be called now and then: whatever was in the stream at the call before, and is
   * still unknown, was missed. What came since is on its way here, and on a busy stream there is always some.
   */
  async catchUp(): Promise<void> {
    if (this.listeners.size === 0) return;
    const missed = this.stoodAt - this.highest;
    this.stoodAt = await this.reader.lastSeq();
    if (missed <= 0) return;
    const window = { limit: Math.min(missed, MAX_MISSED), maxBytes: MAX_BYTES };
    const messages = await this.reader.read(this.names.allItems, this.highest, window);
    for (const message of messages) this.learn(this.names.workspaceOf(message.subject), message.seq);
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
