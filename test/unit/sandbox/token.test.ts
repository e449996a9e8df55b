import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  advance,
  Caller,
  getJson,
  postJson,
  startSandbox,
  tokenPath,
  type Json,
  type Running,
} from './harness';

const RID = / rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/;
const CREDENTIAL =
  'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r';

let running: Running;
beforeEach(async () => {
  running = await startSandbox();
});
afterEach(() => running.close());

function stable(extra: Json = {}): Promise<Json> {
  const { appid, secret } = running.service;
  return postJson(running, '/cgi-bin/stable_token', {
    grant_type: 'client_credential',
    appid,
    secret,
    ...extra,
  });
}

async function works(token: string): Promise<unknown> {
  return (await new Caller(running, token).get('/cgi-bin/getcallbackip'))['errcode'] ?? 0;
}

/** A request that leaves from another loopback address. */
function getFrom(localAddress: string, path: string): Promise<Json> {
  return new Promise((resolve, reject) => {
    request(`${running.origin}${path}`, { localAddress }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve(JSON.parse(text) as Json));
    })
      .on('error', reject)
      .end();
  });
}

describe('the classic token', () => {
  it('lives two hours, and a new one leaves the one before five minutes', async () => {
    const first = await getJson(running, tokenPath(running.service));
    expect(first['expires_in']).toBe(7200);
    const second = await getJson(running, tokenPath(running.service));
    expect(second['access_token']).not.toBe(first['access_token']);
    await advance(running, 299);
    expect(await works(String(first['access_token']))).toBe(0);
    await advance(running, 1);
    expect(await works(String(first['access_token']))).toBe(40001);
    expect(await works(String(second['access_token']))).toBe(0);
    await advance(running, 6900);
    expect(await works(String(second['access_token']))).toBe(42001);
  });

  it('checks the appid before anything else', async () => {
    const { appid, secret } = running.service;
    const code = async (query: string): Promise<unknown> =>
      (await getJson(running, `/cgi-bin/token?${query}`))['errcode'];
    expect(await code('')).toBe(41002);
    expect(await code('appid=wx0000000000000000')).toBe(40013);
    expect(await code(`appid=${appid}&secret=${secret}`)).toBe(40002);
    expect(await code(`grant_type=client_credential&appid=${appid}`)).toBe(41004);
    expect(await code(`grant_type=client_credential&appid=${appid}&secret=0`)).toBe(40125);
  });

  it('refuses an address that is not whitelisted, with both spellings of it in the text', async () => {
    const answer = await getFrom('127.0.0.9', tokenPath(running.service));
    expect(answer['errcode']).toBe(40164);
    expect(String(answer['errmsg']).replace(RID, '')).toBe(
      'invalid ip 127.0.0.9 ipv6 ::ffff:127.0.0.9, not in whitelist',
    );
    await postJson(running, `/__sandbox/accounts/${running.service.appid}/whitelist`, {
      ipWhitelist: ['127.0.0.8/29'],
    });
    expect(await getFrom('127.0.0.9', tokenPath(running.service))).toHaveProperty('access_token');
    expect((await getJson(running, tokenPath(running.service)))['errcode']).toBe(40164);
  });

  it('lets an issued token be used from any address', async () => {
    const { access_token: token } = await getJson(running, tokenPath(running.service));
    const path = `/cgi-bin/getcallbackip?access_token=${String(token)}`;
    expect(await getFrom('127.0.0.9', path)).toHaveProperty('ip_list');
  });

  it('is given 2,000 times a Beijing day', async () => {
    for (let i = 0; i < 2000; i += 1) await getJson(running, tokenPath(running.service));
    expect((await getJson(running, tokenPath(running.service)))['errcode']).toBe(45009);
    await advance(running, 86_400);
    expect(await getJson(running, tokenPath(running.service))).toHaveProperty('access_token');
  });
});

describe('the stable token', () => {
  it('stays the same until its last five minutes, when old and new both work', async () => {
    const first = await stable();
    await advance(running, 6000);
    const again = await stable();
    expect(again).toEqual({ access_token: first['access_token'], expires_in: 1200 });
    await advance(running, 900);
    const renewed = await stable();
    expect(renewed['access_token']).not.toBe(first['access_token']);
    expect(renewed['expires_in']).toBe(7200);
    expect(await works(String(first['access_token']))).toBe(0);
    await advance(running, 300);
    expect(await works(String(first['access_token']))).toBe(42001);
    expect(await works(String(renewed['access_token']))).toBe(0);
  });

  it('is killed at once by a forced renewal, which does nothing within 30 seconds of the last', async () => {
    const first = await stable();
    const forced = await stable({ force_refresh: true });
    expect(await works(String(first['access_token']))).toBe(40001);
    const tooSoon = await stable({ force_refresh: true });
    expect(tooSoon['access_token']).toBe(forced['access_token']);
    await advance(running, 30);
    expect((await stable({ force_refresh: true }))['access_token']).not.toBe(forced['access_token']);
  });

  it('is forced 20 times a day at most', async () => {
    for (let i = 0; i < 20; i += 1) {
      expect(await stable({ force_refresh: true })).toHaveProperty('access_token');
      await advance(running, 30);
    }
    expect((await stable({ force_refresh: true }))['errcode']).toBe(45009);
    expect(await stable()).toHaveProperty('access_token');
  });

  it('never touches the classic token, nor the other way round', async () => {
    const classic = String((await getJson(running, tokenPath(running.service)))['access_token']);
    const forced = String((await stable({ force_refresh: true }))['access_token']);
    await getJson(running, tokenPath(running.service));
    expect(await works(classic)).toBe(0);
    expect(await works(forced)).toBe(0);
  });

  it('is asked for by POST with JSON only', async () => {
    expect((await getJson(running, '/cgi-bin/stable_token'))['errcode']).toBe(43002);
    const form = await fetch(`${running.origin}/cgi-bin/stable_token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credential', appid: running.service.appid }),
    });
    expect(((await form.json()) as Json)['errcode']).toBe(47001);
    const empty = await fetch(`${running.origin}/cgi-bin/stable_token`, { method: 'POST' });
    expect(((await empty.json()) as Json)['errcode']).toBe(44002);
  });
});

describe('a refusal', () => {
  it('is HTTP 200 with the exact text and a rid that begins with the time', async () => {
    const response = await fetch(`${running.origin}/cgi-bin/user/get?access_token=garbage`);
    expect(response.status).toBe(200);
    const body = (await response.json()) as { errcode: number; errmsg: string };
    expect(body.errcode).toBe(40001);
    expect(body.errmsg).toMatch(RID);
    expect(body.errmsg.replace(RID, '')).toBe(CREDENTIAL);
    const rid = body.errmsg.slice(body.errmsg.indexOf('rid: ') + 5);
    expect(Number.parseInt(rid.slice(0, 8), 16)).toBe(1_800_000_000);
    expect(response.headers.get('date')).toBe(new Date(1_800_000_000_000).toUTCString());
  });

  it('names a missing token and a wrong method', async () => {
    expect((await getJson(running, '/cgi-bin/user/get'))['errmsg']).toMatch(/^access_token missing rid: /);
    const caller = await Caller.of(running, running.service);
    expect(await caller.post('/cgi-bin/user/get', {})).toMatchObject({ errcode: 43001 });
    expect(await caller.get('/cgi-bin/tags/create')).toMatchObject({ errcode: 43002 });
    expect((await postJson(running, '/cgi-bin/token', {}))['errcode']).toBe(43001);
  });

  it('can be looked up by its rid for a week, by its own account only', async () => {
    const caller = await Caller.of(running, running.service);
    const failed = await caller.sendText('oNobody');
    const rid = String(failed['errmsg']).split('rid: ')[1] ?? '';
    const found = await caller.post('/cgi-bin/openapi/rid/get', { rid });
    expect(found).toMatchObject({
      errcode: 0,
      request: { invoke_time: 1_800_000_000, client_ip: '127.0.0.1' },
    });
    expect((found['request'] as Json)['request_body']).toContain('"touser":"oNobody"');
    const other = await Caller.of(running, running.subscription);
    expect(await other.post('/cgi-bin/openapi/rid/get', { rid })).toMatchObject({ errcode: 76003 });
    expect(await caller.post('/cgi-bin/openapi/rid/get', { rid: 'x' })).toMatchObject({ errcode: 76002 });
    const unknown = `${rid.slice(0, 8)}-00000000-00000000`;
    expect(await caller.post('/cgi-bin/openapi/rid/get', { rid: unknown })).toMatchObject({ errcode: 76001 });
    await advance(running, 7 * 86_400 + 1);
    const later = await Caller.of(running, running.service);
    expect(await later.post('/cgi-bin/openapi/rid/get', { rid })).toMatchObject({ errcode: 76004 });
  });

  it('follows the standing of the account: frozen secret, frozen account, banned', async () => {
    const path = `/__sandbox/accounts/${running.service.appid}/standing`;
    await postJson(running, path, { secretFrozen: true });
    expect((await getJson(running, tokenPath(running.service)))['errmsg']).toMatch(
      /^AppSecret已被冻结 rid: /,
    );
    await postJson(running, path, { secretFrozen: false, frozen: true });
    expect(await getJson(running, tokenPath(running.service))).toMatchObject({ errcode: 50007 });
    await postJson(running, path, { frozen: false, banned: true });
    const caller = await Caller.of(running, running.service);
    expect(await caller.get('/cgi-bin/tags/get')).toMatchObject({ errcode: 48004 });
  });
});
