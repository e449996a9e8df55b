import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { JetStreamStore } from '#relay/store/jetstream/jetstream-store';
import { silentLogger } from '#shared/log';
import { hasNatsServer, NatsServers } from '../support/nats-server';
import { describeRelayStore } from './contract';

describe.skipIf(!hasNatsServer()).each([
  { title: 'JetStream on one server', count: 1 as const },
  { title: 'JetStream on a cluster of three', count: 3 as const },
])('$title', ({ title, count }) => {
  let servers: NatsServers;
  let folder: string;
  let relays = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-store-'));
    servers = await NatsServers.start(count);
  }, 60_000);
  afterAll(async () => {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  // Streams are made once for all tests: their data do not meet, since no two use the same names.
  describeRelayStore(title, async () => ({
    open: () => {
      relays += 1;
      return JetStreamStore.open({
        servers: servers.urls,
        spoolDir: join(folder, `spool-${relays}`),
        durable: false,
        log: silentLogger,
      });
    },
    dispose: () => undefined,
  }));
});
