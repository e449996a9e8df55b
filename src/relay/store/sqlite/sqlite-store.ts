import type Database from 'libsql';
import { AppError } from '#shared/app-error';
import type { Collection, CollectionSpec, RelayStore } from '../port';
import { GroupWriter, type GroupLimits } from './group-writer';
import { syncLogOf, type LogSync } from './log-sync';
import { openDatabase } from './open-database';
import { Expiry, SqliteCollection } from './sqlite-collection';
import { SqliteLog, type SqliteAccess } from './sqlite-log';
import { prepareStatements, type Statements } from './statements';

const DEFAULT_LIMITS: GroupLimits = { lockWaitMs: 2_500, maxPending: 20_000 };
/** More than WeChat's largest callback needs. */
const PROBE_BYTES = 32 * 1024;

/** The durable store of one machine: one SQLite file, written by group commit. */
export class SqliteStore implements RelayStore {
  readonly log: SqliteLog;
  private readonly sql: Statements;
  private readonly writer: GroupWriter;
  private readonly access: SqliteAccess;
  private readonly expiry = new Expiry();
  private closed = false;

  /** @throws AppError as `openDatabase` does */
  static async open(dataDir: string, limits: Partial<GroupLimits> = {}): Promise<SqliteStore> {
    return new SqliteStore(await openDatabase(dataDir), { ...DEFAULT_LIMITS, ...limits });
  }

  /** `db` comes from `openDatabase` and is closed by this store, `disk` syncs its log. */
  constructor(
    private readonly db: Database.Database,
    limits: GroupLimits = DEFAULT_LIMITS,
    disk: LogSync = syncLogOf(db),
  ) {
    // Waiting for a lock is done by the writer, off the event loop's back.
    db.pragma('busy_timeout = 0');
    this.sql = prepareStatements(db);
    this.writer = new GroupWriter(
      db,
      disk,
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
      limits,
    );
    this.access = {
      sql: this.sql,
      write: (run) => this.write(run),
      read: (run) => this.read(run),
    };
    this.log = new SqliteLog(this.access);
  }

  collection(spec: CollectionSpec): Collection {
    return new SqliteCollection(spec, this.access, this.expiry);
  }

  async check(): Promise<void> {
    // Room for a message is asked for and given back, since a small update still finds room on a full disk.
    await this.write(() => this.sql.saveProbe.run(PROBE_BYTES));
    await this.write(() => this.sql.saveProbe.run(0));
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writer.finish();
    this.log.forgetListeners();
    this.db.close();
  }

  private write<T>(run: () => T): Promise<T> {
    if (this.closed) return Promise.reject(unavailable());
    return this.writer.write(run);
  }

  /**
   * Reads see only what would survive a power cut: a number that a device has read must never be given out again. So they
   * wait while a group is on its way to the disk, and run between two groups.
   */
  private read<T>(run: () => T): Promise<T> {
    if (this.closed) return Promise.reject(unavailable());
    const { syncing } = this.writer;
    if (syncing !== null) return syncing.then(() => this.read(run));
    return new Promise((resolve) => {
      resolve(run());
    });
  }
}

function unavailable(): AppError {
  return new AppError({ code: 'relay/store-unavailable', retryable: true });
}
