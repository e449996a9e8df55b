import { expect, it } from 'vitest';
import { placeholderName } from '#shared/domain/follower-identity';
import type { FollowerFilter } from '#shared/ipc/follower-methods';
import type { Database } from '#main/db/port/database';
import type { FollowerQuery } from '#main/db/port/followers';
import {
  APPID,
  commit,
  detail,
  inbound,
  newAccount,
  openidOf,
  subscribe,
  text,
  unsubscribe,
} from './fixture';
import { useDatabase } from './use-database';

const NOW = 1_790_000_000;
const OTHER = 'wxaaaaaaaaaaaaaaaa';
const everyone: FollowerFilter = {
  appid: null,
  text: '',
  following: 'all',
  tagId: null,
  scene: null,
  windowOpen: null,
};
let db: Database;
useDatabase((opened) => (db = opened));

async function page(filter: Partial<FollowerFilter>, more: Partial<FollowerQuery> = {}) {
  const found = await db.followers.page({
    filter: { ...everyone, ...filter },
    sort: 'subscribed-asc',
    offset: 0,
    limit: 100,
    now: NOW,
    ...more,
  });
  return { total: found.total, openids: found.rows.map((row) => row.openid) };
}
const find = async (words: string) => (await page({ text: words })).openids;

it('finds people by two Chinese characters of alias, remark, note or first words', async () => {
  const [a, b, c, d] = [1, 2, 3, 4].map(openidOf) as [string, string, string, string];
  await db.followers.saveDetails(
    APPID,
    [detail(a), detail(b, { remark: '王小明（团购）' }), detail(c), detail(d)],
    NOW,
  );
  await db.followers.update(APPID, a, { alias: '海棠路李老师' });
  await db.followers.update(APPID, c, { note: '对百合过敏 allergic' });
  await commit(db, inbound(d, NOW, text('请问周六能送货上门吗')));

  expect(await find('老师')).toEqual([a]);
  expect(await find('小明')).toEqual([b]);
  expect(await find('团购')).toEqual([b]);
  expect(await find('百合过敏')).toEqual([c]);
  expect(await find('ALLER')).toEqual([c]);
  expect(await find('送货')).toEqual([d]);
  expect(await find('货送')).toEqual([]);
  expect(await find('海')).toEqual([a]);
  expect(await find('师')).toEqual([a]);
  expect(await find('李老师 海棠')).toEqual([a]);
  expect(await find('"* OR')).toEqual([]);
});

it('finds people by tag name, QR scene, openid and the code in their placeholder name', async () => {
  const [a, b, c] = [1, 2, 3].map(openidOf) as [string, string, string];
  await db.followers.saveTags(APPID, [{ id: 101, name: '老客户', count: 1 }]);
  await db.followers.saveDetails(
    APPID,
    [detail(a, { tagIds: [101] }), detail(b, { qrScene: 'door_poster' }), detail(c)],
    NOW,
  );

  expect(await find('客户')).toEqual([a]);
  expect(await find('poster')).toEqual([b]);
  expect(await find(c)).toEqual([c]);
  expect(await find(placeholderName(c, 'zh-CN'))).toEqual([c]);
  expect(await find(placeholderName(b, 'en').toLowerCase())).toEqual([b]);
});

it('forgets the words of before when a name changes', async () => {
  await db.followers.saveDetails(APPID, [detail(openidOf(1), { remark: '旧名字' })], NOW);
  await db.followers.saveDetails(APPID, [detail(openidOf(1), { remark: '新称呼' })], NOW + 5);

  expect(await find('旧名')).toEqual([]);
  expect(await find('称呼')).toEqual([openidOf(1)]);
});

it('filters by follow state, tag, scene and open window, alone and together', async () => {
  const [a, b, c] = [1, 2, 3].map(openidOf) as [string, string, string];
  await db.followers.saveDetails(
    APPID,
    [detail(a, { tagIds: [2, 101] }), detail(b, { tagIds: [101], scene: 'ADD_SCENE_QR_CODE' }), detail(c)],
    NOW - 10,
  );
  await commit(db, inbound(c, NOW, unsubscribe), inbound(a, NOW, text('hi')));

  expect(await page({ following: 'following' })).toEqual({ total: 2, openids: [a, b] });
  expect(await page({ following: 'left' })).toEqual({ total: 1, openids: [c] });
  expect(await page({ tagId: 101 })).toEqual({ total: 2, openids: [a, b] });
  expect(await page({ scene: 'ADD_SCENE_QR_CODE', tagId: 101 })).toEqual({ total: 1, openids: [b] });
  expect(await page({ windowOpen: true })).toEqual({ total: 1, openids: [a] });
  expect(await page({ windowOpen: false })).toEqual({ total: 2, openids: [b, c] });
  expect(await page({ windowOpen: true }, { now: NOW + 48 * 3600 })).toEqual({ total: 0, openids: [] });
});

it('drops a tag that WeChat took off', async () => {
  await db.followers.saveDetails(APPID, [detail(openidOf(1), { tagIds: [101, 102] })], NOW);
  await db.followers.saveDetails(APPID, [detail(openidOf(1), { tagIds: [102] })], NOW + 5);

  expect((await page({ tagId: 101 })).total).toBe(0);
  expect((await page({ tagId: 102 })).total).toBe(1);
});

it('merges accounts into one list in the chosen order, wherever the window lies', async () => {
  await db.accounts.save(newAccount(OTHER));
  const many = Array.from({ length: 60 }, (_, n) => n);
  await db.followers.saveDetails(
    APPID,
    many.filter((n) => n % 2 === 0).map((n) => detail(openidOf(n), { subscribedAt: 1000 + n })),
    NOW,
  );
  await db.followers.saveDetails(
    OTHER,
    many.filter((n) => n % 2 === 1).map((n) => detail(openidOf(n), { subscribedAt: 1000 + n })),
    NOW,
  );

  const newest = [...many].reverse().map(openidOf);
  for (const offset of [0, 13, 29, 31, 47, 58]) {
    const { total, openids } = await page({}, { sort: 'subscribed-desc', offset, limit: 10 });
    expect({ total, openids }).toEqual({ total: 60, openids: newest.slice(offset, offset + 10) });
  }
  expect((await page({ appid: OTHER })).total).toBe(30);
});

it('puts people with names first, in order of the name', async () => {
  const [a, b, c] = [1, 2, 3].map(openidOf) as [string, string, string];
  await db.followers.saveDetails(
    APPID,
    [detail(a), detail(b, { remark: 'Zoe' }), detail(c, { remark: 'Yan' })],
    NOW,
  );
  await db.followers.update(APPID, b, { alias: 'Anna' });

  expect((await page({}, { sort: 'name' })).openids).toEqual([b, c, a]);
});

it('counts anew after a change', async () => {
  await db.followers.saveDetails(APPID, [detail(openidOf(1))], NOW);
  expect((await page({})).total).toBe(1);
  await db.followers.saveDetails(APPID, [detail(openidOf(2))], NOW);
  expect((await page({})).total).toBe(2);
});

it('[S2.15] keeps what is known of someone of whom WeChat answers only that they left', async () => {
  const who = openidOf(1);
  await db.followers.saveDetails(
    APPID,
    [detail(who, { remark: '常客', tagIds: [101], scene: 'ADD_SCENE_QR_CODE' })],
    NOW,
  );
  const gone = { ...detail(who), subscribed: false, subscribedAt: null, scene: null };
  await db.followers.saveDetails(APPID, [gone], NOW + 5);

  const follower = await db.followers.get(APPID, who);
  expect(follower).toMatchObject({
    following: false,
    remark: '常客',
    tagIds: [101],
    scene: 'ADD_SCENE_QR_CODE',
    unsubscribedAt: NOW + 5,
  });
  expect((await db.followers.timeline(APPID, who, null, 10)).entries.map(({ kind }) => kind)).toContain(
    'unfollowed',
  );
  expect((await db.accounts.get(APPID))?.followers).toBe(0);
});

it('lets no older answer undo a newer event', async () => {
  const who = openidOf(1);
  await commit(db, inbound(who, NOW, subscribe('new')));
  await commit(db, inbound(who, NOW + 10, unsubscribe));
  await db.followers.saveDetails(
    APPID,
    [detail(who, { subscribedAt: NOW - 500, remark: '回头客' })],
    NOW + 9.5,
  );

  expect(await db.followers.get(APPID, who)).toMatchObject({
    following: false,
    subscribedAt: NOW,
    remark: '回头客',
  });
});

it('pages through a timeline without gap or repeat, also where many things share a second', async () => {
  const who = openidOf(1);
  await commit(
    db,
    ...Array.from({ length: 25 }, (_, n) =>
      inbound(who, NOW + Math.floor(n / 5), n % 2 ? text(`m${String(n)}`) : subscribe(`s${String(n)}`)),
    ),
  );
  const whole = (await db.followers.timeline(APPID, who, null, 100)).entries;
  const paged = [];
  let before: string | null = null;
  do {
    const part: Awaited<ReturnType<typeof db.followers.timeline>> = await db.followers.timeline(
      APPID,
      who,
      before,
      4,
    );
    paged.push(...part.entries);
    before = part.next;
  } while (before !== null);

  expect(whole).toHaveLength(25);
  expect(paged).toEqual(whole);
  expect(whole.map(({ at }) => at)).toEqual([...whole.map(({ at }) => at)].sort((x, y) => y - x));
});

it('tells the follow from before the account was bound, by its time and scene', async () => {
  await db.followers.saveDetails(
    APPID,
    [detail(openidOf(1), { subscribedAt: 1_700_000_000, scene: 'ADD_SCENE_SEARCH' })],
    NOW,
  );
  const { entries } = await db.followers.timeline(APPID, openidOf(1), null, 10);

  expect(entries.map(({ at, kind, detail: words }) => [at, kind, words])).toEqual([
    [NOW, 'imported', null],
    [1_700_000_000, 'followed', 'ADD_SCENE_SEARCH'],
  ]);
});

it('erases an account with everything that belongs to it, and only that', async () => {
  await db.accounts.save(newAccount(OTHER));
  for (const appid of [APPID, OTHER]) {
    await db.followers.saveDetails(appid, [detail(openidOf(1), { remark: '同名', tagIds: [101] })], NOW);
    await commit(db, inbound(openidOf(1), NOW, text('在吗'), appid));
  }
  await db.accounts.erase(APPID);

  expect((await db.accounts.list()).map(({ appid }) => appid)).toEqual([OTHER]);
  expect(await find('同名')).toEqual([openidOf(1)]);
  expect(
    (
      await db.conversations.page({
        appid: null,
        filter: 'all',
        order: 'newest',
        offset: 0,
        limit: 9,
        now: NOW,
      })
    ).total,
  ).toBe(1);
});
