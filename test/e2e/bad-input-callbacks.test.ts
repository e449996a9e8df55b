import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealCallback } from '#wechat/callback/callback';
import { buildXml, type XmlInput } from '#wechat/callback/xml';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import {
  bindAccount,
  call,
  copiedSetting,
  enableServer,
  imported,
  messagesOf,
  textsFrom,
} from './support/account';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const HOUR = 3600;
const SHOP = 'gh_0123456789ab';

interface Push {
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

describe('callbacks that are not what WeChat sends', () => {
  const userData = temporaryFolder('callbacks');
  let world: World;
  let app: DeskApp;
  let account: SandboxAccount;
  let openid: string;
  let other: string;
  let third: string;
  let keys: { readonly url: string; readonly token: string; readonly encodingAESKey: string };
  let msgId = 9_000_000_000_000_000_000n;

  beforeAll(async () => {
    world = await startWorld(['--followers', '10']);
    const [first] = world.sandbox.accounts;
    if (!first) throw new Error('the sandbox has no account');
    account = first;
    app = await startApp({ userData: userData.path });
    await bindAccount(app, world, account);
    await enableServer(app, world, account.appid);
    await imported(app, account.appid);
    keys = {
      url: await copiedSetting(app, account.appid, 'url'),
      token: await copiedSetting(app, account.appid, 'token'),
      encodingAESKey: await copiedSetting(app, account.appid, 'aes-key'),
    };
    [openid = '', other = '', third = ''] = await world.sandbox.openids(account.appid, 3);
  });
  afterAll(async () => {
    await app?.close();
    await world?.stop();
    userData.remove();
  });

  it('are refused at the relay, and what comes after them arrives', async () => {
    const good = push(textXml('没有人看见'));
    const outside = (body: string): Push => ({ ...good, body });
    const nested = `<xml>${'<a>'.repeat(40)}${'</a>'.repeat(40)}</xml>`;
    const refused: readonly (readonly [string, Push, number])[] = [
      ['a wrong signature', { ...good, query: { ...good.query, msg_signature: '0'.repeat(40) } }, 403],
      ['another Token', push(textXml('x'), { token: 'AnotherToken1' }), 403],
      ['a changed ciphertext', outside(good.body.replace(/.(?=\]\]><\/Encrypt>)/, '')), 403],
      ['an old push', push(textXml('x'), { timestamp: now() - 3 * HOUR }), 403],
      ['a push from the future', push(textXml('x'), { timestamp: now() + 3 * HOUR }), 403],
      [
        'plain text',
        { query: { timestamp: String(now()), nonce: '1', signature: 'x' }, body: textXml('x') },
        403,
      ],
      ['XML that was cut off', outside(good.body.slice(0, -20)), 400],
      ['an entity', outside(good.body.replace('<xml>', '<xml><a>&boom;</a>')), 400],
      ['a DOCTYPE', outside(`<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>${good.body}`), 400],
      ['deep nesting', outside(nested), 400],
      ['bytes that are no text', outside('\u0000\u0001'), 400],
      ['a body of a megabyte', outside(`<xml><a>${'a'.repeat(1024 * 1024)}</a></xml>`), 413],
    ];
    for (const [what, bad, status] of refused) {
      const answer = await deliver(bad);
      expect([what, answer.status]).toEqual([what, status]);
      expect(answer.text).not.toBe('success');
      expect(answer.text).not.toMatch(/\n\s+at |root:/);
    }
    expect((await deliver(good, keys.url.replace(/.{4}$/, 'zzzz'))).status).toBe(404);

    expect(await deliver(push(textXml('一切正常')))).toEqual({ status: 200, text: 'success' });
    await arrived('一切正常');
    expect(await textsFrom(app, account.appid, openid)).toEqual(['一切正常']);
    expect(quarantined()).toEqual([]);
  });

  it('are set aside when only the app can tell, and no other message waits for them', async () => {
    const inside: readonly (readonly [string, Push])[] = [
      ['callback/bad-padding', push(textXml('x'), { encodingAESKey: 'A'.repeat(43) })],
      ['callback/appid-mismatch', push(textXml('x'), { appid: 'wx0000000000000000' })],
      ['callback/bad-xml', push(textXml('x').slice(0, -9))],
      ['callback/xml-doctype', push(`<!DOCTYPE xml>${textXml('x')}`)],
      ['callback/xml-entity', push(textXml('x').replace('<xml>', '<xml><Foo>&boom;</Foo>'))],
      ['callback/xml-too-deep', push(`<xml>${'<a>'.repeat(40)}${'</a>'.repeat(40)}</xml>`)],
      ['message/malformed', push('<xml><Foo>1</Foo></xml>')],
    ];
    for (const [code, bad] of inside) {
      expect([code, await deliver(bad)]).toEqual([code, { status: 200, text: 'success' }]);
    }
    expect(await deliver(push(textXml('照常收到')))).toEqual({ status: 200, text: 'success' });
    await arrived('照常收到');
    expect(quarantined()).toEqual(inside.map(([code]) => code));
    expect(await textsFrom(app, account.appid, openid)).toEqual(['一切正常', '照常收到']);
    await new Shell(app.page).connectionReading('已连接').waitFor();
  });

  it('are kept and shown when their kind is new', async () => {
    const strange = messageXml({ MsgType: 'hologram', Hologram: '立体', MsgId: nextId() });
    const event = messageXml({ MsgType: 'event', Event: 'brand_new_event', EventKey: 'k1' });
    for (const xml of [strange, event]) expect((await deliver(push(xml))).status).toBe(200);
    expect(await deliver(push(strange))).toEqual({ status: 200, text: 'success' });
    await deliver(push(textXml('之后的一条')));
    await arrived('之后的一条');
    const kinds = (await messagesOf(app, account.appid, openid)).map(({ body }) => body.content.kind);
    expect(kinds).toEqual(['text', 'text', 'unsupported', 'event', 'text']);
    await new Shell(app.page).open('inbox');
    const inbox = new InboxPage(app.page);
    await inbox.open('之后的一条');
    await inbox.theirs('这个版本还不认识“hologram”类型的消息').waitFor();
    await inbox.log.getByText('其他事件：brand_new_event（k1）').waitFor();
    expect(quarantined()).toHaveLength(7);
  });

  it('count a reply also when the computer’s clock is two seconds slow', async () => {
    // Too little to be told from the noise of a whole-second Date header, so it is not corrected.
    await shiftClock(-1.9);
    await world.sandbox.act(account.appid, third, { type: 'text', content: '收到请回复' });
    await new Shell(app.page).open('inbox');
    const inbox = new InboxPage(app.page);
    await inbox.open('收到请回复');
    await inbox.reply('收到。');
    await inbox.mine('收到。').filter({ hasText: '已发送' }).waitFor();
    await inbox.meter.filter({ hasText: '还可回复 4 条' }).waitFor();
    await shiftClock(1.9);
  });

  it('leave the windows right when the computer’s clock is wrong by hours, and the app says so', async () => {
    await shiftClock(5 * HOUR);
    // The connection is made anew, as after waking up; its answers carry the right time.
    await world.relay.kill();
    const shell = new Shell(app.page);
    await shell.connectionReading('离线').waitFor();
    await world.relay.restart();
    await shell.connectionReading('已连接 · 电脑时间不准').waitFor();
    await shell.connection.hover();
    await app.page.getByRole('tooltip').filter({ hasText: '电脑时间不准' }).waitFor();

    await world.sandbox.act(account.appid, other, { type: 'text', content: '现在几点？' });
    const inbox = new InboxPage(app.page);
    await inbox.open('现在几点？');
    // A moment after a message 48 hours are as right as 47; the wrong clock would say 42 or 43.
    await inbox.meter.filter({ hasText: /还可回复 5 条 · 剩 4[78] 小时/ }).waitFor();
    await inbox.reply('九点整。');
    await inbox.mine('九点整。').filter({ hasText: '已发送' }).waitFor();
    const truth = await world.sandbox.get<{ open: boolean; remaining: number; expiresAt: number }>(
      `/__sandbox/accounts/${account.appid}/followers/${other}/window`,
    );
    const { window } = await call(app, 'conversations.get', { appid: account.appid, openid: other });
    expect(window.grant).toMatchObject({ remaining: truth.remaining, expiresAt: truth.expiresAt });
    const [, sent] = await messagesOf(app, account.appid, other);
    // Stamped by the server's clock, not by this machine's.
    expect(Math.abs((sent?.at ?? 0) - now())).toBeLessThan(HOUR);
  });

  /** Sets the clock of the app's computer forward, for its process and its page alike. */
  async function shiftClock(seconds: number): Promise<void> {
    await app.electron.evaluate((_electron, ms) => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + ms;
    }, seconds * 1000);
    await app.page.evaluate((ms) => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + ms;
    }, seconds * 1000);
  }

  function now(): number {
    return Math.floor(Date.now() / 1000);
  }

  function nextId(): string {
    msgId += 1n;
    return String(msgId);
  }

  function messageXml(nodes: Readonly<Record<string, XmlInput>>): string {
    return buildXml({ ToUserName: SHOP, FromUserName: openid, CreateTime: now(), ...nodes });
  }

  function textXml(content: string): string {
    return messageXml({ MsgType: 'text', Content: content, MsgId: nextId() });
  }

  /** A push of this account as WeChat seals it, or with something in it that is wrong. */
  function push(
    message: string,
    wrong: { token?: string; encodingAESKey?: string; appid?: string; timestamp?: number } = {},
  ): Push {
    return sealCallback({
      token: keys.token,
      encodingAESKey: keys.encodingAESKey,
      appid: account.appid,
      timestamp: now(),
      ...wrong,
      message,
      toUserName: SHOP,
    });
  }

  async function deliver(
    { query, body }: Push,
    url: string = keys.url,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const response = await fetch(`${url}?${new URLSearchParams(query).toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
    });
    return { status: response.status, text: await response.text() };
  }

  async function arrived(text: string): Promise<void> {
    await until(`"${text}" is here`, async () =>
      (await textsFrom(app, account.appid, openid)).includes(text),
    );
  }

  /** Why callbacks were set aside, in the order of their arrival, as the app's log says. */
  function quarantined(): readonly string[] {
    return readFileSync(join(userData.path, 'logs', 'main.log'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('callback-quarantined'))
      .map((line) => /"code":"([^"]+)"/.exec(line)?.[1] ?? line);
  }
});
