import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RelayLink } from '#main/relay/port';
import { RelayHarness } from '../../relay/support/relay-harness';
import { World, type Desk } from './desk';
import { codeOf } from './voice/samples';

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await World.create();
  desk = world.desk();
});
afterEach(() => world.close());

const input = async (patch: object = {}) => ({
  name: '山茶花店',
  appid: world.wechat.service.appid,
  secret: world.wechat.service.secret,
  region: 'mainland' as const,
  relayUrl: world.relay.url,
  pairingCode: await world.relay.code(),
  apiOrigin: world.wechat.origin,
  ...patch,
});

/** Nothing in the database and no secret of the account. */
async function expectNothingBound(appid = world.wechat.service.appid): Promise<void> {
  expect(await desk.accounts.list()).toEqual([]);
  expect(await desk.db.accounts.links()).toEqual([]);
  for (const kind of ['app-secret', 'callback-token', 'encoding-aes-key'] as const) {
    expect(await desk.secrets.get({ kind, appid })).toBeNull();
  }
}

it('binds an account: kind and verification from WeChat, server settings ready to paste', async () => {
  const account = await desk.accounts.bind(await input());

  expect(account).toMatchObject({ kind: 'service', verified: true, status: 'bound', door: 'manual' });
  expect(await desk.accounts.serverSetting(account.appid, 'url')).toBe(account.callbackUrl);
  expect(await desk.accounts.serverSetting(account.appid, 'token')).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(await desk.accounts.serverSetting(account.appid, 'aes-key')).toMatch(/^[A-Za-z0-9]{43}$/);
  await world.configure(desk, world.wechat.service);
  expect(desk.topics('accounts.changed')).toContainEqual({ appid: account.appid });
});

it('binds an unverified account by hand and knows that it is one', async () => {
  const { appid, secret } = world.wechat.unverified;
  expect(await desk.accounts.bind(await input({ appid, secret }))).toMatchObject({ verified: false });
});

it('believes the owner about the kind only where WeChat does not tell it', async () => {
  const { unverified, subscription } = world.wechat;
  const bind = async (account: typeof unverified, more: { readonly kind?: 'service' | 'subscription' }) =>
    desk.accounts.bind(await input({ appid: account.appid, secret: account.secret, ...more }));

  expect(await bind(unverified, { kind: 'service' })).toMatchObject({ kind: 'service', verified: false });
  expect(await bind(subscription, { kind: 'service' })).toMatchObject({
    kind: 'subscription',
    verified: true,
  });

  // Bound anew without a word about it, the account stays what it was.
  await desk.accounts.disconnect(unverified.appid);
  expect(await bind(unverified, {})).toMatchObject({ kind: 'service', verified: false });
});

it('takes an unverified account of which nobody tells the kind for a subscription account', async () => {
  const { appid, secret } = world.wechat.unverified;
  expect(await desk.accounts.bind(await input({ appid, secret }))).toMatchObject({ kind: 'subscription' });
});

it('keeps the EncodingAESKey that WeChat’s console has, and refuses one that is none', async () => {
  const encodingAESKey = `${'Ab3'.repeat(14)}x`;
  const bind = async (key: string) => desk.accounts.bind(await input({ encodingAESKey: key }));
  expect(await codeOf(bind(encodingAESKey.slice(1)))).toBe('account/bad-aes-form');
  await expectNothingBound();
  const { appid } = await bind(` ${encodingAESKey}\n`);
  expect(await desk.accounts.serverSetting(appid, 'aes-key')).toBe(encodingAESKey);
});

it('tells a wrong AppID from a wrong secret and leaves nothing half bound', async () => {
  expect(await codeOf(desk.accounts.bind(await input({ appid: 'not-an-appid' })))).toBe('account/bad-appid');
  expect(await codeOf(desk.accounts.bind(await input({ secret: 'short' })))).toBe('account/bad-secret-form');
  await expect(desk.accounts.bind(await input({ appid: 'wx00000000000000ff' }))).rejects.toMatchObject({
    data: { errcode: 40013 },
  });
  await expect(desk.accounts.bind(await input({ secret: '0'.repeat(32) }))).rejects.toMatchObject({
    data: { errcode: 40125 },
  });
  await expectNothingBound();
});

it('names the address that the whitelist of WeChat lacks', async () => {
  await world.control('POST', `/accounts/${world.wechat.service.appid}/whitelist`, {
    ipWhitelist: ['203.0.113.9'],
  });

  await expect(desk.accounts.bind(await input())).rejects.toMatchObject({
    code: 'account/whitelist',
    data: { errcode: 40164, params: { ip: '127.0.0.1' } },
  });
  await expectNothingBound();
});

it('binds with the same pairing code once the address is on the whitelist, although the code works only once', async () => {
  const { appid } = world.wechat.service;
  const whitelist = (ipWhitelist: string[]) =>
    world.control('POST', `/accounts/${appid}/whitelist`, { ipWhitelist });
  await whitelist(['203.0.113.9']);
  const form = await input();
  expect(await codeOf(desk.accounts.bind(form))).toBe('account/whitelist');
  // Another code is another code, whatever was paired before.
  expect(await codeOf(desk.accounts.bind({ ...form, pairingCode: 'AAAA-AAAA-AAAA' }))).toBe(
    'relay/wrong-code',
  );
  await whitelist(['127.0.0.1']);

  expect(await desk.accounts.bind(form)).toMatchObject({ status: 'bound' });
});

it('asks for tokens through the tunnel of the relay, from binding on', async () => {
  const { origin } = world.wechat;
  const relay = await RelayHarness.start({ wechatOrigin: origin });
  try {
    const opened = async () => {
      const metrics = await (await fetch(`${relay.origin}/metrics`)).text();
      return Number(/tunnels_total\{outcome="opened"\} (\d+)/.exec(metrics)?.[1] ?? 0);
    };
    const account = await desk.accounts.bind(
      await input({ relayUrl: relay.origin, pairingCode: await relay.code() }),
    );
    expect(await opened()).toBe(1);
    // A desktop started anew opens a tunnel for its first token, and none for the many calls of the import.
    const again = world.desk();
    await again.followers.startImport(account.appid);
    await again.followers.idle();
    expect(await opened()).toBe(2);
  } finally {
    await relay.stop();
  }
});

it('leaves nothing half bound when the pairing code is wrong, used up or the relay is away', async () => {
  await expect(desk.accounts.bind(await input({ pairingCode: 'AAAA-AAAA-AAAA' }))).rejects.toMatchObject({
    code: 'relay/wrong-code',
  });
  await expectNothingBound();
  await expect(desk.accounts.bind(await input({ relayUrl: 'http://127.0.0.1:9' }))).rejects.toMatchObject({
    code: 'relay/unreachable',
  });
  await expectNothingBound();
});

it('binds the second account over the pairing of the first', async () => {
  await desk.accounts.bind(await input());
  const { appid, secret } = world.wechat.subscription;
  const second = await desk.accounts.bind(await input({ appid, secret, pairingCode: '' }));

  expect(second).toMatchObject({ kind: 'subscription', colour: 1 });
  const links = await desk.accounts.links();
  expect(links).toHaveLength(1);
  expect(links[0]?.appids).toEqual([world.wechat.service.appid, appid]);
  expect(await codeOf(desk.accounts.bind(await input()))).toBe('account/already-bound');
});

it('keeps the data of a disconnected account, without its secrets, and takes it up again when bound anew', async () => {
  const appid = await world.bind(desk);
  const [who] = (await world.control('GET', `/accounts/${appid}/followers?limit=1`))['followers'] as {
    openid: string;
  }[];
  await world.control('POST', `/accounts/${appid}/followers/${who?.openid ?? ''}/act`, {
    type: 'text',
    content: '还在吗',
  });
  await desk.pull();
  const unbound = await desk.accounts.disconnect(appid);

  expect(unbound).toMatchObject({ status: 'unbound', connection: { state: 'off' } });
  expect(await desk.accounts.links()).toEqual([]);
  expect(await desk.secrets.get({ kind: 'app-secret', appid })).toBeNull();
  expect(await codeOf(desk.accounts.reconnect(appid))).toBe('account/secret-missing');
  expect(await codeOf(desk.send(appid, who?.openid ?? '', '您好'))).toBe('account/frozen');

  await desk.accounts.bind(await input());
  expect(await desk.accounts.list()).toHaveLength(1);
  expect(
    (await desk.conversations.messages({ appid, openid: who?.openid ?? '', before: null, limit: 9 }))
      .messages,
  ).toHaveLength(1);
});

it('connects a bound account again with the secret it has, and learns that its verification ended', async () => {
  const appid = await world.bind(desk);
  await world.control('POST', `/accounts/${appid}/standing`, { verified: false });

  expect(await desk.accounts.reconnect(appid)).toMatchObject({ status: 'bound', verified: false });
});

it('erases an account with data, secrets and pairing', async () => {
  const appid = await world.bind(desk);
  await desk.accounts.erase(appid);
  await expectNothingBound();
});

it('tells the connection of each account as its link is', async () => {
  const appid = await world.bind(desk);
  const [link] = await desk.accounts.links();
  expect((await desk.accounts.get(appid)).connection.state).toBe('connecting');
  desk.accounts.setConnection(link?.id ?? '', {
    state: 'offline',
    error: { code: 'relay/unreachable' },
    lastSeenAt: 5,
  });

  expect((await desk.accounts.get(appid)).connection).toMatchObject({ state: 'offline', lastSeenAt: 5 });
});

describe('an account that another computer of the shop has connected', () => {
  const { token, encodingAESKey } = { token: 'counterToken', encodingAESKey: `${'Xy7'.repeat(14)}k` };
  const theirs = async (mode: 'sealed' | 'assisted'): Promise<RelayLink> => {
    const { url } = world.relay;
    const link = { url, ...(await world.api.pair(url, await world.relay.code(), '前台电脑')) };
    const request = mode === 'sealed' ? { mode, token } : { mode, token, encodingAESKey };
    await world.api.registerAccount(link, world.wechat.service.appid, request);
    return link;
  };

  it('is not bound with a new Token, which would cut that computer off', async () => {
    const link = await theirs('sealed');
    const [before] = await world.api.accounts(link);
    expect(await codeOf(desk.accounts.bind(await input()))).toBe('account/settings-needed');
    expect(await codeOf(desk.accounts.bind(await input({ callbackToken: token })))).toBe(
      'account/settings-needed',
    );
    await expectNothingBound();
    expect(await world.api.accounts(link)).toEqual([before]);
  });

  it('is bound with its Token and key, at the same address and in the mode it has', async () => {
    const [there] = await world.api.accounts(await theirs('assisted'));
    const bound = await desk.accounts.bind(await input({ callbackToken: token, encodingAESKey }));
    expect(bound).toMatchObject({ relayMode: 'assisted', callbackUrl: there?.callbackUrl });
    expect(await desk.accounts.serverSetting(bound.appid, 'token')).toBe(token);
    expect(await desk.accounts.serverSetting(bound.appid, 'aes-key')).toBe(encodingAESKey);
  });

  it('is bound anew once that computer was locked out', async () => {
    const lost = await theirs('assisted');
    const form = await input();
    expect(await codeOf(desk.accounts.bind(form))).toBe('account/settings-needed');
    const [device] = await world.api.devices(lost);
    await world.api.revokeDevice(lost, device?.id ?? '');
    expect(await desk.accounts.bind(form)).toMatchObject({ status: 'bound', relayMode: 'sealed' });
  });

  it('is refused a Token of a wrong form', async () => {
    expect(await codeOf(desk.accounts.bind(await input({ callbackToken: 'not a token' })))).toBe(
      'account/bad-token-form',
    );
  });
});
