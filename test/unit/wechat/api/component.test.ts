import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AUTHORIZATION_PAGE_ORIGIN,
  authorizationPageUrl,
  clearComponentQuota,
  createPreAuthCode,
  fetchComponentToken,
  getAuthorizerInfo,
  getAuthorizerList,
  getAuthorizerOption,
  isComponentTokenError,
  redeemAuthorizationCode,
  refreshAuthorizerToken,
  setAuthorizerOption,
  startPushTicket,
} from '../../../../src/wechat/api/component';
import type { ComponentCall } from '../../../../src/wechat/api/component-call';
import { WeChatError } from '../../../../src/wechat/errors';
import { NetworkError } from '../../../../src/wechat/http';
import { failureOf } from '../helpers/failure-of';
import { startScriptedServer, type ScriptedServer } from '../helpers/scripted-server';
import { recordingLogger, type LogRecord } from '../helpers/test-client';

const BASE = '/cgi-bin/component';
const OK = { errcode: 0, errmsg: 'ok' };
const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const component = { componentAppid: 'wxcomponent', componentAccessToken: 'component-token-1' };
const own = { componentAppid: 'wxcomponent', componentSecret: SECRET };

let server: ScriptedServer;
let logs: LogRecord[];
let call: ComponentCall;
beforeEach(async () => {
  server = await startScriptedServer();
  logs = [];
  call = { origin: server.origin, logger: recordingLogger(logs) };
});
afterEach(() => server.close());

/** Query and body of the last request to a path. */
function sent(path: string): Record<string, unknown> {
  const request = server.to(path).at(-1);
  if (!request) throw new Error(`nothing was sent to ${path}`);
  return { ...Object.fromEntries(request.query), ...(JSON.parse(request.body.toString()) as object) };
}

const TOKENS = {
  authorizer_access_token: 'a1',
  expires_in: 7200,
  authorizer_refresh_token: 'refreshtoken@@@1',
};

describe('calls that a component proves by its secret', () => {
  it('start the pushes of tickets', async () => {
    server.on(`${BASE}/api_start_push_ticket`, { json: OK });
    await startPushTicket(call, own);
    expect(sent(`${BASE}/api_start_push_ticket`)).toEqual({
      component_appid: 'wxcomponent',
      component_secret: SECRET,
    });
  });

  it('turn a ticket into a token', async () => {
    server.on(`${BASE}/api_component_token`, {
      json: { component_access_token: 'c1', expires_in: 7200 },
    });
    expect(await fetchComponentToken(call, { ...own, ticket: 'ticket@@@1' })).toEqual({
      componentAccessToken: 'c1',
      expiresIn: 7200,
    });
    expect(sent(`${BASE}/api_component_token`)).toEqual({
      component_appid: 'wxcomponent',
      component_appsecret: SECRET,
      component_verify_ticket: 'ticket@@@1',
    });
  });

  it('reset quotas', async () => {
    server.on(`${BASE}/clear_quota/v2`, { json: OK });
    await clearComponentQuota(call, own, 'wxaccount');
    expect(sent(`${BASE}/clear_quota/v2`)).toEqual({
      appid: 'wxaccount',
      component_appid: 'wxcomponent',
      appsecret: SECRET,
    });
  });
});

describe('calls with the component’s token', () => {
  it('give a pre-authorization code', async () => {
    server.on(`${BASE}/api_create_preauthcode`, {
      json: { pre_auth_code: 'preauthcode@@@1', expires_in: 600 },
    });
    expect(await createPreAuthCode(call, component)).toEqual({
      preAuthCode: 'preauthcode@@@1',
      expiresIn: 600,
    });
    expect(sent(`${BASE}/api_create_preauthcode`)).toEqual({
      access_token: 'component-token-1',
      component_appid: 'wxcomponent',
    });
  });

  it('redeem an authorization code', async () => {
    const func_info = [
      { funcscope_category: { id: 1 } },
      {
        funcscope_category: { id: 2 },
        confirm_info: { need_confirm: 1, already_confirm: 0, can_confirm: 1 },
      },
    ];
    server.on(`${BASE}/api_query_auth`, {
      json: { authorization_info: { authorizer_appid: 'wxaccount', ...TOKENS, func_info } },
    });
    expect(await redeemAuthorizationCode(call, component, 'code@@@1')).toEqual({
      authorizerAppid: 'wxaccount',
      tokens: { accessToken: 'a1', expiresIn: 7200, refreshToken: 'refreshtoken@@@1' },
      permissionSets: [1, 2],
      unconfirmedSets: [2],
    });
    expect(sent(`${BASE}/api_query_auth`)).toMatchObject({ authorization_code: 'code@@@1' });
  });

  it('redeem a code of an account that has no API', async () => {
    server.on(`${BASE}/api_query_auth`, {
      json: { authorization_info: { authorizer_appid: 'wxaccount', func_info: [] } },
    });
    expect(await redeemAuthorizationCode(call, component, 'code@@@1')).toMatchObject({ tokens: null });
  });

  it('renew an account’s token', async () => {
    server.on(`${BASE}/api_authorizer_token`, { json: TOKENS });
    const authorizer = { appid: 'wxaccount', refreshToken: 'refreshtoken@@@0' };
    expect(await refreshAuthorizerToken(call, component, authorizer)).toEqual({
      accessToken: 'a1',
      expiresIn: 7200,
      refreshToken: 'refreshtoken@@@1',
    });
    expect(sent(`${BASE}/api_authorizer_token`)).toMatchObject({
      authorizer_appid: 'wxaccount',
      authorizer_refresh_token: 'refreshtoken@@@0',
    });
  });

  it('tell about an account, members that nobody knows yet included', async () => {
    const info = { nick_name: '示例服务号', verify_type_info: { id: 0 }, something_new: 7 };
    server.on(`${BASE}/api_get_authorizer_info`, {
      json: {
        authorizer_info: info,
        authorization_info: {
          authorizer_appid: 'wxaccount',
          func_info: [{ funcscope_category: { id: 15 } }],
        },
      },
    });
    expect(await getAuthorizerInfo(call, component, 'wxaccount')).toEqual({
      info,
      authorizerAppid: 'wxaccount',
      permissionSets: [15],
      unconfirmedSets: [],
      refreshToken: null,
    });
  });

  it('list accounts, 500 at most', async () => {
    server.on(`${BASE}/api_get_authorizer_list`, {
      json: {
        total_count: 33,
        list: [{ authorizer_appid: 'wxaccount', refresh_token: 'r1', auth_time: 1700000000 }],
      },
    });
    expect(await getAuthorizerList(call, component, { offset: 0, count: 500 })).toEqual({
      total: 33,
      authorizers: [{ appid: 'wxaccount', refreshToken: 'r1', authorizedAt: 1700000000 }],
    });
    await failureOf(getAuthorizerList(call, component, { offset: 0, count: 501 }), RangeError);
    expect(server.seen).toHaveLength(1);
  });

  it('read and set options where today’s pages say', async () => {
    server.on(`${BASE}/get_authorizer_option`, { json: { option_value: 1 } });
    server.on(`${BASE}/set_authorizer_option`, { json: OK });
    expect(await getAuthorizerOption(call, component, 'wxaccount', 'voice_recognize')).toBe('1');
    await setAuthorizerOption(call, component, 'wxaccount', 'voice_recognize', '0');
    expect(sent(`${BASE}/set_authorizer_option`)).toMatchObject({
      option_name: 'voice_recognize',
      option_value: '0',
    });
  });

  it('read and set options on the older path when the newer one is not served', async () => {
    server.on(`${BASE}/api_get_authorizer_option`, { json: { option_value: '2' } });
    server.on(`${BASE}/api_set_authorizer_option`, { json: OK });
    expect(await getAuthorizerOption(call, component, 'wxaccount', 'location_report')).toBe('2');
    await setAuthorizerOption(call, component, 'wxaccount', 'location_report', '1');
    expect(sent(`${BASE}/api_set_authorizer_option`)).toMatchObject({ option_value: '1' });
  });

  it('do not go to the older path when WeChat refuses', async () => {
    server.on(`${BASE}/set_authorizer_option`, {
      json: { errcode: 61013, errmsg: 'invalid option value' },
    });
    const attempt = setAuthorizerOption(call, component, 'wxaccount', 'voice_recognize', '9');
    expect((await failureOf(attempt, WeChatError)).errcode).toBe(61013);
    expect(server.seen).toHaveLength(1);
  });
});

describe('a call that fails', () => {
  it('says with which errcode, and whether a fresh token helps', async () => {
    const answers = [42006, 40001, 61004].map((errcode) => ({ errcode, errmsg: 'no' }));
    server.on(`${BASE}/api_create_preauthcode`, (_, nth) => ({ json: answers[nth - 1] }));
    const helps: boolean[] = [];
    for (const { errcode } of answers) {
      const error = await failureOf(createPreAuthCode(call, component), WeChatError);
      expect(error.errcode).toBe(errcode);
      helps.push(isComponentTokenError(error));
    }
    expect(helps).toEqual([true, true, false]);
  });

  it('does not take an answer for WeChat’s that lacks what WeChat always sends', async () => {
    for (const answer of [{}, [], { component_access_token: 7, expires_in: 7200 }]) {
      server.on(`${BASE}/api_component_token`, { json: answer });
      const attempt = fetchComponentToken(call, { ...own, ticket: 't' });
      expect((await failureOf(attempt, NetworkError)).code).toBe('network/bad-response');
    }
    server.on(`${BASE}/api_component_token`, { raw: '<html>', status: 502 });
    const attempt = fetchComponentToken(call, { ...own, ticket: 't' });
    expect((await failureOf(attempt, NetworkError)).outcome).toBe('unknown');
  });

  it('ends in the time that it is given', async () => {
    server.on(`${BASE}/api_create_preauthcode`, 'silence');
    const attempt = createPreAuthCode({ ...call, timeouts: { callMs: 50 } }, component);
    expect((await failureOf(attempt, NetworkError)).code).toBe('network/timeout');
  });

  it('leaves no secret in the log, whether it fails or not', async () => {
    server.on(`${BASE}/api_component_token`, { json: { errcode: 61006, errmsg: 'no' } });
    server.on(`${BASE}/api_authorizer_token`, { json: TOKENS });
    await failureOf(fetchComponentToken(call, { ...own, ticket: 'ticket@@@1' }), WeChatError);
    await refreshAuthorizerToken(call, component, { appid: 'wxaccount', refreshToken: 'refreshtoken@@@0' });
    expect(logs.map(({ event }) => event)).toEqual(['component-call-failed', 'component-call']);
    const text = JSON.stringify(logs);
    for (const secret of [SECRET, 'ticket@@@1', 'component-token-1', 'refreshtoken', 'a1'])
      expect(text).not.toContain(secret);
  });
});

describe('the address of the authorization page', () => {
  it('names platform, code and the way back, each encoded', () => {
    const url = authorizationPageUrl(AUTHORIZATION_PAGE_ORIGIN, {
      componentAppid: 'wxcomponent',
      preAuthCode: 'preauthcode@@@1',
      redirectUri: 'https://relay.example.com/landing?state=a&b=c',
      permissionSets: [1, 15],
      bizAppid: 'wxaccount',
    });
    expect(url.origin + url.pathname).toBe('https://mp.weixin.qq.com/cgi-bin/componentloginpage');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      component_appid: 'wxcomponent',
      pre_auth_code: 'preauthcode@@@1',
      redirect_uri: 'https://relay.example.com/landing?state=a&b=c',
      auth_type: '1',
      biz_appid: 'wxaccount',
      category_id_list: '1|15',
    });
    expect(url.search).toContain(
      'redirect_uri=https%3A%2F%2Frelay.example.com%2Flanding%3Fstate%3Da%26b%3Dc',
    );
  });
});
