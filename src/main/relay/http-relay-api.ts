import { isIP } from 'node:net';
import { AppError } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import { pulledPage } from '#shared/relay/feed-page';
import {
  accountResponse,
  accountsResponse,
  authorizationView,
  componentResponse,
  devicesResponse,
  egressResponse,
  errorResponse,
  invitationResponse,
  leaseResponse,
  pairResponse,
  profileResponse,
} from '#shared/relay/protocol';
import { replyRuleSet } from '#shared/relay/reply-rules';
import type { JsonRequestInput } from '#wechat/http';
import { httpRequest, NetworkError } from '#wechat/http';
import type { RelayApi, RelayLink } from './port';

/** For requests that a relay answers at once. */
const CALL_TIMEOUT_MS = 10_000;
/** For requests that the relay answers after it has asked WeChat. */
const WECHAT_TIMEOUT_MS = 30_000;
/** How much longer than asked a long poll may take before the connection counts as dead. */
const POLL_GRACE_MS = 10_000;
/** A feed answer: 500 callbacks of WeChat, each a few kilobytes. */
const MAX_FEED_BYTES = 64 * 1024 * 1024;

export interface HttpRelayApiDeps {
  readonly machine: Clock;
  /** Told the `Date` of each answer and this machine's time at that moment. */
  readonly onServerDate: (serverTime: UnixSeconds, machineTime: UnixSeconds) => void;
}

type Request = Pick<JsonRequestInput, 'method' | 'json' | 'signal' | 'maxBytes'> & {
  readonly path: string;
  readonly timeoutMs?: number;
  readonly deviceToken?: string;
};

interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

/** An answer without a body. */
const noContent: Schema<null> = {
  safeParse: (value) => (value === null ? { success: true, data: null } : { success: false }),
};

/**
 * The relay over HTTP and JSON. Besides what the relay itself answers (`relay/wrong-code`, `relay/unauthorized`,
 * `relay/account-taken` …) it throws `relay/bad-address` before anything is sent, `relay/unreachable` when there is no
 * answer, and `relay/protocol` when the answer is not a relay's.
 */
export function createHttpRelayApi(deps: HttpRelayApiDeps): RelayApi {
  async function ask<T>(origin: string, request: Request, schema: Schema<T>): Promise<T> {
    const { path, deviceToken, json, timeoutMs = CALL_TIMEOUT_MS, ...rest } = request;
    const url = relayUrl(origin, path);
    try {
      const { status, headers, body } = await httpRequest({
        ...rest,
        url,
        timeoutMs,
        headers: {
          ...(json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
          ...(deviceToken === undefined ? {} : { authorization: `Bearer ${deviceToken}` }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      noteDate(headers['date']);
      const answer = body.length === 0 ? null : parsed(body);
      if (status >= 400) throw refusal(status, answer);
      const checked = schema.safeParse(answer);
      if (status >= 300 || !checked.success)
        throw new AppError({ code: 'relay/protocol', params: { status } });
      return checked.data;
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      throw error instanceof NetworkError ? fromNetwork(error) : error;
    }
  }

  function noteDate(date: string | undefined): void {
    const serverTime = date === undefined ? NaN : Date.parse(date) / 1000;
    if (!Number.isNaN(serverTime)) deps.onServerDate(serverTime, deps.machine.now());
  }

  return {
    pair: (url, code, name) =>
      ask(url, { method: 'POST', path: '/v1/pair', json: { code, name } }, pairResponse),
    registerAccount: (link, appid, request) =>
      ask(link.url, { method: 'PUT', path: accountPath(appid), json: request, ...by(link) }, accountResponse),
    async removeAccount(link, appid) {
      const removal = ask(link.url, { method: 'DELETE', path: accountPath(appid), ...by(link) }, noContent);
      // Removing what is not there is what was asked for.
      await unlessMissing('relay/unknown-account', removal);
    },
    async accounts(link) {
      return (await ask(link.url, { method: 'GET', path: '/v1/accounts', ...by(link) }, accountsResponse))
        .accounts;
    },
    getRules: (link, appid) =>
      unlessMissing(
        'relay/not-found',
        ask(link.url, { method: 'GET', path: rulesPath(appid), ...by(link) }, replyRuleSet),
      ),
    async putRules(link, appid, rules) {
      await ask(link.url, { method: 'PUT', path: rulesPath(appid), json: rules, ...by(link) }, noContent);
    },
    async removeRules(link, appid) {
      await ask(link.url, { method: 'DELETE', path: rulesPath(appid), ...by(link) }, noContent);
    },
    async devices(link) {
      return (await ask(link.url, { method: 'GET', path: '/v1/devices', ...by(link) }, devicesResponse))
        .devices;
    },
    async revokeDevice(link, id) {
      const path = `/v1/devices/${encodeURIComponent(id)}`;
      await ask(link.url, { method: 'DELETE', path, ...by(link) }, noContent);
    },
    invite: (link) =>
      ask(link.url, { method: 'POST', path: '/v1/invitations', ...by(link) }, invitationResponse),
    feed(link, after, waitSeconds, limit, signal) {
      const query = new URLSearchParams({
        after: String(after),
        acked: String(after),
        wait: String(waitSeconds),
        limit: String(limit),
      });
      const timeoutMs = waitSeconds * 1000 + POLL_GRACE_MS;
      return ask(
        link.url,
        {
          method: 'GET',
          path: `/v1/feed?${query.toString()}`,
          signal,
          timeoutMs,
          maxBytes: MAX_FEED_BYTES,
          ...by(link),
        },
        pulledPage,
      );
    },
    egress: (link) => ask(link.url, { method: 'GET', path: '/v1/egress', ...by(link) }, egressResponse),
    component: (link) =>
      ask(link.url, { method: 'GET', path: '/v1/component', ...by(link) }, componentResponse),
    beginAuthorization: (link, request) =>
      ask(
        link.url,
        { method: 'POST', path: '/v1/authorizations', json: request, ...by(link) },
        authorizationView,
      ),
    authorization(link, id, known, waitSeconds, signal) {
      const query = new URLSearchParams({ wait: String(waitSeconds), known });
      const path = `${authorizationPath(id)}?${query.toString()}`;
      const timeoutMs = waitSeconds * 1000 + POLL_GRACE_MS;
      return ask(link.url, { method: 'GET', path, signal, timeoutMs, ...by(link) }, authorizationView);
    },
    async cancelAuthorization(link, id) {
      const cancelling = ask(
        link.url,
        { method: 'DELETE', path: authorizationPath(id), ...by(link) },
        noContent,
      );
      await unlessMissing('relay/unknown-authorization', cancelling);
    },
    lease: (link, appid, refused) =>
      ask(
        link.url,
        {
          method: 'POST',
          path: `${accountPath(appid)}/lease`,
          json: refused === null ? {} : { refused },
          timeoutMs: WECHAT_TIMEOUT_MS,
          ...by(link),
        },
        leaseResponse,
      ),
    profile: (link, appid) =>
      ask(
        link.url,
        {
          method: 'GET',
          path: `${accountPath(appid)}/profile`,
          timeoutMs: WECHAT_TIMEOUT_MS,
          ...by(link),
        },
        profileResponse,
      ),
  };
}

/** null when the relay says with `code` that there is nothing. */
async function unlessMissing<T>(code: string, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && error.code === code) return null;
    throw error;
  }
}

/** The JSON of an answer; undefined, which no schema accepts, when it is something else. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function by(link: RelayLink): { readonly deviceToken: string } {
  return { deviceToken: link.deviceToken };
}

function accountPath(appid: string): string {
  return `/v1/accounts/${encodeURIComponent(appid)}`;
}

function authorizationPath(id: string): string {
  return `/v1/authorizations/${encodeURIComponent(id)}`;
}

function rulesPath(appid: string): string {
  return `${accountPath(appid)}/rules`;
}

/**
 * The address of one request to a relay. Plain http is for this computer only: the device token travels with it.
 * @throws AppError relay/bad-address
 */
export function relayUrl(origin: string, path: string): URL {
  let base: URL;
  try {
    base = new URL(origin);
  } catch (cause) {
    throw new AppError({ code: 'relay/bad-address' }, { cause });
  }
  const secure = base.protocol === 'https:' || (base.protocol === 'http:' && isLoopback(base.hostname));
  const bare = base.username === '' && base.password === '' && base.search === '' && base.hash === '';
  if (!secure || !bare) throw new AppError({ code: 'relay/bad-address' });
  // A relay may live under a path of a shared host.
  return new URL(base.pathname.replace(/\/+$/, '') + path, base.origin);
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Refusals keep the relay's own code, so that the catalogue can explain them; its message is for operators only. */
function refusal(status: number, json: unknown): AppError {
  const parsed = errorResponse.safeParse(json);
  const code =
    parsed.success && /^relay\/[a-z-]{1,40}$/.test(parsed.data.error.code) && parsed.data.error.code;
  const retryable = status === 429 || status >= 500;
  if (code) return new AppError({ code, retryable, params: { status } });
  if (status === 401) return new AppError({ code: 'relay/unauthorized' });
  // A gateway in front of a relay that is down answers 502, 503 or 504 by itself.
  if (status >= 500) return new AppError({ code: 'relay/unreachable', retryable, params: { status } });
  return new AppError({ code: 'relay/protocol', params: { status } });
}

function fromNetwork(error: NetworkError): AppError {
  switch (error.code) {
    case 'network/bad-response':
    case 'network/response-too-large':
      return new AppError({ code: 'relay/protocol' }, { cause: error });
    case 'network/tls':
      return error;
    default:
      return new AppError(
        { code: 'relay/unreachable', retryable: true, params: { reason: error.code } },
        { cause: error },
      );
  }
}
