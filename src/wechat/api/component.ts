import { present } from '../answer';
import type { ApiPath } from '../client';
import { WeChatError } from '../errors';
import { NetworkError } from '../http';
import { apiUrl } from '../origin';
import {
  listOf,
  numberOf,
  objectOf,
  post,
  postAs,
  textOf,
  type ComponentCall,
  type ComponentToken,
  type Fields,
} from './component-call';

/** Most entries in one `getAuthorizerList`; WeChat refuses more (40170). */
export const AUTHORIZERS_PER_PAGE = 500;

/** Where WeChat's authorization pages live. */
export const AUTHORIZATION_PAGE_ORIGIN = 'https://mp.weixin.qq.com';

/** A fresh component token may make the call succeed: 42006 in the documents, the codes of other tokens in practice. */
export function isComponentTokenError(error: unknown): boolean {
  return error instanceof WeChatError && (error.isTokenError || error.errcode === 42006);
}

/**
 * startPushTicket (启动票据推送服务), POST `/cgi-bin/component/api_start_push_ticket`: asks for tickets again when none
 * arrives. 40013 for a wrong component. The field is called `component_secret` here and nowhere else.
 */
export async function startPushTicket(
  call: ComponentCall,
  component: { readonly componentAppid: string; readonly componentSecret: string },
): Promise<void> {
  await post(call, '/cgi-bin/component/api_start_push_ticket', null, {
    component_appid: component.componentAppid,
    component_secret: component.componentSecret,
  });
}

export interface ComponentAccessToken {
  readonly componentAccessToken: string;
  /** Remaining life, seconds; 7200 when fresh. */
  readonly expiresIn: number;
}

/**
 * getComponentAccessToken (获取令牌), POST `/cgi-bin/component/api_component_token`. 61005 and 61006 for a ticket that is
 * old or wrong, 45009 when the day's calls are used.
 */
export async function fetchComponentToken(
  call: ComponentCall,
  component: {
    readonly componentAppid: string;
    readonly componentSecret: string;
    /** The newest `component_verify_ticket`; each lives twelve hours. */
    readonly ticket: string;
  },
): Promise<ComponentAccessToken> {
  const answer = await post(call, '/cgi-bin/component/api_component_token', null, {
    component_appid: component.componentAppid,
    component_appsecret: component.componentSecret,
    component_verify_ticket: component.ticket,
  });
  return {
    componentAccessToken: textOf(answer, 'component_access_token'),
    expiresIn: numberOf(answer, 'expires_in'),
  };
}

/**
 * getPreAuthCode (获取预授权码), POST `/cgi-bin/component/api_create_preauthcode`: for one attempt to authorize, good for
 * one use and for `expiresIn` seconds.
 */
export async function createPreAuthCode(
  call: ComponentCall,
  component: ComponentToken,
): Promise<{ readonly preAuthCode: string; readonly expiresIn: number }> {
  const answer = await postAs(call, component, '/cgi-bin/component/api_create_preauthcode', {});
  return { preAuthCode: textOf(answer, 'pre_auth_code'), expiresIn: numberOf(answer, 'expires_in') };
}

/** The tokens of an account that has authorized the component. */
export interface AuthorizerTokens {
  readonly accessToken: string;
  /** Remaining life of the access token, seconds. */
  readonly expiresIn: number;
  /** Replaces the one before, always: an older one may be dead (61023). */
  readonly refreshToken: string;
}

export interface Authorization {
  readonly authorizerAppid: string;
  /** Null when the account has no API at all. */
  readonly tokens: AuthorizerTokens | null;
  /** Ids of the permission sets that the administrator ticked, whatever the account's own kind allows. */
  readonly permissionSets: readonly number[];
  /** Those of them that the component has yet to confirm: calls that need one get 61016. */
  readonly unconfirmedSets: readonly number[];
}

/**
 * getAuthorizerAccessToken (获取授权信息), POST `/cgi-bin/component/api_query_auth`: redeems an authorization code, once.
 * 61009 for one that is unknown or used, 61010 for one that is too old.
 */
export async function redeemAuthorizationCode(
  call: ComponentCall,
  component: ComponentToken,
  authorizationCode: string,
): Promise<Authorization> {
  const answer = await postAs(call, component, '/cgi-bin/component/api_query_auth', {
    authorization_code: authorizationCode,
  });
  const info = objectOf(answer, 'authorization_info');
  return {
    authorizerAppid: textOf(info, 'authorizer_appid'),
    tokens: 'authorizer_access_token' in info ? tokensOf(info) : null,
    ...permissionSetsOf(info),
  };
}

/**
 * refreshAuthorizerToken (刷新授权账号调用令牌), POST `/cgi-bin/component/api_authorizer_token`. 61023 for a refresh token
 * that is no longer the account's, 61003 after the account has cancelled.
 */
export async function refreshAuthorizerToken(
  call: ComponentCall,
  component: ComponentToken,
  authorizer: { readonly appid: string; readonly refreshToken: string },
): Promise<AuthorizerTokens> {
  return tokensOf(
    await postAs(call, component, '/cgi-bin/component/api_authorizer_token', {
      authorizer_appid: authorizer.appid,
      authorizer_refresh_token: authorizer.refreshToken,
    }),
  );
}

/** `authorizer_info` as WeChat gives it; further members are kept. */
export interface AuthorizerInfo extends Readonly<Record<string, unknown>> {
  readonly nick_name?: string;
  readonly head_img?: string;
  /** 0 subscription account, 1 one upgraded from a legacy account, 2 service account. */
  readonly service_type_info?: { readonly id: number };
  /** −1 unverified; API rights need 0, 3, 4 or 5. */
  readonly verify_type_info?: { readonly id: number };
  /** `gh_…` */
  readonly user_name?: string;
  readonly alias?: string;
  readonly principal_name?: string;
  readonly signature?: string;
  readonly qrcode_url?: string;
  /** 1 normal, 14 cancelled, 16 banned, 18 warned, 19 frozen. */
  readonly account_status?: number;
  /** Present for a mini program, which is none of ours. */
  readonly MiniProgramInfo?: unknown;
}

export interface AuthorizerProfile {
  readonly info: AuthorizerInfo;
  readonly authorizerAppid: string;
  readonly permissionSets: readonly number[];
  readonly unconfirmedSets: readonly number[];
  /** The account's current refresh token; null when WeChat leaves it out. */
  readonly refreshToken: string | null;
}

/** getAuthorizerInfo (获取授权账号详情), POST `/cgi-bin/component/api_get_authorizer_info`. 61003 when not authorized. */
export async function getAuthorizerInfo(
  call: ComponentCall,
  component: ComponentToken,
  authorizerAppid: string,
): Promise<AuthorizerProfile> {
  const answer = await postAs(call, component, '/cgi-bin/component/api_get_authorizer_info', {
    authorizer_appid: authorizerAppid,
  });
  const authorization = objectOf(answer, 'authorization_info');
  const refreshToken = authorization['authorizer_refresh_token'];
  return {
    info: objectOf(answer, 'authorizer_info'),
    authorizerAppid: textOf(authorization, 'authorizer_appid'),
    ...permissionSetsOf(authorization),
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : null,
  };
}

export interface AuthorizerListEntry {
  readonly appid: string;
  readonly refreshToken: string;
  /** Unix seconds of the authorization. */
  readonly authorizedAt: number;
}

export interface AuthorizerPage {
  readonly total: number;
  readonly authorizers: readonly AuthorizerListEntry[];
}

/**
 * getAuthorizerList (拉取已授权的账号列表), POST `/cgi-bin/component/api_get_authorizer_list`: also the way back to a
 * refresh token that was lost.
 * @throws RangeError for more than `AUTHORIZERS_PER_PAGE`, which WeChat would refuse (40170)
 */
export async function getAuthorizerList(
  call: ComponentCall,
  component: ComponentToken,
  page: { readonly offset: number; readonly count: number },
): Promise<AuthorizerPage> {
  if (page.count > AUTHORIZERS_PER_PAGE)
    throw new RangeError(`at most ${AUTHORIZERS_PER_PAGE} authorizers at once`);
  const answer = await postAs(call, component, '/cgi-bin/component/api_get_authorizer_list', {
    offset: page.offset,
    count: page.count,
  });
  return {
    total: numberOf(answer, 'total_count'),
    authorizers: listOf(answer, 'list').map((row) => ({
      appid: textOf(row, 'authorizer_appid'),
      refreshToken: textOf(row, 'refresh_token'),
      authorizedAt: numberOf(row, 'auth_time'),
    })),
  };
}

/** Settings of an account that a component may read and change (选项). Values are digits: see `setAuthorizerOption`. */
export type AuthorizerOption = 'location_report' | 'voice_recognize' | 'customer_service';

/** getAuthorizerOptionInfo (获取授权方选项信息), POST `/cgi-bin/component/get_authorizer_option`. 61012 for a wrong name. */
export async function getAuthorizerOption(
  call: ComponentCall,
  component: ComponentToken,
  authorizerAppid: string,
  option: AuthorizerOption,
): Promise<string> {
  const answer = await withOlderPath('get_authorizer_option', (path) =>
    postAs(call, component, path, { authorizer_appid: authorizerAppid, option_name: option }),
  );
  return String(present(answer['option_value'] as string | number | undefined));
}

/**
 * setAuthorizerOptionInfo (设置授权方选项信息), POST `/cgi-bin/component/set_authorizer_option`. `location_report`: 0 none,
 * 1 when a conversation is entered, 2 every five seconds; the other two: 0 off, 1 on. 61013 for a wrong value.
 */
export async function setAuthorizerOption(
  call: ComponentCall,
  component: ComponentToken,
  authorizerAppid: string,
  option: AuthorizerOption,
  value: string,
): Promise<void> {
  await withOlderPath('set_authorizer_option', (path) =>
    postAs(call, component, path, {
      authorizer_appid: authorizerAppid,
      option_name: option,
      option_value: value,
    }),
  );
}

/**
 * clearComponentQuotaByAppSecret (使用AppSecret重置第三方平台API调用次数), POST `/cgi-bin/component/clear_quota/v2`: ten a
 * month (48006). `appid` is the account whose counts are set to 0, or the component itself.
 */
export async function clearComponentQuota(
  call: ComponentCall,
  component: { readonly componentAppid: string; readonly componentSecret: string },
  appid: string,
): Promise<void> {
  await post(call, '/cgi-bin/component/clear_quota/v2', null, {
    appid,
    component_appid: component.componentAppid,
    appsecret: component.componentSecret,
  });
}

export interface AuthorizationPage {
  readonly componentAppid: string;
  readonly preAuthCode: string;
  /** Where the browser lands with `auth_code` and `expires_in`; on the domain of the page that links here. */
  readonly redirectUri: string;
  /** Restricts to this account: others that scan are refused. */
  readonly bizAppid?: string;
  /** Permission sets to ask for; those of the published platform when left out. */
  readonly permissionSets?: readonly number[];
}

/**
 * Address of the authorization page for a computer's browser, which shows a QR code to the account's administrator.
 * WeChat serves it only to browsers that come from a page on the host of `redirectUri`. `origin` is
 * `AUTHORIZATION_PAGE_ORIGIN`, or the simulator's.
 * @throws AppError `network/bad-origin`
 */
export function authorizationPageUrl(origin: string, page: AuthorizationPage): URL {
  return apiUrl(origin, '/cgi-bin/componentloginpage', {
    component_appid: page.componentAppid,
    pre_auth_code: page.preAuthCode,
    redirect_uri: page.redirectUri,
    // Official Accounts only.
    auth_type: 1,
    biz_appid: page.bizAppid,
    category_id_list: page.permissionSets?.join('|'),
  });
}

/** The path of the current pages, and when WeChat does not serve it there, the one of the older pages. */
async function withOlderPath(
  name: 'get_authorizer_option' | 'set_authorizer_option',
  call: (path: ApiPath) => Promise<Fields>,
): Promise<Fields> {
  try {
    return await call(`/cgi-bin/component/${name}`);
  } catch (error) {
    if (!(error instanceof NetworkError && error.code === 'network/bad-response')) throw error;
    return call(`/cgi-bin/component/api_${name}`);
  }
}

function tokensOf(fields: Fields): AuthorizerTokens {
  return {
    accessToken: textOf(fields, 'authorizer_access_token'),
    expiresIn: numberOf(fields, 'expires_in'),
    refreshToken: textOf(fields, 'authorizer_refresh_token'),
  };
}

function permissionSetsOf(fields: Fields): {
  readonly permissionSets: readonly number[];
  readonly unconfirmedSets: readonly number[];
} {
  const sets = listOf(fields, 'func_info').map((entry) => ({
    id: numberOf(objectOf(entry, 'funcscope_category'), 'id'),
    unconfirmed: isUnconfirmed(entry['confirm_info']),
  }));
  return {
    permissionSets: sets.map(({ id }) => id),
    unconfirmedSets: sets.filter(({ unconfirmed }) => unconfirmed).map(({ id }) => id),
  };
}

function isUnconfirmed(confirmInfo: unknown): boolean {
  if (typeof confirmInfo !== 'object' || confirmInfo === null) return false;
  const { need_confirm: needed, already_confirm: done } = confirmInfo as Fields;
  return Number(needed) === 1 && Number(done) !== 1;
}
