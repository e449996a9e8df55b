import { setTimeout as pace } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttpRelayApi } from '#main/relay/http-relay-api';
import type { Puller } from '#main/relay/puller';
import { createPuller } from '#main/relay/puller';
import { createServerClock } from '#main/relay/server-clock';
import type { BoundLink, ConnectionState } from '#main/services/interfaces';
import { AppError } from '#shared/app-error';
import { silentLogger } from '#shared/log';
import type { FeedItem } from '#shared/relay/protocol';
import type { FakeRelay } from './fake-relay';
import { startFakeRelay } from './fake-relay';

const TOKEN = 'device-token-of-this-test';
/** Fifty messages a second, as a busy shop may get after a broadcast. */
const STREAM = 40;
const STREAM_PACE_MS = 20;
const machine = { now: () => Date.now() / 1000 };

/** A desktop whose storage is memory: what is stored survives a stop of the puller, as the database would. */
function desktop(relay: FakeRelay, options: { readonly cursor?: number } = {}) {
  const stored: number[] = [];
  const connections: ConnectionState[] = [];
  const offsets: number[] = [];
  let links: BoundLink[] = [
    {
      id: 'link',
      url: relay.url,
      deviceToken: TOKEN,
      cursor: options.cursor ?? 0,
      appids: ['wx0123456789abcdef'],
    },
  ];
  let cursor = options.cursor ?? 0;
  let flushes = 0;
  let ingestFails: AppError | null = null;
  let beforeStore: () => Promise<void> = () => Promise.resolve();
  const listeners = new Set<() => void>();
  const clock = createServerClock({
    machine,
    publish: (_topic, payload) => offsets.push((payload as { offset: number }).offset),
    log: silentLogger,
  });

  const puller = createPuller({
    accounts: {
      links: () => Promise.resolve(links.map((link) => ({ ...link, cursor }))),
      setConnection: (_id, connection) => connections.push(connection),
      onLinksChanged: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    conversations: {
      async ingest(_link: string, items: readonly FeedItem[]) {
        await beforeStore();
        if (ingestFails) throw ingestFails;
        const fresh = items.filter((item) => !stored.includes(item.seq));
        stored.push(...fresh.map((item) => item.seq));
        cursor = items.at(-1)?.seq ?? cursor;
        return { stored: fresh.length, duplicates: items.length - fresh.length, quarantined: 0 };
      },
      flushQueue: () => {
        flushes += 1;
        return Promise.resolve();
      },
    },
    relay: createHttpRelayApi({ machine, onServerDate: (server, local) => clock.learn(server, local) }),
    clock,
    log: silentLogger,
    backoff: { firstMs: 5, maxMs: 40 },
  });
  return {
    puller,
    stored,
    connections,
    offsets,
    flushes: () => flushes,
    cursor: () => cursor,
    state: () => connections.at(-1)?.state,
    error: () => connections.at(-1)?.error?.code,
    failIngest: (error: AppError | null) => (ingestFails = error),
    whileStoring: (wait: () => Promise<void>) => (beforeStore = wait),
    setLinks(next: BoundLink[]) {
      links = next;
      for (const listener of listeners) listener();
    },
    link: () => links[0]!,
  };
}

/** A promise and the function that fulfils it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

let relay: FakeRelay;
let running: Puller[] = [];
beforeEach(async () => {
  relay = await startFakeRelay(TOKEN);
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((puller) => puller.stop()));
  await relay.down();
});

async function started(options?: { readonly cursor?: number }) {
  const desk = desktop(relay, options);
  running.push(desk.puller);
  await desk.puller.start();
  return desk;
}

describe('the puller', () => {
  it('stores what waits at the relay, then acknowledges it', async () => {
    relay.push(3);
    const desk = await started();
    await until(() => expect(relay.acks).toEqual([3]));
    expect(desk.stored).toEqual([1, 2, 3]);
    expect(desk.state()).toBe('connected');
  });

  it('gets a new message through the open poll, without asking again first', async () => {
    const desk = await started();
    await until(() => expect(relay.polls.at(-1)?.wait).toBeGreaterThan(0));
    const asked = relay.polls.length;
    relay.push(1);
    await until(() => expect(desk.stored).toEqual([1]));
    await until(() => expect(relay.acks).toEqual([1]));
    expect(relay.polls[asked - 1]?.after).toBe(0);
  });

  it('fetches a stream of messages several at a time, and loses none', async () => {
    const desk = await started();
    await until(() => expect(desk.state()).toBe('connected'));
    const before = relay.polls.length;
    for (let sent = 0; sent < STREAM; sent += 1) {
      relay.push(1);
      await pace(STREAM_PACE_MS);
    }
    await until(() => expect(desk.stored).toEqual(upTo(STREAM)));
    expect(relay.polls.length - before).toBeLessThan(STREAM / 2);
  });

  it('doubts its connection when it is woken just after a message, as at any other time', async () => {
    const desk = await started();
    await until(() => expect(desk.state()).toBe('connected'));
    relay.push(1);
    await until(() => expect(desk.stored).toEqual([1]));
    desk.puller.wake();
    await until(() => expect(relay.polls.at(-1)?.after).toBe(1));
    expect(relay.polls.find(({ after }) => after === 1)?.wait).toBe(0);
  });

  it('catches up on more than one page', async () => {
    relay.push(950);
    const desk = await started();
    await until(() => expect(relay.acks.at(-1)).toBe(950));
    expect(desk.stored).toEqual(upTo(950));
  });

  it('acknowledges nothing before it is stored', async () => {
    const storing = gate();
    const stored = gate();
    const desk = desktop(relay);
    running.push(desk.puller);
    desk.whileStoring(() => {
      storing.open();
      return stored.opened;
    });
    relay.push(2);
    await desk.puller.start();
    await storing.opened;
    expect(relay.acks).toEqual([]);
    stored.open();
    await until(() => expect(relay.acks).toEqual([2]));
  });

  it('keeps the message and says why when storing fails, and goes on when it works again', async () => {
    const desk = desktop(relay);
    running.push(desk.puller);
    desk.failIngest(new AppError({ code: 'db/disk-full' }));
    relay.push(2);
    await desk.puller.start();
    await until(() => expect(desk.error()).toBe('db/disk-full'));
    expect(desk.state()).toBe('connected');
    expect(relay.acks).toEqual([]);
    desk.failIngest(null);
    await until(() => expect(relay.acks).toEqual([2]));
    expect(desk.stored).toEqual([1, 2]);
    await until(() => expect(desk.error()).toBeUndefined());
  });

  it('loses and doubles nothing when the relay goes away and comes back while messages arrive', async () => {
    const desk = await started();
    relay.push(5);
    await until(() => expect(desk.stored).toHaveLength(5));
    await relay.down();
    await until(() => expect(desk.state()).toBe('offline'));
    expect(desk.error()).toBe('relay/unreachable');
    relay.push(7);
    await relay.up();
    await until(() => expect(desk.stored).toEqual(upTo(12)));
    await until(() => expect(relay.acks.at(-1)).toBe(12));
    expect(desk.state()).toBe('connected');
  });

  it('sends the queue on when the relay answers again, once each time', async () => {
    const desk = await started();
    await until(() => expect(desk.flushes()).toBe(1));
    await relay.down();
    await until(() => expect(desk.state()).toBe('offline'));
    await relay.up();
    await until(() => expect(desk.flushes()).toBe(2));
    relay.push(1);
    await until(() => expect(desk.stored).toEqual([1]));
    expect(desk.flushes()).toBe(2);
  });

  it('acknowledges at start what a crash left unacknowledged', async () => {
    relay.push(4);
    const desk = await started({ cursor: 3 });
    await until(() => expect(relay.acks).toEqual([3, 4]));
    expect(desk.stored).toEqual([4]);
  });

  it('says when the relay does not know this computer any more', async () => {
    const desk = desktop(relay);
    running.push(desk.puller);
    desk.setLinks([{ ...desk.link(), deviceToken: 'revoked' }]);
    await desk.puller.start();
    await until(() => expect(desk.error()).toBe('relay/unauthorized'));
    expect(desk.state()).toBe('offline');
  });

  it.each([
    [503, 'relay/store-unavailable', 'relay/store-unavailable'],
    [429, 'relay/too-many-attempts', 'relay/too-many-attempts'],
    [502, null, 'relay/unreachable'],
    [404, null, 'relay/protocol'],
  ])('tells of a refusal with status %i and goes on trying', async (status, code, shown) => {
    relay.refuse(status, code, 2);
    relay.push(1);
    const desk = await started();
    await until(() => expect(desk.stored).toEqual([1]));
    expect(desk.connections.map((connection) => connection.error?.code)).toContain(shown);
    await until(() => expect(desk.error()).toBeUndefined());
  });

  it('stops at once in the middle of a poll and can start again', async () => {
    const desk = await started();
    await until(() => expect(relay.polls.at(-1)?.wait).toBeGreaterThan(0));
    await desk.puller.stop();
    relay.push(2);
    expect(desk.stored).toEqual([]);
    await desk.puller.start();
    await until(() => expect(desk.stored).toEqual([1, 2]));
  });

  it('waits for what is being stored when it stops', async () => {
    let release: () => void = () => undefined;
    let storing = false;
    const desk = desktop(relay);
    desk.whileStoring(() => {
      storing = true;
      return new Promise((resolve) => (release = resolve));
    });
    relay.push(1);
    await desk.puller.start();
    await until(() => expect(storing).toBe(true));
    const stopped = desk.puller.stop();
    release();
    await stopped;
    expect(desk.stored).toEqual([1]);
    expect(desk.cursor()).toBe(1);
  });

  it('begins to pull when an account is bound and stops when it is disconnected', async () => {
    const desk = desktop(relay);
    running.push(desk.puller);
    const link = desk.link();
    desk.setLinks([]);
    await desk.puller.start();
    relay.push(1);
    expect(relay.polls).toEqual([]);
    desk.setLinks([link]);
    await until(() => expect(desk.stored).toEqual([1]));
    await until(() => expect(relay.acks).toEqual([1]));
    desk.setLinks([]);
    // What the relay gets after that is not asked for any more.
    await desk.puller.start();
    relay.push(1);
    await desk.puller.start();
    expect(desk.stored).toEqual([1]);
  });

  it('asks at once when it is woken instead of waiting out a pause', async () => {
    await relay.down();
    const desk = desktop(relay);
    const slow = createPuller({
      accounts: {
        links: () => Promise.resolve([desk.link()]),
        setConnection: (_id, connection) => desk.connections.push(connection),
        onLinksChanged: () => () => undefined,
      },
      conversations: {
        ingest: (_id, items) => {
          desk.stored.push(...items.map((item) => item.seq));
          return Promise.resolve({ stored: items.length, duplicates: 0, quarantined: 0 });
        },
        flushQueue: () => Promise.resolve(),
      },
      relay: createHttpRelayApi({ machine, onServerDate: () => undefined }),
      clock: { now: machine.now, skewHours: () => null },
      log: silentLogger,
      backoff: { firstMs: 3_600_000, maxMs: 3_600_000 },
    });
    running.push(slow);
    await slow.start();
    await until(() => expect(desk.state()).toBe('offline'));
    await relay.up();
    relay.push(1);
    slow.wake();
    await until(() => expect(desk.stored).toEqual([1]));
  });

  it('learns that this computer is wrong by hours, tells the page once, and says so at the account', async () => {
    relay.setClockOffset(3 * 3600);
    const desk = await started();
    await until(() => expect(desk.error()).toBe('clock/skewed'));
    expect(desk.state()).toBe('connected');
    expect(desk.connections.at(-1)?.error?.params).toEqual({ hours: 3 });
    expect(desk.offsets).toHaveLength(1);
    expect(desk.offsets[0]).toBeGreaterThan(3 * 3600 - 3);
    expect(desk.offsets[0]).toBeLessThan(3 * 3600 + 3);
  });
});
