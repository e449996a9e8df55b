import type Database from 'libsql';
import { AppError } from '#shared/app-error';
import type { Collection, CollectionSpec, RelayStore } from '../port';
import { CHECKPOINT_LIMITS, checkpointerOf, Checkpoints, type CheckpointLimits } from './checkpoints';
import { GroupWriter, type Area, type GroupLimits } from './group-writer';
import { syncLogOf, type LogSync } from './log-sync';
import { openDatabase } from './open-database';
import { Expiry, SqliteCollection } from './sqlite-collection';
import { SqliteLog, type SqliteAccess } from './sqlite-log';
import { prepareStatements, type Statements } from './statements';

export interface StoreLimits extends GroupLimits, CheckpointLimits {}

const DEFAULT_LIMITS: StoreLimits = { lockWaitMs: 2_500, maxPending: 20_000, ...CHECKPOINT_LIMITS };
/** More than WeChat's largest callback needs. */
const PROBE_BYTES = 32 * 1024;

/** The durable store of one machine: one SQLite file, written by group commit. */
export class SqliteStore implements RelayStore {
  readonly log: SqliteLog;
  private readonly sql: Statements;
  private readonly writer: GroupWriter;
  private readonly checkpoints: Checkpoints;
  private readonly documents: SqliteAccess;
  private readonly expiry = new Expiry();
  private closed = false;

  /** @throws AppError as `openDatabase` does */
  static async open(dataDir: string, limits: Partial<StoreLimits> = {}): Promise<SqliteStore> {
    return new SqliteStore(await openDatabase(dataDir), limits);
  }

  /** `db` comes from `openDatabase` and is closed by this store, `disk` syncs its log. */
  constructor(
    private readonly db: Database.Database,
    limits: Partial<StoreLimits> = {},
    disk: LogSync = syncLogOf(db),
  ) {
    // Waiting for a lock is done by the writer, off the event loop's back.
    db.pragma('busy_timeout = 0');
    this.sql = prepareStatements(db);
    const all = { ...DEFAULT_LIMITS, ...limits };
    this.checkpoints = new Checkpoints(checkpointerOf(db), all);
    this.writer = new GroupWriter(
      db,
      disk,
      this.checkpoints,
      {
        beforeCommit: () => {
          this.log.beforeCommit();
        },
        afterSync: () => {
          this.log.afterSync();
        },
        afterRollback: () => {
          this.log.afterRollback();
        },
      },
      all,
    );
    this.documents = this.accessTo('documents');
    this.log = new SqliteLog(this.accessTo('log'));
  }

  collection(spec: CollectionSpec): Collection {
    return new SqliteCollection(spec, this.documents, this.expiry);
  }

  async check(): Promise<void> {
    if (this.checkpoints.problem !== null) throw unavailable(this.checkpoints.problem);
    // Room for a message is asked for and given back, since a small update still finds room on a full disk.
    const { write, sql } = this.documents;
    await write(() => sql.saveProbe.run(PROBE_BYTES));
    await write(() => sql.saveProbe.run(0));
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writer.finish();
    this.log.forgetListeners();
    this.db.close();
  }

  private accessTo(area: Area): SqliteAccess {
    const readAtOnce = <T>(run: () => T): Promise<T> =>
      this.closed
        ? Promise.reject(unavailable())
        : new Promise((resolve) => {
            resolve(run());
          });
    const read = <T>(run: () => T): Promise<T> =>
      this.closed ? readAtOnce(run) : (this.writer.syncing(area)?.then(() => read(run)) ?? readAtOnce(run));
    return {
      sql: this.sql,
      write: (run) => (this.closed ? Promise.reject(unavailable()) : this.writer.write(area, run)),
      read,
      readAtOnce,
    };
  }
}

function unavailable(cause?: unknown): AppError {
  return new AppError({ code: 'relay/store-unavailable', retryable: true }, { cause });
}
