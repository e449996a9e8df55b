import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import type { ApiPath } from '../client';
import { errorOf } from '../errors';
import { badResponse, requestJson, type HttpDispatcher } from '../http';
import { apiUrl } from '../origin';

/** README §3: API calls 10–15 s. */
const CALL_TIMEOUT_MS = 12_000;

/**
 * How the calls of a third-party platform (第三方平台) are made. Unlike an account's client it holds no token: the caller
 * keeps ticket and tokens and gives them with each call. Every call fails with `WeChatError` when WeChat refuses and
 * with `NetworkError` when there is no usable answer. WeChat checks the client's address on all of them (61004).
 */
export interface ComponentCall {
  /** `WECHAT_ORIGIN`, or another host of the same API. */
  readonly origin: string;
  /** How connections are made; directly when absent. */
  readonly dispatcher?: HttpDispatcher;
  /** Milliseconds for a whole call. */
  readonly timeouts?: { readonly callMs: number };
  readonly logger: Logger;
}

/** One component as its own calls name it. */
export interface ComponentToken {
  readonly componentAppid: string;
  readonly componentAccessToken: string;
}

/** The members of an answer, or of an object inside it. */
export type Fields = Readonly<Record<string, unknown>>;

/** A call in the component's name: its token in the query, its AppID in the body. */
export function postAs(
  call: ComponentCall,
  component: ComponentToken,
  path: ApiPath,
  body: Fields,
): Promise<Fields> {
  return post(call, path, component.componentAccessToken, {
    component_appid: component.componentAppid,
    ...body,
  });
}

/** One call, logged by its path only: query and body hold tokens and secrets. */
export async function post(
  call: ComponentCall,
  path: ApiPath,
  token: string | null,
  body: Fields,
): Promise<Fields> {
  const startedAt = performance.now();
  const fields = (): Fields => ({ path, ms: Math.round(performance.now() - startedAt) });
  try {
    const response = await requestJson({
      method: 'POST',
      url: apiUrl(call.origin, path, token === null ? {} : { access_token: token }),
      json: body,
      timeoutMs: call.timeouts?.callMs ?? CALL_TIMEOUT_MS,
      ...(call.dispatcher ? { dispatcher: call.dispatcher } : {}),
    });
    if (response.status !== 200) throw badResponse(response.status);
    const refusal = errorOf(response.json);
    if (refusal) throw refusal;
    const answer = asObject(response.json);
    call.logger.debug('component-call', fields());
    return answer;
  } catch (error) {
    if (error instanceof AppError)
      call.logger.warn('component-call-failed', { ...fields(), error: error.data });
    throw error;
  }
}

function asObject(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badResponse(200);
  return value as Fields;
}

/**
 * A member of an answer that WeChat always sends, as these readers give it.
 * @throws NetworkError `network/bad-response` when it is missing: the answer does not come from WeChat
 */
export function objectOf(fields: Fields, name: string): Fields {
  return asObject(fields[name]);
}

/** A text that is not empty; see `objectOf`. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw badResponse(200);
  return value;
}

/** A number, which WeChat writes as text now and then; see `objectOf`. */
export function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw badResponse(200);
  return number;
}

/** A list of objects; empty when WeChat leaves it out. */
export function listOf(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.map(asObject) : [];
}
