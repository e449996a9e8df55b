import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { DOCTOR_LIMITS } from '#relay/operations/doctor/limits';
import { checkTunnel } from '#relay/operations/doctor/tunnel-check';
import { Devices } from '#relay/state/devices';
import type { Dialer } from '#relay/tunnel/dial';
import { RelayHarness, type HarnessOptions } from '../support/relay-harness';

const WECHAT = '101.226.90.58';

let relay: RelayHarness;
let behind: Server | null = null;

afterEach(async () => {
  await relay.stop();
  behind?.closeAllConnections();
  behind?.close();
  behind = null;
});

/** What stands for WeChat's host, or for something else on a port of this machine. */
async function server(): Promise<number> {
  const made = createServer((_request, response) => response.end());
  behind = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return (made.address() as AddressInfo).port;
}

async function findingOf(options: HarnessOptions): Promise<string> {
  relay = await RelayHarness.start(options);
  const { code } = await checkTunnel(relay.origin, relay.store, { ...DOCTOR_LIMITS, timeoutMs: 5_000 });
  expect(await new Devices(relay.store).list('relay-doctor')).toEqual([]);
  return code;
}

const dialer = (addresses: readonly string[], port: number): Dialer => ({
  resolve: () => Promise.resolve(addresses),
  connect: () => connect({ port, host: '127.0.0.1', allowHalfOpen: true }),
});

describe('doctor, asked about the tunnel', () => {
  it('opens it as a paired computer does, and leaves no device behind', async () => {
    expect(await findingOf({ tunnel: { dialer: dialer([WECHAT], await server()) } })).toBe('tunnel/ok');
  });

  it('knows a server from which WeChat cannot be reached', async () => {
    expect(await findingOf({ tunnel: { dialer: dialer([], 0) } })).toBe('tunnel/wechat');
  });

  it('knows a relay that has none behind its reverse proxy', async () => {
    expect(await findingOf({ publicUrl: 'https://relay.example.com' })).toBe('tunnel/none');
  });

  it('knows a port that is closed, and one with something else behind', async () => {
    expect(await findingOf({ tunnel: { url: 'http://127.0.0.1:9' } })).toBe('tunnel/unreachable');
    await relay.stop();
    const url = `http://127.0.0.1:${String(await server())}`;
    expect(await findingOf({ tunnel: { url } })).toMatch(/^tunnel\/(refused|unreachable)$/);
  });
});
