import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { AppError, type AppErrorData } from '#shared/app-error';
import { fetchStableToken } from './api/tokens';
import { errorOf, WeChatError } from './errors';
import {
  badResponse,
  httpRequest,
  NetworkError,
  type HttpDispatcher,
  type HttpRequestInput,
  type HttpResponse,
  type Route,
} from './http';
import { parseJson } from './lossless';
import { encodeMultipart, type UploadFile } from './multipart';
import { apiUrl, parseOrigin, type Query } from './origin';
import { createTokenSource, type AccessToken, type TokenReplacement } from './token';

/** README §3: API calls 10–15 s, uploads 60 s. */
const CALL_TIMEOUT_MS = 12_000;
const TRANSFER_TIMEOUT_MS = 60_000;
/** Above the largest media (10 MB) with its headers. */
const MAX_DOWNLOAD_BYTES = 24 * 1024 * 1024;

/** The authorization behind a leased token has ended or was renewed: cancelled 61003, login password changed 42007. */
const AUTHORIZATION_ERRCODES: ReadonlySet<number> = new Set([61003, 42007]);

export type ApiPath = `/${string}`;

export interface UploadOptions {
  /** Plain fields before the file. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Bytes of the whole body that have been handed to the connection. */
  readonly onSent?: (bytes: number) => void;
}

/** Where access tokens come from. */
export type Credential =
  /** Reads the AppSecret when a token is needed; it is not kept. */
  | { readonly secret: () => Promise<string> }
  /**
   * Asks whoever holds the account's authorization (auth-component) for a token. `refused`: one that WeChat called dead
   * before its time; another comes instead.
   */
  | {
      readonly lease: (refused: string | null) => Promise<AccessToken>;
      /** WeChat calls the account not authorized (61003) also with the token that came instead. */
      readonly onNotAuthorized?: () => void;
    };

export type WeChatClientOptions = ClientOptions & Credential;

interface ClientOptions {
  readonly appid: string;
  /** `WECHAT_ORIGIN`, or another host of the same API. */
  readonly origin: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told the `Date` of each answer and this machine's time at that moment, so that a wrong clock can be corrected. */
  readonly onServerDate?: (serverUnixSeconds: UnixSeconds, localUnixSeconds: UnixSeconds) => void;
  /** Told of every call that failed, and of a dead token also when the call went through with another one. */
  readonly onFailure?: ((error: AppErrorData) => void) | undefined;
  /** Told when another system ended the account's token. */
  readonly onTokenReplaced?: ((replacement: TokenReplacement) => void) | undefined;
  /** How connections are made; directly when absent. */
  readonly fetchVia?: HttpDispatcher | Route;
  /** How token requests are made, which WeChat answers to whitelisted addresses only; as `fetchVia` when absent. */
  readonly fetchTokenVia?: HttpDispatcher | Route;
  /** Replaces the timeouts of ordinary calls and of transfers, milliseconds. */
  readonly timeouts?: { readonly callMs: number; readonly transferMs: number };
}

export type Download =
  | {
      readonly kind: 'binary';
      readonly contentType: string;
      readonly filename: string | null;
      readonly bytes: Buffer;
    }
  | { readonly kind: 'json'; readonly json: unknown };

/**
 * Calls WeChat's API in the name of one account. Every method fails with `WeChatError` when WeChat refuses and with
 * `NetworkError` when there is no usable answer. A dead access token is replaced and the call repeated once.
 */
export interface WeChatClient {
  readonly appid: string;
  get<T>(path: ApiPath, query?: Query): Promise<T>;
  /** Sends plain JSON in UTF-8; only callbacks and passive replies are ever encrypted. */
  post<T>(path: ApiPath, body: object, query?: Query): Promise<T>;
  /** Sends one file as the multipart field `media`, with plain fields before it. */
  upload<T>(path: ApiPath, query: Query, file: UploadFile, options?: UploadOptions): Promise<T>;
  download(path: ApiPath, query: Query): Promise<Download>;
  /** Forces nothing; makes sure that AppID, secret and address are accepted. */
  ensureToken(): Promise<void>;
  /** Asks WeChat for the token now, also while one is held: proves AppID, secret and address, and disturbs nobody. */
  checkToken(): Promise<{ readonly expiresIn: number }>;
}

/** @throws AppError `network/bad-origin` */
export function createWeChatClient(options: WeChatClientOptions): WeChatClient {
  const { appid, clock, logger, onServerDate } = options;
  const origin = parseOrigin(options.origin);
  const timeouts = options.timeouts ?? { callMs: CALL_TIMEOUT_MS, transferMs: TRANSFER_TIMEOUT_MS };

  const callRoute = routeOf(options.fetchVia);
  const tokenRoute = options.fetchTokenVia === undefined ? callRoute : routeOf(options.fetchTokenVia);

  const tokens = createTokenSource({
    clock,
    logger,
    onReplaced: 'lease' in options ? undefined : options.onTokenReplaced,
    fetchToken: async (refused) => {
      if ('lease' in options) return options.lease(refused);
      const secret = await options.secret();
      return fetchStableToken({ appid, secret }, (path, body) =>
        tokenRoute((dispatcher) =>
          exchange(
            path,
            { method: 'POST', ...json(body), timeoutMs: timeouts.callMs, ...by(dispatcher) },
            {},
            readAnswer,
          ),
        ),
      );
    },
  });

  /** One request and its answer, logged by path only: the query holds the token. */
  async function exchange<T>(
    path: ApiPath,
    request: Omit<HttpRequestInput, 'url'>,
    query: Query,
    read: (response: HttpResponse) => T,
  ): Promise<T> {
    const startedAt = performance.now();
    const fields = (): Record<string, unknown> => ({
      appid,
      path,
      ms: Math.round(performance.now() - startedAt),
    });
    try {
      const response = await httpRequest({ ...request, url: apiUrl(origin, path, query) });
      reportDate(response);
      const result = read(response);
      logger.debug('wechat-call', fields());
      return result;
    } catch (error) {
      if (error instanceof AppError) logger.warn('wechat-call-failed', { ...fields(), error: error.data });
      throw error;
    }
  }

  function reportDate(response: HttpResponse): void {
    const at = Date.parse(response.headers['date'] ?? '');
    if (onServerDate && !Number.isNaN(at)) onServerDate(at / 1000, clock.now());
  }

  async function call<T>(
    path: ApiPath,
    query: Query,
    request: Omit<HttpRequestInput, 'url'>,
    read: (response: HttpResponse) => T,
  ): Promise<T> {
    try {
      return await callWithToken(path, query, request, read);
    } catch (error) {
      reportFailure(error);
      throw error;
    }
  }

  function reportFailure(error: unknown): void {
    if (error instanceof AppError) options.onFailure?.(error.data);
  }

  async function callWithToken<T>(
    path: ApiPath,
    query: Query,
    request: Omit<HttpRequestInput, 'url'>,
    read: (response: HttpResponse) => T,
  ): Promise<T> {
    const token = await tokenForCall();
    const attempt = (accessToken: string): Promise<T> =>
      callRoute((dispatcher) =>
        exchange(path, { ...request, ...by(dispatcher) }, { access_token: accessToken, ...query }, read),
      );
    try {
      return await attempt(token);
    } catch (error) {
      if (!(error instanceof WeChatError) || !isCurable(error)) throw error;
      reportFailure(error);
      tokens.drop(token);
      try {
        return await attempt(await tokenForCall());
      } catch (again) {
        if ('lease' in options && again instanceof WeChatError && again.errcode === 61003)
          options.onNotAuthorized?.();
        throw again;
      }
    }
  }

  /** A lease also tells whether the authorization stands: what was cancelled cannot be leased. */
  function isCurable(error: WeChatError): boolean {
    return error.isTokenError || ('lease' in options && AUTHORIZATION_ERRCODES.has(error.errcode));
  }

  /** The call itself has not left when its token cannot be had, whatever became of the token request. */
  async function tokenForCall(): Promise<string> {
    try {
      return await tokens.get();
    } catch (error) {
      if (error instanceof NetworkError) throw new NetworkError(error.data, 'not-sent');
      throw error;
    }
  }

  return {
    appid,
    get: <T>(path: ApiPath, query: Query = {}) =>
      call(path, query, { method: 'GET', timeoutMs: timeouts.callMs }, readAnswer) as Promise<T>,
    post: <T>(path: ApiPath, body: object, query: Query = {}) =>
      call(
        path,
        query,
        { method: 'POST', ...json(body), timeoutMs: timeouts.callMs },
        readAnswer,
      ) as Promise<T>,
    upload: <T>(
      path: ApiPath,
      query: Query,
      file: UploadFile,
      { fields = {}, onSent }: UploadOptions = {},
    ) => {
      const { contentType, body } = encodeMultipart('media', file, fields);
      const headers = { 'content-type': contentType };
      return call(
        path,
        query,
        {
          ...{ method: 'POST' as const, headers, body, timeoutMs: timeouts.transferMs },
          ...(onSent ? { onSent } : {}),
        },
        readAnswer,
      ) as Promise<T>;
    },
    download: (path, query) =>
      call(
        path,
        query,
        { method: 'GET', timeoutMs: timeouts.transferMs, maxBytes: MAX_DOWNLOAD_BYTES },
        readDownload,
      ),
    ensureToken: async () => {
      try {
        await tokens.get();
      } catch (error) {
        reportFailure(error);
        throw error;
      }
    },
    checkToken: () => tokens.ask(),
  };
}

function routeOf(way: HttpDispatcher | Route | undefined): Route {
  return typeof way === 'function' ? way : (request) => request(way);
}

function by(dispatcher: HttpDispatcher | undefined): { readonly dispatcher?: HttpDispatcher } {
  return dispatcher === undefined ? {} : { dispatcher };
}

/** `JSON.stringify` leaves Chinese as it is; WeChat shows or refuses `\uXXXX` (40033). */
function json(body: object): { readonly headers: Record<string, string>; readonly body: string } {
  return { headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

/** WeChat answers business errors with status 200 too, so another status comes from something in between. */
function readAnswer(response: HttpResponse): object {
  if (response.status !== 200) throw badResponse(response.status);
  let answer: unknown;
  try {
    answer = parseJson(response.body.toString('utf8'));
  } catch {
    throw badResponse(response.status);
  }
  const refusal = errorOf(answer);
  if (refusal) throw refusal;
  if (typeof answer !== 'object' || answer === null) throw badResponse(response.status);
  return answer;
}

/** Files and errors share status 200; the content type tells them apart. */
function readDownload(response: HttpResponse): Download {
  const contentType = (response.headers['content-type'] ?? 'application/octet-stream').split(';')[0] ?? '';
  if (response.status !== 200 || /^(application\/json|text\/plain)$/i.test(contentType.trim()))
    return { kind: 'json', json: readAnswer(response) };
  const filename = /filename="?([^";]+)"?/i.exec(response.headers['content-disposition'] ?? '')?.[1] ?? null;
  return { kind: 'binary', contentType: contentType.trim().toLowerCase(), filename, bytes: response.body };
}
