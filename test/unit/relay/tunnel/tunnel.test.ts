import { describe, expect, it } from 'vitest';
import { createRelayLog } from '#relay/log';
import { newDeviceToken } from '#relay/secrets/device-token';
import { ask, startPlain, until } from './support/tunnel-bench';
import { API, behind, closers, cut, echo, read, start, useTunnels } from './support/tunnel-fixture';

useTunnels();

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
