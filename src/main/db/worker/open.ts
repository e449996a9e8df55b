/** Opens the encrypted database. The only file that knows the SQLite binding. */
import Libsql from 'libsql';
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { AppError } from '#shared/app-error';
import { toAppError } from './errors';
import type { Reader, Sql, SqlValue, Writer } from './handle';
import { MIGRATIONS } from './migrations/all';
import type { Migration } from './migrations/migration';

export interface OpenOptions {
  readonly path: string;
  /** 64 hex digits. */
  readonly key: string;
  /** How long to wait for another process that holds the file, milliseconds. */
  readonly busyTimeoutMs?: number;
  /** Pages of 4 KiB that the file may grow to; a full disk for tests. */
  readonly maxPages?: number;
  readonly migrations?: readonly Migration[];
}

export interface Connection {
  /** Runs `work` in a read transaction. */
  read<T>(work: (db: Reader) => T): T;
  /** Runs `work` in a write transaction: all of it or nothing. */
  write<T>(work: (db: Writer) => T): T;
  close(): void;
}

/**
 * @throws AppError db/wrong-key, db/damaged, db/newer-version (params found, known), db/locked, db/disk-full, db/failed.
 * A file that cannot be opened is never changed.
 */
export function openConnection(options: OpenOptions): Connection {
  const migrations = options.migrations ?? MIGRATIONS;
  const fingerprint = keyFingerprint(options.key);
  const knownKey = readIfPresent(fingerprintPath(options.path));
  const size = existsSync(options.path) ? statSync(options.path).size : 0;
  if (size > 0 && knownKey !== null && knownKey !== fingerprint) throw new AppError({ code: 'db/wrong-key' });
  // The fingerprint is written after the first migration is committed, so an empty file beside one has lost its content.
  if (existsSync(options.path) && size === 0 && knownKey !== null && !hasWal(options.path)) {
    throw new AppError({ code: 'db/damaged' });
  }
  try {
    const binding = openBinding(options);
    try {
      migrate(binding, migrations);
    } catch (error) {
      binding.close();
      throw error;
    }
    if (knownKey !== fingerprint) {
      writeFileSync(fingerprintPath(options.path), fingerprint, { mode: 0o600, flush: true });
    }
    return connection(binding);
  } catch (error) {
    throw toAppError(error);
  }
}

/** Tells a wrong key from a damaged file without opening either; says nothing about the key itself. */
function keyFingerprint(key: string): string {
  return createHmac('sha256', key).update('oa-desk database key').digest('hex');
}

function fingerprintPath(path: string): string {
  return `${path}.key-id`;
}

function readIfPresent(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

function hasWal(path: string): boolean {
  return existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
}

function openBinding(options: OpenOptions): Libsql.Database {
  const settings = {
    encryptionCipher: 'aes256cbc',
    encryptionKey: options.key,
    timeout: options.busyTimeoutMs ?? 5000,
  };
  const binding = new Libsql(options.path, settings);
  // Reading the header first: on a file that is not ours every pragma below would be a guess.
  binding.prepare('SELECT count(*) FROM sqlite_master').all();
  binding.exec('PRAGMA foreign_keys = ON');
  binding.exec('PRAGMA temp_store = MEMORY');
  binding.exec('PRAGMA cache_size = -32768');
  if (options.maxPages !== undefined) binding.exec(`PRAGMA max_page_count = ${String(options.maxPages)}`);
  return binding;
}

function migrate(binding: Libsql.Database, migrations: readonly Migration[]): void {
  const found =
    (binding.prepare('PRAGMA user_version').all() as { user_version: number }[])[0]?.user_version ?? 0;
  const known = migrations.at(-1)?.version ?? 0;
  if (found > known) throw new AppError({ code: 'db/newer-version', params: { found, known } });
  binding.prepare('PRAGMA journal_mode = WAL').all();
  // A message is acknowledged to the relay once it is committed, so a commit must survive a power cut.
  binding.exec('PRAGMA synchronous = FULL');
  for (const migration of migrations) {
    if (migration.version <= found) continue;
    binding.exec('BEGIN IMMEDIATE');
    try {
      binding.exec(migration.sql);
      binding.exec(`PRAGMA user_version = ${String(migration.version)}`);
      binding.exec('COMMIT');
    } catch (error) {
      rollBack(binding);
      throw error;
    }
  }
}

/** SQLite rolls back by itself on a full disk; then there is nothing left to roll back. */
function rollBack(binding: Libsql.Database): void {
  if (binding.inTransaction) binding.exec('ROLLBACK');
}

function connection(binding: Libsql.Database): Connection {
  const statements = new Map<string, Libsql.Statement>();
  let generation = 0;
  let cacheGeneration = 0;
  const cache = new Map<string, unknown>();

  const prepare = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = binding.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };

  const handle: Writer = {
    all: <Row>(sql: Sql<Row>, ...values: SqlValue[]) => prepare(sql).all(values) as Row[],
    // `all` and not `get`: the binding adds a `_metadata` key to what `get` returns.
    get: <Row>(sql: Sql<Row>, ...values: SqlValue[]) => (prepare(sql).all(values) as Row[])[0],
    run(sql, ...values) {
      const { changes, lastInsertRowid } = prepare(sql).run(values);
      return { changes, lastId: Number(lastInsertRowid) };
    },
    get generation() {
      return generation;
    },
    cached<T>(key: string, compute: () => T): T {
      if (cacheGeneration !== generation) {
        cache.clear();
        cacheGeneration = generation;
      }
      if (!cache.has(key)) cache.set(key, compute());
      return cache.get(key) as T;
    },
  };

  const inTransaction = <T>(begin: string, work: () => T): T => {
    try {
      binding.exec(begin);
      const result = work();
      binding.exec('COMMIT');
      return result;
    } catch (error) {
      rollBack(binding);
      throw toAppError(error);
    }
  };

  return {
    read: (work) => inTransaction('BEGIN', () => work(handle)),
    write: (work) => {
      generation += 1;
      return inTransaction('BEGIN IMMEDIATE', () => work(handle));
    },
    close() {
      statements.clear();
      cache.clear();
      binding.close();
    },
  };
}
