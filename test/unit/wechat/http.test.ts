import { createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import { Agent, buildConnector } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  httpRequest,
  isOutcomeUnknown,
  NetworkError,
  requestJson,
  type HttpRequestInput,
} from '../../../src/wechat/http';
import { startScriptedServer, type ScriptedServer } from './helpers/scripted-server';
import { failureOf } from './helpers/failure-of';
import { TEST_CERTIFICATE, TEST_KEY } from './helpers/certificate';

const SECRET_QUERY = 'access_token=78_very-secret-token-value-0123456789';

let server: ScriptedServer;
const opened: Server[] = [];

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  await server.close();
  for (const other of opened.splice(0)) other.close();
});

async function listen(other: Server): Promise<number> {
  opened.push(other);
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  return (other.address() as AddressInfo).port;
}

/** A port of this machine on which nobody listens. */
async function closedPort(): Promise<number> {
  const other = createServer();
  const port = await listen(other);
  await new Promise((resolve) => other.close(resolve));
  return port;
}

const get = (url: string, more: Partial<HttpRequestInput> = {}) =>
  httpRequest({ method: 'GET', url, timeoutMs: 5000, ...more });

describe('one HTTP exchange', () => {
  it('gives status, headers in lower case and the bytes', async () => {
    server.on('/a', { raw: Buffer.from([0, 255, 10]), headers: { 'X-Test': 'Yes' }, status: 404 });
    const response = await get(`${server.origin}/a?b=1`);
    expect(response.status).toBe(404);
    expect(response.headers['x-test']).toBe('Yes');
    expect([...response.body]).toEqual([0, 255, 10]);
    expect(server.seen[0]?.query.get('b')).toBe('1');
  });

  it('does not follow redirects, which could carry a token to another host', async () => {
    server.on('/a', { raw: '', status: 302, headers: { location: `${server.origin}/b` } });
    expect((await get(`${server.origin}/a`)).status).toBe(302);
    expect(server.to('/b')).toHaveLength(0);
  });

  it('says that nothing was sent when nobody listens', async () => {
    const error = await failureOf(
      get(`http://127.0.0.1:${await closedPort()}/?${SECRET_QUERY}`),
      NetworkError,
    );
    expect(error.code).toBe('network/unreachable');
    expect(error.outcome).toBe('not-sent');
    expect(isOutcomeUnknown(error)).toBe(false);
  });

  it('says that nothing was sent when the host has no address', async () => {
    const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const dispatcher = new Agent({ connect: { lookup: (_host, _options, done) => done(notFound, '') } });
    const error = await failureOf(get('http://no-such-host.invalid/', { dispatcher }), NetworkError);
    expect(error.code).toBe('network/unreachable');
    expect(error.outcome).toBe('not-sent');
  });

  it('marks the outcome unknown when the answer does not come in time', async () => {
    server.on('/send', 'silence');
    const error = await failureOf(
      httpRequest({ method: 'POST', url: `${server.origin}/send`, body: '{}', timeoutMs: 200 }),
      NetworkError,
    );
    expect(server.to('/send')).toHaveLength(1);
    expect(error.code).toBe('network/timeout');
    expect(isOutcomeUnknown(error)).toBe(true);
  });

  it('marks the outcome unknown when the connection breaks before the answer', async () => {
    server.on('/send', 'drop');
    const error = await failureOf(
      httpRequest({ method: 'POST', url: `${server.origin}/send`, body: '{}', timeoutMs: 5000 }),
      NetworkError,
    );
    expect(error.code).toBe('network/interrupted');
    expect(isOutcomeUnknown(error)).toBe(true);
    expect(server.to('/send')).toHaveLength(1);
  });

  it('marks the outcome unknown when the answer breaks off', async () => {
    const port = await listen(
      createServer((socket) => {
        socket.once('data', () => {
          socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"errc');
        });
      }),
    );
    const error = await failureOf(get(`http://127.0.0.1:${port}/`), NetworkError);
    expect(error.code).toBe('network/interrupted');
    expect(isOutcomeUnknown(error)).toBe(true);
  });

  it('tells a certificate that is not trusted from an unreachable host, before anything is sent', async () => {
    let requests = 0;
    const port = await listen(
      createHttpsServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }, (_, response) => {
        requests++;
        response.end();
      }),
    );
    const error = await failureOf(get(`https://127.0.0.1:${port}/?${SECRET_QUERY}`), NetworkError);
    expect(error.code).toBe('network/tls');
    expect(error.outcome).toBe('not-sent');
    expect(requests).toBe(0);
  });

  it('takes a server without TLS for a TLS problem', async () => {
    const error = await failureOf(get(server.origin.replace('http:', 'https:')), NetworkError);
    expect(error.code).toBe('network/tls');
    expect(error.outcome).toBe('not-sent');
  });

  it('never sends once it has given up, even when the connection opens later', async () => {
    server.on('/first', { raw: '' });
    server.on('/second', { raw: '' });
    const connector = buildConnector({});
    let open: () => void = () => undefined;
    const slow = new Agent({
      connect: (options, callback) => {
        open = () => connector(options, callback);
      },
    });
    const error = await failureOf(
      httpRequest({ method: 'POST', url: `${server.origin}/first`, timeoutMs: 50, dispatcher: slow }),
      NetworkError,
    );
    expect(error.code).toBe('network/timeout');
    expect(error.outcome).toBe('not-sent');
    const second = httpRequest({
      method: 'POST',
      url: `${server.origin}/second`,
      timeoutMs: 5000,
      dispatcher: slow,
    });
    open();
    await second;
    expect(server.seen.map((request) => request.path)).toEqual(['/second']);
  });

  it('sends nothing when it was cancelled beforehand', async () => {
    const error = await failureOf(get(`${server.origin}/a`, { signal: AbortSignal.abort() }), NetworkError);
    expect(error.code).toBe('network/cancelled');
    expect(error.outcome).toBe('not-sent');
    expect(server.seen).toHaveLength(0);
  });

  it('can be cancelled while it waits for the answer', async () => {
    const stop = new AbortController();
    server.on('/feed', () => {
      stop.abort();
      return 'silence';
    });
    const error = await failureOf(get(`${server.origin}/feed`, { signal: stop.signal }), NetworkError);
    expect(error.code).toBe('network/cancelled');
    expect(error.outcome).toBe('unknown');
  });

  it('stops reading an answer that is larger than allowed', async () => {
    server.on('/a', { raw: 'x'.repeat(2000) });
    const error = await failureOf(get(`${server.origin}/a`, { maxBytes: 1000 }), NetworkError);
    expect(error.code).toBe('network/response-too-large');
    expect((await get(`${server.origin}/a`, { maxBytes: 2000 })).body).toHaveLength(2000);
  });

  it('keeps address, token and body out of every error', async () => {
    server.on('/send', 'drop');
    const url = `${server.origin}/send?${SECRET_QUERY}`;
    const error = await failureOf(
      httpRequest({ method: 'POST', url, body: '{"secret":"s3cr3t"}', timeoutMs: 5000 }),
      NetworkError,
    );
    const shown = `${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}`;
    expect(shown).not.toMatch(/very-secret|s3cr3t|127\.0\.0\.1:\d+\/send/);
  });
});

describe('one exchange of JSON', () => {
  it('sends UTF-8 JSON and parses the answer', async () => {
    server.on('/a', { json: { ok: '好' } });
    const response = await requestJson({
      method: 'PUT',
      url: `${server.origin}/a`,
      json: { text: '你好' },
      headers: { authorization: 'Bearer x' },
      timeoutMs: 5000,
    });
    expect(response).toMatchObject({ status: 200, json: { ok: '好' } });
    expect(server.seen[0]?.body.toString()).toBe('{"text":"你好"}');
    expect(server.seen[0]?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      authorization: 'Bearer x',
    });
  });

  it('sends no body when there is none', async () => {
    server.on('/a', { json: {} });
    await requestJson({ method: 'GET', url: `${server.origin}/a`, timeoutMs: 5000 });
    expect(server.seen[0]?.body).toHaveLength(0);
    expect(server.seen[0]?.headers['content-type']).toBeUndefined();
  });

  it('gives the status of a refusal without JSON', async () => {
    server.on('/a', { raw: '<html>', status: 502 });
    expect(await requestJson({ method: 'GET', url: `${server.origin}/a`, timeoutMs: 5000 })).toMatchObject({
      status: 502,
      json: null,
    });
  });

  it('refuses a success that is not JSON', async () => {
    server.on('/a', { raw: '<html>log in to the hotel network</html>' });
    const error = await failureOf(
      requestJson({ method: 'GET', url: `${server.origin}/a`, timeoutMs: 5000 }),
      NetworkError,
    );
    expect(error.code).toBe('network/bad-response');
    expect(error.data.params).toEqual({ status: 200 });
    expect(error.outcome).toBe('unknown');
  });
});
