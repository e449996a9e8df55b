import type Database from 'libsql';
import { AppError } from '#shared/app-error';
import type { Checkpoints } from './checkpoints';
import type { LogSync } from './log-sync';

/** What a write changes: a read of the other kind need not wait for it. */
export type Area = 'log' | 'documents';

interface PendingWrite {
  readonly area: Area;
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly since: number;
}

export interface GroupHooks {
  /** Inside the transaction, after the last write. */
  beforeCommit(): void;
  /** The group is on the disk. */
  afterSync(): void;
  afterRollback(): void;
}

export interface GroupLimits {
  /** Milliseconds a write waits while another process holds the file's write lock. WeChat waits 5 seconds for its answer. */
  readonly lockWaitMs: number;
  /** More waiting writes than this are refused at once. */
  readonly maxPending: number;
}

const LOCK_RETRY_MS = 5;

/**
 * Group commit: all writes asked for while the group before them is put on the disk share one transaction, and so one sync.
 * The disk is waited for outside of the event loop, so the process reads and checks the next requests meanwhile.
 *
 * A write's promise resolves only after that sync. If any statement or the commit fails, all writes of the group are
 * rolled back and rejected with `relay/store-unavailable`. If the sync fails they are rejected too, though they may have
 * come to stay: whoever asks again meets them as done before.
 */
export class GroupWriter {
  private pending: PendingWrite[] = [];
  private timer: NodeJS.Timeout | null = null;
  private scheduled = false;
  /** Why the write lock could not be had at the latest attempt that asked for it. */
  private busy: unknown = null;
  private flight: Promise<void> | null = null;
  /** What the group in flight changes. */
  private inFlight: ReadonlySet<Area> = new Set();
  /** A checkpoint that the next group waits for. */
  private pause: Promise<void> | null = null;
  /** Whether a sync has failed: what it should have covered may be nowhere but in memory. */
  private isDoubtful = false;

  constructor(
    private readonly db: Database.Database,
    private readonly disk: LogSync,
    private readonly checkpoints: Checkpoints,
    private readonly hooks: GroupHooks,
    private readonly limits: GroupLimits,
  ) {}

  /** Ends, and never rejects, when what can be read of this area is on the disk; null when it is. */
  syncing(area: Area): Promise<void> | null {
    return this.inFlight.has(area) ? this.flight : null;
  }

  /** `run` may only use statements of this database, and must not run any write that can fail by its data. */
  write<T>(area: Area, run: () => T): Promise<T> {
    if (this.pending.length >= this.limits.maxPending) return Promise.reject(unavailable(undefined));
    return new Promise<T>((resolve, reject) => {
      this.pending.push({
        area,
        run,
        resolve: resolve as (value: unknown) => void,
        reject,
        since: performance.now(),
      });
      this.schedule();
    });
  }

  /** Puts everything that waits on the disk, or rejects it. Nothing may be written afterwards. */
  async finish(): Promise<void> {
    await this.flight;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.pending.length > 0 && !this.commitGroup()) this.rejectAll(this.busy);
    await this.flight;
    await this.checkpoints.close();
    await this.disk.close();
  }

  private get mustWait(): boolean {
    return this.timer !== null || this.flight !== null || this.pause !== null;
  }

  private schedule(): void {
    if (this.scheduled || this.mustWait || this.pending.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.pending.length > 0 && !this.mustWait) this.attempt();
    });
  }

  private attempt(): void {
    if (this.commitGroup()) return;
    const oldest = performance.now() - this.limits.lockWaitMs;
    const expired = this.pending.filter((write) => write.since <= oldest);
    this.pending = this.pending.filter((write) => write.since > oldest);
    for (const write of expired) write.reject(unavailable(this.busy));
    if (this.pending.length === 0) return;
    // Waiting inside SQLite would stop the whole process, so the lock is asked for again from the event loop.
    this.timer = setTimeout(() => {
      this.timer = null;
      this.attempt();
    }, LOCK_RETRY_MS);
  }

  /** False when the database is in use and the group is still waiting. */
  private commitGroup(): boolean {
    try {
      if (this.isDoubtful && !this.settleDoubt()) return false;
      this.db.exec('BEGIN IMMEDIATE');
    } catch (error) {
      this.busy = error;
      if (isBusy(error)) return false;
      this.rejectAll(error);
      return true;
    }
    const group = this.pending;
    this.pending = [];
    const results: unknown[] = [];
    try {
      for (const write of group) results.push(write.run());
      this.hooks.beforeCommit();
      this.db.exec('COMMIT');
    } catch (error) {
      this.rollback();
      this.hooks.afterRollback();
      for (const write of group) write.reject(unavailable(error));
      return true;
    }
    this.inFlight = new Set(group.map(({ area }) => area));
    this.flight = this.putOnDisk(group, results);
    return true;
  }

  /** Never rejects. */
  private async putOnDisk(group: readonly PendingWrite[], results: readonly unknown[]): Promise<void> {
    try {
      await this.disk.sync();
    } catch (error) {
      this.land();
      this.isDoubtful = true;
      this.hooks.afterRollback();
      for (const write of group) write.reject(unavailable(error));
      this.schedule();
      return;
    }
    this.land();
    group.forEach((write, index) => {
      write.resolve(results[index]);
    });
    this.hooks.afterSync();
    this.pause = this.checkpoints.afterGroup(group.length);
    void this.pause?.then(() => {
      this.pause = null;
      this.schedule();
    });
    this.schedule();
  }

  private land(): void {
    this.flight = null;
    this.inFlight = new Set();
  }

  /**
   * A log whose sync has failed once may report success the next time without being on the disk, so all of it is written
   * again: into the database, whose own sync then counts. False when a checkpoint that is under way has to end first.
   */
  private settleDoubt(): boolean {
    if (this.checkpoints.isRunning) return false;
    const [row] = this.db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all() as { readonly busy: number }[];
    if (row?.busy !== 0) throw new Error('the log could not be written into the database');
    this.isDoubtful = false;
    return true;
  }

  private rollback(): void {
    // SQLite has already rolled back by itself after a full disk or an input/output error.
    if (this.db.inTransaction) this.db.exec('ROLLBACK');
  }

  private rejectAll(cause: unknown): void {
    const group = this.pending;
    this.pending = [];
    for (const write of group) write.reject(unavailable(cause));
  }
}

export function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^SQLITE_(BUSY|LOCKED)/.test(error.code)
  );
}

function unavailable(cause: unknown): AppError {
  return new AppError({ code: 'relay/store-unavailable', retryable: true }, { cause });
}
