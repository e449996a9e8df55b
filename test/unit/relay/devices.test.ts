import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceView } from '#shared/relay/protocol';
import { deliver, DeviceClient, postJson, RelayHarness, sealedPush } from './support/relay-harness';

let relay: RelayHarness;
beforeEach(async () => {
  relay = await RelayHarness.start();
});
afterEach(() => relay.stop());

const devicesOf = async (device: DeviceClient): Promise<DeviceView[]> =>
  ((await (await device.request('GET', '/v1/devices')).json()) as { devices: DeviceView[] }).devices;
const idOf = async (device: DeviceClient): Promise<string> =>
  (await devicesOf(device)).find(({ current }) => current)?.id ?? '';

describe('the devices of a workspace', () => {
  it('see each other, when each was last there and how much it has not fetched', async () => {
    const first = await relay.pair();
    relay.clock.advance(3_600);
    const second = await relay.pair();
    const { callbackUrl } = await first.bind();
    await deliver(callbackUrl, sealedPush('你好', relay.clock.now()));
    const { next } = await first.feed();
    await first.ack(next);
    await second.feed();
    expect(await devicesOf(first)).toEqual([
      {
        id: expect.any(String) as string,
        name: '前台电脑',
        current: true,
        pairedAt: relay.clock.now() - 3_600,
        lastSeenAt: relay.clock.now(),
        unread: 0,
      },
      {
        id: expect.any(String) as string,
        name: '前台电脑',
        current: false,
        pairedAt: relay.clock.now(),
        lastSeenAt: relay.clock.now(),
        unread: 1,
      },
    ]);
  });

  it('each get every message, whatever the others have acknowledged', async () => {
    const first = await relay.pair();
    const second = await relay.pair();
    const { callbackUrl } = await first.bind();
    for (let index = 0; index < 5; index++)
      await deliver(callbackUrl, sealedPush(String(index), relay.clock.now()));
    const page = await first.feed();
    await first.ack(page.next);
    expect((await second.feed()).items).toEqual(page.items);
  });

  it('let another one in with a code of their own workspace', async () => {
    const first = await relay.pair('ours');
    await relay.pair('theirs');
    const invitation = (await (await first.request('POST', '/v1/invitations')).json()) as {
      code: string;
      expiresAt: number;
    };
    expect(invitation.expiresAt).toBe(relay.clock.now() + 900);
    await postJson(`${relay.origin}/v1/pair`, { code: invitation.code, name: '后厨平板' });
    expect((await devicesOf(first)).map(({ name }) => name).sort()).toEqual(['前台电脑', '后厨平板']);
  });

  it('lock out one that was lost: its token, its long poll and its claim on old messages end at once', async () => {
    const first = await relay.pair();
    const lost = await relay.pair();
    const waiting = lost.feed(0, { wait: 50 });
    expect((await first.request('DELETE', `/v1/devices/${await idOf(lost)}`)).status).toBe(204);
    expect((await waiting).items).toEqual([]);
    expect((await lost.request('GET', '/v1/feed')).status).toBe(401);
    expect(await devicesOf(first)).toHaveLength(1);
    await relay.restart();
    expect((await lost.request('GET', '/v1/feed?acked=0')).status).toBe(401);
  });

  it('[SEC-17] neither see nor lock out those of another workspace', async () => {
    const ours = await relay.pair('ours');
    const theirs = await relay.pair('theirs');
    expect(await devicesOf(ours)).toHaveLength(1);
    const refused = await ours.request('DELETE', `/v1/devices/${await idOf(theirs)}`);
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ error: { code: 'relay/unknown-device' } });
    expect((await theirs.request('GET', '/v1/feed')).status).toBe(200);
  });

  it('are asked for by paired devices only', async () => {
    const stranger = new DeviceClient(() => relay.origin, 'x'.repeat(43));
    for (const [method, path] of [
      ['GET', '/v1/devices'],
      ['DELETE', '/v1/devices/1'],
      ['POST', '/v1/invitations'],
    ] as const)
      expect((await stranger.request(method, path)).status).toBe(401);
  });
});
