import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  act,
  Caller,
  firstOpenid,
  openids,
  postJson,
  START,
  startSandbox,
  type Json,
  type Running,
} from './harness';

let running: Running;
let caller: Caller;
beforeEach(async () => {
  running = await startSandbox();
  caller = await Caller.of(running, running.service);
});
afterEach(() => running.close());

function openidsOf(page: Json): string[] {
  return (page['data'] as { openid: string[] } | undefined)?.openid ?? [];
}

async function account(followers: number): Promise<Caller> {
  const made = await postJson(running, '/__sandbox/accounts', {
    type: 'service',
    verified: true,
    region: 'mainland',
    followers,
  });
  const { appid, secret } = made as { appid: string; secret: string };
  return Caller.of(running, { ...running.service, appid, secret });
}

describe('the list of followers', () => {
  it('gives 23,000 followers in three pages and ends with an empty one', async () => {
    const big = await account(23_000);
    const seen = new Set<string>();
    const counts: unknown[] = [];
    let next = '';
    for (;;) {
      const page = await big.get('/cgi-bin/user/get', { next_openid: next });
      expect(page['total']).toBe(23_000);
      counts.push(page['count']);
      if (page['count'] === 0) {
        expect(page).not.toHaveProperty('data');
        expect(page['next_openid']).toBe('');
        break;
      }
      expect(page['next_openid']).toBe(openidsOf(page).at(-1));
      for (const openid of openidsOf(page)) seen.add(openid);
      next = String(page['next_openid']);
    }
    expect(counts).toEqual([10_000, 10_000, 3_000, 0]);
    expect(seen.size).toBe(23_000);
    expect([...seen].every((openid) => /^o[A-Za-z0-9_-]{27}$/.test(openid))).toBe(true);
  });

  it('keeps a cursor valid whose owner left, and lists who comes back last', async () => {
    const all = openidsOf(await caller.get('/cgi-bin/user/get'));
    const leaver = all[9] ?? '';
    await act(running, running.service, leaver, { type: 'unsubscribe' });
    const rest = await caller.get('/cgi-bin/user/get', { next_openid: leaver });
    expect(openidsOf(rest)).toEqual(all.slice(10));
    expect(rest['total']).toBe(29);
    await act(running, running.service, leaver, { type: 'subscribe' });
    expect(openidsOf(await caller.get('/cgi-bin/user/get'))).toEqual([
      ...all.slice(0, 9),
      ...all.slice(10),
      leaver,
    ]);
  });

  it('refuses a cursor of nobody', async () => {
    const foreign = await firstOpenid(running, running.subscription);
    expect(await caller.get('/cgi-bin/user/get', { next_openid: foreign })).toMatchObject({ errcode: 40003 });
  });

  it('may be asked 500 times a day', async () => {
    for (let i = 0; i < 500; i += 1) await caller.get('/cgi-bin/user/get');
    expect(await caller.get('/cgi-bin/user/get')).toMatchObject({ errcode: 45009 });
    expect(await caller.post('/cgi-bin/openapi/quota/get', { cgi_path: '/cgi-bin/user/get' })).toMatchObject({
      quota: { daily_limit: 500, used: 500, remain: 0 },
    });
    await caller.post('/cgi-bin/openapi/quota/clear', { cgi_path: '/cgi-bin/user/get' });
    expect(await caller.get('/cgi-bin/user/get')).toHaveProperty('total');
  });
});

describe('one follower', () => {
  it('comes without name, picture, sex and place', async () => {
    const openid = await firstOpenid(running, running.service);
    const info = await caller.get('/cgi-bin/user/info', { openid });
    expect(info).toMatchObject({ subscribe: 1, openid });
    for (const gone of ['nickname', 'headimgurl', 'sex', 'city', 'province', 'country']) {
      expect(info).not.toHaveProperty(gone);
    }
  });

  it('shows only the openid after leaving, and the way back in after returning', async () => {
    const openid = await firstOpenid(running, running.service);
    await caller.post('/cgi-bin/user/info/updateremark', { openid, remark: '李姐' });
    await act(running, running.service, openid, { type: 'unsubscribe' });
    expect(await caller.get('/cgi-bin/user/info', { openid })).toEqual({ subscribe: 0, openid });
    await act(running, running.service, openid, { type: 'subscribe', scene: 'fair_2026' });
    expect(await caller.get('/cgi-bin/user/info', { openid })).toMatchObject({
      subscribe: 1,
      subscribe_time: START,
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      qr_scene: 0,
      qr_scene_str: 'fair_2026',
      remark: '',
      tagid_list: [],
    });
  });

  it('is found in batches of up to 100', async () => {
    const list = (await openids(running, running.service)).map((openid) => ({ openid, lang: 'zh_CN' }));
    const found = await caller.post('/cgi-bin/user/info/batchget', { user_list: list });
    expect((found['user_info_list'] as Json[]).map((user) => user['openid'])).toEqual(
      list.map(({ openid }) => openid),
    );
    const tooMany = Array.from({ length: 101 }, () => list[0]);
    expect(await caller.post('/cgi-bin/user/info/batchget', { user_list: tooMany })).toMatchObject({
      errcode: 40032,
    });
    const foreign = await firstOpenid(running, running.subscription);
    expect(
      await caller.post('/cgi-bin/user/info/batchget', { user_list: [{ openid: foreign }] }),
    ).toMatchObject({ errcode: 40003 });
  });

  it('takes a remark of fewer than 30 bytes', async () => {
    const openid = await firstOpenid(running, running.service);
    const remark = (text: string): Promise<Json> =>
      caller.post('/cgi-bin/user/info/updateremark', { openid, remark: text });
    expect(await remark('一二三四五六七八九')).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await caller.get('/cgi-bin/user/info', { openid })).toMatchObject({
      remark: '一二三四五六七八九',
    });
    expect(await remark('一二三四五六七八九十')).toMatchObject({ errcode: 40092 });
  });
});

describe('tags', () => {
  const create = (name: string): Promise<Json> => caller.post('/cgi-bin/tags/create', { tag: { name } });

  async function newTag(name: string): Promise<number> {
    return ((await create(name))['tag'] as { id: number }).id;
  }

  it('have names of up to 30 characters that are neither taken nor reserved', async () => {
    expect(await create('名'.repeat(30))).toHaveProperty('tag');
    expect(await create('名'.repeat(31))).toMatchObject({ errcode: 45158 });
    expect(await create('名'.repeat(30))).toMatchObject({ errcode: 45157 });
    expect(await create('黑名单')).toMatchObject({ errcode: 45157 });
    expect(await create('')).toMatchObject({ errcode: 45157 });
  });

  it('are 100 at most, and the system ones cannot be changed', async () => {
    const own = ((await caller.get('/cgi-bin/tags/get'))['tags'] as { id: number }[]).filter(
      ({ id }) => id >= 100,
    );
    for (let i = own.length; i < 100; i += 1) expect(await create(`标签${i}`)).toHaveProperty('tag');
    expect(await create('一个太多')).toMatchObject({ errcode: 45056 });
    expect(await caller.post('/cgi-bin/tags/delete', { tag: { id: 2 } })).toMatchObject({ errcode: 45058 });
    expect(await caller.post('/cgi-bin/tags/update', { tag: { id: 1, name: 'x' } })).toMatchObject({
      errcode: 45058,
    });
    expect(await caller.post('/cgi-bin/tags/update', { tag: { id: 999, name: 'x' } })).toMatchObject({
      errcode: 45159,
    });
  });

  it('are put on and taken off 50 followers at a time, counted, listed and gone after deletion', async () => {
    const tagid = await newTag('早鸟');
    const list = await openids(running, running.service, 3);
    const batch = (openid_list: unknown, id = tagid): Promise<Json> =>
      caller.post('/cgi-bin/tags/members/batchtagging', { openid_list, tagid: id });
    expect(await batch(list)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await caller.post('/cgi-bin/user/tag/get', { tagid, next_openid: '' })).toEqual({
      count: 3,
      data: { openid: list },
      next_openid: list[2],
    });
    const counted = (await caller.get('/cgi-bin/tags/get'))['tags'] as Json[];
    expect(counted.find((tag) => tag['id'] === tagid)).toMatchObject({ count: 3 });
    await caller.post('/cgi-bin/tags/members/batchuntagging', { openid_list: [list[0]], tagid });
    const ids = await caller.post('/cgi-bin/tags/getidlist', { openid: list[1] });
    expect((ids['tagid_list'] as number[]).at(-1)).toBe(tagid);
    await caller.post('/cgi-bin/tags/delete', { tag: { id: tagid } });
    const after = await caller.post('/cgi-bin/tags/getidlist', { openid: list[1] });
    expect(after['tagid_list']).not.toContain(tagid);
    expect(await batch(list)).toMatchObject({ errcode: 45159 });
  });

  it('seeded ones are listed as often as they are counted, and go from everybody when deleted', async () => {
    const { tags } = await caller.get('/cgi-bin/tags/get');
    const [tag] = (tags as { id: number; count: number }[]).filter(({ id, count }) => id >= 100 && count > 1);
    const carriers = openidsOf(
      await caller.post('/cgi-bin/user/tag/get', { tagid: tag?.id, next_openid: '' }),
    );
    expect(carriers).toHaveLength(tag?.count ?? 0);
    const [touched = '', untouched = ''] = carriers;
    await caller.post('/cgi-bin/user/info/updateremark', { openid: touched, remark: 'x' });
    await caller.post('/cgi-bin/tags/delete', { tag: { id: tag?.id } });
    for (const openid of [touched, untouched]) {
      const { tagid_list: ids } = await caller.get('/cgi-bin/user/info', { openid });
      expect(ids).not.toContain(tag?.id);
    }
  });

  it('refuse an empty list, a long list, strangers of other accounts and a 21st tag', async () => {
    const tagid = await newTag('测试');
    const [openid = ''] = await openids(running, running.service, 1);
    const batch = (openid_list: unknown, id = tagid): Promise<Json> =>
      caller.post('/cgi-bin/tags/members/batchtagging', { openid_list, tagid: id });
    expect(await batch([])).toMatchObject({ errcode: 40031 });
    expect(await batch(Array.from({ length: 51 }, () => openid))).toMatchObject({ errcode: 40032 });
    expect(await batch([await firstOpenid(running, running.subscription)])).toMatchObject({ errcode: 49003 });
    expect(await batch(['oNobody'])).toMatchObject({ errcode: 40003 });
    const had = (await caller.post('/cgi-bin/tags/getidlist', { openid }))['tagid_list'] as number[];
    for (let i = had.length; i < 20; i += 1) await batch([openid], await newTag(`多${i}`));
    expect(await batch([openid])).toMatchObject({ errcode: 45059 });
  });

  it('name the followers that could not be tagged when others could', async () => {
    const tagid = await newTag('部分');
    const [stays = '', leaves = ''] = await openids(running, running.service, 2);
    await act(running, running.service, leaves, { type: 'unsubscribe' });
    expect(
      await caller.post('/cgi-bin/tags/members/batchtagging', { openid_list: [stays, leaves], tagid }),
    ).toMatchObject({ errcode: 45171, fail_openid_list: [leaves] });
  });
});

describe('the blacklist', () => {
  it('takes 20 at a time and lists who is on it', async () => {
    const list = await openids(running, running.service, 21);
    const path = '/cgi-bin/tags/members/batchblacklist';
    expect(await caller.post(path, { openid_list: list })).toMatchObject({ errcode: 40032 });
    expect(await caller.post(path, { openid_list: list.slice(0, 2) })).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await caller.post('/cgi-bin/tags/members/getblacklist', { begin_openid: '' })).toEqual({
      total: 2,
      count: 2,
      data: { openid: list.slice(0, 2) },
      next_openid: list[1],
    });
    const black = list[0] ?? '';
    expect(await caller.get('/cgi-bin/user/info', { openid: black })).toMatchObject({
      subscribe: 1,
      groupid: 1,
    });
    expect(await caller.sendText(black)).toMatchObject({ errcode: 43019 });
    await caller.post('/cgi-bin/tags/members/batchunblacklist', { openid_list: [black] });
    expect(await caller.sendText(black)).toMatchObject({ errcode: 45015 });
  });
});

describe('what an account may call', () => {
  const VERIFIED: readonly (readonly ['get' | 'post', string])[] = [
    ['get', '/cgi-bin/user/get'],
    ['get', '/cgi-bin/tags/get'],
    ['get', '/cgi-bin/menu/get'],
    ['post', '/cgi-bin/message/custom/send'],
    ['post', '/cgi-bin/message/custom/typing'],
    ['get', '/cgi-bin/customservice/getkflist'],
    ['post', '/cgi-bin/clear_quota'],
  ];

  it('is little without verification', async () => {
    const weak = await Caller.of(running, running.unverified);
    for (const [method, path] of VERIFIED) {
      const answer = method === 'get' ? await weak.get(path) : await weak.post(path, {});
      expect([path, answer['errcode']]).toEqual([path, 48001]);
      expect(answer['errmsg']).toMatch(/^api unauthorized rid: /);
    }
    expect(await weak.get('/cgi-bin/getcallbackip')).toEqual({ ip_list: ['127.0.0.1'] });
    expect(await weak.get('/cgi-bin/get_current_autoreply_info')).toMatchObject({ is_autoreply_open: 1 });
  });

  it('includes templates for verified service accounts only', async () => {
    const path = '/cgi-bin/template/get_industry';
    expect(await caller.get(path)).toHaveProperty('primary_industry');
    const subscription = await Caller.of(running, running.subscription);
    expect(await subscription.get(path)).toMatchObject({ errcode: 48001 });
    expect(await subscription.get('/cgi-bin/tags/get')).toHaveProperty('tags');
  });

  it('ends with the verification', async () => {
    await postJson(running, `/__sandbox/accounts/${running.service.appid}/standing`, { verified: false });
    expect(await caller.get('/cgi-bin/tags/get')).toMatchObject({ errcode: 48001 });
  });
});

describe('a reset of all quotas', () => {
  it('is granted ten times a month, by token or by secret', async () => {
    const { appid, secret } = running.service;
    expect(await caller.post('/cgi-bin/clear_quota', { appid: 'wx0' })).toMatchObject({ errcode: 40013 });
    for (let i = 0; i < 5; i += 1) {
      expect(await caller.post('/cgi-bin/clear_quota', { appid })).toEqual({ errcode: 0, errmsg: 'ok' });
      expect(await postJson(running, '/cgi-bin/clear_quota/v2', { appid, appsecret: secret })).toEqual({
        errcode: 0,
        errmsg: 'ok',
      });
    }
    expect(await caller.post('/cgi-bin/clear_quota', { appid })).toMatchObject({ errcode: 48006 });
    const query = new URLSearchParams({ appid, appsecret: secret });
    expect(await postJson(running, `/cgi-bin/clear_quota/v2?${query}`, {})).toMatchObject({ errcode: 48006 });
  });

  it('knows its paths', async () => {
    const ask = (cgi_path: string): Promise<Json> => caller.post('/cgi-bin/openapi/quota/get', { cgi_path });
    expect(await ask('/cgi-bin/message/custom/send')).toMatchObject({
      quota: { daily_limit: 500_000, used: 0, remain: 500_000 },
    });
    expect(await ask('/cgi-bin/nothing')).toMatchObject({ errcode: 76021 });
    expect(await ask('/sns/userinfo')).toMatchObject({ errcode: 76022 });
  });
});
