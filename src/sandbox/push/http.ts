import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export type HttpOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly ms: number }
  /** No full answer in time, or no connection. */
  | { readonly kind: 'failed'; readonly reason: 'timeout' | 'connection'; readonly ms: number };

/** WeChat reads no more of an answer than this. */
const MAX_ANSWER = 1024 * 1024;

/** One request to an account's server; the deadline counts for the full response. Never rejects. */
export function callServer(
  url: URL,
  options: {
    readonly method: 'GET' | 'POST';
    readonly body?: string;
    readonly deadlineMs: number;
    readonly signal?: AbortSignal;
  },
): Promise<HttpOutcome> {
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  const body = options.body === undefined ? null : Buffer.from(options.body);
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, {
      method: options.method,
      // A connection of its own per push, as a dropped one must not spoil the next.
      agent: false,
      headers: {
        'user-agent': 'Mozilla/4.0',
        accept: '*/*',
        ...(body === null ? {} : { 'content-type': 'text/xml', 'content-length': body.length }),
      },
    });
    const finish = (outcome: HttpOutcome): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      resolve(outcome);
      request.destroy();
    };
    const abort = (): void => finish({ kind: 'failed', reason: 'connection', ms: elapsed() });
    const timer = setTimeout(
      () => finish({ kind: 'failed', reason: 'timeout', ms: elapsed() }),
      options.deadlineMs,
    );
    options.signal?.addEventListener('abort', abort, { once: true });
    request.on('error', abort);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_ANSWER) abort();
        else chunks.push(chunk);
      });
      response.on('error', abort);
      response.on('aborted', abort);
      response.on('end', () =>
        finish({
          kind: 'answer',
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          ms: elapsed(),
        }),
      );
    });
    request.end(body ?? undefined);
  });
}
