import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Bytes of an answer that are looked at. */
const MAX_BYTES = 64 * 1024;

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The Date header in unix seconds; null without one. */
  readonly date: number | null;
  readonly ms: number;
}

/** An answer, or why there was none: the code of the system's error, or `timeout`. */
export type Outcome = { readonly answer: Answer } | { readonly reason: string };

/**
 * One request on a connection of its own, as WeChat makes it; redirects are not followed. Certificates are the business of
 * a check of their own, so that one fault does not hide the next: nothing is sent here that is secret for longer than the
 * check lasts.
 */
export function ask(
  url: string,
  {
    method = 'GET',
    body = '',
    headers = {},
    timeoutMs,
  }: {
    readonly method?: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly timeoutMs: number;
  },
): Promise<Outcome> {
  return new Promise((resolve) => {
    const began = performance.now();
    const isTls = new URL(url).protocol === 'https:';
    const options = {
      method,
      agent: false,
      headers: {
        ...headers,
        ...(body === '' ? {} : { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) }),
      },
    };
    const sent = isTls
      ? httpsRequest(url, { ...options, rejectUnauthorized: false })
      : httpRequest(url, options);
    const timer = setTimeout(() => sent.destroy(Object.assign(new Error(), { code: 'timeout' })), timeoutMs);
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        if (text.length < MAX_BYTES) text += chunk;
      });
      response.on('error', (error) => {
        end({ reason: reasonOf(error) });
      });
      response.on('end', () => {
        const date = Date.parse(response.headers.date ?? '');
        end({
          answer: {
            status: response.statusCode ?? 0,
            body: text,
            date: Number.isNaN(date) ? null : date / 1000,
            ms: performance.now() - began,
          },
        });
      });
    });
    sent.on('error', (error) => {
      end({ reason: reasonOf(error) });
    });
    sent.end(body);
  });
}

/** The code of a network error, never its message: messages quote addresses with their query. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'error';
}
