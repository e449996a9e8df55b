import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ComponentToken } from '#wechat/api/component-call';
import { sealReply } from '#wechat/callback/callback';
import {
  act,
  Caller,
  connect,
  firstOpenid,
  phone,
  startReceiver,
  startSandbox,
  type Receiver,
  type Running,
} from '../harness';
import {
  authorize,
  COMPONENT,
  control,
  OF_COMPONENT,
  register,
  startPlatform,
  tokenOf,
  type Opened,
  type Platform,
} from './platform';

let running: Running;
let platform: Platform;
let own: Receiver;
let component: ComponentToken;
let openid: string;
beforeEach(async () => {
  running = await startSandbox({ push: { deadlineMs: 2_000, gapMs: 20, attempts: 1 } });
  platform = await startPlatform();
  await register(running, platform);
  component = await tokenOf(running, platform);
  own = await startReceiver(running.service);
  await connect(running, running.service, own);
  openid = await firstOpenid(running, running.service);
});
afterEach(async () => {
  await running.close();
  await platform.close();
  await own.close();
});

const says = (content: string): ReturnType<typeof act> =>
  act(running, running.service, openid, { type: 'text', content });
const callerWith = async (sets: number[], appid = running.service.appid): Promise<Caller> => {
  const { tokens } = await authorize(running, component, appid, { sets });
  return new Caller(running, tokens?.accessToken ?? '');
};
const sealed = (message: Opened, content: string, appid: string = COMPONENT.componentAppid): string =>
  sealReply({
    token: COMPONENT.token,
    encodingAESKey: COMPONENT.encodingAESKey,
    appid,
    timestamp: 1_700_000_001,
    message: `<xml><ToUserName><![CDATA[${message.text('FromUserName')}]]></ToUserName><FromUserName><![CDATA[${message.text('ToUserName')}]]></FromUserName><CreateTime>1700000001</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content></xml>`,
  });

describe('messages of an account that granted the message set', () => {
  it('go to the platform, under the account’s appid and with the platform’s keys', async () => {
    await callerWith([1]);
    const { deliveries } = await says('你好');
    expect(deliveries).toMatchObject([{ outcome: 'accepted', component: COMPONENT.componentAppid }]);
    const [message] = platform.messages;
    expect(message?.path).toBe(`/wx/component/${running.service.appid}/callback`);
    expect(message?.text('Content')).toBe('你好');
    expect(message?.text('ToUserName')).toMatch(/^gh_/);
    expect(own.received).toHaveLength(0);
  });

  it('go to the account’s own server without that set, and again after the account has cancelled', async () => {
    await callerWith([2]);
    await says('一');
    expect(own.received).toHaveLength(1);
    await callerWith([1, 2]);
    await says('二');
    expect(own.received).toHaveLength(1);
    await control(running, `${OF_COMPONENT}/cancel`, { appid: running.service.appid });
    await says('三');
    expect(own.received).toHaveLength(2);
    expect(platform.messages).toHaveLength(1);
  });

  it('are answered passively with the platform’s keys, and with no others', async () => {
    await callerWith([1]);
    platform.onMessage = (message) => ({ body: sealed(message, '欢迎') });
    expect((await says('hi')).deliveries).toMatchObject([{ outcome: 'replied' }]);
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      via: 'passive',
      body: { content: '欢迎' },
    });
    platform.onMessage = (message) => ({ body: sealed(message, '欢迎', running.service.appid) });
    expect((await says('hi')).deliveries).toMatchObject([{ outcome: 'malformed' }]);
  });

  it('are answered by API with the authorizer’s token', async () => {
    const caller = await callerWith([1]);
    await says('hi');
    expect(await caller.sendText(openid, '在的')).toMatchObject({ errcode: 0 });
    expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
      via: 'customer-service',
      body: { content: '在的' },
    });
  });
});

describe('a call with an authorizer’s token', () => {
  it('needs one of the sets that open it', async () => {
    const caller = await callerWith([15]);
    expect(await caller.get('/cgi-bin/menu/get')).toMatchObject({ errcode: 46003 });
    expect(await caller.get('/cgi-bin/user/get')).toMatchObject({ errcode: 61007 });
    expect(await caller.sendText(openid)).toMatchObject({ errcode: 61007 });
    expect(await caller.get('/cgi-bin/getcallbackip')).toHaveProperty('ip_list');
    const path = { cgi_path: '/cgi-bin/menu/get' };
    expect(await caller.post('/cgi-bin/openapi/quota/get', path)).toMatchObject({ quota: { used: 1 } });
  });

  it('cannot do what the account itself cannot', async () => {
    const caller = await callerWith([1, 2], running.unverified.appid);
    expect(await caller.get('/cgi-bin/tags/get')).toMatchObject({ errcode: 48001 });
  });

  it('uses the account’s own quota', async () => {
    const caller = await callerWith([2]);
    const self = await Caller.of(running, running.service);
    await self.get('/cgi-bin/user/get');
    await caller.get('/cgi-bin/user/get');
    const path = { cgi_path: '/cgi-bin/user/get' };
    expect(await self.post('/cgi-bin/openapi/quota/get', path)).toMatchObject({ quota: { used: 2 } });
  });
});
