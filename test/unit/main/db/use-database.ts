import { afterEach, beforeEach } from 'vitest';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port/database';
import { KEY, newAccount, temporaryFolder } from './fixture';

/** Gives each test a database of its own with one account, and takes both away after it. */
export function useDatabase(take: (db: Database) => void): void {
  let db: Database;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    const folder = await temporaryFolder();
    remove = folder.remove;
    db = openInlineDatabase({ path: `${folder.path}/desk.db`, key: KEY });
    await db.accounts.save(newAccount());
    take(db);
  });
  afterEach(async () => {
    await db.close();
    await remove();
  });
}
