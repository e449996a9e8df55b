import type { QuotaBook } from '../state/quotas';
import { fail } from './errors';
import { jsonBody, OK, textOf, type ApiRoute, type OpenCall, type OwnerCall } from './route';
import { proveSecret } from './token';

/** Failed calls can be looked up for a week. */
const RID_LIFE = 7 * 86_400;
const RID_PATTERN = /^([0-9a-f]{8})-[0-9a-f]{8}-[0-9a-f]{8}$/;
/** Paths that no account token may ask about. */
const FOREIGN_PREFIX = '/sns/';

/** README.md §6: quotas and diagnosis. `knownPaths` says which cgi_path exists. */
export function openApiRoutes(knownPaths: () => readonly string[]): readonly ApiRoute[] {
  const pathOf = (call: OwnerCall): string => {
    const path = textOf(jsonBody(call), 'cgi_path');
    if (path.startsWith(FOREIGN_PREFIX)) fail(76022);
    if (!knownPaths().includes(path)) fail(76021);
    return path;
  };
  return [
    {
      path: '/cgi-bin/clear_quota',
      method: 'POST',
      auth: 'token',
      needs: 'verified',
      handle: (call) => {
        if (textOf(jsonBody(call), 'appid') !== call.account.appid) fail(40013);
        return clear(call.account.quotas, call.now);
      },
    },
    { path: '/cgi-bin/clear_quota/v2', method: 'POST', auth: 'none', handle: clearWithSecret },
    {
      path: '/cgi-bin/openapi/quota/get',
      method: 'POST',
      auth: 'owner',
      handle: (call) => {
        const { dailyLimit, used, minuteLimit } = call.caller.quotas.figures(pathOf(call), call.now);
        const rate = { call_count: minuteLimit, refresh_second: 60 };
        return {
          ...OK,
          quota: { daily_limit: dailyLimit, used, remain: Math.max(0, dailyLimit - used) },
          rate_limit: rate,
          component_rate_limit: rate,
        };
      },
    },
    {
      path: '/cgi-bin/openapi/quota/clear',
      method: 'POST',
      auth: 'owner',
      handle: (call) => {
        const path = pathOf(call);
        if (!call.caller.quotas.clearPath(path, call.now)) fail(48006);
        return OK;
      },
    },
    { path: '/cgi-bin/openapi/rid/get', method: 'POST', auth: 'owner', handle: lookUpRid },
  ];
}

function clear(quotas: QuotaBook, now: number): typeof OK {
  if (!quotas.clearAll(now)) fail(48006);
  return OK;
}

/** Works when the token quota is used up; appid and appsecret may stand in the query or in the body. */
function clearWithSecret(call: OpenCall): typeof OK {
  const inQuery = call.query['appid'] !== undefined || call.query['appsecret'] !== undefined;
  const given = inQuery || call.rawBody.length === 0 ? call.query : bodyOrForm(call);
  const appid = given['appid'] ?? '';
  if (appid === '') fail(41002);
  const account = call.world.account(appid) ?? fail(40013);
  call.owner.appid = appid;
  proveSecret(call, account, given['appsecret'] ?? '');
  if (!account.standing.verified) fail(48001);
  return clear(account.quotas, call.now);
}

function bodyOrForm(call: OpenCall): Readonly<Record<string, string>> {
  if (/^application\/x-www-form-urlencoded/i.test(call.contentType)) {
    return Object.fromEntries(new URLSearchParams(call.rawBody.toString('utf8')));
  }
  const body = jsonBody(call);
  return { appid: textOf(body, 'appid'), appsecret: textOf(body, 'appsecret') };
}

function lookUpRid(call: OwnerCall): unknown {
  const rid = textOf(jsonBody(call), 'rid');
  const time = RID_PATTERN.exec(rid)?.[1];
  if (time === undefined) fail(76002);
  const invokedAt = Number.parseInt(time, 16);
  if (call.now - invokedAt > RID_LIFE || invokedAt > call.now) fail(76004);
  const entry = call.world.journal.rid(rid) ?? fail(76001);
  if (entry.appid !== call.caller.appid) fail(76003);
  const request = {
    invoke_time: entry.invokeTime,
    cost_in_ms: entry.costMs,
    request_url: entry.requestUrl,
    request_body: entry.requestBody,
    response_body: entry.responseBody,
    client_ip: entry.clientIp,
  };
  return { ...OK, request };
}
