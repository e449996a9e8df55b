/** Taking over from the website and going back, over the real relay and the sandbox, with the network cut at each call. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMediaFiles } from '#main/services/media-files';
import { uploadTemporaryMedia } from '#wechat/api/media';
import type { Json } from '../../../sandbox/harness';
import { KEY, World, type Desk } from '../desk';
import { pictureBytes } from '../pictures';

let world: World;
let desk: Desk;
let appid: string;

const CREATE = '/cgi-bin/menu/create';
const DELETE = '/cgi-bin/menu/delete';

beforeEach(async () => {
  world = await World.create(3);
  desk = world.desk();
  appid = world.wechat.service.appid;
  await desk.accounts.bind({
    ...{ name: '山茶花店', appid, secret: world.wechat.service.secret, region: 'mainland' },
    ...{ relayUrl: world.relay.url, pairingCode: await world.relay.code(), apiOrigin: world.network.origin },
  });
});
afterEach(() => world.close());

const site = async () => JSON.stringify(await readSite());
async function readSite(): Promise<Json[]> {
  const client = await desk.wechat(appid);
  return [
    await client.get<Json>('/cgi-bin/get_current_selfmenu_info'),
    await client.get<Json>('/cgi-bin/menu/get').catch((error: unknown) => ({ refused: String(error) })),
  ];
}
const withoutRid = (text: string) => text.replace(/rid: [\w-]+/g, '');
const rules = async () => (await desk.db.replyRules.get(appid))?.rules.rules ?? [];
const carryOver = async () => {
  await desk.takeover.snapshot(appid);
  await desk.takeover.publishMenu(appid);
  return desk.takeover.importReplies(appid, 'Asia/Shanghai');
};
const own = {
  ...{ id: 'own', name: '自己的', enabled: true, priority: 0 },
  trigger: { on: 'keyword' as const, keywords: [{ match: 'equals' as const, text: '自己' }] },
  reply: { kind: 'text' as const, text: '自己的回复' },
};

describe('taking over from the website', () => {
  it('[I2] keeps what the website has and says what will stop', async () => {
    const view = await desk.takeover.snapshot(appid);
    expect(view.menu.stops).toEqual(['今日供应', '到店', '怎么找到我们', '营业时间', '官网']);
    expect(view.replies.stops).toEqual(['关注后回复', '今日供应', '地址', 'Hours', '收到消息回复']);
    expect(view).toMatchObject({ phase: 'open', inCharge: 'website', menu: { isAllowed: true, buttons: 3 } });
    const restarted = world.desk();
    expect(await restarted.takeover.get(appid)).toEqual(view);
  });

  it('[I2] carries menu and replies over and, after undo, leaves both as they were', async () => {
    await desk.autoReplies.save({ appid, basedOn: null, timeZone: 'Asia/Shanghai', rules: [own] });
    const before = withoutRid(await site());
    const view = await carryOver();
    expect(view).toMatchObject({ menu: { step: 'done' }, replies: { step: 'done' } });
    expect((await rules()).map(({ id }) => id)).toContain('site-menu-1');
    expect((await desk.accounts.get(appid)).relayMode).toBe('assisted');
    expect(withoutRid(await site())).not.toBe(before);

    expect(await desk.takeover.undo(appid)).toMatchObject({ phase: 'undone' });
    expect(withoutRid(await site())).toBe(before);
    expect(await rules()).toEqual([own]);
    expect((await desk.accounts.get(appid)).relayMode).toBe('sealed');
  });

  it('[I2] puts a former menu made by API back byte for byte', async () => {
    const client = await desk.wechat(appid);
    await client.post(CREATE, {
      button: [{ type: 'view', name: '旧菜单', url: 'https://old.example.com/' }],
    });
    const before = await site();
    await desk.takeover.snapshot(appid);
    await desk.takeover.publishMenu(appid);
    await desk.takeover.undo(appid);
    expect(await site()).toBe(before);
  });

  it('tells live when the server is switched on and off again', async () => {
    await desk.takeover.snapshot(appid);
    await world.configure(desk, world.wechat.service);
    expect(await desk.takeover.check(appid)).toMatchObject({ inCharge: 'server' });
    const response = await fetch(`${world.wechat.origin}/__sandbox/accounts/${appid}/server`, {
      method: 'DELETE',
    });
    expect(response.ok).toBe(true);
    expect(await desk.takeover.check(appid)).toMatchObject({ inCharge: 'website' });
  });

  it('keeps pictures of the website after WeChat has dropped them, and says what cannot be carried over', async () => {
    const bytes = Buffer.from(pictureBytes());
    const client = await desk.wechat(appid);
    const file = { filename: 'poster.png', contentType: 'image/png', bytes };
    const { mediaId } = await uploadTemporaryMedia(client, 'image', file);
    await world.control('POST', `/accounts/${appid}/website`, {
      menu: [{ type: 'img', name: '海报', value: mediaId }],
      autoReply: { add_friend_autoreply_info: { type: 'img', content: 'GONE' } },
    });
    const view = await desk.takeover.snapshot(appid);
    expect(view.media).toEqual({ kept: 1, lost: 1 });
    expect(view.menu.notes).toEqual([{ name: '海报', reason: 'media' }]);
    const content = JSON.parse((await desk.db.takeovers.get(appid)) ?? '{}') as {
      media: { fileId: string | null }[];
    };
    const kept = await createMediaFiles(join(desk.folder, 'media'), KEY).read(content.media[0]?.fileId ?? '');
    expect(kept?.equals(bytes)).toBe(true);
    await expect(desk.takeover.publishMenu(appid)).rejects.toMatchObject({ code: 'takeover/no-menu' });
  });
});

describe('[I2] the network is cut', () => {
  it.each(['/cgi-bin/get_current_selfmenu_info', '/cgi-bin/get_current_autoreply_info', '/cgi-bin/menu/get'])(
    'at %s of the snapshot: nothing was changed, and a second attempt takes it',
    async (path) => {
      await desk.wechat(appid).then((client) => client.ensureToken());
      await world.fault(path, { drop: 'before' });
      await expect(desk.takeover.snapshot(appid)).rejects.toMatchObject({
        code: expect.stringMatching(/^network\//) as string,
      });
      expect(await desk.takeover.get(appid)).toBeNull();
      expect(await desk.takeover.snapshot(appid)).toMatchObject({ phase: 'open' });
    },
  );

  it.each([
    [CREATE, 'before'],
    [CREATE, 'after'],
    ['/cgi-bin/menu/get', 'before'],
  ])('at %s while publishing (%s): undo finds the way back from there', async (path, kind) => {
    await desk.takeover.snapshot(appid);
    const before = withoutRid(await site());
    await world.fault(path, { drop: kind });
    await expect(desk.takeover.publishMenu(appid)).rejects.toMatchObject({
      code: expect.stringMatching(/^network\//) as string,
    });
    await desk.takeover.undo(appid);
    expect(withoutRid(await site())).toBe(before);
  });

  it.each(['before', 'after'])(
    'while publishing (%s): a restarted desktop publishes again, and undo goes all the way back',
    async (kind) => {
      await desk.takeover.snapshot(appid);
      const before = withoutRid(await site());
      await world.fault(CREATE, { drop: kind });
      await expect(desk.takeover.publishMenu(appid)).rejects.toThrow();
      const restarted = world.desk();
      expect(await restarted.takeover.publishMenu(appid)).toMatchObject({ menu: { step: 'done' } });
      await restarted.takeover.undo(appid);
      expect(withoutRid(await site())).toBe(before);
    },
  );

  it.each(['before', 'after'])('while undoing (%s): a second undo ends it', async (kind) => {
    const before = withoutRid(await site());
    await carryOver();
    await world.fault(DELETE, { drop: kind });
    await expect(desk.takeover.undo(appid)).rejects.toThrow();
    expect(await desk.takeover.get(appid)).toMatchObject({ phase: 'undoing' });
    await expect(desk.takeover.publishMenu(appid)).rejects.toMatchObject({ code: 'takeover/undoing' });
    expect(await world.desk().takeover.undo(appid)).toMatchObject({ phase: 'undone' });
    expect(withoutRid(await site())).toBe(before);
    expect(await rules()).toEqual([]);
  });

  it('to the relay while importing: the import goes on when it is back, and undo removes every rule', async () => {
    await desk.takeover.snapshot(appid);
    await world.relay.close();
    await expect(desk.takeover.importReplies(appid, 'Asia/Shanghai')).rejects.toThrow();
    expect(await desk.takeover.get(appid)).toMatchObject({ replies: { step: 'begun' } });
    await world.relay.reopen();
    expect(await desk.takeover.importReplies(appid, 'Asia/Shanghai')).toMatchObject({
      replies: { step: 'done' },
    });
    const count = (await rules()).length;
    await desk.takeover.importReplies(appid, 'Asia/Shanghai');
    expect(await rules()).toHaveLength(count);

    await world.relay.close();
    await expect(desk.takeover.undo(appid)).rejects.toThrow();
    await world.relay.reopen();
    expect(await desk.takeover.undo(appid)).toMatchObject({ phase: 'undone' });
    expect(await rules()).toEqual([]);
    expect((await desk.accounts.get(appid)).relayMode).toBe('sealed');
  });
});
