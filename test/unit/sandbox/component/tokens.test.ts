import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clearComponentQuota,
  createPreAuthCode,
  fetchComponentToken,
  getAuthorizerInfo,
  getAuthorizerList,
  getAuthorizerOption,
  refreshAuthorizerToken,
  setAuthorizerOption,
} from '#wechat/api/component';
import type { ComponentToken } from '#wechat/api/component-call';
import { advance, Caller, getJson, postJson, startSandbox, type Json, type Running } from '../harness';
import {
  authorize,
  callOf,
  COMPONENT,
  control,
  OF_COMPONENT,
  register,
  startPlatform,
  tokenOf,
  type Platform,
} from './platform';

let running: Running;
let platform: Platform;
let component: ComponentToken;
beforeEach(async () => {
  running = await startSandbox({ push: { deadlineMs: 2_000, gapMs: 20, attempts: 1 } });
  platform = await startPlatform();
  await register(running, platform);
  component = await tokenOf(running, platform);
});
afterEach(async () => {
  await running.close();
  await platform.close();
});

const API = '/cgi-bin/component';
const errcode = async (path: string, body: Json, token?: Json): Promise<unknown> => {
  const query = token === undefined ? '' : `?${new URLSearchParams(token as Record<string, string>)}`;
  return (await postJson(running, `${API}/${path}${query}`, body))['errcode'] ?? 0;
};
const appid = { component_appid: COMPONENT.componentAppid };

describe('the component token', () => {
  it('is refused with the code of what is missing or wrong', async () => {
    const ticket = platform.lastTicket();
    const good = { ...appid, component_appsecret: COMPONENT.secret, component_verify_ticket: ticket };
    const get = (change: Json): Promise<unknown> => errcode('api_component_token', { ...good, ...change });
    expect(await get({ component_appid: '' })).toBe(41018);
    expect(await get({ component_appid: 'wxother' })).toBe(40013);
    expect(await get({ component_appsecret: '' })).toBe(41019);
    expect(await get({ component_appsecret: 'x' })).toBe(40125);
    expect(await get({ component_verify_ticket: '' })).toBe(41020);
    expect(await get({ component_verify_ticket: 'x' })).toBe(61006);
    expect(await get({})).toBe(0);
  });

  it('is accepted under both names of the parameter, and needed', async () => {
    const token = component.componentAccessToken;
    expect(await errcode('api_create_preauthcode', appid, { access_token: token })).toBe(0);
    expect(await errcode('api_create_preauthcode', appid, { component_access_token: token })).toBe(0);
    expect(await errcode('api_create_preauthcode', appid)).toBe(41021);
    expect(await errcode('api_create_preauthcode', appid, { access_token: 'x' })).toBe(40001);
    expect(await errcode('api_create_preauthcode', {}, { access_token: token })).toBe(41018);
    const other = { component_appid: 'wxother' };
    expect(await errcode('api_create_preauthcode', other, { access_token: token })).toBe(61011);
  });

  it('lives two hours', async () => {
    await advance(running, 7199);
    await createPreAuthCode(callOf(running), component);
    await advance(running, 1);
    await expect(createPreAuthCode(callOf(running), component)).rejects.toMatchObject({ errcode: 42006 });
  });

  it('is not given for /cgi-bin/token, and no account token stands in for it', async () => {
    const path = `/cgi-bin/token?grant_type=client_credential&appid=${COMPONENT.componentAppid}&secret=x`;
    expect(await getJson(running, path)).toMatchObject({ errcode: 61024 });
    const own = await Caller.of(running, running.service);
    expect(await errcode('api_create_preauthcode', appid, { access_token: own.token })).toBe(61014);
    const { tokens } = await authorize(running, component, running.service.appid);
    const authorizer = { access_token: tokens?.accessToken };
    expect(await errcode('api_create_preauthcode', appid, authorizer)).toBe(61014);
    const wrong = new Caller(running, component.componentAccessToken);
    expect(await wrong.get('/cgi-bin/user/get')).toMatchObject({ errcode: 61015 });
  });

  it('needs an address of the platform’s list for every call, whatever the account’s list says', async () => {
    const { tokens } = await authorize(running, component, running.service.appid);
    await postJson(running, `/__sandbox/accounts/${running.service.appid}/whitelist`, { ipWhitelist: [] });
    const caller = new Caller(running, tokens?.accessToken ?? '');
    expect(await caller.get('/cgi-bin/user/get')).toMatchObject({ total: 30 });
    await control(running, `${OF_COMPONENT}/settings`, { ipWhitelist: ['203.0.113.0/24'] });
    expect(await caller.get('/cgi-bin/user/get')).toMatchObject({ errcode: 61004 });
    await expect(createPreAuthCode(callOf(running), component)).rejects.toMatchObject({ errcode: 61004 });
    await expect(tokenOf(running, platform)).rejects.toMatchObject({ errcode: 61004 });
  });

  it('stops at the day’s limit until the quota is reset, ten times a month', async () => {
    await control(running, `${OF_COMPONENT}/quota`, { path: `${API}/api_component_token`, dailyLimit: 1 });
    await expect(tokenOf(running, platform)).rejects.toMatchObject({ errcode: 45009 });
    const clear = (): Promise<void> =>
      clearComponentQuota(
        callOf(running),
        { componentAppid: COMPONENT.componentAppid, componentSecret: COMPONENT.secret },
        COMPONENT.componentAppid,
      );
    for (let i = 0; i < 10; i += 1) await clear();
    await tokenOf(running, platform);
    await expect(clear()).rejects.toMatchObject({ errcode: 48006 });
  });

  it('asks about its own quota', async () => {
    const caller = new Caller(running, component.componentAccessToken);
    const path = `${API}/api_component_token`;
    expect(await caller.post('/cgi-bin/openapi/quota/get', { cgi_path: path })).toMatchObject({
      quota: { daily_limit: 2000, used: 1 },
    });
  });
});

describe('an authorizer’s tokens', () => {
  it('come with the sets that were ticked', async () => {
    const authorization = await authorize(running, component, running.service.appid, { sets: [1, 2, 15] });
    expect(authorization).toMatchObject({
      authorizerAppid: running.service.appid,
      permissionSets: [1, 2, 15],
      unconfirmedSets: [],
      tokens: { expiresIn: 7200 },
    });
  });

  it('are renewed by the refresh token, and only by the newest', async () => {
    const { appid: account } = running.service;
    const refresh = (refreshToken = ''): ReturnType<typeof refreshAuthorizerToken> =>
      refreshAuthorizerToken(callOf(running), component, { appid: account, refreshToken });
    const first = (await authorize(running, component, account)).tokens?.refreshToken;
    const renewed = await refresh(first);
    expect(renewed.refreshToken).toBe(first);
    const again = (await authorize(running, component, account)).tokens?.refreshToken;
    expect(again).not.toBe(first);
    await expect(refresh(first)).rejects.toMatchObject({ errcode: 61023 });
    await refresh(again);
    await control(running, `${OF_COMPONENT}/settings`, { rotateOnRefresh: true });
    const rotated = await refresh(again);
    await expect(refresh(again)).rejects.toMatchObject({ errcode: 61023 });
    const { authorizers } = await getAuthorizerList(callOf(running), component, { offset: 0, count: 500 });
    expect(authorizers).toMatchObject([{ appid: account, refreshToken: rotated.refreshToken }]);
  });

  it('expire after two hours', async () => {
    const { tokens } = await authorize(running, component, running.service.appid);
    const caller = new Caller(running, tokens?.accessToken ?? '');
    await advance(running, 7200);
    expect(await caller.get('/cgi-bin/user/get')).toMatchObject({ errcode: 42001 });
  });

  it('are not given for an account without any API', async () => {
    const path = `/__sandbox/accounts/${running.service.appid}/standing`;
    const { preAuthCode } = await createPreAuthCode(callOf(running), component);
    const body = { preAuthCode, appid: running.service.appid };
    const answer = await control(running, `${OF_COMPONENT}/authorize`, body);
    await postJson(running, path, { banned: true });
    const query = { access_token: component.componentAccessToken };
    const redeem = { ...appid, authorization_code: answer['authorizationCode'] };
    const info = await postJson(running, `${API}/api_query_auth?${new URLSearchParams(query)}`, redeem);
    expect(Object.keys(info['authorization_info'] as Json)).toEqual(['authorizer_appid', 'func_info']);
  });
});

describe('what a component learns about its accounts', () => {
  it('is kind, verification, name and standing', async () => {
    await authorize(running, component, running.unverified.appid, { sets: [1] });
    const { info, permissionSets, refreshToken } = await getAuthorizerInfo(
      callOf(running),
      component,
      running.unverified.appid,
    );
    expect(info).toMatchObject({
      service_type_info: { id: 0 },
      verify_type_info: { id: -1 },
      account_status: 1,
    });
    expect(info.user_name).toMatch(/^gh_/);
    expect(info.nick_name).not.toBe('');
    expect(permissionSets).toEqual([1]);
    expect(refreshToken).toMatch(/^refreshtoken@@@/);
    await expect(getAuthorizerInfo(callOf(running), component, running.service.appid)).rejects.toMatchObject({
      errcode: 61003,
    });
  });

  it('is a list in pages of at most 500', async () => {
    for (const { appid: account } of [running.service, running.subscription, running.overseas])
      await authorize(running, component, account);
    const page = await getAuthorizerList(callOf(running), component, { offset: 1, count: 1 });
    expect(page).toMatchObject({ total: 3, authorizers: [{ appid: running.subscription.appid }] });
    const query = { access_token: component.componentAccessToken };
    const many = { ...appid, offset: 0, count: 501 };
    expect(await errcode('api_get_authorizer_list', many, query)).toBe(40170);
  });

  it('is their options, which it can change', async () => {
    const { appid: account } = running.service;
    await authorize(running, component, account);
    const call = callOf(running);
    expect(await getAuthorizerOption(call, component, account, 'voice_recognize')).toBe('0');
    await setAuthorizerOption(call, component, account, 'voice_recognize', '1');
    expect(await getAuthorizerOption(call, component, account, 'voice_recognize')).toBe('1');
    await expect(setAuthorizerOption(call, component, account, 'voice_recognize', '2')).rejects.toMatchObject(
      { errcode: 61013 },
    );
    const query = { access_token: component.componentAccessToken };
    const odd = { ...appid, authorizer_appid: account, option_name: 'colour' };
    expect(await errcode('get_authorizer_option', odd, query)).toBe(61012);
    const older = { ...odd, option_name: 'voice_recognize' };
    expect(await errcode('api_get_authorizer_option', older, query)).toBe(0);
  });
});

it('gives the secret of no call away by its rid', async () => {
  const failed = await postJson(running, `${API}/api_component_token`, {
    ...appid,
    component_appsecret: COMPONENT.secret,
    component_verify_ticket: 'ticket@@@mine',
  });
  const rid = String(failed['errmsg']).split('rid: ')[1];
  const caller = new Caller(running, component.componentAccessToken);
  const told = JSON.stringify(await caller.post('/cgi-bin/openapi/rid/get', { rid }));
  expect(told).toContain('component_appsecret');
  expect(told).not.toContain(COMPONENT.secret);
  expect(told).not.toContain('ticket@@@mine');
});

it('calls with a wrong ticket fail as the typed method says', async () => {
  await expect(
    fetchComponentToken(callOf(running), {
      componentAppid: COMPONENT.componentAppid,
      componentSecret: COMPONENT.secret,
      ticket: 'ticket@@@foreign',
    }),
  ).rejects.toMatchObject({ code: 'wechat/61006', errcode: 61006 });
});
