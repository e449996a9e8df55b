import { afterEach, beforeEach, expect, it } from 'vitest';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port/database';
import {
  APPID,
  commit,
  detail,
  inbound,
  KEY,
  newAccount,
  openidOf,
  subscribe,
  temporaryFolder,
  unsubscribe,
} from './fixture';

const NOW = 1_790_000_000;
let db: Database;
let path: string;
let remove: () => Promise<void>;

beforeEach(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  path = `${folder.path}/desk.db`;
  db = openInlineDatabase({ path, key: KEY });
  await db.accounts.save(newAccount());
});
afterEach(async () => {
  await db.close();
  await remove();
});

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => openidOf(from + n));
const pageOf = (openids: readonly string[], done: boolean) => ({
  total: 10,
  openids,
  nextOpenid: done ? '' : (openids.at(-1) ?? ''),
  done,
});

it('goes on behind the last stored page and the last stored batch after the app was killed', async () => {
  await db.imports.begin(APPID, NOW);
  await db.imports.savePage(APPID, pageOf(range(0, 6), false), NOW);
  db = openInlineDatabase({ path, key: KEY });
  expect(await db.imports.interrupted()).toEqual([APPID]);
  const resumed = await db.imports.begin(APPID, NOW + 60);
  expect(resumed).toMatchObject({
    nextOpenid: openidOf(5),
    state: { phase: 'listing', listed: 6, startedAt: NOW },
  });

  await db.imports.savePage(APPID, pageOf(range(6, 10), true), NOW);
  const asked = await db.imports.pending(APPID, null, 4);
  await db.imports.saveBatch(
    APPID,
    asked,
    asked.map((openid) => detail(openid)),
    NOW,
  );
  db = openInlineDatabase({ path, key: KEY });
  const again = await db.imports.begin(APPID, NOW + 90);
  expect(again).toMatchObject({
    detailAfter: openidOf(3),
    state: { phase: 'details', listed: 10, detailed: 4 },
  });
  expect(await db.imports.pending(APPID, again.detailAfter, 100)).toEqual(range(4, 10));
});

it('counts nobody twice when a page comes again', async () => {
  await db.imports.begin(APPID, NOW);
  await db.imports.savePage(APPID, pageOf(range(0, 5), false), NOW);
  await db.imports.savePage(APPID, pageOf(range(3, 8), true), NOW);

  expect((await db.accounts.get(APPID))?.followers).toBe(8);
});

it('[S2.14] lets events that arrive during an import stand against its older answers', async () => {
  await db.imports.begin(APPID, NOW);
  await db.imports.savePage(APPID, pageOf(range(0, 3), true), NOW);
  await commit(
    db,
    inbound(openidOf(1), NOW + 5, unsubscribe),
    inbound(openidOf(7), NOW + 5, subscribe('counter')),
  );
  await db.imports.saveBatch(
    APPID,
    range(0, 3),
    range(0, 3).map((openid) => detail(openid)),
    NOW + 4,
  );

  expect(await db.followers.get(APPID, openidOf(1))).toMatchObject({ following: false });
  expect(await db.followers.get(APPID, openidOf(7))).toMatchObject({ following: true, qrScene: 'counter' });
  expect((await db.accounts.get(APPID))?.followers).toBe(3);
});

it('finds in a second import who left and who came back without an event', async () => {
  await db.imports.begin(APPID, NOW);
  await db.imports.savePage(APPID, pageOf(range(0, 3), true), NOW);
  await db.imports.saveBatch(
    APPID,
    range(0, 3),
    [
      detail(openidOf(0)),
      { ...detail(openidOf(1)), subscribed: false, subscribedAt: null },
      detail(openidOf(2)),
    ],
    NOW,
  );
  await db.imports.finish(APPID, 'done', null, NOW + 1);
  expect((await db.followers.get(APPID, openidOf(1)))?.following).toBe(false);

  const plan = await db.imports.begin(APPID, NOW + 100);
  expect(plan.state).toMatchObject({ phase: 'listing', listed: 0, detailed: 0, startedAt: NOW + 100 });
  await db.imports.savePage(APPID, pageOf([openidOf(0), openidOf(1)], true), NOW + 100);
  expect(await db.imports.pending(APPID, null, 10)).toEqual(range(0, 3));
  await db.imports.saveBatch(
    APPID,
    range(0, 3),
    [
      detail(openidOf(0)),
      detail(openidOf(1), { subscribedAt: NOW + 50 }),
      { ...detail(openidOf(2)), subscribed: false, subscribedAt: null },
    ],
    NOW + 101,
  );

  expect(await db.followers.get(APPID, openidOf(1))).toMatchObject({ following: true });
  expect(await db.followers.get(APPID, openidOf(2))).toMatchObject({ following: false });
});

it('remembers a pause and a failure with its reason, and goes on from there', async () => {
  await db.imports.begin(APPID, NOW);
  await db.imports.savePage(APPID, pageOf(range(0, 4), false), NOW);
  const failed = await db.imports.finish(APPID, 'failed', { code: 'wechat/errcode', errcode: 45009 }, NOW);
  expect(failed.state).toMatchObject({ phase: 'failed', error: { errcode: 45009 }, finishedAt: null });
  expect(await db.imports.interrupted()).toEqual([]);
  expect((await db.imports.begin(APPID, NOW)).state).toMatchObject({
    phase: 'listing',
    listed: 4,
    error: null,
  });
});
