import { Readable } from 'node:stream';
import type { Dispatcher, Pool } from 'undici';
import { AppError, type AppErrorData } from '#shared/app-error';
import { parseJson } from './lossless';
import { isLoopback } from './origin';

/** How connections are made: directly, or through a tunnel. */
export type HttpDispatcher = Dispatcher;

/**
 * Makes one request on whichever way it must go; `via` absent is the direct one. May make it again on another way only when
 * it failed before it was sent.
 */
export type Route = <T>(request: (via?: HttpDispatcher) => Promise<T>) => Promise<T>;

/** Largest answer that is read unless the caller says otherwise, bytes. */
export const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

/**
 * `not-sent`: no byte of the request left this machine, so it can be repeated.
 * `unknown`: it left, and whether the other side acted on it is not known; what must not happen twice must not be repeated.
 */
export type RequestOutcome = 'not-sent' | 'unknown';

/**
 * A request that got no usable answer. Codes: `network/unreachable`, `network/timeout`, `network/tls`,
 * `network/interrupted`, `network/cancelled`, `network/response-too-large`, `network/bad-response`.
 * Carries neither address nor headers, which may hold secrets.
 */
export class NetworkError extends AppError {
  readonly outcome: RequestOutcome;

  constructor(data: AppErrorData, outcome: RequestOutcome, options?: { cause?: unknown }) {
    super(data, options);
    this.name = 'NetworkError';
    this.outcome = outcome;
  }
}

/** Whether the failed request may nevertheless have been carried out. */
export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof NetworkError && error.outcome === 'unknown';
}

export interface HttpRequestInput {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Told with the bytes of the body handed to the connection so far; begins again when the request is repeated. */
  readonly onSent?: (bytes: number) => void;
  /** For the whole exchange, from connecting to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly dispatcher?: HttpDispatcher;
  /** Bytes of the answer's body; `DEFAULT_MAX_BYTES` when absent. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

let direct: Promise<HttpDispatcher> | null = null;

/** Loaded with the first request: the library takes longer to load than the rest of an app's start in main. */
function directly(): Promise<HttpDispatcher> {
  // One total timeout rules each exchange; a connection attempt of its own gives up first, so the reason stays known.
  direct ??= import('undici').then(
    ({ Agent }) => new Agent({ connect: { timeout: 10_000 }, headersTimeout: 0, bodyTimeout: 0 }),
  );
  return direct;
}

export interface TunnelInput {
  /** Origin of an HTTP CONNECT proxy. */
  readonly proxyUrl: string;
  /** The proxy's bearer. */
  readonly deviceToken: string;
  /** PEM of authorities to trust instead of the usual ones, of the proxy and of the hosts behind it. */
  readonly authorities?: { readonly proxy?: string; readonly behind?: string };
  /** Milliseconds for the proxy's answer; 10 seconds when absent. */
  readonly answerMs?: number;
}

/** Requests at once on one tunnel, each on a connection of its own; more wait. Relays allow a computer eight. */
const TUNNEL_CONNECTIONS = 6;
/** A relay that takes the connection but says nothing is as good as away. */
const TUNNEL_TIMEOUT_MS = 10_000;

/**
 * Connections through a relay's CONNECT proxy; TLS is between this process and the host behind it. Requests on it also fail
 * with `tunnel/unreachable` and `tunnel/busy` (NetworkError, not sent), `tunnel/unauthorized` and `tunnel/refused`.
 * Closing it is the caller's.
 * @throws AppError tunnel/bad-address unless it is https or on this computer: the device token travels with each request
 */
export async function createTunnelDispatcher(input: TunnelInput): Promise<HttpDispatcher> {
  const proxy = tunnelOrigin(input.proxyUrl);
  const { Pool, ProxyAgent } = await import('undici');

  class TunnelPool extends Pool {
    override connect(options: Parameters<Pool['connect']>[0]): Promise<Dispatcher.ConnectData>;
    override connect(...args: Parameters<Pool['connect']>): void;
    override async connect(options: Parameters<Pool['connect']>[0]): Promise<Dispatcher.ConnectData> {
      const answer = await super.connect(options).catch((cause: unknown) => {
        throw notTunnelled('tunnel/unreachable', classify(cause, false), cause);
      });
      if (answer.statusCode === 200) return answer;
      answer.socket.on('error', () => undefined).destroy();
      throw tunnelRefusal(answer.statusCode);
    }
  }

  const { authorities = {}, answerMs = TUNNEL_TIMEOUT_MS } = input;
  return new ProxyAgent({
    uri: proxy,
    token: `Bearer ${input.deviceToken}`,
    clientFactory: (origin, options) => new TunnelPool(origin, { ...options, headersTimeout: answerMs }),
    ...(authorities.proxy === undefined ? {} : { proxyTls: { ca: authorities.proxy } }),
    ...(authorities.behind === undefined ? {} : { requestTls: { ca: authorities.behind } }),

    connections: TUNNEL_CONNECTIONS,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function tunnelOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url === null || !secure || url.username !== '' || url.password !== '')
    throw new AppError({ code: 'tunnel/bad-address' });
  return url.origin;
}

function tunnelRefusal(status: number): AppError {
  if (status === 407 || status === 401)
    return new AppError({ code: 'tunnel/unauthorized', params: { status } });
  if (status === 403) return new AppError({ code: 'tunnel/refused', params: { status } });
  return notTunnelled(status === 429 ? 'tunnel/busy' : 'tunnel/unreachable', `http-${status}`);
}

function notTunnelled(code: string, reason: string, cause?: unknown): NetworkError {
  return new NetworkError({ code, retryable: true, params: { reason } }, 'not-sent', { cause });
}

/**
 * One HTTP exchange; redirects are not followed and any status is an answer.
 * @throws NetworkError, which says whether the request may have left; through a tunnel also AppError `tunnel/*`
 */
export async function httpRequest(input: HttpRequestInput): Promise<HttpResponse> {
  const url = new URL(input.url);
  const dispatcher = input.dispatcher ?? (await directly());
  const maxBytes = input.maxBytes ?? DEFAULT_MAX_BYTES;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let status = 0;
    let headers: Record<string, string> = {};
    let started = false;
    let settled = false;
    let controller: Dispatcher.DispatchController | null = null;

    const timer = setTimeout(() => fail('network/timeout', true), input.timeoutMs);
    const onAbort = (): void => fail('network/cancelled', false);

    function settle(): boolean {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      input.signal?.removeEventListener('abort', onAbort);
      return true;
    }

    function fail(code: string, retryable: boolean): void {
      if (!settle()) return;
      reject(new NetworkError({ code, retryable }, started ? 'unknown' : 'not-sent'));
      controller?.abort(new Error('given up'));
    }

    /** The tunnel says itself what became of the request. */
    function refuse(error: AppError): void {
      if (settle()) reject(error);
    }

    const handler: Dispatcher.DispatchHandler = {
      // Called on an open, secured connection right before the first byte is written.
      onRequestStart(current) {
        if (settled) {
          current.abort(new Error('given up'));
          return;
        }
        started = true;
        controller = current;
      },
      onResponseStart(_, statusCode, rawHeaders) {
        status = statusCode;
        headers = flatten(rawHeaders);
      },
      onResponseData(_, chunk) {
        size += chunk.length;
        if (size > maxBytes) fail('network/response-too-large', false);
        else chunks.push(chunk);
      },
      onResponseEnd() {
        if (settle()) resolve({ status, headers, body: Buffer.concat(chunks) });
      },
      onResponseError(_, error) {
        if (error instanceof AppError) refuse(error);
        else fail(classify(error, started), true);
      },
    };

    if (input.signal?.aborted) {
      onAbort();
      return;
    }
    input.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: input.method,
          ...payload(input),
        },
        handler,
      );
    } catch (error) {
      fail(classify(error, started), true);
    }
  });
}

/** Small enough that progress moves, large enough to cost nothing. */
const CHUNK_BYTES = 64 * 1024;

function payload({
  headers,
  body,
  onSent,
}: HttpRequestInput): Pick<Dispatcher.DispatchOptions, 'headers' | 'body'> {
  if (!Buffer.isBuffer(body) || !onSent) return { headers: { ...headers }, body: body ?? null };
  return {
    headers: { ...headers, 'content-length': String(body.byteLength) },
    body: Readable.from(inChunks(body, onSent), { objectMode: false, highWaterMark: CHUNK_BYTES }),
  };
}

function* inChunks(body: Buffer, onSent: (bytes: number) => void): Generator<Buffer> {
  for (let at = 0; at < body.byteLength; at += CHUNK_BYTES) {
    const end = Math.min(at + CHUNK_BYTES, body.byteLength);
    yield body.subarray(at, end);
    onSent(end);
  }
}

function flatten(raw: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|EPROTO$|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;
const TIMEOUT_CODES: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

function classify(error: unknown, started: boolean): string {
  const code = errorCode(error);
  if (TLS_CODE.test(code)) return 'network/tls';
  if (TIMEOUT_CODES.has(code)) return 'network/timeout';
  return started ? 'network/interrupted' : 'network/unreachable';
}

/** The code of an error, or of its cause, or of the first failed address when several were tried. */
function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return 'cause' in error ? errorCode(error.cause) : '';
}

export interface JsonRequestInput extends Omit<HttpRequestInput, 'body'> {
  /** Sent as UTF-8 JSON when present. */
  readonly json?: unknown;
}

export interface JsonResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body; null when a refusal (status 400 and above) came without JSON. Long integers are strings. */
  readonly json: unknown;
}

/**
 * One exchange of JSON. The caller judges the status.
 * @throws NetworkError, among them `network/bad-response` when a successful answer is not JSON
 */
export async function requestJson(input: JsonRequestInput): Promise<JsonResponse> {
  const { json, ...rest } = input;
  const withBody =
    json === undefined
      ? rest
      : {
          ...rest,
          headers: { 'content-type': 'application/json; charset=utf-8', ...rest.headers },
          body: JSON.stringify(json),
        };
  const { status, headers, body } = await httpRequest(withBody);
  try {
    return { status, headers, json: parseJson(body.toString('utf8')) };
  } catch {
    if (status >= 400) return { status, headers, json: null };
    throw badResponse(status);
  }
}

/** An answer arrived that does not come from the service that was asked, or is damaged: the request may have been heard. */
export function badResponse(status: number): NetworkError {
  return new NetworkError({ code: 'network/bad-response', params: { status }, retryable: true }, 'unknown');
}
