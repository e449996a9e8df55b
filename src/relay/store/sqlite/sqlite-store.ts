import type Database from 'libsql';
import { AppError } from '#shared/app-error';
import type { Collection, CollectionSpec, RelayStore } from '../port';
import { GroupWriter, type GroupLimits } from './group-writer';
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

  /** `db` comes from `openDatabase` and is closed by this store. */
  constructor(
    private readonly db: Database.Database,
    limits: GroupLimits = DEFAULT_LIMITS,
  ) {
    // Waiting for a lock is done by the writer, off the event loop's back.
    db.pragma('busy_timeout = 0');
    this.sql = prepareStatements(db);
    this.writer = new GroupWriter(
      db,
      {
        beforeCommit: () => {
          this.log.beforeCommit();
        },
        afterCommit: () => {
          this.log.afterCommit();
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

  close(): Promise<void> {
    if (!this.closed) {
      this.writer.finish();
      this.closed = true;
      this.log.forgetListeners();
      this.db.close();
    }
    return Promise.resolve();
  }

  private write<T>(run: () => T): Promise<T> {
    if (this.closed)
      return Promise.reject(new AppError({ code: 'relay/store-unavailable', retryable: true }));
    return this.writer.write(run);
  }

  /** Reads see committed data only: they run between groups, never inside one. */
  private read<T>(run: () => T): Promise<T> {
    if (this.closed)
      return Promise.reject(new AppError({ code: 'relay/store-unavailable', retryable: true }));
    return new Promise((resolve) => {
      resolve(run());
    });
  }
}
