import { afterEach, describe, expect, it } from 'vitest';
import { relayNotice, type RelayNotice } from '#shared/relay/protocol';
import { deliver, type DeviceClient, RelayHarness, sealedPush, until } from './support/relay-harness';

const DAY = 86_400;
const QUICK = { sweepInterval: 0.02 };

let relay: RelayHarness;
afterEach(() => relay.stop());

const noticesOf = async (device: DeviceClient): Promise<RelayNotice[]> =>
  (await device.feed()).items
    .filter(({ kind }) => kind === 'notice')
    .map(({ body }) => relayNotice.parse(JSON.parse(body)));
const messagesOf = async (device: DeviceClient): Promise<number> =>
  (await device.feed()).items.filter(({ kind }) => kind === 'message').length;
const acknowledgeAll = async (device: DeviceClient): Promise<void> => {
  await device.ack((await device.feed()).next);
};
const metric = async (line: string): Promise<boolean> =>
  (await (await fetch(`${relay.origin}/metrics`)).text()).split('\n').includes(line);

describe('what every device has fetched', () => {
  it('goes after the retention and not before', async () => {
    relay = await RelayHarness.start({ limits: QUICK });
    const device = await relay.pair();
    const { callbackUrl } = await device.bind();
    await deliver(callbackUrl, sealedPush('old', relay.clock.now()));
    await acknowledgeAll(device);
    relay.clock.advance(29 * DAY);
    await deliver(callbackUrl, sealedPush('new', relay.clock.now()));
    await acknowledgeAll(device);
    expect(await messagesOf(device)).toBe(2);
    relay.clock.advance(2 * DAY);
    await until(async () => (await messagesOf(device)) === 1);
    expect(await noticesOf(device)).toEqual([]);
  });

  it('goes earlier when storage runs out, but never while its replay could still be accepted', async () => {
    relay = await RelayHarness.start({ limits: { ...QUICK, storageBytes: 1 } });
    const device = await relay.pair();
    const { callbackUrl } = await device.bind();
    await deliver(callbackUrl, sealedPush('read', relay.clock.now()));
    await acknowledgeAll(device);
    await until(() => relay.logLines.some((line) => line.includes('retention-storage-over-limit')));
    expect(await messagesOf(device)).toBe(1);
    relay.clock.advance(3_600);
    await until(async () => (await messagesOf(device)) === 0);
  });
});

describe('what some device has not fetched', () => {
  it('is kept, then announced a week ahead where the others see it, and only then removed', async () => {
    relay = await RelayHarness.start({ limits: QUICK });
    const [first, absent] = [await relay.pair(), await relay.pair()];
    const { callbackUrl } = await first.bind();
    await deliver(callbackUrl, sealedPush('unread', relay.clock.now()));
    await acknowledgeAll(first);
    relay.clock.advance(82 * DAY);
    const sweeps = relay.logLines.length;
    await until(async () => await metric('oadesk_relay_unread_expiring_messages 0'));
    expect(relay.logLines.slice(sweeps)).toEqual([]);
    relay.clock.advance(2 * DAY);
    await until(async () => (await noticesOf(first)).length > 0);
    expect(await noticesOf(first)).toEqual([
      {
        type: 'unread-expiring',
        device: '前台电脑',
        count: 1,
        removeAt: relay.clock.now() + 7 * DAY,
        reason: 'age',
      },
    ]);
    await until(async () => !(await metric('oadesk_relay_unread_expiring_messages 0')));
    expect(await messagesOf(absent)).toBe(1);
    relay.clock.advance(7 * DAY);
    await until(async () => (await messagesOf(absent)) === 0);
    await until(async () => (await noticesOf(first)).some(({ type }) => type === 'unread-removed'));
    expect((await noticesOf(first)).at(-1)).toEqual({ type: 'unread-removed', device: '前台电脑', count: 1 });
  });

  it('stays when the device comes back after the warning', async () => {
    relay = await RelayHarness.start({ limits: QUICK });
    const [first, late] = [await relay.pair(), await relay.pair()];
    const { callbackUrl } = await first.bind();
    await deliver(callbackUrl, sealedPush('unread', relay.clock.now()));
    relay.clock.advance(84 * DAY);
    await until(async () => (await noticesOf(first)).length === 2);
    await acknowledgeAll(late);
    await acknowledgeAll(first);
    await until(async () => await metric('oadesk_relay_unread_expiring_messages 0'));
    await deliver(callbackUrl, sealedPush('fresh', relay.clock.now()));
    relay.clock.advance(8 * DAY);
    // The old message goes, since both have it; the fresh one stays.
    await until(async () => (await messagesOf(late)) === 1);
    expect((await noticesOf(first)).some(({ type }) => type === 'unread-removed')).toBe(false);
  });

  it('is announced a day ahead when storage runs out', async () => {
    relay = await RelayHarness.start({ limits: { ...QUICK, storageBytes: 1 } });
    const device = await relay.pair();
    const { callbackUrl } = await device.bind();
    await deliver(callbackUrl, sealedPush('unread', relay.clock.now()));
    relay.clock.advance(3_600);
    await until(async () => (await noticesOf(device)).length === 1);
    expect(await noticesOf(device)).toMatchObject([
      { type: 'unread-expiring', reason: 'size', removeAt: relay.clock.now() + DAY },
    ]);
    relay.clock.advance(DAY - 60);
    expect(await messagesOf(device)).toBe(1);
    relay.clock.advance(120);
    await until(async () => (await messagesOf(device)) === 0);
  });
});

describe('a workspace that fills the storage', () => {
  const LONG = '一'.repeat(600);

  it('gives up its own messages, and those of others stay without a word', async () => {
    relay = await RelayHarness.start({ limits: { ...QUICK, storageBytes: 300_000 } });
    const [noisy, quiet] = [await relay.pair('tea house'), await relay.pair('flower shop')];
    const { callbackUrl: noisyUrl } = await noisy.bind();
    const { callbackUrl: quietUrl } = await quiet.bind('wx00000000000000fa');
    for (const text of ['one', 'two']) await deliver(quietUrl, sealedPush(text, relay.clock.now()));
    for (let n = 0; n < 200; n += 1) await deliver(noisyUrl, sealedPush(LONG, relay.clock.now()));
    relay.clock.advance(3_600);
    await until(async () => (await noticesOf(noisy)).length > 0);
    relay.clock.advance(DAY + 60);
    await until(async () => (await noticesOf(noisy)).some(({ type }) => type === 'unread-removed'));
    expect(await messagesOf(noisy)).toBeLessThan(200);
    expect(await messagesOf(noisy)).toBeGreaterThan(20);
    expect(await messagesOf(quiet)).toBe(2);
    expect(await noticesOf(quiet)).toEqual([]);
  });

  it('tells of each removal once, however many computers had not fetched', async () => {
    relay = await RelayHarness.start({ limits: { ...QUICK, storageBytes: 1 } });
    const [first] = [await relay.pair('tea house'), await relay.pair('tea house')];
    const { callbackUrl } = await first.bind();
    await deliver(callbackUrl, sealedPush('unread', relay.clock.now()));
    relay.clock.advance(3_600);
    await until(async () => (await noticesOf(first)).length === 2);
    relay.clock.advance(DAY + 60);
    const removed = async () =>
      (await noticesOf(first)).filter(({ type }) => type === 'unread-removed').length;
    await until(async () => (await removed()) === 2);
    await until(async () => await metric('oadesk_relay_unread_expiring_messages 0'));
    expect((await noticesOf(first)).map(({ type }) => type)).toEqual(['unread-removed', 'unread-removed']);
  });
});

describe('what nobody fetches any more, because the last computer was removed', () => {
  const messagesLeft = async (): Promise<number> => {
    const late = await relay.pair('tea house');
    return messagesOf(late);
  };

  it('goes after the same time as what some device has not fetched, with a warning in the log', async () => {
    relay = await RelayHarness.start({ limits: QUICK });
    const last = await relay.pair('tea house');
    const { callbackUrl } = await last.bind();
    const own = (await (await last.request('GET', '/v1/devices')).json()) as { devices: { id: string }[] };
    await last.request('DELETE', `/v1/devices/${own.devices[0]?.id ?? ''}`);
    await deliver(callbackUrl, sealedPush('to nobody', relay.clock.now()));
    const logged = (event: string) => relay.logLines.filter((line) => line.includes(event)).length;
    relay.clock.advance(84 * DAY);
    await until(() => logged('retention-unread-messages-expiring') === 1);
    expect(await metric('oadesk_relay_removed_messages_total{read="no"} 1')).toBe(false);
    relay.clock.advance(8 * DAY);
    await until(() => logged('retention-removed-unread-messages') === 1);
    expect(await messagesLeft()).toBe(0);
  });

  it('waits meanwhile for the computer that is paired next', async () => {
    relay = await RelayHarness.start({ limits: QUICK });
    const last = await relay.pair('tea house');
    const { callbackUrl } = await last.bind();
    const own = (await (await last.request('GET', '/v1/devices')).json()) as { devices: { id: string }[] };
    await last.request('DELETE', `/v1/devices/${own.devices[0]?.id ?? ''}`);
    await deliver(callbackUrl, sealedPush('to the next', relay.clock.now()));
    relay.clock.advance(84 * DAY);
    await until(() => relay.logLines.some((line) => line.includes('retention-unread-messages-expiring')));
    expect(await messagesLeft()).toBe(1);
  });
});
