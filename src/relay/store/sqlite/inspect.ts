import { join } from 'node:path';
import Database from 'libsql';
import { isBusy } from './group-writer';
import { NEWEST_VERSION } from './migrate';
import { DATABASE_FILE } from './open-database';

const LOCK_WAIT_MS = 10_000;

export interface DatabaseState {
  /** Version of the schema in the file, and the one that this relay writes. */
  readonly version: number;
  readonly newest: number;
}

/** Looks at the database of a data folder without changing it; null when it is damaged. A relay may be running on it. */
export function inspectDatabase(dataDir: string): DatabaseState | null {
  try {
    const db = new Database(join(dataDir, DATABASE_FILE), { timeout: LOCK_WAIT_MS });
    try {
      const rows = db.prepare('PRAGMA quick_check').all() as readonly { readonly quick_check: string }[];
      if (rows.length !== 1 || rows[0]?.quick_check !== 'ok') return null;
      const { user_version } = db.prepare('PRAGMA user_version').get() as { readonly user_version: number };
      return { version: user_version, newest: NEWEST_VERSION };
    } finally {
      db.close();
    }
  } catch (error) {
    if (isBusy(error)) throw error;
    return null;
  }
}
