import { createServer as createHttpServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ask, listening, PUBLIC } from './support/tunnel-bench';
import { API, behind, closers, echo, read, start, useTunnels } from './support/tunnel-fixture';

useTunnels();

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
