import { fail } from '../api/errors';
import {
  integerOf,
  jsonBody,
  OK,
  textOf,
  type ApiRoute,
  type PlatformCall,
  type PlatformRoute,
} from '../api/route';
import type { JsonObject } from '../json';
import type { Account, AuthorizerOption } from '../state/account';
import type { Authorization } from './authorization';
import type { Component } from './component';

/** Entries in one page of the list of authorizers. */
const LIST_PAGE = 500;

const OPTION_VALUES: Readonly<Record<AuthorizerOption, readonly string[]>> = {
  location_report: ['0', '1', '2'],
  voice_recognize: ['0', '1'],
  customer_service: ['0', '1'],
};

/** The calls of a platform about accounts (auth-component.md §2, rows 3 and 5 to 10). */
export const authorizerRoutes: readonly ApiRoute[] = [
  route('api_create_preauthcode', (call) => {
    const { code, expiresIn } = call.component.preAuthCodes.mint(null, call.now);
    return { pre_auth_code: code, expires_in: expiresIn };
  }),
  route('api_query_auth', (call, body) => {
    const codes = call.component.authorizationCodes;
    const code = textOf(body, 'authorization_code');
    if (codes.standing(code, call.now) === 'expired') fail(61010);
    const authorization = codes.use(code, call.now) ?? fail(61009);
    if (!authorization.active) fail(61003);
    return {
      authorization_info: {
        authorizer_appid: authorization.account.appid,
        ...(mayCall(authorization.account) ? issue(authorization, call.now) : {}),
        func_info: functions(authorization.sets),
      },
    };
  }),
  route('api_authorizer_token', (call, body) => {
    const authorization = authorizationIn(call.component, body);
    if (textOf(body, 'authorizer_refresh_token') !== authorization.refreshToken) fail(61023);
    if (call.component.settings.rotateOnRefresh) authorization.rotate();
    return issue(authorization, call.now);
  }),
  route('api_get_authorizer_info', (call, body) => {
    const authorization = authorizationIn(call.component, body);
    return {
      authorizer_info: describe(authorization.account, call.world.origin()),
      authorization_info: {
        authorizer_appid: authorization.account.appid,
        authorizer_refresh_token: authorization.refreshToken,
        func_info: functions(authorization.sets),
      },
    };
  }),
  route('api_get_authorizer_list', (call, body) => {
    const offset = integerOf(body['offset']) ?? fail(40097);
    const count = integerOf(body['count']) ?? fail(40097);
    if (offset < 0 || count < 1) fail(40097);
    if (count > LIST_PAGE) fail(40170);
    const all = call.component.authorizations();
    return {
      total_count: all.length,
      list: all.slice(offset, offset + count).map(({ account, refreshToken, authorizedAt }) => ({
        authorizer_appid: account.appid,
        refresh_token: refreshToken,
        auth_time: authorizedAt,
      })),
    };
  }),
  // Current pages print the first path, older ones and several libraries the second.
  ...['get_authorizer_option', 'api_get_authorizer_option'].map((name) => route(name, getOption)),
  ...['set_authorizer_option', 'api_set_authorizer_option'].map((name) => route(name, setOption)),
];

type Handler = (call: PlatformCall, body: JsonObject) => unknown;

/** A call whose body names the platform too. Raises 41018 and 61011. */
function route(name: string, handle: Handler): PlatformRoute {
  return {
    path: `/cgi-bin/component/${name}`,
    method: 'POST',
    auth: 'component',
    handle: (call) => {
      const body = jsonBody(call);
      const appid = textOf(body, 'component_appid');
      if (appid === '') fail(41018);
      if (appid !== call.component.appid) fail(61011);
      return handle(call, body);
    },
  };
}

function authorizationIn(component: Component, body: JsonObject): Authorization {
  const appid = textOf(body, 'authorizer_appid');
  if (appid === '') fail(40013);
  return component.authorizationOf(appid) ?? fail(61003);
}

/** An account that WeChat has banned or frozen gets no token. */
function mayCall(account: Account): boolean {
  return !account.standing.banned && !account.standing.frozen;
}

function issue(authorization: Authorization, now: number): JsonObject {
  const { accessToken, expiresIn } = authorization.tokens.issueClassic(now);
  return {
    authorizer_access_token: accessToken,
    expires_in: expiresIn,
    authorizer_refresh_token: authorization.refreshToken,
  };
}

function functions(sets: readonly number[]): readonly JsonObject[] {
  return sets.map((id) => ({ funcscope_category: { id } }));
}

function getOption(call: PlatformCall, body: JsonObject): JsonObject {
  const { account } = authorizationIn(call.component, body);
  const name = optionName(body);
  return {
    authorizer_appid: account.appid,
    option_name: name,
    option_value: account.options.get(name) ?? '0',
  };
}

function setOption(call: PlatformCall, body: JsonObject): JsonObject {
  const { account } = authorizationIn(call.component, body);
  const name = optionName(body);
  const value = textOf(body, 'option_value');
  if (!OPTION_VALUES[name].includes(value)) fail(61013);
  account.options.set(name, value);
  return OK;
}

function optionName(body: JsonObject): AuthorizerOption {
  const name = textOf(body, 'option_name');
  return Object.hasOwn(OPTION_VALUES, name) ? (name as AuthorizerOption) : fail(61012);
}

/** `authorizer_info` (auth-component.md §7). */
function describe(account: Account, origin: string): JsonObject {
  const { verified, banned, frozen } = account.standing;
  return {
    nick_name: account.nickname,
    head_img: `${origin}/mmbiz/kf/${account.originalId}/0`,
    service_type_info: { id: account.type === 'service' ? 2 : 0 },
    verify_type_info: { id: verified ? 0 : -1 },
    user_name: account.originalId,
    alias: '',
    qrcode_url: `${origin}/mmbiz/kf/qr-${account.originalId}/0`,
    principal_name: verified ? `${account.nickname}有限公司` : '',
    business_info: { open_pay: 0, open_shake: 0, open_scan: 0, open_card: 0, open_store: 0 },
    idc: 1,
    signature: '',
    account_status: banned ? 16 : frozen ? 19 : 1,
    register_type: 0,
    basic_config: { is_phone_configured: true, is_email_configured: true },
  };
}
