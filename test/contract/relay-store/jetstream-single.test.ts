import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, headers, nanos, type NatsConnection } from '@nats-io/transport-node';
import Database from 'libsql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { factsOf, ITEM_HEADER } from '#relay/store/jetstream/item-codec';
import { JetStreamStore } from '#relay/store/jetstream/jetstream-store';
import type { JetStreamOptions } from '#relay/store/jetstream/options';
import { Spool } from '#relay/store/jetstream/spool';
import { silentLogger } from '#shared/log';
import { freePorts, hasNatsServer, NatsServers, until } from '../support/nats-server';
import { bodies, fresh, item } from './contract-items';
import { readAll } from './load';

const NODE = 'n1';
const ITEMS = 'oadesk-items';
/** The shortest duplicate window that a server takes. */
const FORGETS_AFTER_MS = 100;

describe.skipIf(!hasNatsServer())('JetStream store and its server', () => {
  let servers: NatsServers;
  let folder: string;
  let opened: JetStreamStore[];
  let workspace: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-single-'));
    servers = await NatsServers.start(1);
  }, 60_000);
  afterAll(async () => {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    opened = [];
    workspace = fresh('workspace');
  });
  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await servers.heal();
  });

  const open = async (options: Partial<JetStreamOptions> = {}): Promise<JetStreamStore> => {
    const store = await JetStreamStore.open({
      servers: servers.urls,
      spoolDir: join(folder, fresh('spool')),
      durable: false,
      log: silentLogger,
      ...options,
    });
    opened.push(store);
    return store;
  };
  const drained = (store: JetStreamStore) =>
    until('the spool is empty', () => store.status().mode === 'stream' && store.status().spooled === 0);
  const restart = async (): Promise<void> => {
    await servers.kill(NODE);
    await servers.heal();
  };
  const manage = async (work: (manager: JetStreamManager, connection: NatsConnection) => Promise<void>) => {
    const connection = await connect({ servers: [...servers.urls] });
    await work(await jetstreamManager(connection), connection);
    await connection.close();
  };

  it('hears before long of an item whose relay died before it could tell', async () => {
    const store = await open();
    const heard: string[] = [];
    store.log.onCommitted((id) => heard.push(id));
    const orphan = item(workspace, 'orphan');
    await manage(async (_, connection) => {
      const head = headers();
      head.set(ITEM_HEADER, factsOf(orphan));
      connection.publish(`oadesk.items.${workspace}`, orphan.body, { headers: head });
      await connection.flush();
    });
    await until('the item is heard of', () => heard.includes(workspace));
    expect(await readAll(store, workspace)).toEqual(['orphan']);
    // Once is enough.
    expect(heard).toEqual([workspace]);
  });

  it('keeps the entries of each lifetime for as long, and everything else until it is removed', async () => {
    await open();
    await manage(async (manager) => {
      const age = async (stream: string) => (await manager.streams.info(stream)).config;
      expect(await age('KV_oadesk-lasting')).toMatchObject({
        max_age: 0,
        max_msgs_per_subject: 1,
        storage: 'file',
      });
      expect((await age('KV_oadesk-3600')).max_age).toBe(nanos(3_600_000));
      expect((await age('KV_oadesk-2678400')).max_age).toBe(nanos(2_678_400_000));
      const items = await age(ITEMS);
      expect(items).toMatchObject({
        max_age: 0,
        max_msgs: -1,
        max_bytes: -1,
        discard: 'new',
        storage: 'file',
      });
      expect(items.duplicate_window).toBeGreaterThanOrEqual(nanos(30 * 60_000));
    });
  });

  it('drains once what the stream had already although the stream has forgotten its id', async () => {
    const store = await open();
    const names = ['a', 'b', 'c', 'd'];
    await store.log.append(item(workspace, 'before'));
    const position = await store.log.lastSeq(workspace);
    for (const name of names.slice(0, 2)) await store.log.append(item(workspace, name));
    await store.close();
    // As a relay leaves it that died with four in flight, of which two had arrived.
    const spoolDir = join(folder, fresh('spool'));
    const spool = await Spool.open(spoolDir);
    for (const name of names) await spool.add(item(workspace, name), position);
    await spool.close();
    await manage(async (manager) => {
      await manager.streams.update(ITEMS, { duplicate_window: nanos(FORGETS_AFTER_MS) });
    });
    const begun = performance.now();
    await until('the ids are too old', () => performance.now() - begun > FORGETS_AFTER_MS);
    await restart();
    try {
      const next = await open({ spoolDir });
      await drained(next);
      expect(await bodies(next, workspace)).toEqual(['before', ...names]);
      // The control: nothing but the spool's own look kept them from being stored again.
      const other = await open();
      expect(await other.log.append(item(workspace, 'a'))).toBe('stored');
    } finally {
      await manage(async (manager) => {
        await manager.streams.update(ITEMS, { duplicate_window: nanos(30 * 60_000) });
      });
    }
  });

  it('refuses what neither the cluster nor the disk takes, and takes it again when one does', async () => {
    const spoolDir = join(folder, fresh('spool'));
    const store = await open({ spoolDir, ackTimeoutMs: 200 });
    await store.log.append(item(workspace, 'before'));
    await servers.kill(NODE);
    const lock = new Database(join(spoolDir, 'spool.db'));
    lock.exec('BEGIN IMMEDIATE');
    const refused = { code: 'relay/store-unavailable' };
    await expect(store.log.append(item(workspace, 'lost'))).rejects.toMatchObject(refused);
    await expect(store.check()).rejects.toMatchObject(refused);
    lock.close();
    expect(await store.log.append(item(workspace, 'lost'))).toBe('stored');
    await expect(store.check()).resolves.toBeUndefined();
    await servers.heal();
    await drained(store);
    expect(await readAll(store, workspace)).toEqual(['before', 'lost']);
  });

  it('announces what was drained', async () => {
    const store = await open({ ackTimeoutMs: 200 });
    await servers.kill(NODE);
    await store.log.append(item(workspace, 'spooled'));
    const heard = new Promise<void>((resolve) => {
      store.log.onCommitted((id) => {
        if (id === workspace) resolve();
      });
    });
    await servers.heal();
    await heard;
    expect(await readAll(store, workspace)).toEqual(['spooled']);
  });

  it('leaves its spool quickly under full load', async () => {
    const store = await open({ ackTimeoutMs: 200 });
    const count = 4_000;
    let next = 0;
    const work = async (until: () => boolean): Promise<void> => {
      while (!until()) {
        const name = String((next += 1)).padStart(6, '0');
        await store.log.append(item(workspace, name));
      }
    };
    const workers = (until: () => boolean) => Promise.all(Array.from({ length: 64 }, () => work(until)));
    await servers.kill(NODE);
    await workers(() => next >= count);
    expect(store.status().spooled).toBeGreaterThan(count / 2);
    await servers.heal();
    // The load goes on until the stream has caught up with it.
    let caughtUp = false;
    const load = workers(() => caughtUp);
    await drained(store).finally(() => (caughtUp = true));
    await load;
    await drained(store);
    const found = await readAll(store, workspace);
    expect(found).toHaveLength(next);
    expect(found).toEqual([...found].sort());
  }, 60_000);

  it('sees changes of another relay after its server came back', async () => {
    const [ours, theirs] = [await open(), await open()];
    const name = fresh('things');
    await restart();
    const things = theirs.collection({ name, lifetime: null });
    await until('it can be written', async () => {
      try {
        return (await things.create('a', 'one')) !== null || (await things.get('a')) !== null;
      } catch {
        return false;
      }
    });
    await until(
      'it is seen',
      async () => (await ours.collection({ name, lifetime: null }).get('a'))?.value === 'one',
    );
  });

  it('refuses an item that no server would ever take', async () => {
    const store = await open();
    const large = item(workspace, 'large', { body: Buffer.alloc(1_100_000) });
    await expect(store.log.append(large)).rejects.toMatchObject({ code: 'relay/too-large' });
    expect(store.status()).toEqual({ connected: true, mode: 'stream', spooled: 0 });
  });

  it('gives its spool to one process only', async () => {
    const spoolDir = join(folder, fresh('spool'));
    const store = await open({ spoolDir });
    await expect(open({ spoolDir })).rejects.toMatchObject({ code: 'relay/already-running' });
    await store.close();
    await expect(open({ spoolDir })).resolves.toBeInstanceOf(JetStreamStore);
  });

  it('refuses to open as durable on servers that cannot be, and says why', async () => {
    const refusal = (reason: RegExp) => ({
      code: 'relay/store-not-durable',
      data: { params: { reason: expect.stringMatching(reason) } },
    });
    await expect(open({ durable: true, monitoring: servers.monitoring })).rejects.toMatchObject(
      refusal(/^n1 \([\d.]+\): (cannot sync each write|syncs only now and then)/),
    );
    await expect(open({ durable: true })).rejects.toMatchObject(
      refusal(/^n1 \(version unknown\): keeps a copy, but no monitoring/),
    );
  });

  it('does not open without a cluster, and leaves nothing behind', async () => {
    const [port = 0] = await freePorts(1);
    const spoolDir = join(folder, fresh('spool'));
    const unreachable = { servers: [`nats://127.0.0.1:${port}`], spoolDir, openWaitMs: 300 };
    await expect(open(unreachable)).rejects.toMatchObject({ code: 'relay/store-unavailable' });
    await expect(open({ spoolDir })).resolves.toBeInstanceOf(JetStreamStore);
    const credentials = { kind: 'file', path: join(folder, 'missing.creds') } as const;
    await expect(open({ credentials })).rejects.toMatchObject({ code: 'relay/store-credentials' });
    await expect(open({ replicas: 3, openWaitMs: 300, namespace: 'too-many' })).rejects.toMatchObject({
      code: 'relay/store-unavailable',
    });
  });
});
