import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redeemAuthorizationCode } from '#wechat/api/component';
import type { ComponentToken } from '#wechat/api/component-call';
import { sealReply } from '#wechat/callback/callback';
import { Caller, getJson, startSandbox, type Json, type Running } from '../harness';
import {
  callOf,
  COMPONENT,
  control,
  OF_COMPONENT,
  register,
  startPlatform,
  tokenOf,
  type Answer,
  type Opened,
  type Platform,
} from './platform';

let running: Running;
let platform: Platform;
let component: ComponentToken;
beforeEach(async () => {
  running = await startSandbox({ push: { deadlineMs: 2_000, gapMs: 20, attempts: 1 } });
  platform = await startPlatform();
  await register(running, platform);
  component = await tokenOf(running, platform);
});
afterEach(async () => {
  await running.close();
  await platform.close();
});

function replyTo(message: Opened, content: string): Answer {
  const body = sealReply({
    token: COMPONENT.token,
    encodingAESKey: COMPONENT.encodingAESKey,
    appid: COMPONENT.componentAppid,
    timestamp: 1_700_000_001,
    message: `<xml><ToUserName><![CDATA[${message.text('FromUserName')}]]></ToUserName><FromUserName><![CDATA[${message.text('ToUserName')}]]></FromUserName><CreateTime>1700000001</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content></xml>`,
  });
  return { body };
}

/** What a platform that is ready for its release does. */
function ready(message: Opened): Answer {
  const content = message.text('Content') ?? '';
  if (content === 'TESTCOMPONENT_MSG_TYPE_TEXT') return replyTo(message, `${content}_callback`);
  const code = content.replace('QUERY_AUTH_CODE:', '');
  void redeemAuthorizationCode(callOf(running), component, code).then(({ tokens }) =>
    new Caller(running, tokens?.accessToken ?? '').sendText(
      message.text('FromUserName') ?? '',
      `${code}_from_api`,
    ),
  );
  return { body: '' };
}

const check = (waitMs = 5_000): Promise<Json> =>
  control(running, `${OF_COMPONENT}/release-check`, { waitMs });

describe('the checks before a release', () => {
  it('pass a platform that answers as WeChat wants, with WeChat’s own test account', async () => {
    platform.onMessage = ready;
    expect(await check()).toMatchObject({
      passed: true,
      ticket: { passed: true, answered: 'success' },
      text: { passed: true, answered: 'TESTCOMPONENT_MSG_TYPE_TEXT_callback' },
      api: { passed: true },
    });
    expect(platform.messages.map(({ path }) => path)).toEqual([
      '/wx/component/wx570bc396a51b8ff8/callback',
      '/wx/component/wx570bc396a51b8ff8/callback',
    ]);
    expect(platform.messages[0]?.text('ToUserName')).toBe('gh_3c884a361561');
    // A second time too, and the test account is in no list.
    expect(await check()).toMatchObject({ passed: true });
    const view = await getJson(running, `/__sandbox/components${OF_COMPONENT}`);
    expect(view['authorizers']).toEqual([]);
    expect(await getJson(running, '/__sandbox/accounts')).toHaveLength(4);
  });

  it('tell which answer was wrong', async () => {
    platform.onEvent = () => ({ body: 'ok' });
    platform.onMessage = () => ({ body: 'success' });
    expect(await check(50)).toMatchObject({
      passed: false,
      ticket: { passed: false, wanted: 'success', answered: 'ok' },
      text: { passed: false, wanted: 'TESTCOMPONENT_MSG_TYPE_TEXT_callback', answered: 'success' },
      api: { passed: false, answered: null },
    });
  });

  it('want nothing but an empty answer to the code', async () => {
    platform.onMessage = (message) => {
      const answer = ready(message);
      return answer.body === '' ? { body: 'success' } : answer;
    };
    expect(await check()).toMatchObject({ passed: false, text: { passed: true }, api: { passed: false } });
  });
});
