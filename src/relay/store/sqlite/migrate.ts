import type Database from 'libsql';
import { AppError } from '#shared/app-error';
import { sql as first } from './migrations/0001-first';
import { sql as itemsAndEntries } from './migrations/0002-items-and-entries';
import { sql as replayKeys } from './migrations/0003-replay-keys';
import { sql as segments } from './migrations/0004-segments';
import { sql as keyBatches } from './migrations/0005-key-batches';

/** In order; the position is the version a migration leads to. */
const MIGRATIONS: readonly string[] = [first, itemsAndEntries, replayKeys, segments, keyBatches];

export const NEWEST_VERSION = MIGRATIONS.length;

/**
 * Brings the file to the newest version, each step in one transaction.
 * @throws AppError `relay/store-newer` when a newer relay wrote the file
 */
export function migrate(db: Database.Database): void {
  for (;;) {
    const version = userVersion(db);
    if (version > MIGRATIONS.length) throw new AppError({ code: 'relay/store-newer', params: { version } });
    if (version === MIGRATIONS.length) return;
    // Two processes may open a new folder at the same moment: the one that waited looks again.
    db.exec('BEGIN IMMEDIATE');
    try {
      const current = userVersion(db);
      const step = MIGRATIONS[current];
      if (step !== undefined) db.exec(`${step}; PRAGMA user_version = ${String(current + 1)}`);
      db.exec('COMMIT');
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}

function userVersion(db: Database.Database): number {
  const row = db.prepare('PRAGMA user_version').get() as { readonly user_version: number };
  return row.user_version;
}
