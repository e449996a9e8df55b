import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, RelayHarness, sealedPush, until, type DeviceClient } from '../support/relay-harness';
import { readAll } from './relay-folder';

const HOUR = 3_600;
const DAY = 24 * HOUR;

let relay: RelayHarness;
let device: DeviceClient;
let callbackUrl: string;
/** What WeChat's clock says: it does not jump. */
let wechatTime: number;

beforeEach(async () => {
  relay = await RelayHarness.start({ limits: { sweepInterval: 0.02 } });
  device = await relay.pair();
  ({ callbackUrl } = await device.bind());
  wechatTime = relay.clock.now();
});
afterEach(() => relay.stop());

const send = (text: string) => deliver(callbackUrl, sealedPush(text, wechatTime));
const polls = async (): Promise<number> => {
  const text = await (await fetch(`${relay.origin}/metrics`)).text();
  return Number(/^oadesk_relay_waiting_polls (\d+)$/m.exec(text)?.[1]);
};
/** A sweep that began after this call is over. */
const swept = async (): Promise<void> => {
  const bytes = relay.store.log.bytes.bind(relay.store.log);
  let asked = 0;
  relay.store.log.bytes = () => {
    asked += 1;
    return bytes();
  };
  await until(() => asked >= 3);
  relay.store.log.bytes = bytes;
};

describe('a clock that jumps', () => {
  it('an hour ahead or behind refuses what it cannot place in time, says why, and takes it once the clock is right', async () => {
    for (const jump of [HOUR, -HOUR]) {
      const push = sealedPush(`jump ${String(jump)}`, wechatTime);
      relay.clock.advance(jump);
      expect((await deliver(callbackUrl, push)).status).toBe(403);
      expect(relay.logLines.filter((line) => line.includes(`"skewSeconds":${String(jump)}`))).toHaveLength(1);
      relay.clock.advance(-jump);
      expect((await deliver(callbackUrl, push)).text).toBe('success');
    }
    expect(await readAll(device)).toHaveLength(2);
  });

  it('within the window changes neither order nor number of what is received', async () => {
    for (const jump of [300, -500, 450, -250]) {
      relay.clock.advance(jump);
      const push = sealedPush(`jump ${String(jump)}`, wechatTime);
      for (let copy = 0; copy < 3; copy += 1) expect((await deliver(callbackUrl, push)).text).toBe('success');
    }
    expect((await readAll(device)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it('does not end a waiting poll, which is woken as before', async () => {
    const poll = device.feed(0, { wait: 50 });
    await until(async () => (await polls()) === 1);
    relay.clock.advance(10 * DAY);
    await swept();
    expect(await polls()).toBe(1);
    relay.clock.advance(-20 * DAY);
    await swept();
    expect(await polls()).toBe(1);
    relay.clock.advance(10 * DAY);
    expect((await send('after the jumps')).text).toBe('success');
    expect((await poll).items).toHaveLength(1);
  });

  it('by years ahead and back removes nothing that a device has not fetched', async () => {
    for (let index = 0; index < 5; index += 1) await send(String(index));
    relay.clock.advance(3 * 365 * DAY);
    await swept();
    relay.clock.advance(-3 * 365 * DAY);
    await swept();
    const messages = (await readAll(device)).filter(({ kind }) => kind === 'message');
    expect(messages).toHaveLength(5);
  });

  it('keeps devices paired and refuses a pairing code whose time it cannot tell', async () => {
    const code = await relay.code();
    relay.clock.advance(DAY);
    const response = await fetch(`${relay.origin}/v1/pair`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, name: 'late' }),
    });
    expect(response.status).toBe(403);
    expect(await device.feed(0)).toEqual({ items: [], next: 0 });
  });
});
