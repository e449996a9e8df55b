import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error';
import { deliver, RelayHarness, sealedPush, until, type DeviceClient } from './support/relay-harness';

let relay: RelayHarness;
let device: DeviceClient;
let callbackUrl: string;

beforeEach(async () => {
  relay = await RelayHarness.start({ limits: { sweepInterval: 0.02 } });
  device = await relay.pair();
  ({ callbackUrl } = await device.bind());
});
afterEach(() => relay.stop());

const receive = (text = 'x') => deliver(callbackUrl, sealedPush(text, relay.clock.now()));
const waiting = async (): Promise<number> => {
  const text = await (await fetch(`${relay.origin}/metrics`)).text();
  return Number(/^oadesk_relay_waiting_polls (\d+)$/m.exec(text)?.[1]);
};

describe('the feed', () => {
  it('answers at once when it is not asked to wait', async () => {
    expect(await device.feed(0)).toEqual({ items: [], next: 0 });
  });

  it('gives pages in order, and the cursor for the next', async () => {
    for (let index = 0; index < 5; index += 1) await receive(String(index));
    const first = await device.feed(0, { limit: 3 });
    const second = await device.feed(first.next, { limit: 3 });
    const third = await device.feed(second.next, { limit: 3 });
    expect([first.items.length, second.items.length, third.items.length]).toEqual([3, 2, 0]);
    const seqs = [...first.items, ...second.items].map((item) => item.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(third.next).toBe(second.next);
  });

  it('wakes a waiting device as soon as a message is stored', async () => {
    const poll = device.feed(0, { wait: 50 });
    await until(async () => (await waiting()) === 1);
    await receive();
    expect((await poll).items).toHaveLength(1);
    expect(await waiting()).toBe(0);
  });

  it('wakes every waiting device of the workspace and nobody else', async () => {
    const others = await Promise.all(Array.from({ length: 6 }, () => relay.store).map(() => relay.pair()));
    const stranger = await relay.pair('strangers');
    let strangerAnswered = false;
    const away = new AbortController();
    const strangerPoll = stranger.feed(0, { wait: 50, signal: away.signal }).then(
      () => {
        strangerAnswered = true;
      },
      () => undefined,
    );
    const polls = others.map((other) => other.feed(0, { wait: 50 }));
    await until(async () => (await waiting()) === 7);
    await receive();
    for (const poll of polls) expect((await poll).items).toHaveLength(1);
    expect(await waiting()).toBe(1);
    expect(strangerAnswered).toBe(false);
    away.abort();
    await strangerPoll;
  });

  it('loses nothing between two polls while messages keep coming', async () => {
    const seen: number[] = [];
    let sending = true;
    const reader = (async () => {
      let cursor = 0;
      while (sending || seen.length < 100) {
        const page = await device.feed(cursor, { wait: 1 });
        seen.push(...page.items.map((item) => item.seq));
        cursor = page.next;
      }
    })();
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        for (let index = 0; index < 20; index += 1) await receive();
      }),
    );
    sending = false;
    await reader;
    expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  it('comes back empty with the same cursor when the time is up', async () => {
    await receive();
    const { next } = await device.feed(0);
    expect(await device.feed(next, { wait: 0.05 })).toEqual({ items: [], next });
  });

  it('lets go of a device that has gone away', async () => {
    const away = new AbortController();
    const poll = device.feed(0, { wait: 50, signal: away.signal }).catch(() => 'gone');
    await until(async () => (await waiting()) === 1);
    away.abort();
    expect(await poll).toBe('gone');
    await until(async () => (await waiting()) === 0);
  });

  it('lets go of a connection that breaks without a word', async () => {
    const { hostname, port } = new URL(relay.origin);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /v1/feed?wait=50 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${device.token}\r\n\r\n`);
    await until(async () => (await waiting()) === 1);
    socket.resetAndDestroy();
    await until(async () => (await waiting()) === 0);
  });

  it('ends the oldest poll of a device that opens more than four', async () => {
    const away = new AbortController();
    const oldest = device.feed(0, { wait: 50 });
    await until(async () => (await waiting()) === 1);
    const newer = Array.from({ length: 4 }, () =>
      device.feed(0, { wait: 50, signal: away.signal }).catch(() => 'gone'),
    );
    expect(await oldest).toEqual({ items: [], next: 0 });
    expect(await waiting()).toBe(4);
    away.abort();
    await Promise.all(newer);
  });

  it('ends waiting polls when the relay stops', async () => {
    const poll = device.feed(0, { wait: 50 });
    await until(async () => (await waiting()) === 1);
    await relay.restart();
    expect(await poll).toEqual({ items: [], next: 0 });
  });

  it('refuses a query that is none', async () => {
    for (const query of [
      'after=-1',
      'after=x',
      'wait=51',
      'wait=x',
      'limit=0',
      'limit=501',
      'limit=1.5',
      'other=1',
    ])
      expect([query, (await device.request('GET', `/v1/feed?${query}`)).status]).toEqual([query, 400]);
  });

  it('says nothing to whom has no token, not even what is wrong with the query', async () => {
    for (const authorization of ['', 'Bearer x', `Bearer ${'A'.repeat(43)}`, `Basic ${device.token}`]) {
      const response = await fetch(`${relay.origin}/v1/feed?wait=x`, { headers: { authorization } });
      expect([authorization, response.status]).toEqual([authorization, 401]);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({ error: { code: 'relay/unauthorized' } });
    }
  });

  it('refuses a parameter that is given twice', async () => {
    expect((await device.request('GET', '/v1/feed?after=1&after=2')).status).toBe(400);
  });

  it('refuses a device that asks without end, and no other', async () => {
    await relay.stop();
    relay = await RelayHarness.start({ limits: { deviceRequests: 5 } });
    const wild = await relay.pair();
    const calm = await relay.pair();
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await wild.request('GET', '/v1/feed')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await calm.request('GET', '/v1/feed')).status).toBe(200);
  });

  it('answers one poll after another on the same connection', async () => {
    const { hostname, port } = new URL(relay.origin);
    const socket = connect(Number(port), hostname);
    let answers = '';
    socket.on('data', (bytes) => (answers += bytes.toString()));
    const poll = `GET /v1/feed?wait=0.05 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${device.token}\r\n\r\n`;
    for (let count = 1; count <= 3; count += 1) {
      socket.write(poll);
      await until(() => answers.split('{"items":[],"next":0}').length === count + 1);
    }
    socket.destroy();
  });

  it('leaves other addresses and methods to their own routes', async () => {
    for (const [method, path] of [
      ['POST', '/v1/feed'],
      ['GET', '/v1/feeds'],
      ['GET', '/v1/feed/'],
    ] as const)
      expect([path, (await device.request(method, path)).status]).toEqual([path, 404]);
  });

  it('marks what is ciphertext of the account’s own key', async () => {
    await receive();
    expect((await device.feed(0)).items).toMatchObject([{ kind: 'message', encrypted: true }]);
  });

  it('answers a page that the store cannot read with its reason, and waits for nothing', async () => {
    const readFeed = relay.store.log.readFeed.bind(relay.store.log);
    relay.store.log.readFeed = () => Promise.reject(new AppError({ code: 'relay/store-unavailable' }));
    const response = await device.request('GET', '/v1/feed?wait=50');
    relay.store.log.readFeed = readFeed;
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'relay/store-unavailable' } });
    expect(await waiting()).toBe(0);
  });

  it('starts over for a device whose cursor comes from a store that was lost', async () => {
    await receive();
    expect((await device.feed(1_000)).items).toHaveLength(1);
  });
});

describe('acknowledgement', () => {
  it('comes with the next poll, only rises, and counts for no number that was never given out', async () => {
    await receive();
    await receive();
    expect(await device.unread()).toBe(2);
    await device.ack(1);
    expect(await device.unread()).toBe(1);
    await device.ack(0);
    expect(await device.unread()).toBe(1);
    await device.ack(99);
    expect(await device.unread()).toBe(1);
    await device.ack(2);
    expect(await device.unread()).toBe(0);
    expect((await device.request('GET', '/v1/feed?acked=-1')).status).toBe(400);
  });

  it('is kept by a relay that is stopped', async () => {
    await receive();
    await device.ack(1);
    await relay.restart();
    expect(await device.unread()).toBe(0);
  });
});
