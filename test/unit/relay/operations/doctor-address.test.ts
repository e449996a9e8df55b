import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  authority,
  check,
  extra,
  listen,
  passTo,
  portOf,
  relay,
  useDoctorBench,
} from './support/doctor-bench';

useDoctorBench();

describe('doctor, asked about an address', { timeout: 60_000 }, () => {
  it('knows a name that leads nowhere', async () => {
    const told = await check({ url: 'https://relay.invalid' });
    expect(['dns/unknown-name', 'dns/failed']).toContain(told['dns']?.code);
  });

  it('knows an address that the internet cannot reach', async () => {
    const told = await check({ url: 'https://192.168.255.254' }, { timeoutMs: 300 });
    expect(told['dns']?.code).toBe('dns/private');
  });

  it('knows a port on which nothing listens, and one that WeChat never calls', async () => {
    const server = await listen(createTcp());
    const port = portOf(server);
    await new Promise((resolve) => server.close(resolve));
    const closed = `https://localhost:${String(port)}`;
    expect((await check({ url: closed }))['port']?.code).toBe('port/refused');
    expect((await check({}, { httpsPort: 443 }))['port']?.code).toBe('port/not-allowed');
    expect((await check({}, { httpPort: port }))['port']?.code).toBe('port/no-http');
  });

  it('knows http, where the tokens of devices travel in the clear', async () => {
    const told = await check({ url: relay.origin.replace('127.0.0.1', 'localhost') });
    expect(told['certificate']?.code).toBe('certificate/none');
    expect(told['health']?.code).toBe('health/ok');
  });

  it('knows a port without TLS', async () => {
    const plain = await extra(createHttp(passTo(() => relay.origin)), 'https');
    expect((await check({ url: plain }))['certificate']?.code).toBe('certificate/no-tls');
  });

  it.each([
    ['that has expired', () => authority.issue('localhost', { days: -2 }), 'certificate/expired'],
    [
      'that was not renewed in time',
      () => authority.issue('localhost', { days: 5 }),
      'certificate/expires-soon',
    ],
    ['of another name', () => authority.issue('shop.example.com'), 'certificate/name'],
    ['that signed itself', () => authority.selfSigned('localhost'), 'certificate/self-signed'],
  ])('knows a certificate %s, and goes on', async (_what, certificate, code) => {
    const address = await extra(
      createHttps(
        certificate(),
        passTo(() => relay.origin),
      ),
      'https',
    );
    const told = await check({ url: address });
    expect(told['certificate']?.code).toBe(code);
    expect(told['health']?.code).toBe('health/ok');
  });

  it('knows a chain that lacks what leads to a trusted authority', async () => {
    expect((await check({}, { trustedAuthorities: [] }))['certificate']?.code).toBe('certificate/chain');
  });
});
