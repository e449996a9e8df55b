import type Database from 'libsql';
import { close, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const syncFile = promisify(fdatasync);
const closeFile = promisify(close);

/** Puts what was committed on the disk, without holding up the event loop meanwhile. */
export interface LogSync {
  /** Resolves when every commit made before the call would survive a power cut. Rejects when that is not known. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Syncs the write-ahead log of a database from a thread of the pool. SQLite writes each commit to that file before `COMMIT`
 * returns, so a sync that begins afterwards covers it, as the one of `synchronous = FULL` would from inside of `COMMIT`. With
 * `synchronous = NORMAL` SQLite itself syncs around checkpoints only, and in the order which they need.
 *
 * The file lasts as long as a connection: this one must be closed after the sync. Closing another descriptor of it
 * gives up no lock, since SQLite locks the database and its shared memory, never the log.
 * @throws an error of the file system when the log cannot be opened
 */
export function syncLogOf(db: Database.Database): LogSync {
  // The log is there from the first read on.
  const [main] = db.prepare('PRAGMA database_list').all() as { readonly file: string }[];
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  db.pragma('synchronous = NORMAL');
  const descriptor = openSync(`${main?.file ?? ''}-wal`, 'r+');
  return { sync: () => syncFile(descriptor), close: () => closeFile(descriptor) };
}
