import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlainHead } from '#relay/front/plain-head';
import { deliver, sealedPush, until } from './support/relay-harness';
import { useBoundRelay } from './support/use-relay';

const bound = useBoundRelay();

/** A connection and what came back on it. */
class Wire {
  text = '';
  closed = false;

  constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
    socket.on('data', (data) => (this.text += data.toString('latin1')));
    socket.once('close', () => (this.closed = true));
  }

  get statuses(): number[] {
    return [...this.text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  }

  async answers(count: number): Promise<number[]> {
    await until(() => this.statuses.length >= count || this.closed);
    return this.statuses;
  }
}

function open(origin = bound.relay.origin): Wire {
  const { hostname, port } = new URL(origin);
  const socket = connect({ port: Number(port), host: hostname, noDelay: true });
  bound.sockets.push(socket);
  return new Wire(socket);
}

/** The bytes of a push; `headers` come before Content-Length. */
function request({ headers = ['Host: x'], forged = false } = {}): Buffer {
  const { query, body } = sealedPush('你好', bound.relay.clock.now());
  const parameters = new URLSearchParams(forged ? { ...query, nonce: '1' } : query).toString();
  const lines = [
    `POST ${new URL(bound.callbackUrl).pathname}?${parameters} HTTP/1.1`,
    ...headers,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** The bytes of a poll. */
function poll({ query = '', headers = [`Authorization: Bearer ${bound.device.token}`] } = {}): Buffer {
  return Buffer.from([`GET /v1/feed${query} HTTP/1.1`, 'Host: x', ...headers, '', ''].join('\r\n'));
}

const stored = async (): Promise<number> => (await bound.device.feed()).items.length;

describe('a connection that brings pushes', () => {
  it('is answered the same in however many pieces they come', async () => {
    const wire = open();
    const cuts = [1, 5, 9, 60, 250, 380, 420, 640];
    for (const [index, cut] of cuts.entries()) {
      const bytes = request();
      wire.socket.write(bytes.subarray(0, cut));
      await new Promise((resolve) => setImmediate(resolve));
      wire.socket.write(bytes.subarray(cut));
      expect(await wire.answers(index + 1)).toEqual(Array.from({ length: index + 1 }, () => 200));
    }
    expect(await stored()).toBe(cuts.length);
  });

  it('gets its answers in the order in which it asked, also when it does not wait for them', async () => {
    const wire = open();
    wire.socket.write(Buffer.concat([request(), request({ forged: true }), request(), request()]));
    expect(await wire.answers(4)).toEqual([200, 403, 200, 200]);
    expect(await stored()).toBe(3);
  });

  it('may ask for something else in between', async () => {
    const wire = open();
    wire.socket.write(request());
    expect(await wire.answers(1)).toEqual([200]);
    wire.socket.write(poll());
    expect(await wire.answers(2)).toEqual([200, 200]);
    expect(wire.text).toContain('"items":[{"seq":1,');
    const health = Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    wire.socket.write(Buffer.concat([request(), poll(), health, request()]));
    expect(await wire.answers(6)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await stored()).toBe(3);
  });

  it('that says its last word with its pushes is answered, and closed', async () => {
    const wire = open();
    wire.socket.end(Buffer.concat([request(), request()]));
    expect(await wire.answers(2)).toEqual([200, 200]);
    await until(() => wire.closed);
  });

  it('is not read from while it does not read its answers', async () => {
    const wire = open();
    const bytes = request({ forged: true });
    wire.socket.pause();
    let written = 0;
    const more = (): void => {
      while (written < 40_000) {
        written += 1;
        if (!wire.socket.write(bytes)) break;
      }
    };
    wire.socket.on('drain', more);
    more();
    // Everything on the way is full: nothing was written for a while.
    for (let before = -1; before !== written;) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(written).toBeLessThan(40_000);
    expect((await deliver(bound.callbackUrl, sealedPush('x', bound.relay.clock.now()))).text).toBe('success');
    wire.socket.off('drain', more).resume();
    expect(await wire.answers(written)).toHaveLength(written);
  });

  it('is closed when it has been silent for as long as the server keeps connections', async () => {
    bound.relay.app.server.keepAliveTimeout = 300;
    const wire = open();
    wire.socket.write(request());
    expect(await wire.answers(1)).toEqual([200]);
    expect(wire.closed).toBe(false);
    await until(() => wire.closed);
  });

  it('does not keep a relay from stopping', async () => {
    const wire = open();
    wire.socket.write(request());
    expect(await wire.answers(1)).toEqual([200]);
    await bound.relay.restart();
    await until(() => wire.closed);
  });
});

describe('a connection that polls', () => {
  const waiting = async (): Promise<number> => {
    const text = await (await fetch(`${bound.relay.origin}/metrics`)).text();
    return Number(/^oadesk_relay_waiting_polls (\d+)$/m.exec(text)?.[1]);
  };

  it('is answered when something comes, and what it asked meanwhile after that', async () => {
    const wire = open();
    wire.socket.write(poll({ query: '?wait=30' }));
    await until(async () => (await waiting()) === 1);
    wire.socket.write(request({ forged: true }));
    expect((await deliver(bound.callbackUrl, sealedPush('x', bound.relay.clock.now()))).text).toBe('success');
    expect(await wire.answers(2)).toEqual([200, 403]);
    expect(wire.text).toContain('"items":[{"seq":1,');
    expect(wire.text).toContain('Content-Type: application/json; charset=utf-8\r\n');
    expect(await waiting()).toBe(0);
  });

  it('is told why it is refused, and stays', async () => {
    const wire = open();
    wire.socket.write(Buffer.concat([poll({ headers: [] }), poll({ query: '?after=x' }), poll()]));
    expect(await wire.answers(3)).toEqual([401, 400, 200]);
    expect(wire.text).toContain('WWW-Authenticate: Bearer\r\n');
    expect(wire.closed).toBe(false);
  });

  it('is let go when it says its last word while it waits', async () => {
    const wire = open();
    wire.socket.write(poll({ query: '?wait=30' }));
    await until(async () => (await waiting()) === 1);
    wire.socket.end();
    await until(async () => (await waiting()) === 0);
    await until(() => wire.closed);
  });

  it('hears of the next thing after a page that it was slow to read', async () => {
    const body = 'x'.repeat(20_000);
    for (let count = 0; count < 60; count += 1)
      await deliver(bound.callbackUrl, sealedPush(body, bound.relay.clock.now()));
    const wire = open();
    wire.socket.pause();
    const ask = poll({ query: '?limit=60' });
    wire.socket.write(Buffer.concat([ask, ask, ask, ask, poll({ query: '?after=60&wait=30' })]));
    await new Promise((resolve) => setTimeout(resolve, 300));
    wire.socket.resume();
    expect(await wire.answers(4)).toEqual([200, 200, 200, 200]);
    await until(async () => (await waiting()) === 1);
    wire.socket.destroy();
    await until(async () => (await waiting()) === 0);
  });

  it('is answered alike by the HTTP parser, which takes polls that are not plain', async () => {
    const [plain, other] = [open(), open()];
    plain.socket.write(poll({ query: '?limit=5' }));
    other.socket.write(
      poll({ query: '?limit=5', headers: ['X-A: 你', `Authorization: Bearer ${bound.device.token}`] }),
    );
    expect([await plain.answers(1), await other.answers(1)]).toEqual([[200], [200]]);
    const comparable = ({ text }: Wire) =>
      text
        .replace(/Date: .*\r\n/, '')
        .split('\r\n')
        .sort();
    expect(comparable(plain)).toEqual(comparable(other));
  });
});

describe('a request that is no plain push is judged by the HTTP parser:', () => {
  const chunked = (): string => {
    const [head = '', body = ''] = request({ headers: ['Host: x', 'Transfer-Encoding: chunked'] })
      .toString()
      .replace(/Content-Length: \d+\r\n/, '')
      .split('\r\n\r\n');
    return `${head}\r\n\r\n${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  };

  it.each<[string, number, () => string | Buffer]>([
    ['a body in chunks', 200, chunked],
    ['a length beside chunks', 400, () => request({ headers: ['Host: x', 'Transfer-Encoding: chunked'] })],
    ['two lengths', 400, () => request({ headers: ['Host: x', 'Content-Length: 5'] })],
    ['no host', 400, () => request({ headers: [] })],
    ['a space before a colon', 400, () => request({ headers: ['Host: x', 'X-A : b'] })],
    ['a folded line', 400, () => request({ headers: ['Host: x', ' Transfer-Encoding: chunked'] })],
    ['a line that ends without CR', 400, () => request({ headers: ['Host: x', 'X-A: b\nX-B: c'] })],
    ['a head beyond every limit', 431, () => request({ headers: ['Host: x', `X-A: ${'a'.repeat(20_000)}`] })],
    ['letters of another alphabet', 200, () => request({ headers: ['Host: x', 'X-A: 你好'] })],
  ])('%s is answered %d', async (_, status, make) => {
    const wire = open();
    wire.socket.write(make());
    expect(await wire.answers(1)).toEqual([status]);
    expect(await stored()).toBe(status === 200 ? 1 : 0);
  });

  it('a sender that asks to go on is told to', async () => {
    const wire = open();
    const bytes = request({ headers: ['Host: x', 'Expect: 100-continue'] });
    const bodyStart = bytes.indexOf('\r\n\r\n') + 4;
    wire.socket.write(bytes.subarray(0, bodyStart));
    expect(await wire.answers(1)).toEqual([100]);
    wire.socket.write(bytes.subarray(bodyStart));
    expect(await wire.answers(2)).toEqual([100, 200]);
  });
});

describe('the reader of heads', () => {
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    server = createServer((received, response) => {
      let bytes = 0;
      received.on('data', (chunk: Buffer) => (bytes += chunk.length));
      received.once('end', () => {
        const { method = '', url = '', headers } = received;
        response.setHeader('x-read', `${method} ${url} ${String(bytes)} ${headers.authorization ?? '-'}`);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const WORDS = [
    ...[
      'POST',
      'GET',
      ' ',
      '/wx/a',
      '/v1/feed',
      '?b=c',
      ' HTTP/1.1',
      '\r\n',
      '\r',
      '\n',
      ':',
      ': ',
      '\t',
      '\0',
      '\x7f',
      'é',
      ',',
    ],
    ...['Host: x', 'Content-Length: 4', 'content-length:4', 'Content-Length: 04', 'Content-Length: +4'],
    ...['Content-Length: 4, 4', 'Transfer-Encoding: chunked', 'Connection: keep-alive', 'Connection: close'],
    ...[
      'Connection: Upgrade',
      'Upgrade: x',
      'Expect: 100-continue',
      'X-A: b',
      'X-B:',
      'X_C: d',
      'Trailer: e',
      'Authorization: Bearer a',
      'authorization:b',
    ],
  ];
  const lines = fc
    .array(fc.constantFrom(...WORDS), { maxLength: 4 })
    .chain((extra) =>
      fc.constantFrom(
        ['POST /wx/a?b=c HTTP/1.1', 'Host: x', 'Content-Length: 4', ...extra],
        ['GET /v1/feed?b=c HTTP/1.1', 'Host: x', 'Authorization: Bearer c', ...extra],
      ),
    );
  const mutated = fc
    .tuple(
      lines,
      fc.array(fc.tuple(fc.nat({ max: 90 }), fc.nat({ max: 2 }), fc.constantFrom(...WORDS)), {
        maxLength: 2,
      }),
    )
    .map(([all, edits]) => {
      let text = `${all.join('\r\n')}\r\n\r\n`;
      for (const [at, removed, word] of edits) text = text.slice(0, at) + word + text.slice(at + removed);
      return text;
    });

  it('takes nothing that node:http refuses, and finds the same target and the same end', async () => {
    const taken = { push: 0, poll: 0 };
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        const bytes = Buffer.from(`${text}body`, 'latin1');
        const head = readPlainHead(bytes);
        if (head === null || head === 'incomplete' || head.end > bytes.length) return;
        taken[head.kind] += 1;
        const wire = open(origin);
        wire.socket.write(bytes.subarray(0, head.end));
        await wire.answers(1);
        wire.socket.destroy();
        expect([text, wire.text]).toEqual([
          text,
          expect.stringContaining(
            `x-read: ${head.kind === 'push' ? 'POST' : 'GET'} ${head.target} ` +
              `${String(head.end - head.bodyStart)} ${head.authorization ?? '-'}\r\n`,
          ),
        ]);
      }),
      { numRuns: 4_000 },
    );
    expect(taken.push).toBeGreaterThan(100);
    expect(taken.poll).toBeGreaterThan(100);
  });

  it.each([
    ...[
      'Transfer-Encoding: chunked',
      'proxy-connection: close',
      'UPGRADE: x',
      'Trailer: x',
      'Expect: 100-continue',
    ],
    ...['Connection: close', 'Content-Length: 4', 'Content-Length: 12345678', 'Host: y'],
  ])('leaves a push with “%s” beside its length to the parser', (line) => {
    const push = (...lines: string[]) =>
      readPlainHead(
        Buffer.from(
          ['POST /wx/a HTTP/1.1', 'Host: x', 'Content-Length: 4', ...lines, '', 'body'].join('\r\n'),
        ),
      );
    expect(push('Connection:  Keep-Alive ', 'Trailers: x', 'Expects: x')).toMatchObject({ kind: 'push' });
    expect(push(line)).toBeNull();
  });

  it('leaves a poll with a body, and one that names two senders, to the parser', () => {
    const poll = (...lines: string[]) =>
      readPlainHead(Buffer.from(['GET /v1/feed HTTP/1.1', 'Host: x', ...lines, '', ''].join('\r\n')));
    expect(poll('Authorization: Bearer a')).toMatchObject({ kind: 'poll' });
    expect(poll('Authorization: Bearer a', 'Authorization: Bearer b')).toBeNull();
    expect(poll('Content-Length: 0')).toBeNull();
    expect(poll('Transfer-Encoding: chunked')).toBeNull();
  });

  it.each([
    [
      'push',
      '/wx/a?b=c',
      'POST /wx/a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n',
      'body',
      undefined,
    ],
    ['poll', '/v1/feed?a', 'GET /v1/feed?a HTTP/1.1\r\nHost: x\r\nAuthorization: B c\r\n\r\n', '', 'B c'],
  ])('says of every beginning of a %s that it may become one', (kind, target, text, body, authorization) => {
    const bytes = Buffer.from(text + body);
    const bodyStart = text.length;
    for (let length = 0; length < bodyStart; length += 1)
      expect(readPlainHead(bytes.subarray(0, length))).toBe('incomplete');
    expect(readPlainHead(bytes)).toEqual({ kind, target, authorization, bodyStart, end: bytes.length });
  });
});
