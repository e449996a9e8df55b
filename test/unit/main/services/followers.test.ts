import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FollowerFilter } from '#shared/ipc/follower-methods';
import { World, type Desk } from './desk';

const everyone: FollowerFilter = {
  appid: null,
  text: '',
  following: 'all',
  tagId: null,
  scene: null,
  windowOpen: null,
};
let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await World.create(2_345);
  desk = world.desk();
});
afterEach(() => world.close());

async function openids(target: Desk): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const { total, rows } = await target.followers.page({
      filter: everyone,
      sort: 'subscribed-asc',
      offset: found.length,
      limit: 500,
    });
    found.push(...rows.map(({ openid }) => openid));
    if (found.length >= total || rows.length === 0) return found;
  }
}

async function truth(appid: string): Promise<Record<string, unknown>[]> {
  const answer = await world.control('GET', `/accounts/${appid}/followers?limit=10000`);
  return answer['followers'] as Record<string, unknown>[];
}

async function expectSameAsWeChat(target: Desk, appid: string): Promise<void> {
  const found = await openids(target);
  const following = (await truth(appid))
    .filter((one) => one['following'] === true)
    .map((one) => one['openid']);
  expect(new Set(found).size).toBe(found.length);
  expect([...found].sort()).toEqual(following.sort());
}

it('[S2.14] imports everyone by itself after binding, and tells its progress', async () => {
  desk.accounts.onBound((appid) => void desk.followers.startImport(appid));
  const appid = await world.bind(desk);
  await desk.followers.idle(appid);

  await expectSameAsWeChat(desk, appid);
  expect(await desk.followers.importState(appid)).toMatchObject({
    phase: 'done',
    total: 2_345,
    listed: 2_345,
    detailed: 2_345,
    error: null,
  });
  const told = desk.topics('import.changed');
  expect(told.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['listing', 'details', 'done']));
  expect((await desk.accounts.get(appid)).followers).toBe(2_345);
});

it('[S2.16] keeps what WeChat still tells of a follower, and nothing it no longer tells', async () => {
  const appid = await world.bind(desk);
  await desk.followers.startImport(appid);
  await desk.followers.idle(appid);

  const [one] = (await truth(appid)).filter((who) => who['subscribeScene'] === 'ADD_SCENE_QR_CODE');
  const follower = await desk.followers.get(appid, String(one?.['openid']));
  expect(follower).toMatchObject({
    remark: one?.['remark'],
    tagIds: one?.['tagIds'],
    scene: 'ADD_SCENE_QR_CODE',
    subscribedAt: one?.['subscribeTime'],
    following: true,
  });
  expect(Object.keys(follower)).not.toEqual(expect.arrayContaining(['nickname', 'avatar', 'sex', 'city']));
});

it('goes on after a pause where it stopped', async () => {
  const appid = await world.bind(desk);
  await desk.followers.startImport(appid);
  const paused = await desk.followers.pauseImport(appid);
  expect(paused.phase).toBe('paused');

  await desk.followers.startImport(appid);
  await desk.followers.idle(appid);
  await expectSameAsWeChat(desk, appid);
  expect((await desk.followers.importState(appid)).detailed).toBe(2_345);
});

it('[S2.14] loses nobody and repeats nobody when the app is killed in the middle of an import', async () => {
  const appid = await world.bind(desk);
  const link = (await desk.accounts.links())[0];
  const environment = {
    ...process.env,
    DESK: JSON.stringify({
      folder: desk.folder,
      appid,
      secret: world.wechat.service.secret,
      origin: world.wechat.origin,
      now: world.now,
    }),
  };
  expect(link).toBeDefined();
  for (const batches of [1, 6, 15]) {
    const child = spawn(process.execPath, [new URL('importing-child.mjs', import.meta.url).pathname], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let seen = '';
    child.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.split('\n').length > batches) child.kill('SIGKILL');
    });
    await once(child, 'exit');
  }
  const before = await desk.followers.importState(appid);
  expect(before.phase).toBe('details');
  expect(before.detailed).toBeGreaterThan(0);
  expect(before.detailed).toBeLessThan(2_345);

  const restarted = world.desk();
  await restarted.followers.resumeInterrupted();
  await restarted.followers.idle(appid);
  await expectSameAsWeChat(restarted, appid);
  expect(await restarted.followers.importState(appid)).toMatchObject({
    phase: 'done',
    listed: 2_345,
    detailed: 2_345,
  });
  const calls = await world.calls('/cgi-bin/user/info/batchget');
  // At most the batch under way is asked again after each kill.
  expect(calls.length).toBeLessThanOrEqual(24 + 3);
});

it('fails with the reason and goes on when it is started again', async () => {
  const appid = await world.bind(desk);
  await world.fault('/cgi-bin/user/info/batchget', { errcode: 45009 });
  await desk.followers.startImport(appid);
  await desk.followers.idle(appid);
  expect(await desk.followers.importState(appid)).toMatchObject({
    phase: 'failed',
    error: { errcode: 45009 },
  });

  await desk.followers.startImport(appid);
  await desk.followers.idle(appid);
  await expectSameAsWeChat(desk, appid);
});

it('[S2.14][S2.15] makes a customer of each new follower by event, keeps who leaves, and logs both', async () => {
  const appid = await world.bind(desk);
  const { openid } = await world.control('POST', `/accounts/${appid}/followers/new/act`, {
    type: 'scan',
    scene: 'door_poster',
  });
  await desk.pull();
  await desk.followers.idle();
  const who = String(openid);
  expect(await desk.followers.get(appid, who)).toMatchObject({
    following: true,
    scene: 'ADD_SCENE_QR_CODE',
    qrScene: 'door_poster',
  });

  await desk.followers.update({ appid, openid: who, alias: '门口海报来的客人' });
  await world.advance(60);
  await world.control('POST', `/accounts/${appid}/followers/${who}/act`, { type: 'unsubscribe' });
  await desk.pull();
  await desk.followers.idle();
  expect(await desk.followers.get(appid, who)).toMatchObject({
    following: false,
    alias: '门口海报来的客人',
    qrScene: 'door_poster',
  });
  const { entries } = await desk.followers.timeline({ appid, openid: who, before: null, limit: 10 });
  expect(entries.map(({ kind }) => kind)).toEqual(['unfollowed', 'followed']);
  expect(desk.topics('followers.changed')).toContainEqual({ appid, openid: who });
});
