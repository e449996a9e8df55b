import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { IncomingItem } from '#relay/store/port';
import { sql as first } from '#relay/store/sqlite/migrations/0001-first';
import { sql as itemsAndEntries } from '#relay/store/sqlite/migrations/0002-items-and-entries';
import { sql as replayKeys } from '#relay/store/sqlite/migrations/0003-replay-keys';
import { sql as segments } from '#relay/store/sqlite/migrations/0004-segments';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { temporaryFolder } from '../support/relay-harness';

/** More than two batches of keys. */
const MANY = 5_000;
/** What one group of a busy relay holds. */
const GROUP = 50;

let folder: ReturnType<typeof temporaryFolder>;
let opened: SqliteStore[];
beforeEach(() => {
  folder = temporaryFolder();
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  folder.dispose();
});

const open = async (): Promise<SqliteStore> => {
  const store = await SqliteStore.open(folder.path);
  opened.push(store);
  return store;
};
const message = (index: number): IncomingItem => ({
  workspaceId: 'shop',
  kind: 'message',
  appid: 'wx1',
  receivedAt: index,
  // As those of one second: in no order.
  replayKey: Buffer.from(String((index * 7_919) % 1_000_003).padEnd(32)),
  query: '',
  body: Buffer.from(String(index)),
});
/** Appends `from` up to, but without, `to`, group after group; the number of times each outcome came. */
const append = async (store: SqliteStore, from: number, to: number) => {
  const counts = { stored: 0, duplicate: 0 };
  for (let start = from; start < to; start += GROUP) {
    const group = Array.from({ length: Math.min(GROUP, to - start) }, (_, index) => message(start + index));
    for (const outcome of await Promise.all(group.map((item) => store.log.append(item))))
      counts[outcome] += 1;
  }
  return counts;
};
const look = (text: string): number => {
  const reader = new Database(join(folder.path, 'relay.db'));
  const { count } = reader.prepare(text).get() as { count: number };
  reader.close();
  return count;
};
const countKeys = () => look('SELECT coalesce(sum(length(keys) / width), 0) AS count FROM key_batches');
const trimAll = (store: SqliteStore, throughSeq: number) =>
  store.log.trim('shop', { throughSeq, receivedBefore: MANY * 2, limit: MANY * 2 });

it('knows every delivery again, in memory and in batches, also after a restart', async () => {
  const store = await open();
  expect(await append(store, 0, MANY)).toEqual({ stored: MANY, duplicate: 0 });
  expect(await append(store, 0, MANY)).toEqual({ stored: 0, duplicate: MANY });
  await store.close();
  const next = await open();
  expect(await append(next, 0, MANY)).toEqual({ stored: 0, duplicate: MANY });
  expect(await append(next, MANY, MANY + GROUP)).toEqual({ stored: GROUP, duplicate: 0 });
  expect(look('SELECT sum(last_seq + 1 - first_seq) AS count FROM segments')).toBe(MANY + GROUP);
});

it('knows each again when thousands come at once', async () => {
  const store = await open();
  await append(store, 0, MANY);
  const all = Array.from({ length: MANY + GROUP }, (_, index) => store.log.append(message(index)));
  const outcomes = await Promise.all(all);
  expect(outcomes.slice(0, MANY).every((outcome) => outcome === 'duplicate')).toBe(true);
  expect(outcomes.slice(MANY).every((outcome) => outcome === 'stored')).toBe(true);
  const next = Array.from({ length: MANY }, (_, index) => store.log.append(message(MANY + GROUP + index)));
  expect((await Promise.all(next)).every((outcome) => outcome === 'stored')).toBe(true);
  expect(look('SELECT max(length(keys) / width) AS count FROM key_batches')).toBe(4_096);
  expect(await append(store, 0, 2 * MANY)).toEqual({ stored: 0, duplicate: 2 * MANY });
});

it('stores keys by the thousand as items come, so that a start reads few of them', async () => {
  const store = await open();
  await append(store, 0, MANY);
  const behind = look(
    'SELECT sum(last_seq + 1 - first_seq) AS count FROM segments, indexed_keys WHERE id > through_id',
  );
  expect(countKeys()).toBe(MANY - behind);
  expect(look('SELECT count(*) AS count FROM key_batches')).toBe(2);
  expect(behind).toBeLessThan(MANY - 2_000);
});

it('knows what another process has stored', async () => {
  const [one, other] = [await open(), await open()];
  expect(await append(one, 0, 100)).toEqual({ stored: 100, duplicate: 0 });
  expect(await append(other, 50, 150)).toEqual({ stored: 50, duplicate: 50 });
  expect(await append(one, 100, 200)).toEqual({ stored: 50, duplicate: 50 });
});

it('forgets the key with its item, wherever the key was', async () => {
  const store = await open();
  // Some in a batch, some in memory.
  await append(store, 0, 2_048 + 100);
  expect(countKeys()).toBeGreaterThan(0);
  expect(countKeys()).toBeLessThan(2_048 + 100);
  expect(await trimAll(store, 2_048 + 100)).toBe(2_048 + 100);
  expect(countKeys()).toBe(0);
  expect(await append(store, 0, MANY)).toEqual({ stored: MANY, duplicate: 0 });
  await trimAll(store, Number.MAX_SAFE_INTEGER);
  // Numbers of rows are not given out again, or the next start would not read these keys.
  expect(await append(store, 0, GROUP)).toEqual({ stored: GROUP, duplicate: 0 });
  await store.close();
  expect(await append(await open(), 0, GROUP)).toEqual({ stored: 0, duplicate: GROUP });
});

it('forgets only what was removed of items that came together, also at a start', async () => {
  const store = await open();
  await append(store, 0, GROUP);
  expect(await trimAll(store, GROUP / 2)).toBe(GROUP / 2);
  await store.close();
  expect(await append(await open(), 0, GROUP)).toEqual({ stored: GROUP / 2, duplicate: GROUP / 2 });
});

it('reads what a relay before the segments had stored, and gives out no number of a row again', async () => {
  const db = new Database(join(folder.path, 'relay.db'));
  db.exec(`${first}; ${itemsAndEntries}; ${replayKeys}; PRAGMA user_version = 3`);
  db.exec("INSERT INTO feeds (id, workspace, last_seq) VALUES (7, 'shop', 4)");
  const insert = db.prepare("INSERT INTO items VALUES (?, 7, ?, 'message', 'wx1', 1.5, ?, 'a=\"b\"', ?)");
  // The first is in the index, the second is not yet.
  for (const [id, seq] of [
    [8, 3],
    [9, 4],
  ] as const)
    insert.run([id, seq, message(seq).replayKey, Buffer.from(`正文 ${String(seq)}`)]);
  db.prepare('INSERT INTO replay_keys VALUES (?)').run([message(3).replayKey]);
  db.exec('UPDATE indexed_keys SET through_id = 8');
  db.exec("UPDATE sqlite_sequence SET seq = 20 WHERE name = 'items'");
  db.close();
  const store = await open();
  const { items } = await store.log.readFeed('shop', 0, { limit: 10, maxBytes: 1_000 });
  const rest = { kind: 'message', appid: 'wx1', receivedAt: 1.5, query: 'a="b"' };
  expect(items).toEqual([
    { ...rest, seq: 3, body: Buffer.from('正文 3') },
    { ...rest, seq: 4, body: Buffer.from('正文 4') },
  ]);
  expect(await append(store, 3, 6)).toEqual({ stored: 1, duplicate: 2 });
  expect(look('SELECT max(id) AS count FROM segments')).toBe(21);
});

it('knows the deliveries whose keys a relay before the batches had in a table', async () => {
  const db = new Database(join(folder.path, 'relay.db'));
  db.exec(`${first}; ${itemsAndEntries}; ${replayKeys}; ${segments}; PRAGMA user_version = 4`);
  const insert = db.prepare('INSERT INTO replay_keys VALUES (?)');
  const short = { ...message(0), replayKey: Buffer.from('short') };
  db.exec('BEGIN');
  for (const { replayKey } of [short, ...Array.from({ length: MANY }, (_, index) => message(index))])
    insert.run([replayKey]);
  db.exec('COMMIT');
  db.close();
  const store = await open();
  expect(countKeys()).toBe(MANY + 1);
  expect(await append(store, 0, MANY + GROUP)).toEqual({ stored: GROUP, duplicate: MANY });
  expect(await store.log.append(short)).toBe('duplicate');
});

it('knows the deliveries that a relay before the index had stored', async () => {
  const db = new Database(join(folder.path, 'relay.db'));
  db.exec(`${first}; ${itemsAndEntries}; PRAGMA user_version = 2`);
  db.exec("INSERT INTO feeds (id, workspace, last_seq) VALUES (7, 'shop', 3)");
  const { replayKey } = message(1);
  const insert = db.prepare("INSERT INTO items VALUES (4, 7, 3, 'message', 'wx1', 1, ?, '', ?)");
  insert.run([replayKey, Buffer.from('1')]);
  db.close();
  const store = await open();
  expect(await append(store, 1, 3)).toEqual({ stored: 1, duplicate: 1 });
  const { items } = await store.log.readFeed('shop', 0, { limit: 10, maxBytes: 1_000 });
  expect(items.map(({ seq, body }) => [seq, body.toString()])).toEqual([
    [3, '1'],
    [4, '2'],
  ]);
});
