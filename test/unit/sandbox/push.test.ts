import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifySignature } from '#wechat/callback/signature';
import { parseXml, xmlText } from '#wechat/callback/xml';
import {
  act,
  AES_KEY,
  Caller,
  connect,
  firstOpenid,
  openids,
  phone,
  postJson,
  replyXml,
  sealReply,
  START,
  startReceiver,
  startSandbox,
  TOKEN,
  windowOf,
  type Json,
  type Receiver,
  type Running,
} from './harness';

const FAILURE = '该公众号提供的服务出现故障，请稍后再试';
let running: Running;
let receiver: Receiver;
let openid: string;
beforeEach(async () => {
  running = await startSandbox({ push: { deadlineMs: 150, gapMs: 200, attempts: 3 } });
  receiver = await startReceiver(running.service);
  openid = await firstOpenid(running, running.service);
});
afterEach(async () => {
  await running.close();
  await receiver.close();
});

const does = (input: Json, who = openid): ReturnType<typeof act> => act(running, running.service, who, input);
const failures = async (who = openid): Promise<number> =>
  (await phone(running, running.service, who)).filter((item) => item['type'] === 'failure').length;

describe('configuring a server', () => {
  it('asks with a signed GET and takes the raw echostr', async () => {
    let seen = new URLSearchParams();
    receiver.verify = (query) => {
      seen = query;
      return { body: query.get('echostr') ?? '' };
    };
    expect(await connect(running, running.service, receiver)).toEqual({ ok: true });
    const [timestamp, nonce] = [seen.get('timestamp') ?? '', seen.get('nonce') ?? ''];
    expect(verifySignature(seen.get('signature'), TOKEN, timestamp, nonce)).toBe(true);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    expect(seen.get('store')).toBe('1');
  });

  it.each([
    ['quotes around it', (echo: string) => ({ body: `"${echo}"` })],
    ['a line break behind it', (echo: string) => ({ body: `${echo}\n` })],
    ['nothing', () => ({ body: '' })],
    ['another status', (echo: string) => ({ status: 403, body: echo })],
  ])('refuses %s with the words of the console, and keeps what was configured', async (_name, verify) => {
    receiver.verify = (query) => verify(query.get('echostr') ?? '');
    expect(await connect(running, running.service, receiver)).toMatchObject({
      ok: false,
      error: { message: 'token验证失败' },
    });
    expect((await does({ type: 'text' })).deliveries).toEqual([]);
  });

  it('says 系统发生错误 when nobody answers', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const { port } = silent.address() as AddressInfo;
    const server = { url: `http://127.0.0.1:${port}/`, token: TOKEN, encodingAESKey: AES_KEY, mode: 'safe' };
    const path = `/__sandbox/accounts/${running.service.appid}/server`;
    expect(await postJson(running, path, server)).toMatchObject({ error: { message: '系统发生错误' } });
    silent.closeAllConnections();
    await new Promise((done) => silent.close(done));
    expect(await postJson(running, path, server)).toMatchObject({ error: { message: '系统发生错误' } });
  });

  it('refuses a token, key or mode that WeChat would not take', async () => {
    const path = `/__sandbox/accounts/${running.service.appid}/server`;
    const good = { url: receiver.url, token: TOKEN, encodingAESKey: AES_KEY, mode: 'safe' };
    for (const wrong of [
      { token: 'ab' },
      { encodingAESKey: 'short' },
      { mode: 'loud' },
      { url: 'ftp://x' },
    ]) {
      expect(await postJson(running, path, { ...good, ...wrong })).toMatchObject({
        error: { code: 'invalid-body' },
      });
    }
  });
});

describe('a push', () => {
  it('comes in plain mode as plain XML with a signature over token, timestamp and nonce', async () => {
    await connect(running, running.service, receiver, 'plain');
    await does({ type: 'text', content: '你好 ]]> <b>' });
    const [push] = receiver.received;
    expect(push?.query.get('encrypt_type')).toBeNull();
    expect(push?.query.get('openid')).toBe(openid);
    const { searchParams } = new URL(`http://x/?${push?.query}`);
    expect(
      verifySignature(
        searchParams.get('signature'),
        TOKEN,
        searchParams.get('timestamp') ?? '',
        searchParams.get('nonce') ?? '',
      ),
    ).toBe(true);
    expect(push?.text('Content')).toBe('你好 ]]> <b>');
    expect(push?.text('CreateTime')).toBe(String(START));
    expect(push?.body).toMatch(/<MsgId>\d{17}<\/MsgId><\/xml>$/);
  });

  it('comes in safe mode as ciphertext only, signed by msg_signature', async () => {
    await connect(running, running.service, receiver, 'safe');
    await does({ type: 'text', content: '秘密' });
    const [push] = receiver.received;
    const outer = parseXml(push?.body ?? '');
    expect(Object.keys(outer)).toEqual(['ToUserName', 'Encrypt']);
    expect(push?.query.get('encrypt_type')).toBe('aes');
    expect(
      verifySignature(
        push?.query.get('msg_signature'),
        TOKEN,
        push?.query.get('timestamp') ?? '',
        push?.query.get('nonce') ?? '',
        xmlText(outer, 'Encrypt') ?? '',
      ),
    ).toBe(true);
    expect(push?.text('Content')).toBe('秘密');
  });

  it('comes in compatible mode with both', async () => {
    await connect(running, running.service, receiver, 'compatible');
    await does({ type: 'text', content: '两种' });
    const outer = parseXml(receiver.received[0]?.body ?? '');
    expect(xmlText(outer, 'Content')).toBe('两种');
    expect(xmlText(outer, 'Encrypt')).not.toBeNull();
    expect(receiver.received[0]?.text('Content')).toBe('两种');
  });

  it('is delivered three times to a slow receiver, with the same MsgId and CreateTime', async () => {
    await connect(running, running.service, receiver);
    receiver.answer = () => null;
    const { deliveries } = await does({ type: 'text' });
    expect(deliveries.map(({ status, outcome }) => [status, outcome])).toEqual([
      [0, 'timeout'],
      [0, 'timeout'],
      [0, 'timeout'],
    ]);
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map((push) => push.text('MsgId'))).size).toBe(1);
    expect(new Set(receiver.received.map((push) => push.text('CreateTime'))).size).toBe(1);
    expect(new Set(receiver.received.map((push) => push.query.get('nonce'))).size).toBe(3);
    expect(await failures()).toBe(1);
  });

  it('can be repeated with the very same query', async () => {
    await postJson(running, '/__sandbox/config', { push: { repeatQuery: true } });
    await connect(running, running.service, receiver);
    receiver.answer = () => ({ status: 500, body: '' });
    await does({ type: 'text' });
    expect(new Set(receiver.received.map((push) => String(push.query))).size).toBe(1);
    expect(receiver.received).toHaveLength(3);
  });

  it('ends with the first answer, also when that is the third delivery', async () => {
    await connect(running, running.service, receiver);
    receiver.answer = () => (receiver.received.length < 3 ? { status: 503, body: '' } : { body: 'success' });
    const { deliveries } = await does({ type: 'text' });
    expect(deliveries.map(({ status, outcome, reply }) => [status, outcome, reply])).toEqual([
      [503, 'refused', ''],
      [503, 'refused', ''],
      [200, 'accepted', 'success'],
    ]);
    expect(await failures()).toBe(0);
  });

  it('has a MsgId of its own per message', async () => {
    await connect(running, running.service, receiver);
    await does({ type: 'text' });
    await does({ type: 'text' });
    const [first, second] = receiver.received.map((push) => push.text('MsgId'));
    expect(first).not.toBe(second);
    expect(Number(first)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });

  it('has a MsgId that no earlier run of the same seed has used', async () => {
    const ids = async (startAt: number): Promise<string[]> => {
      const run = await startSandbox({ startAt });
      const server = await startReceiver(run.service);
      await connect(run, run.service, server);
      const who = await firstOpenid(run, run.service);
      for (let i = 0; i < 20; i += 1) await act(run, run.service, who, { type: 'text' });
      await run.close();
      await server.close();
      return server.received.map((push) => push.text('MsgId') ?? '');
    };
    const first = await ids(START);
    expect(await ids(START)).toEqual(first);
    const second = await ids(START + 1);
    expect(second.filter((id) => first.includes(id))).toEqual([]);
  });

  it('does not come for a blacklisted follower, and grants nothing', async () => {
    await connect(running, running.service, receiver);
    const caller = await Caller.of(running, running.service);
    await caller.post('/cgi-bin/tags/members/batchblacklist', { openid_list: [openid] });
    expect((await does({ type: 'text', content: '在吗' })).deliveries).toEqual([]);
    expect(receiver.received).toEqual([]);
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      body: { content: '在吗' },
    });
    await caller.post('/cgi-bin/tags/members/batchunblacklist', { openid_list: [openid] });
    expect(await windowOf(running, running.service, openid)).toMatchObject({ reason: 'never-opened' });
  });
});

describe('a passive reply', () => {
  it('[S2.3][S1.14] lands on the phone when it is sealed, while API sends need no sealing', async () => {
    await connect(running, running.service, receiver, 'safe');
    receiver.answer = (push) => ({
      body: sealReply(
        running.service.appid,
        replyXml(push, '<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[您好]]></Content>'),
      ),
    });
    const { deliveries } = await does({ type: 'text' });
    expect(deliveries[0]).toMatchObject({ status: 200, outcome: 'replied' });
    expect(deliveries[0]?.reply).toContain('您好');
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      from: 'account',
      via: 'passive',
      type: 'text',
      body: { content: '您好' },
    });
    expect(await windowOf(running, running.service, openid)).toMatchObject({ remaining: 5 });
    const caller = await Caller.of(running, running.service);
    expect(await caller.sendText(openid)).toEqual({ errcode: 0, errmsg: 'ok' });
  });

  it('may be of every type', async () => {
    await connect(running, running.service, receiver, 'plain');
    await does({ type: 'image' });
    await does({ type: 'voice' });
    await does({ type: 'video' });
    const [image, voice, video] = receiver.received.map((push) => push.text('MediaId'));
    const thumb = receiver.received[2]?.text('ThumbMediaId');
    const item = '<item><Title>t</Title><Description>d</Description><PicUrl>p</PicUrl><Url>u</Url></item>';
    const replies: [string, string][] = [
      ['image', `<Image><MediaId>${image}</MediaId></Image>`],
      ['voice', `<Voice><MediaId>${voice}</MediaId></Voice>`],
      ['video', `<Video><MediaId>${video}</MediaId><Title>片</Title></Video>`],
      [
        'music',
        `<Music><Title>歌</Title><MusicUrl>https://x</MusicUrl><ThumbMediaId>${thumb}</ThumbMediaId></Music>`,
      ],
      ['news', `<ArticleCount>2</ArticleCount><Articles>${item}${item}</Articles>`],
    ];
    for (const [type, nodes] of replies) {
      receiver.answer = (push) => ({ body: replyXml(push, `<MsgType>${type}</MsgType>${nodes}`) });
      expect((await does({ type: 'text' })).deliveries[0]).toMatchObject({ outcome: 'replied' });
    }
    const shown = (await phone(running, running.service, openid)).filter(
      (bubble) => bubble['via'] === 'passive',
    );
    expect(shown.map((bubble) => bubble['type'])).toEqual(replies.map(([type]) => type));
    expect((shown[4]?.['body'] as Json)['articles']).toHaveLength(1);
    await does({ type: 'click' });
    expect(
      ((await phone(running, running.service, openid)).at(-1)?.['body'] as Json)['articles'],
    ).toHaveLength(2);
    receiver.answer = (push) => ({
      body: replyXml(push, '<MsgType><![CDATA[transfer_customer_service]]></MsgType>'),
    });
    const before = (await phone(running, running.service, openid)).length;
    await does({ type: 'text' });
    expect(await phone(running, running.service, openid)).toHaveLength(before + 1);
    expect(await failures()).toBe(0);
  });

  it.each([
    ['JSON', () => '{"errcode":0}'],
    ['HTML', () => '<html><body>It works</body></html>'],
    ['a word', () => 'ok'],
    ['plain XML in safe mode', (xml: string) => xml],
    ['another appid', (xml: string) => sealReply('wx0000000000000000', xml)],
    ['another key', (xml: string) => sealReply(running.service.appid, xml, 'z'.repeat(43))],
    [
      'a wrong signature',
      (xml: string) =>
        sealReply(running.service.appid, xml).replace(
          /(MsgSignature><!\[CDATA\[).{40}/,
          `$1${'0'.repeat(40)}`,
        ),
    ],
  ])('that is %s shows the failure text and is not asked for again', async (_name, make) => {
    await connect(running, running.service, receiver, 'safe');
    receiver.answer = (push) => ({
      body: make(replyXml(push, '<MsgType>text</MsgType><Content>x</Content>')),
    });
    const { deliveries } = await does({ type: 'text' });
    expect(deliveries.map(({ outcome }) => outcome)).toEqual(['malformed']);
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      from: 'system',
      body: { content: FAILURE },
    });
  });

  it('that fails is shown for messages and menu clicks only', async () => {
    await connect(running, running.service, receiver);
    receiver.answer = () => ({ body: 'oops' });
    const [, second = '', third = ''] = await openids(running, running.service);
    await does({ type: 'view' });
    await does({ type: 'unsubscribe' }, second);
    await does({ type: 'scan', scene: '7' }, third);
    expect([await failures(), await failures(second), await failures(third)]).toEqual([0, 0, 0]);
    await does({ type: 'click' });
    expect(await failures()).toBe(1);
  });

  it('may be plain in compatible mode', async () => {
    await connect(running, running.service, receiver, 'compatible');
    receiver.answer = (push) => ({ body: replyXml(push, '<MsgType>text</MsgType><Content>x</Content>') });
    expect((await does({ type: 'text' })).deliveries[0]).toMatchObject({ outcome: 'replied' });
  });

  it('is open to unverified accounts too', async () => {
    const weak = await startReceiver(running.unverified);
    await connect(running, running.unverified, weak, 'plain');
    weak.answer = (push) => ({ body: replyXml(push, '<MsgType>text</MsgType><Content>x</Content>') });
    const guest = await firstOpenid(running, running.unverified);
    const { deliveries } = await act(running, running.unverified, guest, { type: 'text' });
    expect(deliveries[0]).toMatchObject({ outcome: 'replied' });
    await weak.close();
  });
});

describe('without a server', () => {
  it('the website answers by its rules, and stops when a server is configured', async () => {
    const caller = await Caller.of(running, running.service);
    const said = async (): Promise<unknown> =>
      (await phone(running, running.service, openid)).filter((item) => item['via'] === 'website').length;
    await does({ type: 'text', content: '菜单' });
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({ via: 'website' });
    expect(await caller.get('/cgi-bin/get_current_selfmenu_info')).toMatchObject({ is_menu_open: 1 });
    await connect(running, running.service, receiver);
    await does({ type: 'text', content: '菜单' });
    expect(await said()).toBe(1);
    expect(await caller.get('/cgi-bin/get_current_autoreply_info')).toMatchObject({
      is_autoreply_open: 0,
      is_add_friend_reply_open: 0,
    });
    expect(await caller.get('/cgi-bin/get_current_selfmenu_info')).toEqual({ is_menu_open: 0 });
  });
});
