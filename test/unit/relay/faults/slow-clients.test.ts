import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { deliver, sealedPush, until } from '../support/relay-harness';
import { useBoundRelay } from '../support/use-relay';
import { onLanes, readAll } from './relay-folder';

// A thousand connections take their time on a machine that does other work too.
vi.setConfig({ testTimeout: 90_000 });

const SLOW = 1_000;
const PUSHES = 200;

const bound = useBoundRelay();

/** So many connections that have said this and then nothing more. */
async function stall(count: number, text: string): Promise<void> {
  const { hostname, port } = new URL(bound.relay.origin);
  const before = await connections();
  for (let index = 0; index < count; index += 1) {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    if (text !== '') socket.write(text);
    bound.sockets.push(socket);
  }
  await until(async () => (await connections()) >= before + count);
}

function connections(): Promise<number> {
  return new Promise((resolve, reject) => {
    bound.relay.app.server.getConnections((error, count) => {
      if (error === null) resolve(count);
      else reject(error);
    });
  });
}

async function expectService(): Promise<void> {
  const poll = bound.device.feed(0, { wait: 50 });
  const pushes = Array.from({ length: PUSHES }, () => sealedPush('x', bound.relay.clock.now()));
  const bodies = pushes.map(({ body }) => body).sort();
  await onLanes(8, async () => {
    for (let push = pushes.pop(); push !== undefined; push = pushes.pop())
      expect((await deliver(bound.callbackUrl, push)).text).toBe('success');
  });
  expect((await poll).items.length).toBeGreaterThan(0);
  expect((await readAll(bound.device)).map((item) => item.body).sort()).toEqual(bodies);
}

const head = (length: number): string =>
  `POST ${new URL(bound.callbackUrl).pathname}?timestamp=1 HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(length)}\r\n`;

it('a thousand connections that never say a word stop nobody', async () => {
  await stall(SLOW, '');
  await expectService();
});

it('a thousand requests that stop in the middle of their head stop nobody', async () => {
  await stall(SLOW, head(100));
  await expectService();
});

it('a thousand callbacks that stop in the middle of their body stop nobody, and leave nothing in the feed', async () => {
  await stall(SLOW, `${head(100)}\r\n<xml>`);
  await expectService();
  for (const socket of bound.sockets) socket.resetAndDestroy();
  await until(async () => (await connections()) < SLOW);
  expect(await readAll(bound.device)).toHaveLength(PUSHES);
});

it('a thousand devices that wait and never read their answer stop nobody', async () => {
  const stranger = await bound.relay.pair('strangers');
  const request = `GET /v1/feed?wait=50 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${stranger.token}\r\n\r\n`;
  await stall(SLOW, request);
  for (const socket of bound.sockets) socket.pause();
  await expectService();
});
