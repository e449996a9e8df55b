import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { callsOf, messagesOf, readyAccount, send, statusOf, textsFrom } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { startCutProxy, type CutProxy } from './support/cut-proxy';
import { processesNaming, temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const SEND = '/cgi-bin/message/custom/send';

describe('a reply in trouble', () => {
  const userData = temporaryFolder('send');
  let world: World;
  let network: CutProxy;
  let app: DeskApp;
  let account: SandboxAccount;
  let openids: readonly string[];

  beforeAll(async () => {
    world = await startWorld(['--followers', '30']);
    network = await startCutProxy(world.sandbox.origin);
    const [first] = world.sandbox.accounts;
    if (!first) throw new Error('the sandbox has no account');
    account = first;
    app = await startApp({ userData: userData.path });
    await readyAccount(app, world, account, { apiOrigin: network.origin });
    openids = await world.sandbox.openids(account.appid, 10);
  });
  afterAll(async () => {
    await app?.close();
    await network?.close();
    await world?.stop();
    userData.remove();
  });

  it('is marked unknown when the answer was lost, is not repeated, and goes again only on the user’s word', async () => {
    const openid = await customer(0, '明天几点开门？');
    await open('明天几点开门？');
    const before = await callsOf(world, account.appid, SEND);
    await world.sandbox.fault({ path: SEND, drop: 'after', times: 1 });
    await write('九点开门。');
    await mine('九点开门。', '结果未知').waitFor();
    await mine('九点开门。', '微信没有及时回应，这条消息可能已经送到').waitFor();
    await app.page.getByText('其中 1 条可能已经用掉').waitFor();
    expect(await received(openid)).toEqual(['九点开门。']);

    await app.kill();
    expect(processesNaming(userData.path)).toEqual([]);
    app = await startApp({ userData: userData.path });
    await open('九点开门。');
    await mine('九点开门。', '结果未知').waitFor();
    await app.page.getByText('其中 1 条可能已经用掉').waitFor();
    // What waits in the queue would leave before this message does.
    await send(app, { appid: account.appid, openid }, '周末也开。');
    expect(await callsOf(world, account.appid, SEND)).toBe(before + 2);
    expect(await received(openid)).toEqual(['九点开门。', '周末也开。']);

    await app.page.getByRole('button', { name: '我确认再发一次' }).click();
    await mine('九点开门。', '重新发送的消息').waitFor();
    await mine('九点开门。', '已重新发送，见下方').waitFor();
    await until('the second attempt is sent', async () => (await statuses(openid)).at(-1) === 'sent');
    expect(await statuses(openid)).toEqual(['unknown', 'sent', 'sent']);
    expect(await callsOf(world, account.appid, SEND)).toBe(before + 3);
    expect(await received(openid)).toEqual(['九点开门。', '周末也开。', '九点开门。']);
  });

  it('waits with the reason while WeChat cannot be reached and leaves by itself, in order', async () => {
    const openid = await customer(1, '可以包间吗？');
    await open('可以包间吗？');
    const before = await callsOf(world, account.appid, SEND);
    await network.cut();
    const words = ['可以的。', '最多十位。', '要提前一天订。'];
    for (const text of words) {
      await write(text);
      await mine(text, '等待发送').waitFor();
      await mine(text, '联网后会自动发送').waitFor();
    }
    expect(await statuses(openid)).toEqual(['queued', 'queued', 'queued']);
    expect(await callsOf(world, account.appid, SEND)).toBe(before);
    await network.mend();
    await until('all have left', async () => (await statuses(openid)).every((status) => status === 'sent'));
    for (const text of words) await mine(text, '等待发送').waitFor({ state: 'detached' });
    expect(await received(openid)).toEqual(words);
    expect(await callsOf(world, account.appid, SEND)).toBe(before + words.length);
  });

  it('is one message and one call when the same request comes twice', async () => {
    const openid = await customer(2, '有停车位吗？');
    const before = await callsOf(world, account.appid, SEND);
    const clientId = randomUUID();
    const to = { appid: account.appid, openid };
    const [one, other] = await Promise.all([
      send(app, to, '有的。', clientId),
      send(app, to, '有的。', clientId),
    ]);
    const again = await send(app, to, '有的。', clientId);
    expect(new Set([one.id, other.id, again.id]).size).toBe(1);
    expect(await statuses(openid)).toEqual(['sent']);
    expect(await received(openid)).toEqual(['有的。']);
    expect(await callsOf(world, account.appid, SEND)).toBe(before + 1);
  });

  it('is unknown after a restart when the app was killed while it was being sent', async () => {
    const openid = await customer(3, '能送货吗？');
    await open('能送货吗？');
    const before = await callsOf(world, account.appid, SEND);
    await world.sandbox.fault({ path: SEND, delayMs: 60_000, times: 1 });
    await write('同城可以。');
    await mine('同城可以。', '正在发送').waitFor();
    await until('the customer has it', async () => (await received(openid)).length === 1);
    await app.kill();
    expect(processesNaming(userData.path)).toEqual([]);

    app = await startApp({ userData: userData.path });
    await open('同城可以。');
    await mine('同城可以。', '结果未知').waitFor();
    expect(await statuses(openid)).toEqual(['unknown']);
    await connected();
    expect(await received(openid)).toEqual(['同城可以。']);
    // The record holds answered calls only, and this one is still held back.
    expect(await callsOf(world, account.appid, SEND)).toBe(before);
  });

  it('fails with the reason and is never sent when the window closed while it waited', async () => {
    const openid = await customer(4, '帮我留一罐');
    await open('帮我留一罐');
    const before = await callsOf(world, account.appid, SEND);
    await network.cut();
    await write('好的，留到周五。');
    await mine('好的，留到周五。', '等待发送').waitFor();
    await world.sandbox.act(account.appid, openid, { type: 'unsubscribe' });
    await new InboxPage(app.page).closed.filter({ hasText: '对方已取消关注' }).waitFor();
    await network.mend();
    await mine('好的，留到周五。', '发送失败').filter({ hasText: '对方没有关注公众号' }).waitFor();
    expect(await statuses(openid)).toEqual(['failed']);
    expect(await received(openid)).toEqual([]);
    expect(await callsOf(world, account.appid, SEND)).toBe(before);
  });

  /** A follower who has just written `text`. */
  async function customer(index: number, text: string): Promise<string> {
    const openid = openids[index];
    if (!openid) throw new Error(`no follower ${index}`);
    await connected();
    await world.sandbox.act(account.appid, openid, { type: 'text', content: text });
    await until('the message is here', async () =>
      (await textsFrom(app, account.appid, openid)).includes(text),
    );
    return openid;
  }

  async function connected(): Promise<void> {
    await new Shell(app.page).connectionReading('已连接').waitFor();
  }

  /** Opens the conversation whose row shows `text`. */
  async function open(text: string): Promise<void> {
    await new Shell(app.page).open('inbox');
    const inbox = new InboxPage(app.page);
    await inbox.open(text);
    await inbox.bubbles.filter({ hasText: text }).first().waitFor();
  }

  async function write(text: string): Promise<void> {
    await new InboxPage(app.page).reply(text);
    await new InboxPage(app.page).mine(text).first().waitFor();
  }

  /** Our message with these words under or above it. */
  function mine(text: string, words: string): Locator {
    return new InboxPage(app.page).mine(text).filter({ hasText: words });
  }

  async function statuses(openid: string): Promise<readonly string[]> {
    const messages = await messagesOf(app, account.appid, openid);
    return messages.filter(({ body }) => body.direction === 'out').map(statusOf);
  }

  /** What of ours the follower's phone shows. */
  async function received(openid: string): Promise<readonly unknown[]> {
    return (await world.sandbox.phone(account.appid, openid))
      .filter(({ via }) => via === 'customer-service')
      .map(({ body }) => (body as { content?: unknown }).content);
  }
});
