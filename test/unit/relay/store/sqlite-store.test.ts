import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncomingItem } from '#relay/store/port';
import { openDatabase } from '#relay/store/sqlite/open-database';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { temporaryFolder } from '../support/relay-harness';

let folder: ReturnType<typeof temporaryFolder>;
let connection: Database.Database;
let store: SqliteStore;

beforeEach(async () => {
  folder = temporaryFolder();
  connection = await openDatabase(folder.path);
  store = new SqliteStore(connection);
});
afterEach(async () => {
  await store.close();
  folder.dispose();
});

const message = (name: string): IncomingItem => ({
  workspaceId: 'shop',
  kind: 'message',
  appid: 'wx1',
  receivedAt: 1,
  replayKey: Buffer.from(name.padEnd(20)),
  query: '',
  body: Buffer.from(name),
});
const appendTurn = (turn: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, index) => store.log.append(message(`${turn}-${String(index)}`))),
  );
const countRows = (): number => {
  const reader = new Database(join(folder.path, 'relay.db'));
  const { count } = reader.prepare('SELECT count(*) AS count FROM items').get() as { count: number };
  reader.close();
  return count;
};

describe('the SQLite store', () => {
  it('syncs its log to the disk at every commit', () => {
    expect(connection.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(connection.pragma('synchronous')).toEqual([{ synchronous: 2 }]);
  });

  it('commits everything asked for in one turn of the event loop at once', async () => {
    const commits: number[] = [];
    store.log.onCommitted(() => commits.push(countRows()));
    await appendTurn('first', 50);
    await appendTurn('second', 20);
    expect(commits).toEqual([50, 70]);
  });

  it('answers only after another process can see the message', async () => {
    const seen: number[] = [];
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        store.log.append(message(String(index))).then(() => seen.push(countRows())),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 10 }, () => 10));
  });

  it('opens while another process writes, and both go on', async () => {
    const second = await SqliteStore.open(folder.path);
    await Promise.all([appendTurn('ours', 20), second.log.append(message('theirs'))]);
    await second.close();
    expect(countRows()).toBe(21);
  });
});
