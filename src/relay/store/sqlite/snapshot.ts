import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { AppError } from '#shared/app-error';
import type { UnixSeconds } from '#shared/domain/clock';
import { migrate } from './migrate';
import { claimDataFolder, DATABASE_FILE, LOCK_FILE } from './open-database';

/** Microseconds of the restore as the first free number: see `restoreSnapshot`. */
const NUMBERS_PER_SECOND = 1_000_000;
const LOCK_WAIT_MS = 10_000;

/**
 * Writes the database of a data folder, as it is at this moment, into one new file for its owner only; a relay may go on
 * writing meanwhile. The file is complete and on the disk, or it is not there. Returns its bytes.
 * @throws AppError `relay/no-store` (nothing to back up), `relay/backup-exists`, `relay/store-damaged`, `relay/backup-failed`
 */
export function writeSnapshot(dataDir: string, file: string): number {
  const source = join(dataDir, DATABASE_FILE);
  if (!existsSync(source)) throw new AppError({ code: 'relay/no-store' });
  if (existsSync(file)) throw new AppError({ code: 'relay/backup-exists' });
  const draft = `${file}.${randomBytes(6).toString('hex')}.part`;
  try {
    // SQLite keeps the rights of an empty file that is there.
    closeSync(openSync(draft, 'wx', 0o600));
    const db = new Database(source, { timeout: LOCK_WAIT_MS });
    try {
      db.prepare('VACUUM INTO ?').run([draft]);
    } finally {
      db.close();
    }
    if (!isWhole(draft)) throw new AppError({ code: 'relay/store-damaged' });
    syncPath(draft);
    linkSync(draft, file);
    syncFolder(dirname(file));
    return statSync(file).size;
  } catch (error) {
    throw failure(error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Makes a data folder out of a backup. The folder must be missing or empty; a key file may already be there.
 *
 * Items that arrived after the backup are gone, and their numbers with them. If new items were given the same numbers, a
 * desktop that stands beyond them would never read these. So every feed goes on at the microseconds of `now`: higher than
 * any number given out before (a workspace receives less than a million items a second), also when one backup is restored
 * again and again. No cursor then lies beyond the last number, so none starts over; a desktop that stands between has
 * everything up to the backup, and goes on with what is new.
 * @throws AppError `relay/folder-not-empty`, `relay/not-a-backup`, `relay/store-newer`, `relay/data-folder`
 */
export function restoreSnapshot(file: string, dataDir: string, now: UnixSeconds): void {
  if (!existsSync(file)) throw new AppError({ code: 'relay/not-a-backup' });
  refuseUnlessEmpty(dataDir);
  const release = claimDataFolder(dataDir);
  const target = join(dataDir, DATABASE_FILE);
  const draft = `${target}.restoring`;
  let done = false;
  try {
    copyFileSync(file, draft, constants.COPYFILE_EXCL);
    chmodSync(draft, 0o600);
    if (!isWhole(draft)) throw new AppError({ code: 'relay/not-a-backup' });
    const db = new Database(draft);
    try {
      db.pragma('synchronous = FULL');
      migrate(db);
      // As a list: the driver takes a lone value for something else than a parameter when it is an object.
      db.prepare('UPDATE feeds SET last_seq = max(last_seq, ?)').run([Math.floor(now * NUMBERS_PER_SECOND)]);
    } finally {
      db.close();
    }
    syncPath(draft);
    renameSync(draft, target);
    syncFolder(dataDir);
    done = true;
  } catch (error) {
    throw error instanceof AppError ? error : new AppError({ code: 'relay/data-folder' }, { cause: error });
  } finally {
    release();
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draft + suffix, { force: true });
    if (!done) rmSync(join(dataDir, LOCK_FILE), { force: true });
  }
}

function refuseUnlessEmpty(dataDir: string): void {
  let present: string[];
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    present = readdirSync(dataDir);
  } catch (error) {
    throw new AppError({ code: 'relay/data-folder' }, { cause: error });
  }
  if (present.some((name) => name !== 'master.key')) throw new AppError({ code: 'relay/folder-not-empty' });
}

/** Whether the file is the whole database of a relay. */
function isWhole(path: string): boolean {
  try {
    const db = new Database(path);
    try {
      const rows = db.prepare('PRAGMA quick_check').all() as readonly { readonly quick_check: string }[];
      const { count } = db
        .prepare("SELECT count(*) AS count FROM sqlite_master WHERE name IN ('feeds', 'messages')")
        .get() as { readonly count: number };
      // The check overlooks half a page missing at the end of the file.
      const { bytes } = db
        .prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()')
        .get() as { readonly bytes: number };
      const isComplete = statSync(path).size === bytes;
      return isComplete && rows.length === 1 && rows[0]?.quick_check === 'ok' && count > 0;
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

function syncPath(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function syncFolder(path: string): void {
  // Windows cannot open folders; it orders such changes itself.
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function failure(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EEXIST') return new AppError({ code: 'relay/backup-exists' });
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT')
    return new AppError({ code: 'relay/store-damaged' }, { cause: error });
  return new AppError({ code: 'relay/backup-failed' }, { cause: error });
}
