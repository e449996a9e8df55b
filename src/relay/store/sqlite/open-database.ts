import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { AppError } from '#shared/app-error';
import { isBusy } from './group-writer';
import { migrate } from './migrate';

export const DATABASE_FILE = 'relay.db';
export const LOCK_FILE = 'relay.lock';
const OPEN_LOCK_WAIT_MS = 5_000;
const CACHE_KIB = 8_000;
const WAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Opens (and makes, and brings up to date) the database of a data folder. Other processes may have it open.
 * @throws AppError `relay/store-damaged`, `relay/store-newer`, `relay/data-folder` (cannot be made or written)
 */
export function openDatabase(dataDir: string): Promise<Database.Database> {
  return openDatabaseFile(dataDir, DATABASE_FILE, migrate);
}

/**
 * The same for another file of a folder, with its own schema.
 * @param prepare brings the schema up to date
 */
export async function openDatabaseFile(
  folder: string,
  file: string,
  prepare: (db: Database.Database) => void,
): Promise<Database.Database> {
  const path = prepareFile(folder, file);
  const deadline = performance.now() + OPEN_LOCK_WAIT_MS;
  for (;;) {
    try {
      return openOnce(path, prepare);
    } catch (error) {
      // Switching a new file to WAL does not wait for another process that is doing the same.
      if (isBusy(error) && performance.now() < deadline) await sleep(20);
      else throw asAppError(error);
    }
  }
}

/**
 * Makes this process the only relay of the folder until it ends, however it ends. Returns the release.
 * @throws AppError `relay/already-running`
 */
export function claimDataFolder(dataDir: string): () => void {
  const lock = new Database(prepareFile(dataDir, LOCK_FILE), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new AppError({ code: 'relay/already-running' }, { cause: error });
    throw asAppError(error);
  }
  return () => {
    lock.close();
  };
}

function openOnce(path: string, prepare: (db: Database.Database) => void): Database.Database {
  const db = new Database(path, { timeout: OPEN_LOCK_WAIT_MS });
  try {
    // Each message looks for its replay key; the index pages of a busy minute stay in memory.
    db.pragma(`cache_size = -${String(CACHE_KIB)}`);
    db.pragma('journal_mode = WAL');
    // FULL syncs the log at every commit, for whoever does not sync it by other means as `log-sync.ts` does.
    db.pragma('synchronous = FULL');
    // On macOS an ordinary sync leaves data in the drive's cache.
    db.pragma('fullfsync = ON');
    db.pragma('foreign_keys = ON');
    db.pragma(`journal_size_limit = ${String(WAL_SIZE_LIMIT_BYTES)}`);
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The folder and the file, both for their owner only. */
function prepareFile(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw new AppError({ code: 'relay/data-folder' }, { cause: error });
  }
  return path;
}

function asAppError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT')
    return new AppError({ code: 'relay/store-damaged' }, { cause: error });
  if (isBusy(error) || code === 'SQLITE_FULL' || code === 'SQLITE_IOERR')
    return new AppError({ code: 'relay/store-unavailable' }, { cause: error });
  return error;
}
