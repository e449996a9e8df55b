import { promisify } from 'node:util';
import API from 'co-wechat-api';
import CallbackAPI from 'wechat-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WXBizMsgCrypt from 'wechat-crypto';
import { silentLogger } from '#shared/log';
import { getFollowers } from '#wechat/api/users';
import { parseXml, xmlText } from '#wechat/callback/xml';
import { createWeChatClient, type WeChatClient } from '#wechat/client';
import {
  act,
  AES_KEY,
  connect,
  firstOpenid,
  getJson,
  openids,
  phone,
  replyXml,
  startReceiver,
  startSandbox,
  TOKEN,
  type Receiver,
  type Running,
} from '../unit/sandbox/harness';

let running: Running;
let receiver: Receiver;
let openid: string;
beforeEach(async () => {
  // A manual clock would let the libraries' own clocks and the sandbox's drift apart.
  running = await startSandbox({ manualClock: false });
  receiver = await startReceiver(running.service);
  openid = await firstOpenid(running, running.service);
});
afterEach(async () => {
  await running.close();
  await receiver.close();
});

describe('a WeChat client written by others, with nothing changed but the host', () => {
  let theirs: API;
  beforeEach(() => {
    theirs = new API(running.service.appid, running.service.secret);
    theirs.prefix = `${running.origin}/cgi-bin/`;
  });

  it('reads every follower over a classic token', async () => {
    const page = await theirs.getFollowers();
    expect(page).toMatchObject({ total: 30, count: 30 });
    expect([...page.data.openid].sort()).toEqual((await openids(running, running.service, 30)).sort());
    const users = await theirs.batchGetUsers(page.data.openid.slice(0, 5));
    expect(users.user_info_list.map((user) => user.subscribe)).toEqual([1, 1, 1, 1, 1]);
    expect(await theirs.getFollowers(page.next_openid)).toMatchObject({ total: 30, count: 0 });
    expect(await paths()).toContain('/cgi-bin/token');
    expect(await paths()).not.toContain('/cgi-bin/stable_token');
  });

  it('sends a text that the follower reads on the phone', async () => {
    await act(running, running.service, openid, { type: 'text', content: '几点关门' });
    expect(await theirs.sendText(openid, '今晚九点 🌙')).toMatchObject({ errcode: 0 });
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      from: 'account',
      via: 'customer-service',
      type: 'text',
      body: { content: '今晚九点 🌙' },
    });
  });

  it("meets WeChat's refusal as an error with its errcode", async () => {
    await expect(theirs.sendText(openid, '在吗')).rejects.toMatchObject({
      name: 'WeChatAPIError',
      code: 45015,
    });
  });

  it('and our own client on the same account do not take each other’s token away', async () => {
    const ours = ourClient();
    expect((await getFollowers(ours)).total).toBe(30);
    await theirs.getFollowers();
    const renewed = new API(running.service.appid, running.service.secret);
    renewed.prefix = theirs.prefix;
    await renewed.getFollowers();
    expect((await getFollowers(ours)).total).toBe(30);
    await theirs.getFollowers();
    const calls = await paths();
    expect(calls.filter((path) => path === '/cgi-bin/stable_token')).toHaveLength(1);
    expect(calls.filter((path) => path === '/cgi-bin/token')).toHaveLength(2);
    expect(calls.filter((path) => path === '/cgi-bin/user/get')).toHaveLength(5);
  });
});

describe('the widely used client `wechat-api`, set to the sandbox’s host', () => {
  it('obtains a token and reads the followers of an account, and our client on it is not disturbed', async () => {
    const ours = ourClient();
    const everybody = (await openids(running, running.service, 30)).sort();
    expect((await getFollowers(ours)).total).toBe(30);

    const theirs = new CallbackAPI(running.service.appid, running.service.secret);
    theirs.endpoint = running.origin;
    const token = await promisify(theirs.getLatestToken.bind(theirs))();
    expect(token.accessToken).not.toBe('');
    expect(token.expireTime).toBeGreaterThan(Date.now());
    const page = await promisify(theirs.getFollowers.bind(theirs))();
    expect([...page.data.openid].sort()).toEqual(everybody);

    expect((await getFollowers(ours)).openids).toHaveLength(30);
    const again = await promisify(theirs.getFollowers.bind(theirs))();
    expect(again.total).toBe(30);
    // One token each, and no call was refused on either side.
    const calls = await callsOf(running.service.appid);
    expect(calls.filter(({ path }) => path === '/cgi-bin/token')).toHaveLength(1);
    expect(calls.filter(({ path }) => path === '/cgi-bin/stable_token')).toHaveLength(1);
    expect(calls.filter(({ errcode }) => errcode !== 0)).toEqual([]);
  });
});

describe('a callback library written by others', () => {
  let crypt: WXBizMsgCrypt;
  beforeEach(async () => {
    crypt = new WXBizMsgCrypt(TOKEN, AES_KEY, running.service.appid);
    expect(await connect(running, running.service, receiver)).toEqual({ ok: true });
  });

  it('opens a push, and its sealed reply appears on the phone', async () => {
    let opened = { message: '', id: '' };
    let signature = '';
    receiver.answer = (push) => {
      const encrypt = xmlText(parseXml(push.body), 'Encrypt') ?? '';
      signature = crypt.getSignature(
        push.query.get('timestamp') ?? '',
        push.query.get('nonce') ?? '',
        encrypt,
      );
      opened = crypt.decrypt(encrypt);
      return { body: sealed(crypt, replyXml(push, TEXT_NODES)) };
    };
    const { deliveries } = await act(running, running.service, openid, {
      type: 'text',
      content: '订一个蛋糕 🎂',
    });
    expect(opened.id).toBe(running.service.appid);
    const message = parseXml(opened.message);
    expect(xmlText(message, 'Content')).toBe('订一个蛋糕 🎂');
    expect(xmlText(message, 'FromUserName')).toBe(openid);
    expect(receiver.received[0]?.query.get('msg_signature')).toBe(signature);
    expect(deliveries).toMatchObject([{ status: 200, outcome: 'replied' }]);
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      from: 'account',
      via: 'passive',
      type: 'text',
      body: { content: '好的，几寸？' },
    });
  });

  it('gets nothing onto the phone when it seals for another account', async () => {
    const stranger = new WXBizMsgCrypt(TOKEN, AES_KEY, running.subscription.appid);
    receiver.answer = (push) => ({ body: sealed(stranger, replyXml(push, TEXT_NODES)) });
    await act(running, running.service, openid, { type: 'text', content: '在吗' });
    const seen = await phone(running, running.service, openid);
    expect(JSON.stringify(seen)).not.toContain('好的，几寸？');
  });
});

const TEXT_NODES = '<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[好的，几寸？]]></Content>';

function sealed(crypt: WXBizMsgCrypt, xml: string): string {
  const [timestamp, nonce] = ['1700000001', '888888'];
  const encrypt = crypt.encrypt(xml);
  return `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${crypt.getSignature(
    timestamp,
    nonce,
    encrypt,
  )}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`;
}

function ourClient(): WeChatClient {
  const { appid, secret } = running.service;
  return createWeChatClient({
    appid,
    secret: () => Promise.resolve(secret),
    origin: running.origin,
    clock: { now: () => Date.now() / 1000 },
    logger: silentLogger,
  });
}

async function callsOf(appid: string): Promise<{ readonly path: string; readonly errcode: number }[]> {
  const calls = await getJson(running, `/__sandbox/calls?appid=${appid}`);
  return calls as unknown as { path: string; errcode: number }[];
}

async function paths(): Promise<string[]> {
  return (await callsOf(running.service.appid)).map(({ path }) => path);
}
