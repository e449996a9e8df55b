import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedPage, IncomingItem, StoredItem } from '#relay/store/port';
import { syncLogOf, type LogSync } from '#relay/store/sqlite/log-sync';
import { openDatabase } from '#relay/store/sqlite/open-database';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { temporaryFolder } from '../support/relay-harness';

let folder: ReturnType<typeof temporaryFolder>;
let store: SqliteStore;
/** Stands before the real disk. */
let disk: { before: () => Promise<void>; syncs: number };

beforeEach(async () => {
  folder = temporaryFolder();
  const connection = await openDatabase(folder.path);
  const log = syncLogOf(connection);
  disk = { before: () => Promise.resolve(), syncs: 0 };
  const slow: LogSync = {
    async sync() {
      await disk.before();
      await log.sync();
      disk.syncs += 1;
    },
    close: () => log.close(),
  };
  store = new SqliteStore(connection, undefined, slow);
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
  const { count } = reader
    .prepare('SELECT coalesce(sum(last_seq + 1 - first_seq), 0) AS count FROM segments')
    .get() as { count: number };
  reader.close();
  return count;
};

const readAll = async (): Promise<readonly StoredItem[]> =>
  (await store.log.readFeed('shop', 0, { limit: 100, maxBytes: 1 << 20 })).items;
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    opened,
    open: () => {
      open();
    },
  };
}
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('the SQLite store', () => {
  it('shows a message to nobody, and acknowledges it to nobody, before the disk has it', async () => {
    const held = gate();
    const order: string[] = [];
    disk.before = () => held.opened.then(() => void order.push('disk'));
    store.log.onCommitted(() => order.push('devices'));
    const appended = store.log.append(message('tea')).then(() => order.push('acknowledged'));
    await until(() => countRows() === 1);
    const next = store.log.append(message('cake')).then(() => order.push('next'));
    // A device that asks now would be given a number which a power cut could give to another message.
    expect(await readAll()).toEqual([]);
    expect(await store.log.lastSeq('shop')).toBe(0);
    const counted = store.log.backlog('shop', 0).then(({ count }) => order.push(`counted ${String(count)}`));
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual([]);
    held.open();
    await Promise.all([appended, counted, next]);
    expect(order.slice(0, 2)).toEqual(['disk', 'devices']);
    expect(order.indexOf('disk', 1)).toBeGreaterThan(order.indexOf('counted 1'));
    expect(order.at(-1)).toBe('next');
    expect(await readAll()).toHaveLength(2);
  });

  it('goes on showing what the disk has, and reads documents, while a message is on its way there', async () => {
    const things = store.collection({ name: 'things', lifetime: null });
    await things.create('a', 'one');
    await store.log.append(message('tea'));
    const held = gate();
    disk.before = () => held.opened;
    const appended = store.log.append(message('cake'));
    await until(() => countRows() === 2);
    expect((await readAll()).map(({ body }) => body.toString())).toEqual(['tea']);
    expect(await things.get('a')).toMatchObject({ value: 'one' });
    held.open();
    await appended;
  });

  it('gives whoever it wakes the whole group, in pages that fit', async () => {
    await store.log.append(message('first'));
    const pages: Promise<FeedPage>[] = [];
    store.log.onCommitted((workspaceId) => {
      pages.push(store.log.readFeed(workspaceId, 1, { limit: 3, maxBytes: 1 << 20 }));
      pages.push(store.log.readFeed(workspaceId, 1, { limit: 100, maxBytes: 13 }));
      pages.push(store.log.readFeed(workspaceId, 0, { limit: 2, maxBytes: 1 << 20 }));
    });
    await appendTurn('cake', 5);
    expect((await Promise.all(pages)).map(({ items, next }) => [items.map(({ seq }) => seq), next])).toEqual([
      [[2, 3, 4], 4],
      [[2, 3], 3],
      [[1, 2], 2],
    ]);
  });

  it('puts what came during a sync on the disk with one more', async () => {
    const held = gate();
    disk.before = () => held.opened;
    const first = store.log.append(message('first'));
    await until(() => countRows() === 1);
    const others = appendTurn('others', 30);
    held.open();
    await Promise.all([first, others]);
    expect(disk.syncs).toBe(2);
  });

  it('acknowledges nothing that the disk refused, takes it once when it comes again, and never trusts that log again', async () => {
    disk.before = () => Promise.reject(new Error('EIO'));
    await expect(store.log.append(message('tea'))).rejects.toMatchObject({ code: 'relay/store-unavailable' });
    disk.before = () => Promise.resolve();
    expect(await store.log.append(message('tea'))).toBe('duplicate');
    // The log was emptied into the database before the message was acknowledged.
    expect(statSync(join(folder.path, 'relay.db-wal')).size).toBeLessThan(64 * 1024);
    expect((await readAll()).map(({ body }) => body.toString())).toEqual(['tea']);
  });

  it('puts on the disk what waits when it is closed', async () => {
    const appended = store.log.append(message('late'));
    await store.close();
    expect(await appended).toBe('stored');
    expect(disk.syncs).toBe(1);
    expect(countRows()).toBe(1);
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

  it('gives no number twice when another process appends while a message is on its way to the disk', async () => {
    await store.log.append(message('first'));
    const second = await SqliteStore.open(folder.path);
    const held = gate();
    disk.before = () => held.opened;
    const ours = store.log.append(message('ours'));
    await until(() => countRows() === 2);
    await second.log.append(message('theirs'));
    // A look at any other feed notices the other process before our own message has arrived.
    expect(await store.log.lastSeq('elsewhere')).toBe(0);
    held.open();
    await ours;
    expect(await store.log.append(message('last'))).toBe('stored');
    expect((await readAll()).map(({ seq, body }) => [seq, body.toString()])).toEqual([
      [1, 'first'],
      [2, 'ours'],
      [3, 'theirs'],
      [4, 'last'],
    ]);
    await second.close();
  });

  it('opens while another process writes, and both go on', async () => {
    const second = await SqliteStore.open(folder.path);
    await Promise.all([appendTurn('ours', 20), second.log.append(message('theirs'))]);
    await second.close();
    expect(countRows()).toBe(21);
  });
});
