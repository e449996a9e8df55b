import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ask, until } from './support/tunnel-bench';
import { API, behind, cut, echo, read, start, useTunnels } from './support/tunnel-fixture';

useTunnels();

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
