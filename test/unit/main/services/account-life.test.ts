import { afterEach, beforeEach, expect, it } from 'vitest';
import { World, type Desk } from './desk';
import { codeOf } from './voice/samples';

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await World.create();
  desk = world.desk();
});
afterEach(() => world.close());

async function firstFollower(appid: string): Promise<string> {
  const page = await world.control('GET', `/accounts/${appid}/followers?limit=1`);
  const [who] = page['followers'] as { openid: string }[];
  if (!who) throw new Error('nobody follows');
  return who.openid;
}

async function says(appid: string, openid: string, content: string): Promise<void> {
  await world.control('POST', `/accounts/${appid}/followers/${openid}/act`, { type: 'text', content });
}

async function textsOf(appid: string, openid: string): Promise<unknown[]> {
  const page = await desk.conversations.messages({ appid, openid, before: null, limit: 50 });
  return page.messages.flatMap(({ body }) =>
    body.direction === 'in' && body.content.kind === 'text' ? [body.content.text] : [],
  );
}

it('[S2.23] keeps the data of a deleted account, frozen, and nothing of its secrets or its place at the relay', async () => {
  const appid = await world.bind(desk);
  const openid = await firstFollower(appid);
  await says(appid, openid, '有货吗');
  await desk.pull();

  expect(await desk.accounts.freeze(appid)).toMatchObject({ status: 'frozen', callbackUrl: null });
  expect(await textsOf(appid, openid)).toEqual(['有货吗']);
  for (const kind of ['app-secret', 'callback-token', 'encoding-aes-key'] as const)
    expect(await desk.secrets.get({ kind, appid })).toBeNull();
  expect(await desk.db.accounts.links()).toEqual([]);
  expect(await codeOf(desk.send(appid, openid, '有的'))).toBe('account/frozen');
});

it('[S2.24] goes on without a second account, follower or message when a deleted account is bound again', async () => {
  const appid = await world.bind(desk);
  const openid = await firstFollower(appid);
  await desk.followers.startImport(appid);
  await desk.followers.idle(appid);
  await says(appid, openid, '第一句');
  await desk.pull();
  const before = (await desk.accounts.get(appid)).followers;

  await desk.accounts.freeze(appid);
  await world.bind(desk);
  await desk.followers.startImport(appid);
  await desk.followers.idle(appid);
  await says(appid, openid, '第二句');
  await desk.pull();

  expect(await desk.accounts.list()).toHaveLength(1);
  expect((await desk.accounts.get(appid)).followers).toBe(before);
  expect(new Set(await textsOf(appid, openid))).toEqual(new Set(['第一句', '第二句']));
  expect(await textsOf(appid, openid)).toHaveLength(2);
});

it('[S2.25] shows the time an account was away as a gap until all its followers were read again', async () => {
  const started: string[] = [];
  desk.accounts.onBound((appid) => void started.push(appid));
  const appid = await world.bind(desk);
  expect(await desk.accounts.gaps()).toEqual([]);
  await desk.followers.startImport(appid);
  await desk.followers.idle(appid);

  const from = world.now;
  await desk.accounts.freeze(appid);
  await world.advance(3 * 86_400);
  await world.bind(desk);

  expect(await desk.accounts.gaps()).toEqual([{ appid, from, until: Math.floor(world.now) }]);
  // Both bindings ask for the full reading that repairs it.
  expect(started).toEqual([appid, appid]);
  await world.advance(60);
  await desk.followers.startImport(appid);
  await desk.followers.idle(appid);
  expect(await desk.accounts.gaps()).toEqual([]);
});

it('remembers nothing of an erased account, so that binding it anew is no return', async () => {
  const appid = await world.bind(desk);
  await desk.accounts.freeze(appid);
  await desk.accounts.erase(appid);
  await world.advance(86_400);
  await world.bind(desk);

  expect(await desk.accounts.gaps()).toEqual([]);
});

it('[S2.22] refuses an account that another workspace of the relay has, until it is deleted there', async () => {
  const { appid, secret } = world.wechat.service;
  // The first code makes the workspace of this desk.
  const code = await world.relay.code();
  const { deviceToken } = await world.api.pair(
    world.relay.url,
    await world.relay.codeFor('elsewhere'),
    'other shop',
  );
  const other = { url: world.relay.url, deviceToken };
  await world.api.registerAccount(other, appid, { mode: 'sealed', token: 'abcdefgh' });
  const bind = async () =>
    desk.accounts.bind({
      ...{ name: '山茶花店', appid, secret, region: 'mainland' },
      ...{ relayUrl: world.relay.url, pairingCode: code, apiOrigin: world.wechat.origin },
    });

  expect(await codeOf(bind())).toBe('relay/account-taken');
  await world.api.removeAccount(other, appid);
  expect(await bind()).toMatchObject({ status: 'bound' });
});

it('goes on with two accounts when WeChat refuses everything to the third', async () => {
  const { service, subscription, unverified } = world.wechat;
  for (const account of [service, subscription, unverified]) await world.bind(desk, account);
  for (const path of ['/cgi-bin/user/get', '/cgi-bin/message/custom/send'])
    await world.fault(path, { appid: subscription.appid, errcode: 50002 }, 1000);

  for (const { appid } of [service, subscription, unverified]) {
    await says(appid, await firstFollower(appid), `给 ${appid}`);
    if (appid !== unverified.appid) await desk.followers.startImport(appid);
  }
  await desk.followers.idle();
  await desk.pull();

  for (const { appid } of [service, subscription, unverified])
    expect(await textsOf(appid, await firstFollower(appid))).toEqual([`给 ${appid}`]);
  expect((await desk.followers.importState(service.appid)).phase).toBe('done');
  expect((await desk.followers.importState(subscription.appid)).phase).toBe('failed');
  const sent = await desk.send(service.appid, await firstFollower(service.appid), '您好');
  expect(sent.body).toMatchObject({ status: 'sent' });
});

it('tells what is proved of a connection, step by step', async () => {
  const { appid, secret } = world.wechat.service;
  await desk.accounts.bind({
    ...{ name: '山茶花店', appid, secret, region: 'mainland' },
    ...{ relayUrl: world.relay.url, pairingCode: await world.relay.code(), apiOrigin: world.wechat.origin },
  });
  expect(await desk.accounts.checks(appid)).toMatchObject({ verifiedAt: null, messageAt: null });

  await world.configure(desk, world.wechat.service);
  const verified = await desk.accounts.checks(appid);
  expect(verified.verifiedAt).toBeTypeOf('number');
  expect(verified.messageAt).toBeNull();

  await says(appid, await firstFollower(appid), '试一下');
  await desk.pull();
  expect((await desk.accounts.checks(appid)).messageAt).toBeTypeOf('number');
});

it('uses the pairing it has when no code is given, and takes a code that is given seriously', async () => {
  const relayUrl = world.relay.url;
  expect(await codeOf(desk.accounts.reachRelay({ relayUrl, pairingCode: 'AAAA-AAAA-AAAA' }))).toBe(
    'relay/wrong-code',
  );
  expect(await desk.accounts.relays()).toEqual([]);
  const pairingCode = await world.relay.code();
  const told = await desk.accounts.reachRelay({ relayUrl, pairingCode });
  expect(await desk.accounts.reachRelay({ relayUrl, pairingCode })).toEqual(told);
  expect(await desk.accounts.relays()).toEqual([relayUrl]);

  // The pairing is kept in the keychain, so a restarted app has it too.
  const again = world.desk();
  expect(await again.accounts.reachRelay({ relayUrl, pairingCode: '' })).toEqual(told);
  expect(await codeOf(again.accounts.reachRelay({ relayUrl, pairingCode: 'AAAA-AAAA-AAAA' }))).toBe(
    'relay/wrong-code',
  );
});

it('keeps the place in connecting an account, and forgets it when told', async () => {
  const draft = {
    ...({ step: 'credentials', name: '山茶花店', appid: 'wx1' } as const),
    ...({ region: 'mainland', kind: 'service' } as const),
    ...{ relayUrl: world.relay.url, apiOrigin: '', bound: null },
  } as const;
  expect(await desk.accounts.draft()).toBeNull();
  await desk.accounts.saveDraft(draft);
  expect(await world.desk().accounts.draft()).toEqual(draft);
  await desk.accounts.saveDraft(null);
  expect(await desk.accounts.draft()).toBeNull();
});
