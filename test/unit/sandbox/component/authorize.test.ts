import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPreAuthCode, redeemAuthorizationCode, refreshAuthorizerToken } from '#wechat/api/component';
import type { ComponentToken } from '#wechat/api/component-call';
import {
  advance,
  Caller,
  getJson,
  postJson,
  START,
  startSandbox,
  until,
  type Json,
  type Running,
} from '../harness';
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
  platform.order.length = 0;
});
afterEach(async () => {
  await running.close();
  await platform.close();
});

const decide = async (body: Json = {}): Promise<Json> => {
  const { preAuthCode } = await createPreAuthCode(callOf(running), component);
  return control(running, `${OF_COMPONENT}/authorize`, {
    preAuthCode,
    appid: running.service.appid,
    ...body,
  });
};
const redeem = (code: unknown): ReturnType<typeof redeemAuthorizationCode> =>
  redeemAuthorizationCode(callOf(running), component, String(code));
const lastEvent = (): string[] =>
  ['InfoType', 'AuthorizerAppid', 'AuthorizationCode'].map((tag) => platform.events.at(-1)?.text(tag) ?? '');

describe('a confirmed authorization', () => {
  it('reaches the platform by redirect and by event, with one code', async () => {
    const answer = await decide({ redirectUri: platform.redirectUri });
    const code = String(answer['authorizationCode']);
    expect(answer).toMatchObject({ infoType: 'authorized', redirect: { status: 200 }, expiresIn: 600 });
    expect(lastEvent()).toEqual(['authorized', running.service.appid, code]);
    expect(platform.events.at(-1)?.text('AuthorizationCodeExpiredTime')).toBe(String(START + 600));
    expect(platform.events.at(-1)?.text('PreAuthCode')).toMatch(/^preauthcode@@@/);
    const [landed] = platform.landed;
    expect(Object.fromEntries(landed ?? [])).toEqual({ state: 's1', auth_code: code, expires_in: '600' });
  });

  it.each([
    ['redirect-first', ['landing', 'authorized']],
    ['event-first', ['authorized', 'landing']],
  ])('comes in the order %s', async (order, expected) => {
    await decide({ redirectUri: platform.redirectUri, order, delayMs: 5 });
    expect(platform.order).toEqual(expected);
  });

  it('can lose either of the two', async () => {
    await decide({ redirectUri: platform.redirectUri, event: false });
    expect(platform.order).toEqual(['landing']);
    const answer = await decide({ redirectUri: platform.redirectUri, redirect: false, sets: [1] });
    expect(platform.order).toEqual(['landing', 'updateauthorized']);
    expect(answer['redirectUrl']).toContain('auth_code=');
  });

  it('is redeemed once', async () => {
    const { authorizationCode } = await decide();
    await redeem(authorizationCode);
    await expect(redeem(authorizationCode)).rejects.toMatchObject({ errcode: 61009 });
    await expect(redeem('queryauthcode@@@foreign')).rejects.toMatchObject({ errcode: 61009 });
  });

  it('is redeemed within ten minutes', async () => {
    const { authorizationCode } = await decide();
    await advance(running, 600);
    await expect(redeem(authorizationCode)).rejects.toMatchObject({ errcode: 61010 });
  });

  it('uses its pre-authorization code up', async () => {
    const { preAuthCode, expiresIn } = await createPreAuthCode(callOf(running), component);
    expect(expiresIn).toBe(1800);
    await decide({ preAuthCode });
    expect(await decide({ preAuthCode })).toMatchObject({ error: { code: 'used-pre-auth-code' } });
    const late = await createPreAuthCode(callOf(running), component);
    await advance(running, 1800);
    expect(await decide({ preAuthCode: late.preAuthCode })).toMatchObject({ error: { code: 'expired' } });
  });

  it('needs the administrator, and an account that may authorize', async () => {
    expect(await decide({ as: 'operator' })).toMatchObject({ error: { code: 'only-administrator' } });
    expect(await decide({ as: 'other-kind' })).toMatchObject({ error: { code: 'other-kind' } });
    expect(await decide({ sets: [] })).toMatchObject({ error: { code: 'no-sets' } });
    const standing = `/__sandbox/accounts/${running.service.appid}/standing`;
    await postJson(running, standing, { frozen: true });
    expect(await decide()).toMatchObject({ error: { code: 'account-barred' } });
    expect(platform.order).toEqual([]);
  });

  it('is for accounts of the test list while the platform is not published', async () => {
    await control(running, `${OF_COMPONENT}/settings`, { published: false });
    expect(await decide()).toMatchObject({ error: { code: 'unpublished' } });
    const { originalId } = await getJson(running, `/__sandbox/accounts/${running.service.appid}`);
    await control(running, `${OF_COMPONENT}/settings`, { testAccounts: [originalId] });
    expect(await decide()).toMatchObject({ infoType: 'authorized' });
  });
});

describe('authorizing again', () => {
  it('is an update when the sets changed, and no event when they did not', async () => {
    await decide({ sets: [1, 2] });
    const changed = await decide({ sets: [1, 2, 15] });
    expect(changed).toMatchObject({ infoType: 'updateauthorized' });
    expect(lastEvent()).toEqual(['updateauthorized', running.service.appid, changed['authorizationCode']]);
    const same = await decide({ sets: [15, 2, 1] });
    expect(same).toMatchObject({ infoType: 'none', event: null });
    expect(await redeem(same['authorizationCode'])).toMatchObject({ permissionSets: [1, 2, 15] });
    expect(platform.order).toEqual(['authorized', 'updateauthorized']);
  });

  it('takes an exclusive set away from the platform that held it', async () => {
    await decide({ sets: [1, 4] });
    const other = 'wxotherplatform01';
    await control(running, '', {
      ...COMPONENT,
      componentAppid: other,
      ticketUrl: `${platform.origin}/nowhere`,
      callbackUrl: `${platform.origin}/other/$APPID$`,
    });
    await control(running, `/${other}/authorize`, { appid: running.service.appid, sets: [4], event: false });
    await until(() => platform.order.length === 2);
    expect(lastEvent().slice(0, 2)).toEqual(['updateauthorized', running.service.appid]);
    expect(await redeem(lastEvent()[2])).toMatchObject({ permissionSets: [1] });
  });
});

describe('cancelling', () => {
  it('tells the platform and ends every token with 61003', async () => {
    const { appid } = running.service;
    const { tokens } = await authorize(running, component, appid);
    const caller = new Caller(running, tokens?.accessToken ?? '');
    expect(await caller.get('/cgi-bin/user/get')).toMatchObject({ total: 30 });
    await control(running, `${OF_COMPONENT}/cancel`, { appid });
    expect(lastEvent()).toEqual(['unauthorized', appid, '']);
    expect(await caller.get('/cgi-bin/user/get')).toMatchObject({ errcode: 61003 });
    const refreshToken = tokens?.refreshToken ?? '';
    await expect(
      refreshAuthorizerToken(callOf(running), component, { appid, refreshToken }),
    ).rejects.toMatchObject({ errcode: 61003 });
    expect(await control(running, `${OF_COMPONENT}/cancel`, { appid })).toMatchObject({
      error: { code: 'not-authorized' },
    });
  });

  it('can be followed by a new authorization, which revives nothing old', async () => {
    const { appid } = running.service;
    const old = (await authorize(running, component, appid)).tokens;
    await control(running, `${OF_COMPONENT}/cancel`, { appid, event: false });
    expect(await decide()).toMatchObject({ infoType: 'authorized' });
    const caller = new Caller(running, old?.accessToken ?? '');
    expect(await caller.get('/cgi-bin/user/get')).toMatchObject({ errcode: 61003 });
  });
});
