import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JetStreamStore } from '#relay/store/jetstream/jetstream-store';
import { silentLogger } from '#shared/log';
import { builtProgram } from '../../unit/support/built-program';
import { hasNatsServer, NatsServers, until } from '../support/nats-server';
import { fresh, item } from './contract-items';
import { differences, Load, NO_DIFFERENCES, readAll } from './load';

/** WeChat gives up after this. */
const WECHAT_WAITS_MS = 5_000;
const ITEMS = 'oadesk-items';
const RECOVERY_MS = 40_000;
const EVERYTHING = { limit: 100_000, maxBytes: Number.MAX_SAFE_INTEGER };
const APPENDER = fileURLToPath(new URL('appender.ts', import.meta.url));

describe.skipIf(!hasNatsServer())('JetStream store when the cluster fails', () => {
  let servers: NatsServers;
  let folder: string;
  let opened: JetStreamStore[];
  let workspace: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-faults-'));
    servers = await NatsServers.start(3);
  }, 60_000);
  afterAll(async () => {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await servers.heal();
    opened = [];
    workspace = fresh('workspace');
  }, 60_000);
  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
  }, 60_000);

  const open = async (
    spoolDir = join(folder, fresh('spool')),
    first = servers.urls,
  ): Promise<JetStreamStore> => {
    const store = await JetStreamStore.open({
      servers: first,
      replicas: 3,
      spoolDir,
      durable: false,
      log: silentLogger,
    });
    opened.push(store);
    return store;
  };
  const drained = (store: JetStreamStore) =>
    until(
      'the spool is empty',
      () => store.status().mode === 'stream' && store.status().spooled === 0,
      RECOVERY_MS,
    );
  const answers = (load: Load, count: number) =>
    until(`${count} more answers`, () => load.answered.length >= count);

  it('answers everything in time and loses nothing when a follower dies', async () => {
    await open();
    const leader = await servers.leaderOf(ITEMS);
    const store = await open(undefined, [servers.urlOf(leader)]);
    const load = new Load(store, workspace);
    await answers(load, 100);
    await servers.kill(servers.names.find((name) => name !== leader) ?? '');
    await answers(load, load.answered.length + 500);
    await load.stop();
    await drained(store);
    expect(load.failures).toEqual([]);
    expect(load.slowest).toBeLessThan(WECHAT_WAITS_MS);
    expect(differences(await readAll(store, workspace), load.names)).toEqual(NO_DIFFERENCES);
  }, 60_000);

  it('answers everything in time when the leader dies, and the stream has all in order and once', async () => {
    const store = await open();
    const load = new Load(store, workspace);
    await answers(load, 100);
    const leader = await servers.leaderOf(ITEMS);
    await servers.kill(leader);
    await until('the spool takes over', () => store.status().mode === 'spool');
    await answers(load, load.answered.length + 100);
    await drained(store);
    await answers(load, load.answered.length + 100);
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(load.slowest).toBeLessThan(WECHAT_WAITS_MS);
    expect(new Set(load.answered.map(({ outcome }) => outcome))).toEqual(new Set(['stored']));
    expect(differences(await readAll(store, workspace), load.names)).toEqual(NO_DIFFERENCES);
  }, 90_000);

  it('lives on its spool while two servers are gone, and drains it in order and once when they return', async () => {
    const store = await open();
    const documents = store.collection({ name: fresh('accounts'), lifetime: null });
    await documents.create('a', 'token');
    const load = new Load(store, workspace);
    await answers(load, 100);
    const [first = '', second = ''] = servers.names;
    await Promise.all([servers.kill(first), servers.kill(second)]);
    await until('the spool takes over', () => store.status().mode === 'spool');
    await answers(load, load.answered.length + 300);
    // What is needed to check a callback is known without the cluster; a change is refused, not lost in silence.
    expect((await documents.get('a'))?.value).toBe('token');
    await expect(documents.create('b', 'x')).rejects.toMatchObject({ code: 'relay/store-unavailable' });
    await expect(store.check()).resolves.toBeUndefined();
    const spooled = load.answered.at(-1)?.name ?? '';
    expect(await store.log.append(item(workspace, spooled))).toBe('duplicate');
    expect(store.status().spooled).toBeGreaterThan(100);

    await servers.heal();
    await drained(store);
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(load.slowest).toBeLessThan(WECHAT_WAITS_MS);
    expect(differences(await readAll(store, workspace), load.names)).toEqual(NO_DIFFERENCES);
    expect(await store.log.append(item(workspace, spooled))).toBe('duplicate');
    // The refused change may have been on its way: then it is there, otherwise it can be made now.
    await documents.create('b', 'x');
    expect((await documents.get('b'))?.value).toBe('x');
  }, 120_000);

  it('leaves a server that froze, and loses nothing', async () => {
    await open();
    const leader = await servers.leaderOf(ITEMS);
    const store = await open(undefined, [servers.urlOf(leader)]);
    const load = new Load(store, workspace);
    await answers(load, 100);
    servers.freeze(leader);
    try {
      await until('the spool takes over', () => store.status().mode === 'spool');
      await drained(store);
    } finally {
      servers.thaw(leader);
    }
    await load.stop();
    await drained(store);
    expect(load.failures).toEqual([]);
    expect(load.slowest).toBeLessThan(WECHAT_WAITS_MS);
    expect(differences(await readAll(store, workspace), load.names)).toEqual(NO_DIFFERENCES);
  }, 90_000);

  it('keeps what a relay had acknowledged that was killed while it spooled, and another while it drained', async () => {
    const spoolDir = join(folder, fresh('spool'));
    const acknowledged: number[] = [];
    /** Runs a relay in a process of its own, which is killed without a warning after so many more answers. */
    const runAndKill = async (answered: number, afterHundred: () => Promise<void>): Promise<void> => {
      const begin = String(Math.max(0, ...acknowledged) + 1_000);
      const args = [builtProgram(APPENDER), servers.urls.join(','), spoolDir, workspace, begin];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let count = 0;
      let after = Promise.resolve();
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(Number(line));
        count += 1;
        if (count === 100) after = afterHundred();
        if (count === answered) child.kill('SIGKILL');
      }
      await after;
    };
    const [first = '', second = ''] = servers.names;
    await runAndKill(1_500, async () => {
      await Promise.all([servers.kill(first), servers.kill(second)]);
    });
    await servers.heal();
    await runAndKill(300, () => Promise.resolve());
    const store = await open(spoolDir);
    await drained(store);
    const found = await readAll(store, workspace);
    const stored = new Set(found.map(Number));
    expect(acknowledged.length).toBeGreaterThanOrEqual(1_800);
    expect(acknowledged.filter((number) => !stored.has(number))).toEqual([]);
    // What was in flight when a process died was not acknowledged, and may be there or not.
    expect(differences(found, [...found].sort())).toEqual(NO_DIFFERENCES);
  }, 120_000);

  it('loses nothing when all servers lose their power and forget what they had acknowledged', async () => {
    const store = await open();
    const load = new Load(store, workspace);
    await answers(load, 50);
    await servers.sync();
    await drained(store);
    const remembered = load.answered.length;
    // Each takes a number that no item will have again.
    await Promise.all(Array.from({ length: 500 }, () => store.check()));
    await answers(load, remembered + 300);
    // A device that has read so far.
    const cursor = await store.log.lastSeq(workspace);
    await servers.cutPower();
    await until('the spool takes over', () => store.status().mode === 'spool');
    const forgotten = load.answered.slice(remembered);
    await answers(load, load.answered.length + 50);
    await servers.heal();
    await drained(store);
    await load.stop();
    expect(forgotten.length).toBeGreaterThanOrEqual(300);
    expect(load.failures).toEqual([]);
    expect(load.slowest).toBeLessThan(WECHAT_WAITS_MS);
    const found = await readAll(store, workspace);
    expect(differences(found, load.names)).toEqual(NO_DIFFERENCES);
    // Numbers that the device has seen are not given out again: nothing new lies before its cursor.
    const { items } = await store.log.readFeed(workspace, cursor, EVERYTHING);
    const seen = items.map(({ body }) => body.toString());
    expect(
      load.names
        .slice(load.names.indexOf(forgotten.at(-1)?.name ?? ''))
        .filter((name) => !seen.includes(name)),
    ).toEqual([]);
  }, 120_000);

  it('stores each once in a storm of redeliveries at two relays, before, during and after an outage', async () => {
    const relays = [await open(), await open()];
    const names = Array.from({ length: 60 }, (_, index) => `storm ${index}`);
    const storm = async (part: readonly string[]) => {
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, round) => round).flatMap((round) =>
          part.map((name) => relays[round % 2]!.log.append(item(workspace, name))),
        ),
      );
      return outcomes.filter((outcome) => outcome === 'stored').length;
    };
    expect(await storm(names.slice(0, 20))).toBe(20);
    const [first = '', second = ''] = servers.names;
    await Promise.all([servers.kill(first), servers.kill(second)]);
    // Each relay knows of its own spool only; the stream sorts the two out.
    expect(await storm(names.slice(10, 40))).toBeLessThanOrEqual(60);
    await servers.heal();
    await storm(names.slice(30));
    await Promise.all(relays.map(drained));
    await storm(names);
    const found = await readAll(relays[0] as JetStreamStore, workspace);
    expect([...found].sort()).toEqual([...names].sort());
  }, 120_000);
});
