import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuthorizationAttempt } from '#shared/ipc/authorize-models';
import { CHAT_ONLY_SETS } from '#shared/domain/permission-sets';
import { CUSTOM_SEND, PLATFORM, World, type Desk } from './desk';

const COMPONENT = `/components/${PLATFORM.componentAppid}`;

describe('authorizing an account by scanning', () => {
  let world: World;
  let desk: Desk;

  beforeEach(async () => {
    world = await World.create();
    await world.relay.platform();
    desk = world.desk();
  });
  afterEach(() => world.close());

  const paired = async (on: Desk = desk): Promise<string> => {
    const { linkId } = await on.authorize.pair({
      relayUrl: world.relay.url,
      pairingCode: await world.relay.code(),
    });
    return linkId;
  };

  /** Opens the start page as a browser does and follows its link; the id of WeChat's page. */
  async function openPage(): Promise<string> {
    const startUrl = desk.pages.at(-1)!;
    const link = /<a href="([^"]+)"/
      .exec(await (await fetch(startUrl)).text())?.[1]
      ?.replaceAll('&#38;', '&');
    const page = await fetch(link!, { headers: { referer: `${new URL(startUrl).origin}/` } });
    expect(page.status).toBe(200);
    const { attempts } = (await world.control('GET', COMPONENT)) as unknown as { attempts: { id: string }[] };
    return attempts.at(-1)!.id;
  }

  const until = async (state: AuthorizationAttempt['state']): Promise<AuthorizationAttempt> => {
    await expect.poll(() => desk.authorize.status()?.state, { timeout: 8_000 }).toBe(state);
    return desk.authorize.status()!;
  };

  async function scan(appid: string, body: object = {}): Promise<void> {
    await world.control('POST', `${COMPONENT}/authorize`, { appid, attempt: await openPage(), ...body });
  }

  async function begin(options: { scope?: 'all' | 'chat'; appid?: string; linkId?: string } = {}) {
    return desk.authorize.begin({
      linkId: options.linkId ?? (await paired()),
      scope: options.scope ?? 'all',
      appid: options.appid ?? null,
      apiOrigin: world.network.origin,
    });
  }

  /** Somebody new follows and writes. */
  async function hears(appid: string, content: string): Promise<string> {
    const act = (openid: string, body: object) =>
      world.control('POST', `/accounts/${appid}/followers/${openid}/act`, { ...body });
    const { openid } = (await act('new', { type: 'subscribe' })) as { openid: string };
    await act(openid, { type: 'text', content });
    return openid;
  }

  async function authorized(appid: string = world.wechat.service.appid): Promise<string> {
    await begin();
    await scan(appid);
    await until('done');
    return appid;
  }

  it('[S1.2][S2.11] follows the attempt from the opened page to the end, while an operator changes nothing', async () => {
    const begun = await begin();
    expect(begun.state).toBe('waiting');
    expect(desk.pages).toEqual([begun.startUrl]);
    const page = await openPage();
    await until('opened');
    const { appid } = world.wechat.service;
    await expect(
      world.control('POST', `${COMPONENT}/authorize`, { appid, attempt: page, as: 'operator' }),
    ).resolves.toHaveProperty('error');
    expect(desk.authorize.status()?.state).toBe('opened');
    await world.control('POST', `${COMPONENT}/authorize`, { appid, attempt: page });
    const done = await until('done');
    expect(done.appid).toBe(appid);
    const account = await desk.accounts.get(appid);
    expect(account).toMatchObject({
      ...{ door: 'scan', status: 'bound', relayMode: 'component', kind: 'service' },
      ...{ verified: true, region: 'mainland', callbackUrl: null },
    });
    const states = desk.topics('authorize.changed').map(({ attempt }) => attempt?.state);
    expect([...new Set(states)]).toEqual(expect.arrayContaining(['waiting', 'opened', 'checking', 'done']));
  });

  it('[S1.5] receives and sends for an authorized account, with tokens of the relay only', async () => {
    const appid = await authorized();
    const openid = await hears(appid, '你好');
    expect((await desk.pull()).quarantined).toBe(0);
    const sent = await desk.send(appid, openid, '您好，请讲');
    expect(sent.body).toMatchObject({ direction: 'out', status: 'sent' });
    expect((await world.received(appid, openid)).map(({ body }) => body)).toHaveLength(1);
    expect(await world.calls('/cgi-bin/stable_token')).toEqual([]);
  });

  it('replaces a leased token that WeChat calls dead, and the message is sent once', async () => {
    const appid = await authorized();
    const openid = await hears(appid, '在吗');
    await desk.pull();
    await world.fault(CUSTOM_SEND, { errcode: 42001, errmsg: 'access_token expired' });
    expect((await desk.send(appid, openid, '在')).body).toMatchObject({ status: 'sent' });
    expect(await world.received(appid, openid)).toHaveLength(1);
  });

  it('imports followers with a leased token', async () => {
    const appid = await authorized();
    await desk.followers.startImport(appid);
    await desk.followers.idle(appid);
    expect((await desk.followers.importState(appid)).phase).toBe('done');
  });

  it.each(['service', 'subscription'])(
    '[S1.3][S2.9] refuses a %s account that is not verified and leaves it with nobody',
    async (type) => {
      const { appid } = (await world.control('POST', '/accounts', { type, verified: false })) as {
        appid: string;
      };
      await begin();
      await scan(appid);
      expect((await until('failed')).error).toEqual({ code: 'account/unverified' });
      expect(await desk.accounts.list()).toEqual([]);
      const [link] = await desk.db.accounts.links();
      const deviceToken = await desk.secrets.get({ kind: 'relay-device-token', linkId: link!.id });
      expect(await world.api.accounts({ url: link!.url, deviceToken: deviceToken! })).toEqual([]);
    },
  );

  it('keeps waiting while WeChat turns an account of another kind away', async () => {
    await begin();
    await scan(world.wechat.service.appid, { as: 'other-kind' });
    await until('opened');
    expect(await desk.accounts.list()).toEqual([]);
  });

  it('[S3.17] asks for messages only when the owner wants to chat only', async () => {
    await begin({ scope: 'chat' });
    const attempt = await openPage();
    const { attempts } = (await world.control('GET', COMPONENT)) as unknown as {
      attempts: { id: string; sets: number[] }[];
    };
    expect(attempts.find(({ id }) => id === attempt)?.sets).toEqual(CHAT_ONLY_SETS);
    await world.control('POST', `${COMPONENT}/authorize`, { appid: world.wechat.service.appid, attempt });
    await until('done');
    expect((await desk.accounts.get(world.wechat.service.appid)).permissionSets).toEqual(CHAT_ONLY_SETS);
  });

  it('[S2.12] asks for messages, menu, web, broadcasts, users, account, materials and cards', async () => {
    await begin();
    await openPage();
    const { attempts } = (await world.control('GET', COMPONENT)) as unknown as {
      attempts: { sets: number[] }[];
    };
    expect(attempts.at(-1)!.sets).toEqual(expect.arrayContaining([1, 15, 4, 7, 2, 3, 11, 8]));
  });

  it('[S2.13] keeps what was granted, not what was asked for, and follows a change of it', async () => {
    const appid = world.wechat.service.appid;
    await begin();
    await scan(appid, { sets: [1, 2] });
    await until('done');
    expect((await desk.accounts.get(appid)).permissionSets).toEqual([1, 2]);
    await world.control('POST', `${COMPONENT}/authorize`, { appid, sets: [1, 2, 11] });
    await desk.pull();
    await desk.authorize.idle();
    expect((await desk.accounts.get(appid)).permissionSets).toEqual([1, 2, 11]);
  });

  it('[S2.20] shows a cancelled account as unbound at once, keeping its data', async () => {
    const appid = await authorized();
    await hears(appid, '第一句');
    await desk.pull();
    await world.control('POST', `${COMPONENT}/cancel`, { appid });
    await desk.pull();
    await desk.authorize.idle();
    expect(await desk.accounts.get(appid)).toMatchObject({ status: 'unbound', door: 'scan', unread: 1 });
  });

  it('notices a cancellation whose event was lost at the next call', async () => {
    const appid = await authorized();
    const openid = await hears(appid, '在吗');
    await desk.pull();
    await desk.send(appid, openid, '在');
    await world.control('POST', `${COMPONENT}/cancel`, { appid, event: false });
    const message = await desk.send(appid, openid, '您好');
    expect(message.body).toMatchObject({
      status: 'failed',
      failure: { code: expect.stringMatching(/61003|not-authorized/) },
    });
    await expect.poll(async () => (await desk.accounts.get(appid)).status).toBe('unbound');
  });

  it('[S2.24] resumes without duplicates when an account is authorized again', async () => {
    const appid = await authorized();
    await desk.accounts.update({ appid, name: '我的店', colour: 5 });
    await hears(appid, '第一句');
    await desk.pull();
    await world.control('POST', `${COMPONENT}/cancel`, { appid });
    await desk.pull();
    await desk.authorize.idle();
    const [link] = await desk.db.accounts.links();
    await begin({ appid, linkId: link!.id });
    await scan(appid);
    await until('done');
    await hears(appid, '第二句');
    await desk.pull();
    await desk.authorize.idle();
    expect(await desk.accounts.list()).toEqual([
      expect.objectContaining({ appid, name: '我的店', colour: 5, status: 'bound', unread: 2 }),
    ]);
  });

  it('[S2.25] shows the time a cancelled account was away as a gap, and repairs it by a full reading', async () => {
    const started: string[] = [];
    desk.accounts.onBound((appid) => void started.push(appid));
    const appid = await authorized();
    await desk.followers.startImport(appid);
    await desk.followers.idle(appid);
    const from = world.now;
    await world.control('POST', `${COMPONENT}/cancel`, { appid });
    await desk.pull();
    await desk.authorize.idle();
    await world.advance(600);
    const [link] = await desk.db.accounts.links();
    await begin({ appid, linkId: link!.id });
    await scan(appid);
    await until('done');
    expect(await desk.accounts.gaps()).toEqual([{ appid, from, until: Math.floor(world.now) }]);
    expect(started).toEqual([appid, appid]);
    await world.advance(60);
    await desk.followers.startImport(appid);
    await desk.followers.idle(appid);
    expect(await desk.accounts.gaps()).toEqual([]);
  });

  it('keeps the region that the owner corrected when the account is authorized again', async () => {
    const appid = await authorized();
    await desk.accounts.update({ appid, region: 'overseas' });
    const [link] = await desk.db.accounts.links();
    await begin({ appid, linkId: link!.id });
    await scan(appid, { sets: [1, 2] });
    await until('done');
    expect(await desk.accounts.get(appid)).toMatchObject({ region: 'overseas', permissionSets: [1, 2] });
  });

  it('[S2.22] says that another shop of the relay has the account', async () => {
    const linkId = await paired();
    const { appid } = world.wechat.service;
    const pairing = await world.relay.codeFor('elsewhere');
    const { deviceToken } = await world.api.pair(world.relay.url, pairing, 'other shop');
    const other = { url: world.relay.url, deviceToken };
    await world.api.registerAccount(other, appid, { mode: 'sealed', token: 'abcdefgh' });
    await begin({ linkId });
    await scan(appid);
    expect((await until('failed')).error?.code).toBe('relay/account-taken');
    expect(await desk.accounts.list()).toEqual([]);
  });

  it('waits on when the administrator refuses on the phone, and is done by the page opened once more', async () => {
    await begin();
    const page = await openPage();
    await until('opened');
    const form = `${world.wechat.origin}/__sandbox/authorization-page/${page}`;
    const refused = await fetch(form, { method: 'POST', body: new URLSearchParams({ as: 'refuse' }) });
    expect(await refused.text()).toContain('已拒绝授权');
    expect(desk.authorize.status()?.state).toBe('opened');
    await desk.authorize.openPage();
    expect(desk.pages).toHaveLength(2);
    await scan(world.wechat.service.appid);
    await until('done');
  });

  it('is not done twice by a browser that comes back again', async () => {
    await begin();
    const attempt = await openPage();
    const { appid } = world.wechat.service;
    const { redirectUrl } = (await world.control('POST', `${COMPONENT}/authorize`, { appid, attempt })) as {
      redirectUrl: string;
    };
    await until('done');
    const before = desk.topics('accounts.changed').length;
    expect((await fetch(redirectUrl)).status).toBe(200);
    expect(desk.authorize.status()?.state).toBe('done');
    expect(await desk.accounts.list()).toHaveLength(1);
    expect(desk.topics('accounts.changed')).toHaveLength(before);
  });

  it('says that the page has expired, and begins anew', async () => {
    const { linkId } = await begin();
    await openPage();
    await until('opened');
    await world.relay.close();
    world.relay.later(1_801);
    await world.relay.reopen();
    expect((await until('expired')).error).toBeNull();
    desk.authorize.dismiss();
    expect((await begin({ linkId })).state).toBe('waiting');
  });

  it('is not ended by another account than the one to be authorized again', async () => {
    const appid = await authorized();
    const other = (await world.control('POST', '/accounts', { type: 'service', verified: true })) as {
      appid: string;
    };
    const [link] = await desk.db.accounts.links();
    await begin({ appid, linkId: link!.id });
    await scan(other.appid);
    await until('opened');
    expect(await desk.accounts.list()).toHaveLength(1);
  });

  it('cancels an attempt, which then cannot be completed, and begins another', async () => {
    const { linkId } = await begin();
    const page = await openPage();
    await until('opened');
    await desk.authorize.cancel();
    expect(desk.authorize.status()?.state).toBe('cancelled');
    await world.control('POST', `${COMPONENT}/authorize`, {
      appid: world.wechat.service.appid,
      attempt: page,
    });
    expect(await desk.accounts.list()).toEqual([]);
    desk.authorize.dismiss();
    expect(desk.authorize.status()).toBeNull();
    await begin({ linkId });
    await scan(world.wechat.service.appid);
    await until('done');
  });

  it('goes on when the relay was away for a moment', async () => {
    await begin();
    const page = await openPage();
    await until('opened');
    await world.relay.close();
    await expect.poll(() => desk.authorize.status()?.error?.code).toBe('relay/unreachable');
    await world.relay.reopen();
    await world.control('POST', `${COMPONENT}/authorize`, {
      appid: world.wechat.service.appid,
      attempt: page,
    });
    expect((await until('done')).error).toBeNull();
  });
});

describe('a relay', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.create();
  });
  afterEach(() => world.close());

  it('without a third-party platform says so, and that it is not ready before the first ticket', async () => {
    const desk = world.desk();
    const pairing = { relayUrl: world.relay.url, pairingCode: await world.relay.code() };
    const relay = await desk.authorize.pair(pairing);
    expect(relay).toMatchObject({ ready: false, error: { code: 'relay/no-component' } });
    await world.relay.platform({ ticket: false });
    const error = { code: 'relay/component-not-ready' };
    await expect.poll(() => desk.authorize.relays()).toEqual([{ ...relay, error }]);
    await expect(
      desk.authorize.begin({ linkId: relay.linkId, scope: 'all', appid: null }),
    ).rejects.toMatchObject({ code: 'relay/component-not-ready' });
    await world.relay.platform();
    await world.control('POST', `${COMPONENT}/tickets`, { push: true });
    await expect.poll(() => desk.authorize.relays()).toEqual([{ ...relay, ready: true, error: null }]);
  });
});
