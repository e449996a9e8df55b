import { createServer as createHttpServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createRelayLog } from '#relay/log';
import { newDeviceToken } from '#relay/secrets/device-token';
import {
  ask,
  listening,
  PUBLIC,
  startPlain,
  startTunnel,
  until,
  type BenchOptions,
  type TunnelBench,
} from './support/tunnel-bench';

const API = 'api.weixin.qq.com:443';
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: BenchOptions = {}): Promise<TunnelBench> {
  const bench = await startTunnel(options);
  closers.push(() => bench.close());
  return bench;
}

async function behind(bench: TunnelBench, onSocket: Parameters<typeof startPlain>[0]) {
  const plain = await startPlain(onSocket);
  closers.push(() => plain.close());
  bench.behind = plain.port;
  return plain;
}

const echo: Parameters<typeof startPlain>[0] = (socket) => socket.pipe(socket);

/** Resolves when the relay has let go of this connection; what still arrives is thrown away. */
function cut(socket: Socket): Promise<void> {
  socket.resume();
  return new Promise((resolve) => {
    socket.once('end', resolve).once('close', resolve);
  });
}

/** The next bytes of a socket as text, up to `length`. */
function read(socket: Socket, length: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.length >= length) resolve(text);
    });
    socket.once('close', () => reject(new Error(`closed after ${text}`)));
    socket.resume();
  });
}

describe('who may use the tunnel', () => {
  it('passes bytes both ways for a paired device, also those that came with the request', async () => {
    const bench = await start();
    await behind(bench, echo);
    const { status, socket } = await ask(bench.port, API, bench.token, { after: 'early ' });
    expect(status).toBe(200);
    socket.write('and late');
    expect(await read(socket, 14)).toBe('early and late');
    expect(bench.counts.get('opened')).toBe(1);
    socket.end();
    await until('the tunnel to end', () => bench.tunnel.open === 0);
  });

  it.each([
    ['nobody', ''],
    ['an unknown device', `Proxy-Authorization: Bearer ${newDeviceToken()}\r\n`],
    ['a token of another form', 'Proxy-Authorization: Bearer short\r\n'],
    ['a name and a password', 'Proxy-Authorization: Basic YTpi\r\n'],
    ['the header that is not for proxies', `Authorization: Bearer ${newDeviceToken()}\r\n`],
  ])('[SEC-16] answers 407 to %s, whatever is asked for, and resolves nothing', async (_who, header) => {
    const bench = await start();
    for (const authority of [API, 'evil.example:443']) {
      const answer = await ask(bench.port, authority, null, { header });
      expect(answer).toMatchObject({ status: 407, code: 'tunnel/unauthorized' });
      expect(answer.headers).toContain('Proxy-Authenticate: Bearer');
    }
    expect(bench.resolved).toEqual([]);
    expect(bench.counts.get('unauthorized')).toBe(2);
  });

  it('asks the store the same for a missing token as for a wrong one', async () => {
    let asked = 0;
    const bench = await start({
      authenticate: async () => {
        asked += 1;
        return null;
      },
    });
    await ask(bench.port, API, null);
    await ask(bench.port, API, newDeviceToken());
    expect(asked).toBe(2);
  });

  it('refuses a revoked device, and cuts what it has open', async () => {
    const bench = await start({ limits: { recheckMs: 20 } });
    await behind(bench, echo);
    const { socket } = await ask(bench.port, API, bench.token);
    const closed = cut(socket);
    bench.paired = false;
    await closed;
    expect((await ask(bench.port, API, bench.token)).status).toBe(407);
  });

  it('cuts the tunnels of one device at once when it is told to', async () => {
    const bench = await start();
    await behind(bench, echo);
    const { socket } = await ask(bench.port, API, bench.token);
    const closed = cut(socket);
    bench.tunnel.closeDevice('another');
    expect(bench.tunnel.open).toBe(1);
    bench.tunnel.closeDevice('d1');
    await closed;
    expect(bench.tunnel.open).toBe(0);
  });
});

describe('where the tunnel leads', () => {
  it.each([
    'api.weixin.qq.com',
    'api2.weixin.qq.com',
    'sh.api.weixin.qq.com',
    'sz.api.weixin.qq.com',
    'hk.api.weixin.qq.com',
    'file.api.weixin.qq.com',
    'mp.weixin.qq.com',
  ])('leads to %s, at an address that was resolved here', async (host) => {
    const bench = await start();
    await behind(bench, echo);
    const { status, socket } = await ask(bench.port, `${host}:443`, bench.token);
    expect(status).toBe(200);
    expect(bench.resolved).toEqual([host]);
    expect(bench.dialled).toEqual([`${PUBLIC}:443`]);
    socket.destroy();
  });

  it.each([
    'evil.example:443',
    'weixin.qq.com:443',
    'qq.com:443',
    'open.weixin.qq.com:443',
    'api.weixin.qq.com.evil.example:443',
    'xapi.weixin.qq.com:443',
    'evil.example.api.weixin.qq.com:443',
    'API.weixin.qq.com:443',
    'api.weixin.qq.com.:443',
    'api.weixin.qq.com..:443',
    'user@api.weixin.qq.com:443',
    'user:pw@api.weixin.qq.com:443',
    'api.weixin.qq.com:443@evil.example:443',
    'api.weixin.qq.com/x:443',
    'api%2eweixin.qq.com:443',
    'localhost:443',
    '127.0.0.1:443',
    '101.226.90.58:443',
    '0x7f000001:443',
    '2130706433:443',
    '017700000001:443',
    '127.1:443',
    '[::1]:443',
    '[::ffff:127.0.0.1]:443',
    '[2001:4860:4860::8888]:443',
    '169.254.169.254:443',
    'metadata.google.internal:443',
  ])('[SEC-16] refuses another host: %s', async (authority) => {
    const bench = await start();
    const answer = await ask(bench.port, authority, bench.token);
    expect(answer).toMatchObject({ status: 403, code: 'tunnel/refused' });
    expect(answer.message).toMatch(/another host/i);
    expect([bench.resolved, bench.dialled]).toEqual([[], []]);
    expect(bench.counts.get('refused')).toBe(1);
  });

  it.each(['80', '22', '8443', '0', '65536', '0443', '443443', '00443', '4430', ''])(
    '[SEC-16] refuses another port of the right host: %j',
    async (port) => {
      const bench = await start();
      const answer = await ask(bench.port, `api.weixin.qq.com:${port}`, bench.token);
      expect(answer.status).toBe(403);
      expect(answer.message).toMatch(/another port/i);
      expect([bench.resolved, bench.dialled]).toEqual([[], []]);
    },
  );

  it('[SEC-16] refuses what is no authority at all, without falling over', async () => {
    const bench = await start();
    for (const authority of [
      'x',
      ':443',
      'http://api.weixin.qq.com/',
      '*',
      `${'a'.repeat(5000)}:443`,
      '::443',
    ])
      expect((await ask(bench.port, authority, bench.token)).status).toBeOneOf([400, 403]);
    expect(bench.dialled).toEqual([]);
    expect((await ask(bench.port, 'evil.example:443', bench.token)).status).toBe(403);
  });

  it.each([
    ['this machine', '127.0.0.1'],
    ['another name of this machine', '127.8.8.8'],
    ['the unspecified address', '0.0.0.0'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.16.0.1'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['link-local, where clouds keep their secrets', '169.254.169.254'],
    ['a carrier’s NAT', '100.64.0.1'],
    ['the cloud’s inner service', '100.100.100.200'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['documentation', '203.0.113.7'],
    ['benchmarks', '198.18.0.1'],
    ['IPv6 of this machine', '::1'],
    ['IPv6 unspecified', '::'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv6 link-local with a zone', 'fe80::1%eth0'],
    ['IPv6 unique-local', 'fd00::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv4 mapped into IPv6', '::ffff:10.0.0.1'],
    ['IPv4 mapped, a public one', '::ffff:101.226.90.58'],
    ['NAT64', '64:ff9b::a00:1'],
    ['local NAT64', '64:ff9b:1::1'],
    ['6to4 around a private address', '2002:a00:1::1'],
    ['Teredo', '2001::1'],
    ['IPv6 documentation', '2001:db8::1'],
    ['no address', 'api.weixin.qq.com'],
  ])('[SEC-16] does not follow the name to %s (%s)', async (_what, address) => {
    const bench = await start();
    bench.answers = [[address]];
    const answer = await ask(bench.port, API, bench.token);
    expect(answer).toMatchObject({ status: 403, code: 'tunnel/refused' });
    expect(answer.message).toMatch(/private network/);
    expect(bench.dialled).toEqual([]);
  });

  it('[SEC-16] drops the private ones among several addresses and connects to the public one', async () => {
    const bench = await start();
    await behind(bench, echo);
    bench.answers = [['10.0.0.1', '::1', '2402:4e00::1', PUBLIC, '127.0.0.1']];
    const { status, socket } = await ask(bench.port, API, bench.token);
    expect(status).toBe(200);
    // IPv4 first: that is what stands on a whitelist.
    expect(bench.dialled).toEqual([`${PUBLIC}:443`]);
    socket.destroy();
  });

  it('[SEC-16] resolves once and connects to what it checked, so a name that changes its answer gains nothing', async () => {
    const bench = await start();
    await behind(bench, echo);
    bench.answers = [[PUBLIC], ['127.0.0.1']];
    const { status, socket } = await ask(bench.port, API, bench.token);
    expect(status).toBe(200);
    expect(bench.resolved).toEqual(['api.weixin.qq.com']);
    expect(bench.dialled).toEqual([`${PUBLIC}:443`]);
    socket.destroy();
    // The next request meets the changed answer, and is refused.
    expect((await ask(bench.port, API, bench.token)).status).toBe(403);
    expect(bench.dialled).toEqual([`${PUBLIC}:443`]);
  });

  it('tries the next address when one does not answer', async () => {
    const bench = await start({ limits: { connectMs: 4_000 } });
    bench.answers = [['101.226.90.58', '101.226.90.59']];
    const answer = await ask(bench.port, API, bench.token);
    expect(answer).toMatchObject({ status: 502, code: 'tunnel/unreachable' });
    expect(bench.dialled).toEqual(['101.226.90.58:443', '101.226.90.59:443']);
    expect(bench.counts.get('unreachable')).toBe(1);
  });

  it('says 502 when the name has no address', async () => {
    const bench = await start();
    bench.answers = [[]];
    expect(await ask(bench.port, API, bench.token)).toMatchObject({
      status: 502,
      code: 'tunnel/unreachable',
    });
  });

  it('leads to the configured origin on this machine, and to nothing beside it', async () => {
    const http = createHttpServer((_request, response) => response.end('sandbox'));
    const port = await listening(http);
    closers.push(() => new Promise((resolve) => http.close(resolve)));
    const bench = await start({ wechatOrigin: `http://127.0.0.1:${String(port)}`, realNetwork: true });
    const { status, socket } = await ask(bench.port, `127.0.0.1:${String(port)}`, bench.token);
    expect(status).toBe(200);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await read(socket, 15)).toContain('200 OK');
    for (const authority of [`127.0.0.1:${String(bench.port)}`, `localhost:${String(port)}`, '127.0.0.1:443'])
      expect((await ask(bench.port, authority, bench.token)).status).toBe(403);
  });
});

describe('what one device may use up', () => {
  it('has so many tunnels open, and another one when one has ended', async () => {
    const bench = await start({ limits: { perDevice: 2 } });
    await behind(bench, echo);
    const first = await ask(bench.port, API, bench.token);
    await ask(bench.port, API, bench.token);
    expect(await ask(bench.port, API, bench.token)).toMatchObject({ status: 429, code: 'tunnel/busy' });
    expect(bench.counts.get('busy')).toBe(1);
    first.socket.destroy();
    await until('one to end', () => bench.tunnel.open === 1);
    expect((await ask(bench.port, API, bench.token)).status).toBe(200);
  });

  it('counts those that are only being opened', async () => {
    const bench = await start({ limits: { perDevice: 1, connectMs: 300 } });
    let answered = false;
    bench.answers = [['101.226.90.58']];
    const never = await startPlain(() => undefined);
    closers.push(() => never.close());
    bench.behind = never.port;
    const pending = ask(bench.port, API, bench.token).then((answer) => {
      answered = true;
      return answer;
    });
    await until('the first to be dialled', () => bench.dialled.length === 1);
    expect((await ask(bench.port, API, bench.token)).status).toBe(429);
    await pending;
    expect(answered).toBe(true);
  });

  it('gives back what a failed attempt held', async () => {
    const bench = await start({ limits: { perDevice: 1, connectMs: 2_000 } });
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect((await ask(bench.port, API, bench.token)).status).toBe(502);
    await behind(bench, echo);
    expect((await ask(bench.port, API, bench.token)).status).toBe(200);
  });

  it('opens so many within a minute', async () => {
    const bench = await start({ limits: { opensPerMinute: 2 } });
    await behind(bench, echo);
    for (const status of [200, 200, 429]) {
      const answer = await ask(bench.port, API, bench.token);
      expect(answer.status).toBe(status);
      answer.socket.destroy();
    }
  });

  it('sends so many bytes, and is cut and refused afterwards', async () => {
    const bench = await start({ limits: { bytesPerHour: 100_000 } });
    await behind(bench, (socket) => socket.resume());
    const { socket } = await ask(bench.port, API, bench.token);
    socket.on('error', () => socket.destroy());
    const closed = cut(socket);
    for (let sent = 0; sent < 40 && !socket.destroyed; sent += 1) socket.write(Buffer.alloc(4_096));
    await closed;
    expect(bench.tunnel.open).toBe(0);
  });

  it('is one of so many on the whole relay', async () => {
    const bench = await start({ limits: { total: 1 } });
    await behind(bench, echo);
    await ask(bench.port, API, bench.token);
    expect((await ask(bench.port, API, bench.token)).status).toBe(429);
  });
});

describe('clients that are slow, silent or half gone', () => {
  it('cuts a tunnel through which nothing passes', async () => {
    const bench = await start({ limits: { idleMs: 50 } });
    const plain = await behind(bench, echo);
    const { socket } = await ask(bench.port, API, bench.token);
    const closed = cut(socket);
    await closed;
    await until('the other side to be let go', () => plain.sockets.every((one) => one.destroyed));
  });

  it('ends a tunnel that lives too long although bytes flow', async () => {
    const bench = await start({ limits: { lifetimeMs: 200 } });
    await behind(bench, echo);
    const { socket } = await ask(bench.port, API, bench.token);
    socket.on('error', () => socket.destroy());
    socket.on('data', () => socket.write('x'));
    socket.write('x');
    await cut(socket);
    expect(bench.tunnel.open).toBe(0);
  });

  it('holds no more than the buffers of a client that does not read, and cuts it when it goes on', async () => {
    const bench = await start({ limits: { idleMs: 500 } });
    let pushed = 0;
    const chunk = Buffer.alloc(65_536);
    await behind(bench, (socket) => {
      const push = (): void => {
        while (!socket.destroyed && socket.write(chunk)) pushed += chunk.length;
        pushed += chunk.length;
      };
      socket.on('drain', push);
      push();
    });
    const before = process.memoryUsage().arrayBuffers;
    const { socket } = await ask(bench.port, API, bench.token);
    socket.on('error', () => socket.destroy());
    expect(socket.isPaused()).toBe(true);
    await until('it to be cut', () => bench.tunnel.open === 0);
    // Kernel buffers on four ends of two loopback connections, and one high-water mark each in the relay.
    expect(pushed).toBeLessThan(64 * 1024 * 1024);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
    socket.destroy();
  });

  it('lets the other side finish after one has sent its end', async () => {
    const bench = await start();
    await behind(bench, (socket) => {
      let got = '';
      socket.on('data', (data: Buffer) => (got += data.toString()));
      socket.on('end', () => socket.end(`you said ${got}`));
    });
    const { socket } = await ask(bench.port, API, bench.token);
    socket.end('that is all');
    expect(await read(socket, 20)).toBe('you said that is all');
    await until('the tunnel to end', () => bench.tunnel.open === 0);
  });

  it('does not let a client hold a connection whose other side has ended', async () => {
    const bench = await start({ limits: { halfOpenMs: 50 } });
    await behind(bench, (socket) => socket.end('bye'));
    const { socket } = await ask(bench.port, API, bench.token);
    expect(await read(socket, 3)).toBe('bye');
    await until('the tunnel to end', () => bench.tunnel.open === 0);
    socket.destroy();
  });

  it('gives up on an attempt whose client has left', async () => {
    let release: (device: { id: string; workspaceId: string }) => void = () => undefined;
    let asked = false;
    const bench = await start({
      authenticate: () => {
        asked = true;
        return new Promise((resolve) => (release = resolve));
      },
    });
    const socket = connect(bench.port, '127.0.0.1');
    socket.write(`CONNECT ${API} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Bearer ${bench.token}\r\n\r\n`);
    await until('the store to be asked', () => asked);
    socket.resetAndDestroy();
    await until('the relay to notice', async () => (await bench.connections()) === 0);
    release({ id: 'd1', workspaceId: 'w1' });
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect([bench.resolved, bench.dialled, [...bench.counts]]).toEqual([[], [], []]);
  });

  it('answers when the store does not say in time who asks', async () => {
    const bench = await start({
      authenticate: () => new Promise(() => undefined),
      limits: { connectMs: 50 },
    });
    expect((await ask(bench.port, API, bench.token)).status).toBe(500);
  });

  it('answers when the store fails', async () => {
    const bench = await start({ authenticate: () => Promise.reject(new Error('disk')) });
    expect((await ask(bench.port, API, bench.token)).status).toBe(500);
    expect(bench.counts.get('failed')).toBe(1);
  });

  it('survives a client that resets at every moment', async () => {
    const bench = await start();
    await behind(bench, echo);
    for (let after = 0; after < 30; after += 1) {
      const socket = connect(bench.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `CONNECT ${API} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Bearer ${bench.token}\r\n\r\n`,
      );
      for (let turn = 0; turn < after; turn += 1) await new Promise(setImmediate);
      socket.resetAndDestroy();
    }
    await until('all to end', () => bench.tunnel.open === 0);
    expect((await ask(bench.port, API, bench.token)).status).toBe(200);
  });
});

it('cuts everything when it is closed, and takes nothing more', async () => {
  const bench = await start();
  await behind(bench, echo);
  const { socket } = await ask(bench.port, API, bench.token);
  const closed = cut(socket);
  bench.tunnel.close();
  await closed;
  expect((await ask(bench.port, API, bench.token).catch(() => ({ status: 0 }))).status).toBe(0);
});

it('[SEC-14] logs who went where and how much, and neither token nor bytes', async () => {
  const lines: string[] = [];
  const log = createRelayLog('debug', { write: (line) => void lines.push(line) });
  const bench = await start({ log });
  await behind(bench, echo);
  const { socket } = await ask(bench.port, API, bench.token);
  socket.write('AppSecret=0123456789abcdef');
  await read(socket, 20);
  socket.destroy();
  await ask(bench.port, 'evil.example:443', bench.token);
  await until('the end to be logged', () => lines.some((line) => line.includes('tunnel-ended')));
  const text = lines.join('');
  expect(text).toContain('api.weixin.qq.com');
  expect(text).toContain('other-host');
  for (const secret of [bench.token, 'AppSecret', '0123456789abcdef']) expect(text).not.toContain(secret);
});
