import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplyRule } from '#shared/relay/reply-rules';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { call, messagesOf, readyAccount, send, tryCall } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { demoOf } from './support/demo';
import { startDemo } from './support/demo-start';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type SandboxControl, type World } from './support/world';

const keyword = (id: string, text: string, reply: ReplyRule['reply']): ReplyRule => ({
  ...{ id, name: text, enabled: true, priority: 0 },
  trigger: { on: 'keyword', keywords: [{ match: 'contains', text }] },
  reply,
});
const HOURS = '每天早上九点到晚上六点，节假日不休息。';
const RULES: readonly ReplyRule[] = [
  keyword('hours', '几点', { kind: 'text', text: HOURS }),
  keyword('staff', '人工', { kind: 'transfer' }),
];

/** Gives the relay the key, saves the rules, and waits until the relay has them. */
async function assist(app: DeskApp, appid: string, rules: readonly ReplyRule[]): Promise<void> {
  expect(await call(app, 'accounts.setRelayMode', { appid, mode: 'assisted' })).toMatchObject({
    relayMode: 'assisted',
  });
  const { rules: before } = await call(app, 'autoReplies.get', { appid });
  await call(app, 'autoReplies.save', {
    ...{ appid, basedOn: before?.version ?? null, timeZone: 'Asia/Shanghai', rules: [...rules] },
  });
  await until('the relay has the rules', async () => {
    const { sync } = await call(app, 'autoReplies.get', { appid });
    if (sync.state === 'refused') throw new Error(JSON.stringify(sync.error));
    return sync.state === 'synced';
  });
}

/** Words on the follower's phone that the account said, oldest first. */
async function answersOn(sandbox: SandboxControl, appid: string, openid: string): Promise<unknown[]> {
  const phone = await sandbox.phone(appid, openid);
  return phone.flatMap(({ from, body }) =>
    from === 'account' ? [(body as { readonly content?: string }).content] : [],
  );
}

describe('automatic replies of the demo account', () => {
  const userData = temporaryFolder('assisted-demo');
  let app: DeskApp;
  let appid: string;
  let sandbox: SandboxControl;
  /** Somebody to whom nothing was ever said. */
  let openid: string;
  const inbox = (): InboxPage => new InboxPage(app.page);

  beforeAll(async () => {
    app = await startApp({ userData: userData.path });
    appid = await startDemo(app);
    ({ sandbox } = demoOf(userData.path));
    const quiet = await until('a follower who is quiet', async () => {
      for (const one of await sandbox.openids(appid, 40))
        if ((await sandbox.phone(appid, one)).length === 0) return one;
      return null;
    });
    openid = quiet;
  });
  afterAll(async () => {
    await app?.close();
    userData.remove();
  });

  it('[S2.2] reach the phone by the saved rule, and the chat shows them as automatic', async () => {
    await assist(app, appid, RULES);
    await sandbox.act(appid, openid, { type: 'text', content: '请问几点开门呢' });
    expect(await answersOn(sandbox, appid, openid)).toEqual([HOURS]);

    await new Shell(app.page).open('inbox');
    await inbox().row(HOURS).waitFor();
    expect(await inbox().row(HOURS).textContent()).toContain('自动回复：');
    await inbox().open(HOURS);
    await inbox().theirs('请问几点开门呢').waitFor();
    await inbox().automatic(HOURS).waitFor();
    expect(await inbox().mine(HOURS).count()).toBe(0);
  });

  it('[S3.12] use none of the replies: the meter counts only what a person writes', async () => {
    expect(await inbox().repliesLeft()).toBe(5);
    await send(app, { appid, openid }, '欢迎来坐坐');
    await app.page.getByText('还可回复 4 条').waitFor();
    await sandbox.act(appid, openid, { type: 'text', content: '那周日几点关门' });
    await until('the second automatic reply', async () => (await inbox().automatic(HOURS).count()) === 2);
    await app.page.getByText('还可回复 5 条').waitFor();
  });

  it('hand over to customer service as a line of the chat', async () => {
    await sandbox.act(appid, openid, { type: 'text', content: '我要找人工' });
    await inbox().log.getByText('自动转给了微信客服').waitFor();
  });

  it('are refused with the name of the rule when it cannot work', async () => {
    const broken = keyword('broken', '坏的规则', { kind: 'text', text: 'x' });
    const saved = await call(app, 'autoReplies.get', { appid });
    const refused = await tryCall(app, 'autoReplies.save', {
      ...{ appid, basedOn: saved.rules?.version ?? null, timeZone: 'Asia/Shanghai' },
      rules: [{ ...broken, trigger: { on: 'keyword', keywords: [{ match: 'regex', text: '(?=x)' }] } }],
    });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'replies/bad-pattern', params: { rule: '坏的规则' } },
    });
    expect((await call(app, 'autoReplies.get', { appid })).rules).toEqual(saved.rules);
  });

  it('show the page no secret and log no error in it', async () => {
    const [paired] = await call(app, 'relay.list', {});
    const devices = await call(app, 'relay.devices', { linkId: paired?.linkId ?? '' });
    expect(devices).toMatchObject([{ current: true }]);
    expect(JSON.stringify(devices)).not.toMatch(/token|secret/i);
    expect(app.pageErrors).toEqual([]);
  });
});

describe('automatic replies while the computer is off', () => {
  const userData = temporaryFolder('assisted-off');
  let world: World;
  let app: DeskApp;
  let account: SandboxAccount;
  let openid: string;

  beforeAll(async () => {
    world = await startWorld(['--followers', '20']);
    const [first] = world.sandbox.accounts;
    if (!first) throw new Error('the sandbox has no account');
    account = first;
    [openid = ''] = await world.sandbox.openids(account.appid, 1);
    app = await startApp({ userData: userData.path });
    await readyAccount(app, world, account);
    await assist(app, account.appid, RULES);
  });
  afterAll(async () => {
    await app?.close();
    await world?.stop();
    userData.remove();
  });

  const asks = (content: string) => world.sandbox.act(account.appid, openid, { type: 'text', content });
  const automatic = async () =>
    (await messagesOf(app, account.appid, openid)).filter(
      ({ body }) => body.direction === 'out' && body.automatic,
    );

  it('[S2.2] go on, also after the relay was killed, and are all in the chat once the computer is back', async () => {
    await app.close();
    await asks('几点开门');
    await world.relay.kill();
    await world.relay.restart();
    await asks('几点关门');
    expect(await answersOn(world.sandbox, account.appid, openid)).toEqual([HOURS, HOURS]);

    app = await startApp({ userData: userData.path });
    await until('both replies are in the chat', async () => (await automatic()).length === 2);
    const inbox = new InboxPage(app.page);
    await inbox.open(HOURS);
    await until('both are drawn', async () => (await inbox.automatic(HOURS).count()) === 2);
    expect(await inbox.theirs().count()).toBe(2);
  });

  it('end when the account is sealed again, and its messages still arrive', async () => {
    await call(app, 'accounts.setRelayMode', { appid: account.appid, mode: 'sealed' });
    await asks('几点换班');
    await new InboxPage(app.page).theirs('几点换班').waitFor();
    expect(await answersOn(world.sandbox, account.appid, openid)).toHaveLength(2);
    expect(await automatic()).toHaveLength(2);
  });
});
