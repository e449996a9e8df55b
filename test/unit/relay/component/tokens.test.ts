import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceClient } from '../support/relay-harness';
import { until } from '../support/relay-harness';
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

interface Lease {
  readonly accessToken: string;
  readonly expiresAt: number;
}

const askLease = (of = device, body?: object, account = appid): Promise<Response> =>
  of.request('POST', `/v1/accounts/${account}/lease`, body);
const lease = async (of = device, body?: object): Promise<Lease> => {
  const response = await askLease(of, body);
  expect(response.status).toBe(200);
  return (await response.json()) as Lease;
};
/** Calls WeChat as the desktop does with a leased token. */
const useToken = async (token: string): Promise<number> => {
  const answer = await fetch(`${world.sandboxOrigin}/cgi-bin/user/get?access_token=${token}`);
  return ((await answer.json()) as { errcode?: number }).errcode ?? 0;
};
const errorCodes = async (name: string): Promise<number[]> =>
  (await world.calls(name)).map(({ errcode }) => errcode);

describe('a lease', () => {
  beforeEach(async () => {
    await world.bind(device, appid, { sets: [1, 2, 3] });
  });

  it('gives a paired device a token that works and lives for minutes at least', async () => {
    const { accessToken, expiresAt } = await lease();
    expect(await useToken(accessToken)).toBe(0);
    expect(expiresAt - world.clock.now()).toBeGreaterThan(600);
    expect(expiresAt - world.clock.now()).toBeLessThanOrEqual(7_200);
    expect((await lease()).accessToken).toBe(accessToken);
    expect(await world.calls('api_authorizer_token')).toHaveLength(0);
  });

  it('never carries the refresh token', async () => {
    const text = await (await askLease()).text();
    expect(text).not.toContain('refreshtoken@@@');
    expect(Object.keys(JSON.parse(text) as object).sort()).toEqual(['accessToken', 'expiresAt']);
  });

  it('is for devices of the workspace that has the account, and for nobody else', async () => {
    const stranger = await world.pair('other');
    for (const path of [`${appid}/lease`, `${world.appid(2)}/lease`]) {
      const response = await stranger.request('POST', `/v1/accounts/${path}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'relay/unknown-account' } });
    }
    expect((await stranger.request('GET', `/v1/accounts/${appid}/profile`)).status).toBe(404);
    expect((await stranger.request('GET', `/v1/accounts/${appid}/options/voice_recognize`)).status).toBe(404);
    const nobody = await fetch(`${world.node().origin}/v1/accounts/${appid}/lease`, { method: 'POST' });
    expect(nobody.status).toBe(401);
    await stranger.bind(world.appid(2));
    expect((await askLease(stranger, undefined, world.appid(2))).status).toBe(404);
  });

  it('is renewed once when many devices ask on two relays at the same moment', async () => {
    const node = await world.addNode();
    const other = await world.pair(null, node);
    await world.advance(6_700);
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, index) => lease(index % 2 === 0 ? device : other)),
    );
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(await errorCodes('api_authorizer_token')).toEqual([0]);
    expect(await useToken(tokens[0]!.accessToken)).toBe(0);
  });

  it('goes on over months while WeChat rotates the refresh token at every renewal', async () => {
    await world.control('POST', `/components/${PLATFORM.componentAppid}/settings`, { rotateOnRefresh: true });
    for (let round = 0; round < 6; round++) {
      await world.advance(7_300);
      expect(await useToken((await lease()).accessToken)).toBe(0);
    }
    expect(await errorCodes('api_authorizer_token')).toEqual(Array<number>(6).fill(0));
    expect(await world.calls('api_get_authorizer_list')).toHaveLength(0);
  });

  it('is repaired from WeChat’s list when the relay died after WeChat rotated and before it stored that', async () => {
    await world.control('POST', `/components/${PLATFORM.componentAppid}/settings`, { rotateOnRefresh: true });
    const dying = await world.addNode();
    const there = await world.pair(null, dying);
    await world.advance(7_300);
    dying.store.fails = (place) => place === 'component-authorizers';
    const refused = await askLease(there);
    expect(refused.status).toBe(503);
    expect(await refused.text()).not.toContain('accessToken');
    await world.removeNode(dying);
    expect(await useToken((await lease()).accessToken)).toBe(0);
    expect(await errorCodes('api_authorizer_token')).toEqual([0, 61023, 0]);
    expect(await errorCodes('api_get_authorizer_list')).toEqual([0]);
  });

  it('does not wait for ever for a relay that died while it renewed', async () => {
    const dying = await world.addNode();
    const there = await world.pair(null, dying);
    await world.advance(7_300);
    await world.fault('api_authorizer_token', { drop: 'before', times: 1 });
    dying.store.fails = (place, write) => place === 'component-locks' && write === 'delete';
    expect((await askLease(there)).status).toBeGreaterThanOrEqual(500);
    await world.removeNode(dying);
    const waiting = lease();
    await world.advance(60);
    expect(await useToken((await waiting).accessToken)).toBe(0);
  });

  it('uses the living token on when WeChat cannot renew it now', async () => {
    const { accessToken } = await lease();
    await world.advance(6_700);
    await world.fault('api_authorizer_token', { errcode: -1, times: 1 });
    expect((await lease()).accessToken).toBe(accessToken);
    expect((await lease()).accessToken).not.toBe(accessToken);
  });

  it('replaces a token that WeChat calls dead before its time, once a minute at most', async () => {
    const { accessToken } = await lease();
    expect((await lease(device, { refused: accessToken })).accessToken).toBe(accessToken);
    await world.advance(61);
    const next = await lease(device, { refused: accessToken });
    expect(next.accessToken).not.toBe(accessToken);
    expect((await lease(device, { refused: accessToken })).accessToken).toBe(next.accessToken);
  });

  it('[S2.20] ends with the authorization: by WeChat’s event, and the desktop is told', async () => {
    await world.cancel(appid);
    const response = await askLease();
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { code: 'relay/not-authorized' } });
    const { accounts } = (await (await device.request('GET', '/v1/accounts')).json()) as {
      accounts: unknown[];
    };
    expect(accounts).toMatchObject([{ appid, mode: 'component', authorized: false }]);
    const { items } = await device.feed();
    expect(items.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'authorized', appid },
      { type: 'unauthorized', appid },
    ]);
    expect(await world.bind(device, appid)).toMatchObject({ state: 'done', appid });
    expect(await useToken((await lease()).accessToken)).toBe(0);
    expect((await device.feed()).items).toHaveLength(3);
  });

  it.each([
    ['a lease', () => askLease()],
    ['the profile', () => device.request('GET', `/v1/accounts/${appid}/profile`)],
    ['an option', () => device.request('GET', `/v1/accounts/${appid}/options/voice_recognize`)],
  ])('[S2.20] ends with the authorization although the event was lost: noticed by %s', async (_, ask) => {
    await world.cancel(appid, false);
    await world.advance(7_300);
    expect((await ask()).status).toBe(409);
    expect((await device.feed()).items.map(({ kind }) => kind)).toEqual(['notice', 'notice']);
    expect((await askLease()).status).toBe(409);
    expect((await device.feed()).items).toHaveLength(2);
  });
});

describe('what WeChat says of an account', () => {
  beforeEach(async () => {
    await world.bind(device, appid, { sets: [1, 2, 3] });
  });

  it('comes as WeChat gives it, without tokens', async () => {
    const response = await device.request('GET', `/v1/accounts/${appid}/profile`);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      info: { nick_name: expect.any(String), service_type_info: { id: 2 }, verify_type_info: { id: 0 } },
      permissionSets: [1, 2, 3],
    });
    expect(text).not.toMatch(/token/i);
  });

  it('can be changed where WeChat lets a platform change it', async () => {
    const path = `/v1/accounts/${appid}/options/voice_recognize`;
    expect(await (await device.request('GET', path)).json()).toEqual({ value: '0' });
    expect((await device.request('PUT', path, { value: '1' })).status).toBe(204);
    expect(await (await device.request('GET', path)).json()).toEqual({ value: '1' });
    const refused = await device.request('PUT', path, { value: '2' });
    expect(refused.status).toBe(502);
    expect(await refused.json()).toMatchObject({ error: { code: 'wechat/61013' } });
    expect((await device.request('GET', `/v1/accounts/${appid}/options/anything`)).status).toBe(400);
  });
});

describe('the platform’s own token', () => {
  it('is fetched once for all relays and kept over a restart', async () => {
    const node = await world.addNode();
    const other = await world.pair(null, node);
    const begun = await Promise.all([world.begin(device), world.begin(other), world.begin(other)]);
    await Promise.all(begun.map(({ startUrl }) => fetch(startUrl)));
    expect(await world.calls('api_component_token')).toHaveLength(1);
    await world.removeNode(world.node());
    await world.openPage((await world.begin(other)).startUrl);
    expect(await world.calls('api_component_token')).toHaveLength(1);
  });

  it('is renewed ten minutes before it ends, and again when WeChat calls it dead', async () => {
    await world.bind(device, appid);
    await world.advance(6_500);
    await world.bind(device, appid, { sets: [1] });
    expect(await world.calls('api_component_token')).toHaveLength(1);
    await world.advance(200);
    await world.bind(device, appid, { sets: [1, 2] });
    expect(await world.calls('api_component_token')).toHaveLength(2);
    await world.fault('api_get_authorizer_info', { errcode: 42006, times: 1 });
    expect((await device.request('GET', `/v1/accounts/${appid}/profile`)).status).toBe(200);
    expect(await world.calls('api_component_token')).toHaveLength(3);
  });

  it('is fetched again once only: what WeChat refuses twice is an error', async () => {
    await world.bind(device, appid);
    await world.fault('api_get_authorizer_info', { errcode: 40001, times: 5 });
    const response = await device.request('GET', `/v1/accounts/${appid}/profile`);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'wechat/40001' } });
    expect(await world.calls('api_component_token')).toHaveLength(2);
  });
});

describe('tickets', () => {
  const tickets = (body: object): Promise<unknown> =>
    world.control('POST', `/components/${PLATFORM.componentAppid}/tickets`, body);
  const pushes = async (): Promise<number> =>
    ((await world.component()) as { pushes: { infoType: string }[] }).pushes.length;

  /** Requests for tickets that WeChat took: a relay that starts before the platform is registered asks in vain. */
  const requests = async (): Promise<number> =>
    (await errorCodes('api_start_push_ticket')).filter((errcode) => errcode === 0).length;

  it('that get lost do no harm: the one before serves', async () => {
    await tickets({ lose: 3 });
    await world.advance(1_800);
    expect(await world.bind(device, appid)).toMatchObject({ state: 'done' });
    expect(await requests()).toBe(0);
  });

  it('that WeChat refuses leave the one before', async () => {
    await world.fault('api_component_token', { errcode: 61006, times: 1 });
    await tickets({ push: true });
    expect(await world.bind(device, appid)).toMatchObject({ state: 'done' });
    expect(await errorCodes('api_component_token')).toEqual([61006, 0]);
  });

  it('that have all expired are asked for again, and the next one is used', async () => {
    await tickets({ paused: true });
    await world.advance(13 * 3_600);
    const { startUrl } = await world.begin(device);
    const before = await pushes();
    const page = await fetch(startUrl, { headers: { 'accept-language': 'en' } });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('relay/component-not-ready');
    await until(async () => (await pushes()) > before);
    expect(await requests()).toBe(1);
    await world.openPage(startUrl);
    // However often it is tried, WeChat is not asked more than once an hour.
    expect(await requests()).toBe(1);
  });

  it('are asked for by one relay when none has ever come', async () => {
    await world.stop();
    world = await ComponentWorld.start({ ticket: false });
    device = await world.pair();
    expect(await world.status(device)).toMatchObject({ available: true, ready: false });
    const response = await device.request('POST', '/v1/authorizations', {});
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'relay/component-not-ready' } });
    await world.advance(61);
    await Promise.all([world.addNode(), world.addNode(), world.addNode()]);
    await until(async () => (await requests()) > 0);
    await world.register();
    expect(await world.status(device)).toMatchObject({ ready: true });
    expect(await requests()).toBe(1);
  });
});
