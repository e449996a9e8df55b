import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QuotaBook } from '#sandbox/state/quotas';
import {
  act,
  Caller,
  connect,
  firstOpenid,
  getJson,
  openids,
  phone,
  postJson,
  START,
  startReceiver,
  startSandbox,
  tokenPath,
  type Json,
  type Running,
} from './harness';

const SEND = '/cgi-bin/message/custom/send';
let running: Running;
let caller: Caller;
let openid: string;
beforeEach(async () => {
  running = await startSandbox();
  caller = await Caller.of(running, running.service);
  openid = await firstOpenid(running, running.service);
});
afterEach(() => running.close());

const fault = (body: Json): Promise<Json> => postJson(running, '/__sandbox/faults', body);

async function shownFromShop(): Promise<unknown[]> {
  const items = await phone(running, running.service, openid);
  return items.filter((item) => item['from'] === 'account').map((item) => (item['body'] as Json)['content']);
}

describe('a restored follower', () => {
  const restore = (followers: readonly Json[]): Promise<Json> =>
    postJson(running, `/__sandbox/accounts/${running.service.appid}/followers/restore`, { followers });

  it('has the window that was open before the sandbox ended, and may be answered as often as was left', async () => {
    const expiresAt = START + 3600;
    await restore([{ openid, following: true, subscribedAt: null, remaining: 2, expiresAt }]);
    expect(await caller.sendText(openid, '一')).toMatchObject({ errcode: 0 });
    expect(await caller.sendText(openid, '二')).toMatchObject({ errcode: 0 });
    expect(await caller.sendText(openid, '三')).toMatchObject({ errcode: 45047 });
  });

  it('is known again when they joined while an earlier sandbox ran, or has left as before', async () => {
    const stranger = 'oRestoredStranger00000000001';
    expect(await caller.sendText(stranger, '你好')).toMatchObject({ errcode: 40003 });
    await restore([
      { openid: stranger, following: true, subscribedAt: START - 60, remaining: 5, expiresAt: START + 60 },
      { openid, following: false, subscribedAt: null, remaining: 0, expiresAt: 0 },
    ]);
    expect(await caller.sendText(stranger, '你好')).toMatchObject({ errcode: 0 });
    expect((await caller.sendText(openid, '在吗')).errcode).not.toBe(0);
  });
});

describe('a fault', () => {
  beforeEach(async () => {
    // No server is connected: the website's own answer is not what is looked at here.
    await act(running, running.service, openid, { type: 'image' });
  });

  it('drops a send before it takes effect', async () => {
    const before = await shownFromShop();
    await fault({ path: SEND, drop: true, times: 1 });
    await expect(caller.sendText(openid, '丢了')).rejects.toThrow();
    expect(await shownFromShop()).toEqual(before);
    expect(await caller.sendText(openid, '到了')).toMatchObject({ errcode: 0 });
  });

  it('lets a send take effect and drops the answer, so that its outcome is unknown', async () => {
    await fault({ path: SEND, drop: 'after', times: 1 });
    await expect(caller.sendText(openid, '其实到了')).rejects.toThrow();
    expect((await shownFromShop()).at(-1)).toBe('其实到了');
  });

  it('delays the answer of a send that has taken effect', async () => {
    await fault({ path: SEND, delayMs: 60_000, times: 1 });
    const gaveUp = fetch(`${running.origin}${SEND}?access_token=${caller.token}`, {
      method: 'POST',
      body: JSON.stringify({ touser: openid, msgtype: 'text', text: { content: '慢' } }),
      signal: AbortSignal.timeout(300),
    });
    await expect(gaveUp).rejects.toThrow();
    expect((await shownFromShop()).at(-1)).toBe('慢');
  });

  it('lets many answers wait at once, and warns of no leak', async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error) => void warnings.push(warning);
    process.on('warning', listener);
    await fault({ path: '/cgi-bin/token', delayMs: 100, times: 12 });
    await Promise.all(Array.from({ length: 12 }, () => fetch(`${running.origin}/cgi-bin/token`)));
    process.off('warning', listener);
    expect(warnings).toEqual([]);
  });

  it('answers with an errcode or an HTTP status as often as told, without any effect', async () => {
    await fault({ path: SEND, errcode: -1, times: 2 });
    expect((await caller.sendText(openid))['errmsg']).toMatch(/^system error rid: /);
    expect(await caller.sendText(openid)).toMatchObject({ errcode: -1 });
    await fault({ path: SEND, status: 502, times: 1 });
    const response = await fetch(`${running.origin}${SEND}?access_token=${caller.token}`, { method: 'POST' });
    expect(response.status).toBe(502);
    expect(await caller.sendText(openid)).toMatchObject({ errcode: 0 });
  });

  it('may meet one account only, and can be taken back', async () => {
    await fault({ path: '/cgi-bin/tags/get', appid: running.subscription.appid, errcode: 45009, times: 9 });
    expect(await caller.get('/cgi-bin/tags/get')).toHaveProperty('tags');
    const other = await Caller.of(running, running.subscription);
    expect(await other.get('/cgi-bin/tags/get')).toMatchObject({ errcode: 45009 });
    await fetch(`${running.origin}/__sandbox/faults`, { method: 'DELETE' });
    expect(await other.get('/cgi-bin/tags/get')).toHaveProperty('tags');
  });

  it('meets the token requests of one account too', async () => {
    const { appid, secret } = running.service;
    const ask = { grant_type: 'client_credential', appid, secret };
    await fault({ path: '/cgi-bin/stable_token', appid, errcode: -1, times: 1 });
    await fault({ path: '/cgi-bin/token', appid, errcode: 45009, times: 1 });
    const { appid: other, secret: otherSecret } = running.subscription;
    const otherAsk = { ...ask, appid: other, secret: otherSecret };
    expect(await postJson(running, '/cgi-bin/stable_token', otherAsk)).toHaveProperty('access_token');
    expect(await postJson(running, '/cgi-bin/stable_token', ask)).toMatchObject({ errcode: -1 });
    expect(await getJson(running, tokenPath(running.service))).toMatchObject({ errcode: 45009 });
  });

  it('is refused for a path that nobody serves', async () => {
    expect(await fault({ path: '/cgi-bin/nothing', errcode: 1, times: 1 })).toMatchObject({
      error: { code: 'unknown-path' },
    });
    expect(await fault({ path: SEND, errcode: 123_456 })).toMatchObject({
      error: { code: 'unknown-errcode' },
    });
    expect(await fault({ path: SEND, errorcode: 1 })).toMatchObject({ error: { code: 'invalid-body' } });
  });
});

describe('the record of calls', () => {
  it('tells time, path, errcode and client address of every call, by account', async () => {
    await caller.sendText(openid);
    await Caller.of(running, running.subscription);
    const calls = (await getJson(
      running,
      `/__sandbox/calls?appid=${running.service.appid}`,
    )) as unknown as Json[];
    expect(calls).toMatchObject([
      { time: START, method: 'GET', path: '/cgi-bin/token', errcode: 0, clientIp: '127.0.0.1', status: 200 },
      { time: START, method: 'POST', path: SEND, errcode: 45015, clientIp: '127.0.0.1' },
    ]);
    expect((await getJson(running, '/__sandbox/calls')) as unknown as Json[]).toHaveLength(3);
  });

  it('holds no secret and no token', async () => {
    await getJson(running, tokenPath(running.service, 'wrong-secret-0123456789'));
    await caller.sendText('oNobody');
    const text = JSON.stringify(await getJson(running, '/__sandbox/calls'));
    expect(text).not.toContain(caller.token);
    expect(text).not.toContain('wrong-secret-0123456789');
  });
});

describe('an account made by the control API', () => {
  it('works at once, with its kind, region, followers and whitelist', async () => {
    const made = await postJson(running, '/__sandbox/accounts', {
      type: 'subscription',
      verified: true,
      region: 'overseas',
      followers: 3,
      ipWhitelist: ['203.0.113.0/24'],
    });
    expect(Object.keys(made)).toEqual(['appid', 'secret', 'originalId']);
    expect(made['originalId']).toMatch(/^gh_[0-9a-f]{12}$/);
    const { appid, secret } = made as { appid: string; secret: string };
    const account = { ...running.service, appid, secret };
    expect(await getJson(running, tokenPath(account))).toMatchObject({ errcode: 40164 });
    await postJson(running, `/__sandbox/accounts/${appid}/whitelist`, { ipWhitelist: ['127.0.0.1'] });
    const owner = await Caller.of(running, account);
    expect(await owner.get('/cgi-bin/user/get')).toMatchObject({ total: 3, count: 3 });
  });

  it('is refused when it is described wrongly', async () => {
    const make = (body: Json): Promise<Json> => postJson(running, '/__sandbox/accounts', body);
    expect(await make({ type: 'personal', verified: true })).toMatchObject({
      error: { code: 'invalid-body' },
    });
    expect(await make({ type: 'service', verified: 'yes' })).toMatchObject({
      error: { code: 'invalid-body' },
    });
    expect(await make({ type: 'service', verified: true, ipWhitelist: ['home'] })).toMatchObject({
      error: { code: 'invalid-address' },
    });
    expect(await getJson(running, '/__sandbox/accounts/wx0')).toMatchObject({
      error: { code: 'unknown-account' },
    });
  });
});

describe('the clock', () => {
  it('stands still and moves by hand, and the Date header goes with it', async () => {
    expect(await getJson(running, '/__sandbox/clock')).toEqual({ now: START, manual: true });
    expect(await postJson(running, '/__sandbox/clock', { advance: 90 })).toEqual({ now: START + 90 });
    const response = await fetch(`${running.origin}/cgi-bin/token`);
    expect(response.headers.get('date')).toBe(new Date((START + 90) * 1000).toUTCString());
  });

  it('cannot be moved when it follows the machine', async () => {
    const real = await startSandbox({ manualClock: false });
    expect(await postJson(real, '/__sandbox/clock', { advance: 1 })).toMatchObject({
      error: { code: 'clock-not-manual' },
    });
    await real.close();
  });
});

describe('a quota', () => {
  it('can be set, and refuses the day when it is used up', async () => {
    await postJson(running, `/__sandbox/accounts/${running.service.appid}/quota`, {
      path: '/cgi-bin/tags/get',
      dailyLimit: 1,
    });
    expect(await caller.get('/cgi-bin/tags/get')).toHaveProperty('tags');
    expect((await caller.get('/cgi-bin/tags/get'))['errmsg']).toMatch(
      /^reach max api daily quota limit rid: /,
    );
  });

  it('refuses the minute when 10,000 stable tokens were asked for, until the next minute', () => {
    const quotas = new QuotaBook();
    const path = '/cgi-bin/stable_token';
    for (let i = 0; i < 10_000; i += 1) expect(quotas.take(path, START)).toBe('ok');
    expect(quotas.take(path, START)).toBe('minute');
    expect(quotas.take(path, START + 60)).toBe('ok');
    expect(quotas.figures(path, START + 60)).toMatchObject({ dailyLimit: 500_000, used: 10_001 });
  });

  it('begins anew at midnight in Beijing', () => {
    const quotas = new QuotaBook();
    // 2027-01-15 23:59:59 in Beijing.
    const lastSecond = Date.UTC(2027, 0, 15, 15, 59, 59) / 1000;
    for (let i = 0; i < 500; i += 1) quotas.take('/cgi-bin/user/get', lastSecond);
    expect(quotas.take('/cgi-bin/user/get', lastSecond)).toBe('day');
    expect(quotas.take('/cgi-bin/user/get', lastSecond + 1)).toBe('ok');
  });
});

describe('the menu', () => {
  const MENU = {
    button: [
      { type: 'click', name: '今日推荐', key: 'TODAY' },
      {
        name: '服务',
        sub_button: [
          { type: 'view', name: '官网', url: 'https://www.example.com/' },
          { type: 'scancode_waitmsg', name: '扫码带提示', key: 'scan1', sub_button: [] },
        ],
      },
    ],
  };

  it('is created whole, read back in both shapes, and deleted', async () => {
    expect((await caller.get('/cgi-bin/menu/get'))['errmsg']).toMatch(/^menu no exist rid: /);
    expect(await caller.post('/cgi-bin/menu/create', MENU)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await caller.get('/cgi-bin/menu/get')).toEqual({
      menu: {
        button: [
          { type: 'click', name: '今日推荐', key: 'TODAY', sub_button: [] },
          {
            name: '服务',
            sub_button: [
              { type: 'view', name: '官网', url: 'https://www.example.com/', sub_button: [] },
              { type: 'scancode_waitmsg', name: '扫码带提示', key: 'scan1', sub_button: [] },
            ],
          },
        ],
      },
    });
    const self = await caller.get('/cgi-bin/get_current_selfmenu_info');
    expect(self).toMatchObject({
      is_menu_open: 1,
      selfmenu_info: { button: [{ key: 'TODAY' }, { sub_button: { list: [{ name: '官网' }, {}] } }] },
    });
    expect(await caller.get('/cgi-bin/menu/delete')).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await caller.get('/cgi-bin/menu/get')).toMatchObject({ errcode: 46003 });
  });

  it.each([
    [40015, {}],
    [40016, { button: [] }],
    [40016, { button: Array.from({ length: 4 }, () => MENU.button[0]) }],
    [40017, { button: [{ type: 'teleport', name: 'a' }] }],
    [40018, { button: [{ type: 'click', name: '一二三四五六', key: 'a' }] }],
    [40019, { button: [{ type: 'click', name: 'a', key: 'k'.repeat(129) }] }],
    [40020, { button: [{ type: 'view', name: 'a', url: '' }] }],
    [40055, { button: [{ type: 'view', name: 'a', url: 'ftp://x' }] }],
    [40022, { button: [{ name: 'a', sub_button: [MENU.button[1]] }] }],
    [40023, { button: [{ name: 'a', sub_button: Array.from({ length: 6 }, () => MENU.button[0]) }] }],
    [40025, { button: [{ name: 'a', sub_button: [{ type: 'click', name: '名'.repeat(21), key: 'k' }] }] }],
    [40007, { button: [{ type: 'media_id', name: 'a', media_id: 'x' }] }],
    [45064, { button: [{ type: 'miniprogram', name: 'a', appid: 'wx0', pagepath: 'p', url: 'https://x' }] }],
  ])('is refused with %i', async (errcode, menu) => {
    expect(await caller.post('/cgi-bin/menu/create', menu)).toMatchObject({ errcode });
  });

  it('is refused when it is escaped', async () => {
    const response = await fetch(`${running.origin}/cgi-bin/menu/create?access_token=${caller.token}`, {
      method: 'POST',
      body: String.raw`{"button":[{"type":"click","name":"\u4eca","key":"a"}]}`,
    });
    expect(await response.json()).toMatchObject({ errcode: 40033 });
  });
});

describe('the check of the callback network', () => {
  const check = (body: Json): Promise<Json> => caller.post('/cgi-bin/callback/check', body);

  it('resolves and reaches the configured server', async () => {
    expect(await check({ action: 'all', check_operator: 'DEFAULT' })).toMatchObject({ errcode: 40201 });
    const receiver = await startReceiver(running.service);
    await connect(running, running.service, receiver);
    expect(await check({ action: 'sing' })).toMatchObject({ errcode: 40202 });
    expect(await check({ action: 'dns', check_operator: 'PIGEON' })).toMatchObject({ errcode: 40203 });
    const all = await check({ action: 'all', check_operator: 'UNICOM' });
    expect(all).toMatchObject({
      dns: [{ ip: '127.0.0.1', real_operator: 'UNICOM' }],
      ping: [{ ip: '127.0.0.1', from_operator: 'UNICOM', package_loss: '0%' }],
    });
    await receiver.close();
    expect(await check({ action: 'ping', check_operator: 'CAP' })).toMatchObject({
      ping: [{ package_loss: '100%' }],
    });
  });
});

describe('a seed', () => {
  async function portrait(seed: number): Promise<unknown> {
    const world = await startSandbox({ seed });
    const people = await getJson(world, `/__sandbox/accounts/${world.service.appid}/followers?limit=30`);
    const tags = await (await Caller.of(world, world.service)).get('/cgi-bin/tags/get');
    await world.close();
    return { accounts: world.sandbox.accounts, people, tags };
  }

  it('reproduces accounts, openids, tags, scenes, follow times and remarks', async () => {
    expect(await portrait(5)).toEqual(await portrait(5));
    expect(await portrait(5)).not.toEqual(await portrait(6));
  });

  it('makes four accounts of different kinds, with ids of the right form', () => {
    expect(running.sandbox.accounts.map(({ type, verified, region }) => [type, verified, region])).toEqual([
      ['service', true, 'mainland'],
      ['subscription', false, 'mainland'],
      ['subscription', true, 'mainland'],
      ['service', true, 'overseas'],
    ]);
    for (const { appid, secret } of running.sandbox.accounts) {
      expect(appid).toMatch(/^wx[0-9a-f]{16}$/);
      expect(secret).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it('makes a million followers at once, each with one place and one openid', async () => {
    const huge = await startSandbox({ followers: 1_000_000 });
    const asked = await Caller.of(huge, huge.service);
    const page = await asked.get('/cgi-bin/user/get');
    expect(page).toMatchObject({ total: 1_000_000, count: 10_000 });
    const [first = ''] = await openids(huge, huge.service, 1);
    expect((page['data'] as { openid: string[] }).openid[0]).toBe(first);
    const next = await asked.get('/cgi-bin/user/get', { next_openid: String(page['next_openid']) });
    const both = [page, next].flatMap((part) => (part['data'] as { openid: string[] }).openid);
    expect(new Set(both).size).toBe(20_000);
    const path = `/__sandbox/accounts/${huge.service.appid}/followers?offset=19999&limit=1`;
    expect((await getJson(huge, path))['followers']).toMatchObject([{ openid: both.at(-1) }]);
    const { tags } = await asked.get('/cgi-bin/tags/get');
    const tag = (tags as { id: number; count: number }[]).find(({ id }) => id >= 100);
    await asked.post('/cgi-bin/tags/members/batchuntagging', { openid_list: [first], tagid: tag?.id });
    expect(tag?.count).toBeGreaterThan(1_000);
    await huge.close();
  });
});

describe('closing', () => {
  it('ends deliveries that hang', async () => {
    const silent = createServer((request, response) => {
      const echo = new URL(request.url ?? '/', 'http://x').searchParams.get('echostr');
      if (request.method === 'GET') response.end(echo);
    });
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const { port } = silent.address() as AddressInfo;
    await postJson(running, '/__sandbox/config', { push: { deadlineMs: 600_000, gapMs: 600_000 } });
    const receiver = { url: `http://127.0.0.1:${port}/` } as Awaited<ReturnType<typeof startReceiver>>;
    await connect(running, running.service, receiver);
    const hanging = act(running, running.service, openid, { type: 'text' }).catch((error: unknown) => error);
    const arrived = new Promise<void>((done) => silent.once('request', () => done()));
    await arrived;
    await running.close();
    await hanging;
    silent.closeAllConnections();
    await new Promise((done) => silent.close(done));
    running = await startSandbox();
  });
});
