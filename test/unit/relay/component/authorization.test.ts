import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removePlatform } from '#relay/component/platform';
import { SealedBox } from '#relay/secrets/sealed-box';
import type { RelayNotice } from '#shared/relay/protocol';
import type { DeviceClient } from '../support/relay-harness';
import { ComponentWorld, PLATFORM } from './support/component-world';

let world: ComponentWorld;
let device: DeviceClient;
let appid: string;

beforeEach(async () => {
  world = await ComponentWorld.start();
  device = await world.pair();
  appid = world.appid();
});
afterEach(() => world.stop());

const notices = async (of: DeviceClient): Promise<RelayNotice[]> =>
  (await of.feed()).items
    .filter(({ kind }) => kind === 'notice')
    .map(({ body }) => JSON.parse(body) as RelayNotice);
const accountsOf = async (of: DeviceClient): Promise<unknown[]> =>
  ((await (await of.request('GET', '/v1/accounts')).json()) as { accounts: unknown[] }).accounts;

describe('an attempt', () => {
  it('[S2.11] is followed live from waiting over opened to done, and the account is then in the list', async () => {
    const attempt = await world.begin(device);
    expect(attempt).toMatchObject({ state: 'waiting', appid: null, error: null });
    const opened = world.view(device, attempt.id, '?wait=20&known=waiting');
    const page = await world.openPage(attempt.startUrl);
    expect((await opened).state).toBe('opened');
    const end = world.view(device, attempt.id, '?wait=20&known=opened');
    await world.authorize({ appid, attempt: page });
    expect(['redeeming', 'done']).toContain((await end).state);
    expect(await world.outcome(device, attempt.id)).toMatchObject({ state: 'done', appid, error: null });
    expect(await accountsOf(device)).toEqual([
      { appid, mode: 'component', callbackUrl: null, rulesVersion: null, authorized: true, verifiedAt: null },
    ]);
    expect(await notices(device)).toEqual([
      expect.objectContaining({ type: 'authorized', appid, permissionSets: expect.any(Array) }),
    ]);
  });

  it.each(['redirect-first', 'event-first', 'together'] as const)(
    'is done once, whichever of redirect and event comes first: %s',
    async (order) => {
      const view = await world.bind(device, appid, { order });
      expect(view).toMatchObject({ state: 'done', appid });
      expect(await world.calls('api_query_auth')).toHaveLength(1);
      expect(await notices(device)).toHaveLength(1);
    },
  );

  it.each([
    ['the redirect', { event: false }],
    ['the event', { redirect: false }],
  ])('is done by %s alone', async (_, options) => {
    expect(await world.bind(device, appid, options)).toMatchObject({ state: 'done', appid });
  });

  it('with two relays over one store is redeemed once and shows on both', async () => {
    const other = await world.addNode();
    for (let round = 0; round < 5; round++) {
      const before = (await world.calls('api_query_auth')).length;
      // WeChat's events go to the first relay, this browser to the second.
      const elsewhere = await world.pair(null, other);
      const view = await world.bind(elsewhere, appid, {
        order: 'together',
        sets: round % 2 === 0 ? [1, 2] : [1, 3],
      });
      expect(view).toMatchObject({ state: 'done', appid });
      expect(await world.view(device, view.id)).toMatchObject({ state: 'done', appid });
      expect(await world.calls('api_query_auth')).toHaveLength(before + 1);
    }
    expect((await notices(device)).map(({ type }) => type)).toEqual([
      'authorized',
      ...Array<string>(4).fill('updateauthorized'),
    ]);
  });

  it('shows what each landing says, however often it is loaded', async () => {
    const attempt = await world.begin(device);
    const page = await world.openPage(attempt.startUrl);
    const { redirectUrl } = await world.authorize({ appid, attempt: page, redirect: false });
    for (let visit = 0; visit < 3; visit++) {
      const landing = await fetch(redirectUrl!, { headers: { 'accept-language': 'en-GB,en;q=0.9' } });
      expect(landing.status).toBe(200);
      expect(await landing.text()).toContain('You may close this window');
    }
    expect(await world.calls('api_query_auth')).toHaveLength(1);
    const again = await fetch(attempt.startUrl, { headers: { 'accept-language': 'zh-CN' } });
    expect(await again.text()).toContain('授权成功');
  });

  it('fails with WeChat’s code when the landing page is given a code that WeChat never gave', async () => {
    const attempt = await world.begin(device);
    await world.openPage(attempt.startUrl);
    await fetch(`${attempt.startUrl}/return?auth_code=queryauthcode%40%40%40made-up&expires_in=600`);
    expect(await world.outcome(device, attempt.id)).toMatchObject({
      state: 'failed',
      error: { code: 'wechat/61009', errcode: 61009 },
    });
  });

  it('expires when nobody opens it, and its start page says so', async () => {
    const attempt = await world.begin(device);
    await world.advance(1_801);
    expect((await world.view(device, attempt.id)).state).toBe('expired');
    const page = await fetch(attempt.startUrl, { headers: { 'accept-language': 'en' } });
    expect(await page.text()).toContain('This took too long');
    expect(await world.calls('api_create_preauthcode')).toHaveLength(0);
  });

  it('counts when the administrator confirmed just before it expired', async () => {
    const attempt = await world.begin(device);
    const page = await world.openPage(attempt.startUrl);
    await world.advance(1_790);
    const { redirectUrl } = await world.authorize({ appid, attempt: page, redirect: false, event: false });
    await world.advance(20);
    expect((await world.view(device, attempt.id)).state).toBe('expired');
    await fetch(redirectUrl!);
    expect(await world.view(device, attempt.id)).toMatchObject({ state: 'done', appid });
  });

  it('is given up by the desktop: what the administrator then confirms goes to nobody', async () => {
    const attempt = await world.begin(device);
    const page = await world.openPage(attempt.startUrl);
    expect((await device.request('DELETE', `/v1/authorizations/${attempt.id}`)).status).toBe(204);
    await world.authorize({ appid, attempt: page });
    expect((await world.view(device, attempt.id)).state).toBe('cancelled');
    expect(await accountsOf(device)).toEqual([]);
    // It stays authorized at WeChat; the next attempt takes it over.
    expect(await world.bind(device, appid)).toMatchObject({ state: 'done', appid });
  });

  it('is nobody else’s business', async () => {
    const stranger = await world.pair('other');
    const attempt = await world.begin(device);
    for (const method of ['GET', 'DELETE']) {
      const response = await stranger.request(method, `/v1/authorizations/${attempt.id}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'relay/unknown-authorization' } });
    }
    expect((await world.view(device, attempt.id)).state).toBe('waiting');
  });

  it('uses one pre-authorization code however often its page is opened, and a new one before that ends', async () => {
    const attempt = await world.begin(device);
    for (let visit = 0; visit < 3; visit++) await world.openPage(attempt.startUrl);
    expect(await world.calls('api_create_preauthcode')).toHaveLength(1);
    await world.advance(1_700);
    const page = await world.openPage(attempt.startUrl);
    expect(await world.calls('api_create_preauthcode')).toHaveLength(2);
    await world.authorize({ appid, attempt: page, redirect: false });
    expect(await world.outcome(device, attempt.id)).toMatchObject({ state: 'done', appid });
  });
});

describe('who may authorize what', () => {
  it('[S2.11] an operator is refused by WeChat, and the attempt waits on for the administrator', async () => {
    const attempt = await world.begin(device);
    const page = await world.openPage(attempt.startUrl);
    await expect(world.authorize({ appid, attempt: page, as: 'operator' })).rejects.toThrow(
      'only-administrator',
    );
    expect((await world.view(device, attempt.id)).state).toBe('opened');
    const text = await (await fetch(attempt.startUrl, { headers: { 'accept-language': 'en' } })).text();
    expect(text).toContain('administrator');
    expect(text).toContain('operators cannot authorize');
    expect(text).toContain('picture from the album is refused');
    await world.authorize({ appid, attempt: page });
    expect((await world.outcome(device, attempt.id)).state).toBe('done');
  });

  it('[S2.12] asks for the permission sets that the desktop wants and reports what was granted', async () => {
    const asked = [1, 15, 4, 7, 2, 3, 11, 8];
    const attempt = await world.begin(device, { permissionSets: asked });
    const page = await world.openPage(attempt.startUrl);
    const { attempts } = (await world.component()) as { attempts: { id: string; sets: number[] }[] };
    expect(attempts.find(({ id }) => id === page)?.sets).toEqual(asked);
    await world.authorize({ appid, attempt: page, sets: [1, 2, 7] });
    const view = await world.outcome(device, attempt.id);
    expect([...view.permissionSets].sort((a, b) => a - b)).toEqual([1, 2, 7]);
  });

  it('[S3.17] asks for the message set alone when the owner only wants to chat', async () => {
    const attempt = await world.begin(device, { permissionSets: [1] });
    const page = await world.openPage(attempt.startUrl);
    const { attempts } = (await world.component()) as { attempts: { id: string; sets: number[] }[] };
    expect(attempts.find(({ id }) => id === page)?.sets).toEqual([1]);
    await world.authorize({ appid, attempt: page });
    expect((await world.outcome(device, attempt.id)).permissionSets).toEqual([1]);
  });

  it('one account only, when the desktop authorizes it again', async () => {
    const attempt = await world.begin(device, { appid });
    const page = await world.openPage(attempt.startUrl);
    await expect(world.authorize({ appid: world.appid(2), attempt: page })).rejects.toThrow('other-account');
    await world.authorize({ appid, attempt: page });
    expect((await world.outcome(device, attempt.id)).state).toBe('done');
  });

  it('an account other than the one asked for is not given away', async () => {
    const attempt = await world.begin(device, { appid });
    await world.openPage(attempt.startUrl);
    const { authorizationCode } = await world.authorize({ appid: world.appid(2), event: false });
    await fetch(`${attempt.startUrl}/return?auth_code=${encodeURIComponent(authorizationCode)}`);
    expect(await world.outcome(device, attempt.id)).toMatchObject({
      state: 'failed',
      error: { code: 'relay/wrong-account' },
    });
    expect(await accountsOf(device)).toEqual([]);
  });
});

describe('an account that another workspace has', () => {
  it('[S2.22] is refused until it is deleted there, while its owner goes on working', async () => {
    await world.bind(device, appid, { sets: [1, 2] });
    const stranger = await world.pair('other');
    const refused = await world.bind(stranger, appid, { sets: [1, 2, 3] });
    expect(refused).toMatchObject({ state: 'failed', appid: null, error: { code: 'relay/account-taken' } });
    expect(await accountsOf(stranger)).toEqual([]);
    expect(await notices(stranger)).toEqual([]);
    expect((await notices(device)).at(-1)).toMatchObject({ type: 'updateauthorized', appid });
    // The second authorization has killed the first refresh token: the owner lives on the new one.
    await world.advance(7_000);
    expect((await device.request('POST', `/v1/accounts/${appid}/lease`)).status).toBe(200);
    expect((await world.calls('api_authorizer_token')).map(({ errcode }) => errcode)).toEqual([0]);

    expect((await device.request('DELETE', `/v1/accounts/${appid}`)).status).toBe(204);
    expect(await world.bind(stranger, appid)).toMatchObject({ state: 'done', appid });
    expect((await device.request('POST', `/v1/accounts/${appid}/lease`)).status).toBe(404);
    expect((await stranger.request('POST', `/v1/accounts/${appid}/lease`)).status).toBe(200);
  });

  it('[S2.22] is refused too when it is bound by hand there', async () => {
    const stranger = await world.pair('other');
    await stranger.bind(appid);
    expect(await world.bind(device, appid)).toMatchObject({
      state: 'failed',
      error: { code: 'relay/account-taken' },
    });
    expect(await accountsOf(stranger)).toMatchObject([{ appid, mode: 'sealed' }]);
    expect(
      (await device.request('PUT', `/v1/accounts/${appid}`, { mode: 'sealed', token: 'abc' })).status,
    ).toBe(409);
  });

  it('changes from bound by hand to authorized within its own workspace', async () => {
    const { callbackUrl } = await device.bind(appid);
    expect(await world.bind(device, appid)).toMatchObject({ state: 'done', appid });
    expect(await accountsOf(device)).toMatchObject([{ appid, mode: 'component', callbackUrl: null }]);
    expect((await fetch(callbackUrl, { method: 'POST', body: 'x' })).status).toBe(404);
  });
});

describe('a relay without a platform', () => {
  it('says so', async () => {
    await removePlatform(world.store, new SealedBox(world.masterKey));
    const fresh = await world.addNode();
    const other = await world.pair(null, fresh);
    expect(await world.status(other)).toEqual({ available: false, componentAppid: null, ready: false });
    const response = await other.request('POST', '/v1/authorizations', {});
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { code: 'relay/no-component' } });
    const push = await fetch(`${fresh.origin}/wx/component/ticket?timestamp=1&nonce=1`, { method: 'POST' });
    expect(push.status).toBe(404);
  });

  it('with one tells its AppID', async () => {
    expect(await world.status(device)).toEqual({
      available: true,
      componentAppid: PLATFORM.componentAppid,
      ready: true,
    });
  });
});
