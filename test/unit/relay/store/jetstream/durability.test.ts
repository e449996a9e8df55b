import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { describeDurability, durabilityLines } from '#relay/store/jetstream/durability';
import { isAtLeast } from '#relay/store/jetstream/versions';

describe('whether a cluster keeps what it acknowledged over a power cut', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  /** A monitoring port that answers as nats-server's does. */
  const monitor = async (
    name: string,
    version: string,
    config: object | null,
    status = 200,
  ): Promise<string> => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/varz' ? status : 404;
      response.end(
        JSON.stringify({ server_name: name, version, jetstream: config === null ? {} : { config } }),
      );
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const SYNCING = { max_memory: 1, sync_interval: 120_000_000_000, sync_always: true };
  const problems = async (monitoring: readonly string[], replicas = 3, holders: readonly string[] = []) =>
    (await describeDurability({ monitoring, replicas, holders })).servers.map(({ problem }) => problem);

  it('holds when every server that keeps a copy says that it syncs each write', async () => {
    const monitoring = [await monitor('a', '2.10.23', SYNCING), await monitor('b', '2.11.0-RC.1', SYNCING)];
    const report = await describeDurability({ monitoring, holders: ['a', 'b'], replicas: 3 });
    expect(report).toMatchObject({ durable: true });
    expect(durabilityLines(report)).toEqual([
      'a (2.10.23): syncs each write to its disk.',
      'b (2.11.0-RC.1): syncs each write to its disk.',
    ]);
  });

  it('does not hold when one server syncs only now and then, as is the default', async () => {
    const monitoring = [
      await monitor('a', '2.12.0', SYNCING),
      await monitor('b', '2.12.0', { max_memory: 1, sync_interval: 120_000_000_000 }),
    ];
    expect(await problems(monitoring)).toEqual([null, 'syncs-later']);
    expect(await describeDurability({ monitoring, replicas: 3 })).toMatchObject({ durable: false });
  });

  it('does not hold on versions that cannot, nor in a cluster on those that leave its log unsynced', async () => {
    const old = await monitor('old', '2.9.10', { max_memory: 1 });
    const early = await monitor('early', '2.10.4', SYNCING);
    expect(await problems([old, early], 3)).toEqual(['too-old', 'too-old']);
    expect(await problems([early], 1)).toEqual([null]);
  });

  it('does not hold when a server that keeps a copy was not asked or did not answer', async () => {
    const address = await monitor('a', '2.12.0', SYNCING);
    const broken = await monitor('c', '2.12.0', SYNCING, 503);
    expect(await problems([address], 3, ['a', 'b'])).toEqual([null, 'not-asked']);
    expect(await problems([address, broken])).toEqual([null, 'unreachable']);
    expect(await problems(['http://user:secret@127.0.0.1:1/?x=secret'])).toEqual(['unreachable']);
    expect(await problems(['nonsense'])).toEqual(['unreachable']);
    expect(await problems([await monitor('d', '2.12.0', null)])).toEqual(['no-jetstream']);
    expect(await describeDurability({ monitoring: [], replicas: 1 })).toEqual({
      durable: false,
      servers: [],
    });
  });

  it('names no secret of an address', async () => {
    const report = await describeDurability({
      monitoring: ['http://user:secret@127.0.0.1:1/path?token=secret'],
      replicas: 1,
    });
    expect(durabilityLines(report)).toEqual([
      '127.0.0.1:1 (version unknown): its monitoring address did not answer.',
    ]);
  });

  it('says so when there was nobody to ask', () => {
    expect(durabilityLines({ durable: false, servers: [] })[0]).toMatch(/No monitoring address/);
  });
});

describe('versions', () => {
  it.each([
    ['2.10.23', '2.10.23', true],
    ['2.10.22', '2.10.23', false],
    ['2.11.0-RC.1', '2.10.23', true],
    ['v3.0.0', '2.10.23', true],
    ['2.9.100', '2.10.0', false],
    ['unknown', '2.10.0', false],
  ])('%s is at least %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});
