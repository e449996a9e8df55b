import type { Clock, UnixSeconds } from '#shared/domain/clock';
import { badResponse, httpRequest, type HttpRequestInput } from './http';
import { apiUrl, parseOrigin } from './origin';

export interface ServerTime {
  /** The server's clock minus this machine's, seconds; the `Date` header counts whole ones. */
  readonly offset: number;
  /** How long the answer took, milliseconds. */
  readonly ms: number;
}

/**
 * Reads the clock of any HTTP server off its `Date` header; what it answers otherwise does not matter.
 * @throws NetworkError, also `network/bad-response` when the answer has no date
 */
export async function readServerTime(
  url: URL,
  machine: Clock,
  options: Pick<HttpRequestInput, 'timeoutMs' | 'signal'>,
): Promise<ServerTime> {
  const sentAt = machine.now();
  const began = performance.now();
  const { status, headers } = await httpRequest({ ...options, method: 'GET', url });
  const ms = performance.now() - began;
  // The header is cut to whole seconds: half of one is what it hides on average.
  const at: UnixSeconds = Date.parse(headers['date'] ?? '') / 1000 + 0.5;
  if (Number.isNaN(at)) throw badResponse(status);
  return { offset: at - (sentAt + ms / 2000), ms: Math.round(ms) };
}

/** A path of WeChat's API that anybody may ask: without a token it answers 41001 and does nothing. */
export function wechatTimeUrl(origin: string): URL {
  return apiUrl(parseOrigin(origin), '/cgi-bin/getcallbackip', {});
}
