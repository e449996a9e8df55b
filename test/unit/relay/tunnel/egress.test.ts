import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { egressResponse } from '#shared/relay/protocol';
import { egressRoutes } from '#relay/routes/egress';
import { isPublicAddress } from '#relay/tunnel/addresses';
import { egressAddresses, outgoingAddresses, tunnelUrl } from '#relay/tunnel/egress';

describe('the addresses that WeChat will see', () => {
  it('are what the operator says', async () => {
    expect(await egressAddresses(['101.226.90.58'], () => Promise.reject(new Error('asked')))).toEqual({
      addresses: ['101.226.90.58'],
      source: 'configured',
    });
  });

  it('are otherwise those of the interface', async () => {
    const of = (found: string[]) => egressAddresses([], async () => found);
    expect(await of(['101.226.90.58'])).toEqual({ addresses: ['101.226.90.58'], source: 'interface' });
    expect(await of([])).toEqual({ addresses: [], source: 'unknown' });
  });

  it('are never private ones, and asking for them sends nothing and waits for nobody', async () => {
    for (const address of await outgoingAddresses()) expect(isPublicAddress(address)).toBe(true);
  });

  it('are answered with the tunnel’s origin at /egress', async () => {
    const app = fastify();
    egressRoutes(app, { tunnelUrl: () => 'https://relay.example.com:8443', addresses: ['101.226.90.58'] });
    const response = await app.inject('/egress');
    expect(egressResponse.parse(response.json())).toEqual({
      tunnelUrl: 'https://relay.example.com:8443',
      addresses: ['101.226.90.58'],
      source: 'configured',
    });
    await app.close();
  });
});

describe('the origin that desktops are told', () => {
  const origin = 'http://127.0.0.1:8787';
  const publicUrl = 'https://relay.example.com';
  const own = (host: string, secure: boolean) => ({ listener: { host, port: 8443, secure } });

  it.each([
    [
      'what the operator says',
      { origin, publicUrl, configured: 'https://t.example.com:444/' },
      'https://t.example.com:444',
    ],
    ['the relay itself, on this machine', { origin }, origin],
    [
      'the relay itself, when it has a certificate',
      { origin: 'https://127.0.0.1:443', publicUrl },
      publicUrl,
    ],
    ['nothing behind a reverse proxy, which answers CONNECT itself', { origin, publicUrl }, ''],
    ['nothing in the clear over a network', { origin, publicUrl: 'http://192.168.1.9:8787' }, ''],
    [
      'the listener with TLS under the public name',
      { origin, publicUrl, ...own('0.0.0.0', true) },
      'https://relay.example.com:8443',
    ],
    ['the listener of this machine', { origin, ...own('127.0.0.1', false) }, 'http://127.0.0.1:8443'],
    ['the listener of this machine over IPv6', { origin, ...own('::1', false) }, 'http://[::1]:8443'],
    [
      'nothing for a listener in the clear that others reach',
      { origin, publicUrl, ...own('0.0.0.0', false) },
      '',
    ],
  ])('is %s', (_what, place, expected) => {
    expect(tunnelUrl(place)).toBe(expected);
  });
});
