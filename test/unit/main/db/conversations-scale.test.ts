import { afterAll, beforeAll, expect, it } from 'vitest';
import { openInlineDatabase } from '#main/db/inline';
import type { ConversationQuery } from '#main/db/port/conversations';
import type { Database } from '#main/db/port/database';
import type { Reader, SqlValue } from '#main/db/worker/handle';
import { openConnection, type Connection } from '#main/db/worker/open';
import { reads as conversations } from '#main/db/worker/repositories/conversations';
import { reads as followers } from '#main/db/worker/repositories/followers';
import { reads as people } from '#main/db/worker/repositories/people';
import { EMPTY_WINDOW } from '#shared/domain/window';
import { APPID, KEY, newAccount, openidOf, temporaryFolder } from './fixture';

const NOW = 1_790_000_000;
const MANY = 100_000;
/** Every thousandth is pinned, every tenth done, every hundredth snoozed; half of the windows are open. */
const PINNED = 1000;
const DONE = 10;
const SNOOZED = 100;
let db: Database;
let raw: Connection;
let remove: () => Promise<void>;

beforeAll(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  const file = { path: `${folder.path}/desk.db`, key: KEY };
  db = openInlineDatabase(file);
  await db.accounts.save(newAccount());
  raw = openConnection(file);
  raw.write((writer) => {
    writer.run(
      `INSERT INTO followers (id, account_id, openid, code, following)
       SELECT value, 1, 'oFollower' || substr('0000000000000000000' || value, -19), 'K7M2', 1
       FROM generate_series(1, ${String(MANY)})`,
    );
    writer.run(
      `INSERT INTO messages (id, account_id, follower_id, direction, at, content)
       SELECT id, 1, id, 'in', ${String(NOW - MANY)} + id, '{"kind":"text","text":"在吗"}' FROM followers`,
    );
    writer.run(
      `INSERT INTO conversations (follower_id, account_id, listed, last_at, last_message_id, unread, needs_reply,
         window_record, window_expires_at, window_remaining, pinned, done, snoozed_until)
       SELECT id, 1, 1, ${String(NOW - MANY)} + id, id, 1, id % 2, ?,
         CASE WHEN id % 2 = 1 THEN ${String(NOW)} + id END, 5,
         id % ${String(PINNED)} = 1, id % ${String(DONE)} = 0,
         CASE WHEN id % ${String(SNOOZED)} = 5 THEN ${String(NOW)} + id END FROM followers`,
      JSON.stringify(EMPTY_WINDOW),
    );
  });
}, 120_000);
afterAll(async () => {
  raw.close();
  await db.close();
  await remove();
});

const page = (query: Partial<ConversationQuery>) =>
  db.conversations.page({
    ...({ appid: null, filter: 'active', order: 'newest', offset: 0, limit: 50, now: NOW } as const),
    ...query,
  });
const numbers = async (query: Partial<ConversationQuery>) =>
  (await page(query)).rows.map(({ openid }) => Number(openid.slice('oFollower'.length)));

const isActive = (n: number) => n % DONE !== 0 && n % SNOOZED !== 5;
const all = Array.from({ length: MANY }, (_, index) => MANY - index);
/** Pinned ones first, else in the order given. */
const pinnedFirst = (list: readonly number[]) => [
  ...list.filter((n) => n % PINNED === 1),
  ...list.filter((n) => n % PINNED !== 1),
];

it('reads any window of 100,000 conversations, in both orders', async () => {
  const newest = pinnedFirst(all.filter(isActive));
  const open = (n: number) => n % 2 === 1;
  const active = all.filter(isActive);
  const closing = [true, false].flatMap((pinned) => {
    const part = active.filter((n) => (n % PINNED === 1) === pinned);
    return [...part.filter(open).reverse(), ...part.filter((n) => !open(n))];
  });
  for (const offset of [0, 80, 30_000, 60_000, newest.length - 30]) {
    expect(await numbers({ offset })).toEqual(newest.slice(offset, offset + 50));
    expect(await numbers({ offset, order: 'closing-first' })).toEqual(closing.slice(offset, offset + 50));
  }
  expect((await page({})).total).toBe(newest.length);
});

it('counts and lists every queue of 100,000 conversations', async () => {
  expect((await page({ filter: 'all' })).total).toBe(MANY);
  expect(await numbers({ filter: 'all', offset: 70_000 })).toEqual(pinnedFirst(all).slice(70_000, 70_050));
  expect((await page({ filter: 'done' })).total).toBe(MANY / DONE);
  expect((await page({ filter: 'snoozed' })).total).toBe(MANY / SNOOZED);
  expect(await numbers({ filter: 'snoozed' })).toEqual(Array.from({ length: 50 }, (_, n) => 5 + n * SNOOZED));
  expect((await page({ filter: 'needs-reply' })).total).toBe(
    all.filter((n) => isActive(n) && n % 2 === 1).length,
  );
  expect((await page({ filter: 'closed' })).total).toBe(all.filter((n) => isActive(n) && n % 2 === 0).length);
  expect((await page({ filter: 'closing-soon', order: 'closing-first' })).total).toBe(
    all.filter((n) => isActive(n) && n % 2 === 1 && n < 4 * 3600).length,
  );
});

it('sorts no queue of 100,000 rows, and counts it without looking up a row', () => {
  const plan = (sql: string) =>
    raw.read((reader) =>
      reader
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .map(({ detail }) => detail)
        .join(),
    );
  for (const [index, where, key] of [
    ['conversations_active', 'listed = 1 AND done = 0 AND snoozed_until IS NULL', 'order_at'],
    ['conversations_done', 'listed = 1 AND done = 1', 'order_at'],
    [
      'conversations_needs_reply',
      'listed = 1 AND done = 0 AND snoozed_until IS NULL AND needs_reply = 1',
      'order_at',
    ],
    ['conversations_closing', 'listed = 1 AND done = 0 AND window_expires_at > 1', 'window_expires_at'],
  ] as const) {
    const from = `FROM conversations INDEXED BY ${index} WHERE account_id = 1 AND ${where} AND pinned = 0`;
    expect(plan(`SELECT count(*) ${from}`)).toMatch(/COVERING INDEX/);
    const listed = plan(`SELECT follower_id AS id, ${key} AS k ${from} ORDER BY k DESC, id DESC LIMIT 50`);
    expect(listed).toMatch(/COVERING INDEX/);
    expect(listed).not.toMatch(/TEMP B-TREE/);
  }
});

/** What SQLite does for everything that `work` reads. */
function plansOf(work: (db: Reader) => void): string[] {
  return raw.read((reader) => {
    const plans: string[] = [];
    const explained = <Row>(sql: string, values: SqlValue[]): Row[] => {
      for (const { detail } of reader.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values))
        plans.push(detail);
      return reader.all<Row>(sql, ...values);
    };
    work({
      generation: reader.generation,
      cached: (_key, compute) => compute(),
      all: (sql, ...values) => explained(sql, values),
      get: <Row>(sql: string, ...values: SqlValue[]) => explained<Row>(sql, values)[0],
    });
    return plans;
  });
}

it('opens a conversation of 100,000 by looking up, without walking or sorting what others wrote', () => {
  const openid = openidOf(70_001);
  const plans = plansOf((reader) => {
    const { messages } = conversations.messages(reader, APPID, openid, null, 40);
    expect(messages).toHaveLength(1);
    conversations.get(reader, APPID, openid);
    followers.get(reader, APPID, openid);
    followers.timeline(reader, APPID, openid, null, 20);
    people.windowEvents(reader, APPID, openid);
    people.related(reader, APPID, openid);
  });
  expect(plans.length).toBeGreaterThan(10);
  // What json_each reads are the few values that the caller names; a list of related people is a handful.
  const walks = plans.filter((plan) => /^SCAN (?!json_each)/.test(plan));
  expect(walks).toEqual([]);
});

it('has a queue read in the time that reading all of it once takes at most', async () => {
  await page({});
  const scan = () =>
    raw.read((reader) => reader.all('SELECT follower_id, last_at FROM conversations ORDER BY last_at'));
  scan();
  const begun = performance.now();
  scan();
  const scanned = performance.now() - begun;
  const began = performance.now();
  await page({ offset: 40_000, order: 'closing-first' });
  expect(performance.now() - began).toBeLessThan(scanned);
});
