/** The whole way to this app and back, with the connection to WeChat cut at each request that is made on it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '#shared/app-error';
import { uploadTemporaryMedia } from '#wechat/api/media';
import type { Json } from '../../../sandbox/harness';
import { World, type Desk } from '../desk';
import { pictureBytes } from '../pictures';
import { Front, type Cut } from './front';

let world: World;
let desk: Desk;
let front: Front;
let appid: string;

beforeEach(async () => {
  world = await World.create(3);
  desk = world.desk();
  appid = world.wechat.service.appid;
  front = await Front.before(world.wechat.origin);
  await desk.accounts.bind({
    ...{ name: '山茶花店', appid, secret: world.wechat.service.secret, region: 'mainland' },
    ...{ relayUrl: world.relay.url, pairingCode: await world.relay.code(), apiOrigin: front.origin },
  });
  const client = await desk.wechat(appid);
  const poster = { filename: 'poster.png', contentType: 'image/png', bytes: Buffer.from(pictureBytes()) };
  const { mediaId } = await uploadTemporaryMedia(client, 'image', poster);
  await world.control('POST', `/accounts/${appid}/website`, {
    menu: [
      { type: 'text', name: '今日供应', value: '桂花乌龙' },
      { type: 'img', name: '海报', value: mediaId },
    ],
    autoReply: { add_friend_autoreply_info: { type: 'text', content: '欢迎光临' } },
  });
});
afterEach(async () => {
  await front.close();
  await world.close();
});

/** What the shop had before: the menus of the website and of the API, the rules here, and the relay's mode. */
async function stateOfShop(): Promise<string> {
  const client = await desk.wechat(appid);
  const site = await client.get<Json>('/cgi-bin/get_current_selfmenu_info');
  const api = await client.get<Json>('/cgi-bin/menu/get').catch(() => null);
  const rules = (await desk.db.replyRules.get(appid))?.rules.rules ?? [];
  const { relayMode } = await desk.accounts.get(appid);
  return JSON.stringify({ site, api, rules, relayMode });
}

/** One act of the owner, who tries again when the network was away. Returns how often it failed. */
async function insist(act: () => Promise<unknown>): Promise<number> {
  for (let failures = 0; ; failures += 1) {
    try {
      await act();
      return failures;
    } catch (error) {
      if (!(error instanceof AppError) || !error.code.startsWith('network/') || failures > 2) throw error;
    }
  }
}

async function thereAndBack(): Promise<number> {
  const { takeover } = desk;
  let failures = 0;
  failures += await insist(() => takeover.snapshot(appid));
  failures += await insist(() => takeover.publishMenu(appid));
  failures += await insist(() => takeover.importReplies(appid, 'Asia/Shanghai'));
  failures += await insist(() => takeover.check(appid));
  expect(await takeover.get(appid)).toMatchObject({
    ...{ phase: 'open', menu: { step: 'done' }, replies: { step: 'done' }, media: { kept: 1, lost: 0 } },
  });
  failures += await insist(() => takeover.undo(appid));
  expect(await takeover.get(appid)).toMatchObject({ phase: 'undone' });
  return failures;
}

it('[I2] leaves menu, rules and mode as they were, wherever on the way the network is cut', async () => {
  const before = await stateOfShop();
  front.arm(null);
  expect(await thereAndBack()).toBe(0);
  const way = [...front.asked];
  expect(way).toContain('/cgi-bin/menu/create');
  expect(way).toContain('/cgi-bin/menu/delete');
  expect(way).toContain('/cgi-bin/media/get');
  expect(await stateOfShop()).toBe(before);

  let failures = 0;
  for (let request = 1; request <= way.length; request += 1)
    for (const when of ['before', 'after'] as const) {
      front.arm({ request, when } satisfies Cut);
      failures += await thereAndBack();
      front.arm(null);
      expect(await stateOfShop(), `cut ${when} request ${String(request)}, ${way[request - 1]}`).toBe(before);
    }
  // Each cut was felt, so that none was tried in vain.
  expect(failures).toBe(2 * way.length);
});

it('[I2] undoes a takeover that was broken off at any request, without ending it first', async () => {
  const before = await stateOfShop();
  for (let request = 1; request <= 3; request += 1)
    for (const when of ['before', 'after'] as const) {
      front.arm(null);
      await desk.takeover.snapshot(appid);
      front.arm({ request, when });
      const broken = await desk.takeover.publishMenu(appid).then(
        () => false,
        () => true,
      );
      front.arm(null);
      await desk.takeover.undo(appid);
      expect(await stateOfShop(), `cut ${when} request ${String(request)}`).toBe(before);
      if (request <= 2) expect(broken).toBe(true);
    }
});
