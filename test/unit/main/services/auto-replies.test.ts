/** Rules from the desktop's database to the customer's phone, over the real relay and the sandbox. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReplyRule, ReplyRuleSet } from '#shared/relay/reply-rules';
import type { RelayLink } from '#main/relay/port';
import type { Json } from '../../sandbox/harness';
import { World, type Desk } from './desk';

let world: World;
let desk: Desk;
let appid: string;
let who: string;

beforeEach(async () => {
  world = await World.create(5);
  desk = world.desk();
  appid = await world.bind(desk);
  await desk.followers.startImport(appid);
  await desk.followers.idle();
  const [one] = (await world.control('GET', `/accounts/${appid}/followers?limit=1`))['followers'] as {
    openid: string;
  }[];
  who = one?.openid ?? '';
});
afterEach(() => world.close());

const rule = (patch: Partial<ReplyRule> = {}): ReplyRule => ({
  ...{ id: 'r1', name: '营业时间', enabled: true, priority: 0 },
  trigger: { on: 'keyword', keywords: [{ match: 'contains', text: '几点' }] },
  reply: { kind: 'text', text: '每天九点到六点' },
  ...patch,
});
const saying = (text: string): ReplyRule => rule({ reply: { kind: 'text', text } });

async function save(rules: ReplyRule[], target: Desk = desk) {
  const { rules: before } = await target.autoReplies.get(appid);
  const saved = await target.autoReplies.save({
    ...{ appid, basedOn: before?.version ?? null, timeZone: 'Asia/Shanghai', rules },
  });
  await target.autoReplies.idle();
  return saved;
}
const stateOf = async (target: Desk = desk) => (await target.autoReplies.get(appid)).sync.state;

async function link(): Promise<RelayLink & { readonly id: string }> {
  const [found] = await desk.accounts.links();
  if (!found) throw new Error('no link');
  return found;
}
const atRelay = async () => world.api.getRules(await link(), appid);
/** What another computer of the same workspace does. */
const putByAnother = async (version: number, rules: ReplyRule[]) =>
  world.api.putRules(await link(), appid, { version, timeZone: 'Asia/Shanghai', rules });

async function assisted(): Promise<void> {
  await desk.autoReplies.setRelayMode(appid, 'assisted');
  await desk.autoReplies.idle();
}
async function says(content: string): Promise<Json> {
  const { deliveries } = (await world.control('POST', `/accounts/${appid}/followers/${who}/act`, {
    type: 'text',
    content,
  })) as unknown as { deliveries: Json[] };
  return deliveries.at(-1) ?? {};
}
const phone = async () =>
  ((await world.control('GET', `/accounts/${appid}/followers/${who}/phone`)) as unknown as Json[]).map(
    ({ from, body }) => [from, (body as Json)['content']],
  );

describe('an assisted account', () => {
  it('[S2.2] is answered by the saved rules while the desktop does nothing, and the chat shows it afterwards', async () => {
    await assisted();
    await save([rule()]);
    expect(await stateOf()).toBe('synced');

    await says('你们几点开门');
    expect(await phone()).toEqual([
      ['follower', '你们几点开门'],
      ['account', '每天九点到六点'],
    ]);
    await desk.pull();
    const { messages } = await desk.conversations.messages({ appid, openid: who, before: null, limit: 9 });
    expect(messages.map(({ body }) => [body.direction, 'automatic' in body && body.automatic])).toEqual([
      ['out', true],
      ['in', false],
    ]);
  });

  it('gets no answer to what no rule hears', async () => {
    await assisted();
    await save([rule()]);
    await says('有没有蛋糕');
    expect(await phone()).toEqual([['follower', '有没有蛋糕']]);
  });

  it('is told the new mode at the relay, by account list, and to every page', async () => {
    expect(await desk.accounts.get(appid)).toMatchObject({ relayMode: 'sealed' });
    await assisted();
    expect(await world.api.accounts(await link())).toMatchObject([{ appid, mode: 'assisted' }]);
    expect(await desk.accounts.get(appid)).toMatchObject({ relayMode: 'assisted', status: 'bound' });
    expect(desk.topics('accounts.changed')).toContainEqual({ appid });
  });

  it('takes key and rules away from the relay when it is sealed again, and keeps the rules here', async () => {
    await assisted();
    await save([rule()]);
    await desk.autoReplies.setRelayMode(appid, 'sealed');
    await desk.autoReplies.idle();

    expect(await world.api.accounts(await link())).toMatchObject([{ mode: 'sealed', rulesVersion: null }]);
    expect(await desk.autoReplies.get(appid)).toMatchObject({
      rules: { rules: [{ name: '营业时间' }] },
      sync: { state: 'off' },
    });
    await says('几点');
    expect(await phone()).toHaveLength(1);
    expect(await desk.pull()).toMatchObject({ stored: 1, quarantined: 0 });

    await assisted();
    await says('几点');
    expect((await phone()).at(-1)).toEqual(['account', '每天九点到六点']);
  });

  it('stays assisted when it is connected again, and is sealed when it is bound anew', async () => {
    await assisted();
    await desk.accounts.reconnect(appid);
    expect(await world.api.accounts(await link())).toMatchObject([{ mode: 'assisted' }]);
    await desk.accounts.disconnect(appid);
    await world.bind(desk);
    expect(await desk.accounts.get(appid)).toMatchObject({ relayMode: 'sealed' });
    expect(await world.api.accounts(await link())).toMatchObject([{ mode: 'sealed', rulesVersion: null }]);
  });

  it('is not taken for assisted when the relay could not be asked', async () => {
    await world.relay.close();
    await expect(desk.autoReplies.setRelayMode(appid, 'assisted')).rejects.toMatchObject({
      code: 'relay/unreachable',
    });
    expect(await desk.accounts.get(appid)).toMatchObject({ relayMode: 'sealed' });
  });

  it('cannot be chosen for an account that is not bound, or whose keys a platform holds', async () => {
    await desk.db.accounts.update(appid, { relayMode: 'component' });
    await expect(desk.autoReplies.setRelayMode(appid, 'sealed')).rejects.toMatchObject({
      code: 'account/component-mode',
    });
    await desk.accounts.disconnect(appid);
    await expect(desk.autoReplies.setRelayMode(appid, 'assisted')).rejects.toMatchObject({
      code: 'account/frozen',
    });
  });
});

describe('rules on this computer', () => {
  it('rise in version with every change, and with nothing else', async () => {
    expect((await desk.autoReplies.get(appid)).rules).toBeNull();
    expect((await save([rule()])).rules?.version).toBe(1);
    expect((await save([rule()])).rules?.version).toBe(1);
    expect((await save([rule({ enabled: false })])).rules?.version).toBe(2);
  });

  it('can be edited while the relay is away, and go there when the link is up', async () => {
    await assisted();
    await save([saying('一')]);
    await world.relay.close();
    await desk.autoReplies.save({
      ...{ appid, basedOn: 1, timeZone: 'Asia/Shanghai', rules: [saying('二')] },
    });
    await expect
      .poll(async () => (await desk.autoReplies.get(appid)).sync)
      .toMatchObject({ state: 'waiting', error: { code: 'relay/unreachable' } });

    await world.relay.reopen();
    await expect.poll(stateOf, { timeout: 10_000 }).toBe('synced');
    expect(await atRelay()).toMatchObject({ version: 2, rules: [{ reply: { text: '二' } }] });
  });

  it('are sent when the link comes up, also those of before a restart', async () => {
    await desk.autoReplies.save({ appid, basedOn: null, timeZone: 'Asia/Shanghai', rules: [rule()] });
    await desk.autoReplies.idle();
    expect(await atRelay()).toBeNull();
    await desk.db.accounts.update(appid, { relayMode: 'assisted' });
    const token = await desk.accounts.serverSetting(appid, 'token');
    const encodingAESKey = await desk.accounts.serverSetting(appid, 'aes-key');
    await world.api.registerAccount(await link(), appid, { mode: 'assisted', token, encodingAESKey });

    const restarted = world.desk();
    restarted.autoReplies.linkUp((await link()).id);
    await restarted.autoReplies.idle();
    expect(await atRelay()).toMatchObject({ version: 1 });
    expect(await stateOf(restarted)).toBe('synced');
  });

  it.each([
    [
      'a pattern that RE2 does not have',
      rule({ trigger: { on: 'keyword', keywords: [{ match: 'regex', text: '(?=几点)' }] } }),
      { code: 'replies/bad-pattern', data: { params: { rule: '营业时间' } } },
    ],
    [
      'a pattern without end',
      rule({ trigger: { on: 'keyword', keywords: [{ match: 'regex', text: '((a{1000}){1000}){1000}' }] } }),
      { code: expect.stringMatching(/^replies\/(bad-pattern|patterns-too-large)$/) as unknown },
    ],
    [
      'an unnamed rule that cannot work',
      rule({ name: '', trigger: { on: 'keyword', keywords: [{ match: 'regex', text: '(' }] } }),
      { code: 'replies/bad-pattern', data: { params: { rule: 'r1' } } },
    ],
  ])('refuse %s, naming the rule, and keep what was there', async (_what, broken, error) => {
    await save([rule()]);
    await expect(save([broken])).rejects.toMatchObject(error);
    expect((await desk.autoReplies.get(appid)).rules).toMatchObject({ version: 1, rules: [rule()] });
  });

  it('refuse a time zone that nobody has', async () => {
    await expect(
      desk.autoReplies.save({ appid, basedOn: null, timeZone: 'Mars/Olympus', rules: [] }),
    ).rejects.toMatchObject({
      code: 'replies/bad-time-zone',
      data: { params: { timeZone: 'Mars/Olympus' } },
    });
  });

  it('say what would answer, and why nothing else', async () => {
    await save([rule(), rule({ id: 'r2', name: '其他', trigger: { on: 'default' }, priority: 9 })]);
    expect(await desk.autoReplies.explain({ appid, heard: { type: 'text', text: '几点' } })).toEqual({
      chosen: { ruleId: 'r1', reply: { kind: 'text', text: '每天九点到六点' } },
      verdicts: [
        { ruleId: 'r1', outcome: 'answers' },
        { ruleId: 'r2', outcome: 'lower-priority' },
      ],
    });
    const draft = { timeZone: 'Asia/Shanghai', rules: [saying('草稿')] };
    expect(
      await desk.autoReplies.explain({ appid, draft, heard: { type: 'menu', button: 'TODAY' } }),
    ).toMatchObject({ chosen: null, verdicts: [{ outcome: 'trigger' }] });
  });

  it('go with the account that is erased', async () => {
    await save([rule()]);
    await desk.accounts.erase(appid);
    await expect(desk.autoReplies.get(appid)).rejects.toMatchObject({ code: 'account/not-found' });
    await world.bind(desk);
    expect((await desk.autoReplies.get(appid)).rules).toBeNull();
  });
});

describe('two computers that edit the rules of one account', () => {
  const texts = (set: ReplyRuleSet | null) =>
    set?.rules.map(({ reply }) => (reply.kind === 'text' ? reply.text : ''));

  beforeEach(async () => {
    await assisted();
    await save([saying('一')]);
  });

  const linkUp = async () => {
    desk.autoReplies.linkUp((await link()).id);
    await desk.autoReplies.idle();
  };

  it('see what the other one saved, and keep what it replaced', async () => {
    await putByAnother(2, [saying('二')]);
    await linkUp();
    const now = await desk.autoReplies.get(appid);
    expect(now.rules).toMatchObject({ version: 2 });
    expect(texts(now.rules)).toEqual(['二']);
    expect(now.sync.state).toBe('synced');
    expect(now.replaced).toMatchObject([{ version: 1, origin: 'here', rules: 1 }]);
    const kept = await desk.autoReplies.replaced({ appid, id: now.replaced[0]?.id ?? 0 });
    expect(texts(kept)).toEqual(['一']);
    expect(desk.topics('autoReplies.changed')).toContainEqual({ appid });
  });

  it.each([2, 5])(
    'apart: the edit that reaches the relay last wins over version %d there, which is kept',
    async (version) => {
      await putByAnother(version, [saying('那边')]);
      await save([saying('这边')]);

      expect(texts(await atRelay())).toEqual(['这边']);
      const now = await desk.autoReplies.get(appid);
      expect(now.rules?.version).toBe((await atRelay())?.version);
      expect(now.rules?.version).toBeGreaterThan(version);
      expect(now.replaced).toMatchObject([{ version, origin: 'relay' }]);
      expect(texts(await desk.autoReplies.replaced({ appid, id: now.replaced[0]?.id ?? 0 }))).toEqual([
        '那边',
      ]);
    },
  );

  it('alike: nothing is replaced', async () => {
    await putByAnother(4, [saying('一样')]);
    await save([saying('一样')]);
    expect(await desk.autoReplies.get(appid)).toMatchObject({
      rules: { version: 4 },
      sync: { state: 'synced' },
      replaced: [],
    });
  });

  it('keep the set that came in while a person was editing an older one', async () => {
    await putByAnother(2, [saying('那边')]);
    await linkUp();
    await desk.autoReplies.save({
      ...{ appid, basedOn: 1, timeZone: 'Asia/Shanghai', rules: [saying('这边')] },
    });
    await desk.autoReplies.idle();
    expect(texts(await atRelay())).toEqual(['这边']);
    expect((await desk.autoReplies.get(appid)).replaced.map(({ version }) => version)).toEqual([2, 1]);
  });

  it('bring back what a relay has lost', async () => {
    await world.api.removeRules(await link(), appid);
    await linkUp();
    expect(texts(await atRelay())).toEqual(['一']);
  });

  it('follow a change of mode that the other one made', async () => {
    const token = await desk.accounts.serverSetting(appid, 'token');
    await world.api.registerAccount(await link(), appid, { mode: 'sealed', token });
    await linkUp();
    expect(await desk.accounts.get(appid)).toMatchObject({ relayMode: 'sealed' });
    expect(await stateOf()).toBe('off');
  });
});

describe('the devices of a relay', () => {
  it('are listed, invited and locked out', async () => {
    const [paired] = await desk.relayDesk.relays();
    expect(paired).toMatchObject({ url: world.relay.url, appids: [appid] });
    const linkId = paired?.linkId ?? '';
    const [own, ...none] = await desk.relayDesk.devices(linkId);
    expect(none).toEqual([]);
    expect(own).toMatchObject({ name: 'test desk', current: true, unread: 0 });

    const { code, expiresAt } = await desk.relayDesk.invite(linkId);
    expect(expiresAt).toBeGreaterThan(Date.now() / 1000);
    const other = await world.api.pair(world.relay.url, code, '后厨电脑');
    const devices = await desk.relayDesk.devices(linkId);
    expect(devices.map(({ name, current }) => [name, current]).sort()).toEqual([
      ['test desk', true],
      ['后厨电脑', false],
    ]);

    const id = devices.find(({ current }) => !current)?.id ?? '';
    await desk.relayDesk.revokeDevice(linkId, id);
    await expect(world.api.accounts({ url: world.relay.url, ...other })).rejects.toMatchObject({
      code: 'relay/unauthorized',
    });
    await expect(desk.relayDesk.revokeDevice(linkId, id)).rejects.toMatchObject({
      code: 'relay/unknown-device',
    });
  });

  it('are still listed for a relay whose account was disconnected', async () => {
    await desk.accounts.disconnect(appid);
    const [paired] = await desk.relayDesk.relays();
    expect(paired?.appids).toEqual([]);
    expect(await desk.relayDesk.devices(paired?.linkId ?? '')).toMatchObject([{ current: true }]);
  });

  it('are refused for a pairing that is gone', async () => {
    await expect(desk.relayDesk.devices('nobody')).rejects.toMatchObject({ code: 'relay/unauthorized' });
  });
});
