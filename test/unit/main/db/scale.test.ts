import { afterAll, beforeAll, expect, it } from 'vitest';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port/database';
import { openConnection, type Connection } from '#main/db/worker/open';
import type { FollowerFilter } from '#shared/ipc/follower-methods';
import { APPID, commit, detail, inbound, KEY, newAccount, openidOf, temporaryFolder, text } from './fixture';

const NOW = 1_790_000_000;
const MANY = 100_000;
const everyone: FollowerFilter = {
  appid: null,
  text: '',
  following: 'all',
  tagId: null,
  scene: null,
  windowOpen: null,
};
let db: Database;
let raw: Connection;
let remove: () => Promise<void>;

beforeAll(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  const file = { path: `${folder.path}/desk.db`, key: KEY };
  db = openInlineDatabase(file);
  raw = openConnection(file);
  await db.accounts.save(newAccount());
  await db.followers.saveTags(APPID, [{ id: 101, name: '半数客人', count: MANY / 2 }]);
  await db.imports.begin(APPID, NOW);
  for (let from = 0; from < MANY; from += 10_000) {
    const openids = Array.from({ length: 10_000 }, (_, n) => openidOf(from + n));
    await db.imports.savePage(APPID, { total: MANY, openids, nextOpenid: '', done: false }, NOW);
    await db.followers.saveDetails(
      APPID,
      openids.map((openid, n) =>
        detail(openid, {
          subscribedAt: 1_700_000_000 + from + n,
          tagIds: (from + n) % 2 === 0 ? [101] : [],
          remark: (from + n) % 1000 === 0 ? `海棠路${String(from + n)}号` : '',
        }),
      ),
      NOW,
    );
  }
  await commit(
    db,
    ...Array.from({ length: 500 }, (_, n) => inbound(openidOf(n * 200), NOW + n, text('在吗'))),
  );
}, 120_000);
afterAll(async () => {
  raw.close();
  await db.close();
  await remove();
});

const page = (
  filter: Partial<FollowerFilter>,
  offset = 0,
  sort: 'subscribed-asc' | 'name' | 'last-message-desc' = 'subscribed-asc',
) => db.followers.page({ filter: { ...everyone, ...filter }, sort, offset, limit: 50, now: NOW + 600 });

function milliseconds(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

it('reads any window of 100,000 followers', async () => {
  for (const offset of [0, 40_000, 60_000, MANY - 30]) {
    const { total, rows } = await page({}, offset);
    expect(total).toBe(MANY);
    expect(rows.map(({ openid }) => openid)).toEqual(
      Array.from({ length: Math.min(50, MANY - offset) }, (_, n) => openidOf(offset + n)),
    );
  }
});

it('filters 100,000 followers by large and small sets alike', async () => {
  const half = await page({ tagId: 101 }, 40_000);
  expect(half.total).toBe(MANY / 2);
  expect(half.rows[0]?.openid).toBe(openidOf(80_000));
  expect((await page({ text: '半数' }, 49_990)).rows.at(-1)?.openid).toBe(openidOf(MANY - 2));
  expect((await page({ text: '海棠' })).total).toBe(100);
  expect((await page({ text: '海棠', tagId: 101 })).total).toBe(100);
  expect((await page({ text: '棠路', windowOpen: true })).total).toBe(100);
  expect((await page({ windowOpen: true })).total).toBe(500);
  expect((await page({ windowOpen: false }, 99_400)).total).toBe(MANY - 500);
  expect((await page({}, 0, 'name')).rows[0]?.remark).toBe('海棠路0号');
  expect((await page({}, 0, 'last-message-desc')).rows[0]?.openid).toBe(openidOf(499 * 200));
});

it('counts and lists a tag together with another filter, whichever is walked', async () => {
  const scene = (await page({}, 0)).rows[0]?.scene ?? '';
  const both = await page({ tagId: 101, scene }, 40_000);
  expect(both.total).toBe(MANY / 2);
  expect(both.rows[0]?.openid).toBe(openidOf(80_000));
  expect((await page({ tagId: 101, scene: 'ADD_SCENE_OTHERS' })).total).toBe(0);
  expect((await page({ tagId: 101, following: 'left' })).total).toBe(0);
  expect((await page({ tagId: 101, windowOpen: true })).total).toBe(500);
  const closed = await page({ tagId: 101, windowOpen: false }, 49_490);
  expect(closed.total).toBe(MANY / 2 - 500);
  expect(closed.rows.at(-1)?.openid).toBe(openidOf(MANY - 2));
  const named = await page({ tagId: 101 }, 0, 'name');
  expect(named.total).toBe(MANY / 2);
  expect(named.rows[0]?.remark).toBe('海棠路0号');
});

it('walks half of everyone by the order of their tag, without sorting or looking anyone up', () => {
  const plan = raw.read((reader) =>
    reader.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id, subscribed_at AS k FROM (
         SELECT follower_id AS id, account_id, tag_id, subscribed_at, following, scene
         FROM follower_tags INDEXED BY follower_tags_by_subscription) AS followers
       WHERE account_id = 1 AND tag_id = 101 AND following = 1 AND scene = 's' ORDER BY k DESC, id DESC LIMIT 50`,
    ),
  );
  const steps = plan.map((step) => step.detail).join();
  expect(steps).toMatch(/COVERING INDEX follower_tags_by_subscription/);
  expect(steps).not.toMatch(/TEMP B-TREE/);
});

it('lets no order of the list sort 100,000 rows', async () => {
  for (const sort of ['subscribed-asc', 'name', 'last-message-desc'] as const) {
    const key = {
      'subscribed-asc': 'subscribed_at',
      name: 'sort_name',
      'last-message-desc': 'last_message_at',
    }[sort];
    const plan = raw.read((reader) =>
      reader.all<{ detail: string }>(
        `EXPLAIN QUERY PLAN SELECT id, ${key} AS k FROM followers INDEXED BY ${
          {
            subscribed_at: 'followers_by_subscription',
            sort_name: 'followers_by_name',
            last_message_at: 'followers_by_message',
          }[key] ?? ''
        } WHERE account_id = 1 AND following = 1 ORDER BY k DESC, id DESC LIMIT 50`,
      ),
    );
    expect(plan.map((step) => step.detail).join()).toMatch(/COVERING INDEX/);
    expect(plan.map((step) => step.detail).join()).not.toMatch(/TEMP B-TREE/);
  }
});

it('finds two Chinese characters faster than reading through everyone', async () => {
  const scan = () =>
    raw.read((reader) =>
      reader.all(
        "SELECT id FROM followers WHERE remark LIKE '%海棠%' OR alias LIKE '%海棠%' OR first_words LIKE '%海棠%'",
      ),
    );
  scan();
  const scanned = milliseconds(scan);
  await page({ text: '海棠路' });
  // A write makes every cached count stale, so the search is done anew.
  await db.meta.set('stale', '1');
  const began = performance.now();
  const { total } = await page({ text: '海棠路' });
  const searched = performance.now() - began;

  expect(total).toBe(100);
  expect(searched).toBeLessThan(scanned);
});
