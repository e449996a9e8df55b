import { afterEach, describe, expect, it } from 'vitest';
import { egressResponse } from '#shared/relay/protocol';
import { startScriptedServer } from '../../wechat/helpers/scripted-server';
import { RelayHarness, type DeviceClient, type HarnessOptions } from '../support/relay-harness';
import { ask, until } from './support/tunnel-bench';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(tunnel: HarnessOptions['tunnel'] = {}, publicUrl?: string) {
  const wechat = await startScriptedServer();
  closers.push(() => wechat.close());
  const relay = await RelayHarness.start({
    wechatOrigin: wechat.origin,
    tunnel,
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  closers.push(() => relay.stop());
  return { relay, authority: new URL(wechat.origin).host, device: await relay.pair() };
}

const egressOf = async (device: DeviceClient) =>
  egressResponse.parse(await (await device.request('GET', '/v1/egress')).json());
const portOf = (url: string): number => Number(new URL(url).port);

describe('the tunnel of a relay', () => {
  it('is on the relay’s own port and is counted there', async () => {
    const { relay, authority, device } = await start();
    const { tunnelUrl } = await egressOf(device);
    expect(tunnelUrl).toBe(relay.origin);
    expect((await ask(portOf(tunnelUrl), authority, device.token)).status).toBe(200);
    expect((await ask(portOf(tunnelUrl), authority, null)).status).toBe(407);
    expect((await ask(portOf(tunnelUrl), '127.0.0.1:22', device.token)).status).toBe(403);
    const metrics = await (await fetch(`${relay.origin}/metrics`)).text();
    for (const line of ['outcome="opened"} 1', 'outcome="unauthorized"} 1', 'outcome="refused"} 1'])
      expect(metrics).toContain(`oadesk_relay_tunnels_total{${line}`);
  });

  it('tells nobody but paired devices where it is', async () => {
    const { relay } = await start();
    expect((await fetch(`${relay.origin}/v1/egress`)).status).toBe(401);
  });

  it('has a port of its own when asked to, and none on the relay’s then', async () => {
    const listener = { host: '127.0.0.1', port: 0 };
    const { relay, authority, device } = await start(
      { listener, egressAddresses: ['101.226.90.58'] },
      'https://relay.example.com',
    );
    const { tunnelUrl, addresses, source } = await egressOf(device);
    expect([addresses, source]).toEqual([['101.226.90.58'], 'configured']);
    expect(portOf(tunnelUrl)).not.toBe(portOf(relay.origin));
    expect((await ask(portOf(tunnelUrl), authority, device.token)).status).toBe(200);
    const refused = await ask(portOf(relay.origin), authority, device.token).catch(() => ({ status: 0 }));
    expect(refused.status).toBe(0);
  });

  it('says that it has none behind a reverse proxy', async () => {
    const { device } = await start({}, 'https://relay.example.com');
    expect((await egressOf(device)).tunnelUrl).toBe('');
  });

  it('is closed to a device in the moment in which another one revokes it', async () => {
    const { relay, authority, device } = await start();
    const other = await relay.pair();
    const { socket } = await ask(portOf(relay.origin), authority, device.token);
    let cut = false;
    socket.resume().once('end', () => (cut = true));
    const { devices } = (await (await device.request('GET', '/v1/devices')).json()) as {
      devices: { id: string; current: boolean }[];
    };
    const id = devices.find(({ current }) => current)?.id ?? '';
    expect((await other.request('DELETE', `/v1/devices/${id}`)).status).toBe(204);
    await until('the tunnel to be cut', () => cut);
    expect((await ask(portOf(relay.origin), authority, device.token)).status).toBe(407);
    expect((await ask(portOf(relay.origin), authority, other.token)).status).toBe(200);
  });

  it.each([
    ['its own port', {}],
    ['a port of its own', { listener: { host: '127.0.0.1', port: 0 } }],
  ])('does not keep a relay from stopping, on %s', async (_where, tunnel) => {
    const { relay, authority, device } = await start(tunnel);
    const { tunnelUrl } = await egressOf(device);
    const { socket } = await ask(portOf(tunnelUrl), authority, device.token);
    const ended = new Promise((resolve) => socket.resume().once('end', resolve).once('close', resolve));
    await relay.restart();
    await ended;
  });
});
