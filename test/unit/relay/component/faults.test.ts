import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealCallback } from '#wechat/callback/callback';
import { buildXml } from '#wechat/callback/xml';
import { until, type DeviceClient } from '../support/relay-harness';
import { ComponentWorld, PLATFORM, type RelayNode } from './support/component-world';

let world: ComponentWorld;
let device: DeviceClient;
let appid: string;

beforeEach(async () => {
  world = await ComponentWorld.start();
  device = await world.pair();
  appid = world.appid();
});
afterEach(() => world.stop());

const queries = async (): Promise<number[]> =>
  (await world.calls('api_query_auth')).map(({ errcode }) => errcode);
const leaseStatus = async (of = device): Promise<number> =>
  (await of.request('POST', `/v1/accounts/${appid}/lease`)).status;

/** Fails every write from the moment WeChat has been asked to redeem a code. */
const dieAfterAnswer = (node: RelayNode, from: string): void => {
  let claims = 0;
  let dead = false;
  node.store.fails = (place, write) => {
    // Offering, claiming; then comes the answer.
    if (place === 'component-codes' && write === 'update') claims += 1;
    dead ||= from === 'component-codes' ? claims >= 2 : place === from;
    return dead;
  };
};

describe('a relay that dies while it redeems', () => {
  const steps: readonly [string, string][] = [
    ['after WeChat’s answer, before storing it', 'component-codes'],
    ['before the tokens are recorded', 'component-authorizers'],
    ['before the account is given to its workspace', 'accounts'],
    ['before the desktop is told', 'log'],
  ];

  it.each(steps)('%s, is followed by another, which redeems nothing twice', async (_, place) => {
    const dying = await world.addNode();
    const attempt = await world.begin(await world.pair(null, dying));
    const page = await world.openPage(attempt.startUrl);
    dieAfterAnswer(dying, place);
    // The browser comes to the dying relay, WeChat's event to the healthy one.
    const { redirect } = await world.authorize({ appid, attempt: page, order: 'redirect-first' });
    expect(redirect?.status).not.toBe(0);
    await world.removeNode(dying);
    await world.advance(60);
    await world.addNode();
    expect(await world.outcome(device, attempt.id)).toMatchObject({ state: 'done', appid });
    expect((await queries()).filter((errcode) => errcode === 0)).toHaveLength(1);
    expect(await leaseStatus()).toBe(200);
    expect((await device.feed()).items.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'authorized', appid },
    ]);
  });

  it('and whose answer nobody stored is waited for by event: without it the attempt fails after two minutes', async () => {
    const dying = await world.addNode();
    const attempt = await world.begin(await world.pair(null, dying));
    const page = await world.openPage(attempt.startUrl);
    dieAfterAnswer(dying, 'component-codes');
    await world.authorize({ appid, attempt: page, event: false });
    await world.removeNode(dying);
    await world.advance(60);
    await world.addNode();
    await until(async () => (await queries()).length === 2);
    expect((await world.view(device, attempt.id)).state).toBe('redeeming');
    await world.advance(120);
    await world.addNode();
    expect(await world.outcome(device, attempt.id)).toMatchObject({
      state: 'failed',
      error: { code: 'wechat/61009' },
    });
    expect(await queries()).toEqual([0, 61009, 61009]);
  });

  it('keeps the answer in memory when only its store is gone for a moment', async () => {
    const node = world.node();
    const attempt = await world.begin(device);
    const page = await world.openPage(attempt.startUrl);
    dieAfterAnswer(node, 'component-codes');
    await world.authorize({ appid, attempt: page, event: false });
    expect(await queries()).toEqual([0]);
    node.store.fails = () => false;
    await world.advance(60);
    expect(await world.outcome(device, attempt.id)).toMatchObject({ state: 'done', appid });
    expect(await queries()).toEqual([0]);
    expect(await world.calls('api_get_authorizer_list')).toHaveLength(0);
  });
});

describe('a code that cannot be redeemed now', () => {
  it('is tried again until WeChat answers', async () => {
    await world.fault('api_query_auth', { errcode: -1, times: 1 });
    const attempt = await world.begin(device);
    await world.authorize({ appid, attempt: await world.openPage(attempt.startUrl) });
    expect((await world.view(device, attempt.id)).state).toBe('redeeming');
    await world.advance(10);
    await world.addNode();
    expect(await world.outcome(device, attempt.id)).toMatchObject({ state: 'done', appid });
    expect(await queries()).toEqual([-1, 0]);
  });

  it('because the answer was lost on the way is repaired from WeChat’s list', async () => {
    await world.fault('api_query_auth', { drop: 'after', times: 1 });
    const attempt = await world.begin(device);
    await world.authorize({ appid, attempt: await world.openPage(attempt.startUrl) });
    await world.advance(10);
    await world.addNode();
    expect(await world.outcome(device, attempt.id)).toMatchObject({ state: 'done', appid });
    expect(await leaseStatus()).toBe(200);
  });
});

describe('an event', () => {
  it('is answered success only once it is durable', async () => {
    const node = world.node();
    const attempt = await world.begin(device);
    const page = await world.openPage(attempt.startUrl);
    let refusals = 0;
    node.store.fails = (place) => place === 'component-codes' && ++refusals <= 2;
    const { event } = await world.authorize({ appid, attempt: page, redirect: false });
    expect(event?.deliveries.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'accepted']);
    expect(await world.outcome(device, attempt.id)).toMatchObject({ state: 'done', appid });
  });

  it('without an attempt leaves an unknown account to nobody and renews a known one', async () => {
    await world.authorize({ appid });
    expect(await leaseStatus()).toBe(404);
    await world.bind(device, appid, { sets: [1] });
    await world.authorize({ appid, sets: [1, 2] });
    await until(async () => (await device.feed()).items.length === 2);
    expect((await device.feed()).items.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'updateauthorized', permissionSets: [1] },
      { type: 'updateauthorized', permissionSets: [1, 2] },
    ]);
    await world.advance(7_300);
    expect(await leaseStatus()).toBe(200);
    expect((await world.calls('api_authorizer_token')).map(({ errcode }) => errcode)).toEqual([0]);
  });

  const send = async (
    xml: string,
    { timestamp = Date.now() / 1000, keys = {}, node = world.node() } = {},
  ): Promise<{ status: number; text: string }> => {
    const { componentAppid, token, encodingAESKey } = { ...PLATFORM, ...keys };
    const push = sealCallback({
      ...{ token, encodingAESKey, timestamp },
      appid: componentAppid,
      message: xml,
      toUserName: componentAppid,
    });
    const query = new URLSearchParams(push.query).toString();
    const response = await fetch(`${node.origin}/wx/component/ticket?${query}`, {
      method: 'POST',
      body: push.body,
    });
    return { status: response.status, text: await response.text() };
  };
  const unauthorized = (at: number): string =>
    buildXml({
      AppId: PLATFORM.componentAppid,
      CreateTime: at,
      InfoType: 'unauthorized',
      AuthorizerAppid: appid,
    });

  it('of a cancellation before the present authorization changes nothing, a later one ends it once', async () => {
    const early = Math.floor(world.clock.now()) - 30;
    await world.bind(device, appid);
    expect(await send(unauthorized(early))).toEqual({ status: 200, text: 'success' });
    expect(await leaseStatus()).toBe(200);
    for (let copy = 0; copy < 3; copy++)
      expect(await send(unauthorized(early + 60))).toEqual({ status: 200, text: 'success' });
    expect(await leaseStatus()).toBe(409);
    expect((await device.feed()).items).toHaveLength(2);
  });

  it('that is of no use here is left alone', async () => {
    for (const type of ['notify_third_fasteregister', 'naming_verify_success', 'something_new'])
      expect(
        await send(buildXml({ AppId: PLATFORM.componentAppid, CreateTime: 1_700_000_000, InfoType: type })),
      ).toEqual({ status: 200, text: 'success' });
  });

  it('that is forged, stale, foreign, unencrypted or no XML is refused', async () => {
    const node = await world.addNode({ timestampWindow: 600 });
    await world.bind(device, appid);
    const late = Math.floor(world.clock.now()) + 60;
    const refused = [
      send(unauthorized(late), { keys: { token: 'othertoken' }, node }),
      send(unauthorized(late), { timestamp: Date.now() / 1000 - 700, node }),
      send(unauthorized(late), { timestamp: Date.now() / 1000 + 700, node }),
      send(unauthorized(late), { keys: { componentAppid: 'wxanothercomponent' }, node }),
      send(unauthorized(late), { keys: { encodingAESKey: 'x'.repeat(43) }, node }),
      send('no xml', { node }),
      send(buildXml({ InfoType: 'unauthorized', CreateTime: late }), { node }),
    ];
    for (const answer of await Promise.all(refused)) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toBe('success');
    }
    const plain = await fetch(`${node.origin}/wx/component/ticket?timestamp=1&nonce=2`, {
      method: 'POST',
      body: unauthorized(late),
    });
    expect(plain.status).toBe(403);
    expect(await leaseStatus()).toBe(200);
  });
});
