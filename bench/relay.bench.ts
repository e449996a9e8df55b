/**
 * The relay's speed and memory against a bare server, the npm packages `co-wechat` and `wechat`, and its own cluster: servers
 * on one core, load on the other, in turn. Linux only. Options: `--messages`, `--rounds`, `--connections`, `--long`, `--devices`,
 * `--per-second`, `--seconds`, `--relay=FILE` (another build).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasNatsServer, NatsServers } from '../test/contract/support/nats-server';
import { FLOOR_PATHS } from './relay/account';
import { chooseCores } from './relay/cores';
import { LoadProcess } from './relay/load/load-process';
import { measureLongRun } from './relay/long-run';
import { readOptions } from './relay/options';
import { countStored, startRelay, type RelayUnderTest } from './relay/relay-process';
import { ROOT, ServerProcess } from './relay/server-process';
import { tableOf, type Results } from './relay/table';
import { NAMES, targetsOf } from './relay/targets';
import { measureThroughput, type Contender } from './relay/throughput';
import { measureWaiting } from './relay/waiting';

const options = readOptions(process.argv.slice(2));
const cores = chooseCores();
const folder = mkdtempSync(join(tmpdir(), 'relay-bench-'));
const data = (name: string): readonly string[] => ['--data', join(folder, name)];
/** Messages that each contender is given. */
const DELIVERED = (options.rounds + 1) * options.messages;
const bare = (name: string): Promise<ServerProcess> =>
  ServerProcess.start(cores.server, ['--import', 'tsx', join(ROOT, 'bench/relay/servers', `${name}.ts`)]);

/** What one machine does, on a disk that nothing else writes to. */
async function measureOneMachine(load: LoadProcess): Promise<Pick<Results, 'throughput' | 'longRun'>> {
  const floor = await bare('floor');
  const coWechat = await bare('co-wechat');
  const wechat = await bare('wechat');
  const relay = await startRelay(cores.server, options.relay, data('single'));
  const sealed: Contender = { name: NAMES.sealed, server: relay.server, path: relay.sealedPath };
  const contenders: readonly Contender[] = [
    { name: NAMES.floor, server: floor, path: FLOOR_PATHS.sealed },
    sealed,
    { name: NAMES.floorOpened, server: floor, path: FLOOR_PATHS.opened },
    { name: NAMES.assisted, server: relay.server, path: relay.assistedPath },
    { name: NAMES.coWechat, server: coWechat, path: '/' },
    { name: NAMES.wechat, server: wechat, path: '/' },
  ];
  try {
    const throughput = await measureThroughput(load, contenders, options);
    await checkStored(relay, 2 * DELIVERED);
    const longRun =
      options.long === 0
        ? null
        : await measureLongRun(load, sealed, options.long, options.connections, DELIVERED);
    return { throughput, longRun };
  } finally {
    for (const server of [floor, coWechat, wechat, relay.server]) await server.stop();
  }
}

/** The relay on three nats-servers, which write to the same disk and run on either core; nothing without nats-server. */
async function measureCluster(load: LoadProcess): Promise<Results['throughput']> {
  if (!hasNatsServer()) return [];
  const nats = await NatsServers.start(3);
  const floor = await bare('floor');
  const store = ['--store', nats.urls.join(','), ...data('cluster')];
  const relay = await startRelay(cores.server, options.relay, store);
  try {
    const contenders: readonly Contender[] = [
      { name: NAMES.clusterFloor, server: floor, path: FLOOR_PATHS.sealed },
      { name: NAMES.cluster, server: relay.server, path: relay.sealedPath },
    ];
    const throughput = await measureThroughput(load, contenders, options);
    await checkStored(relay, DELIVERED);
    return throughput;
  } finally {
    for (const server of [floor, relay.server]) await server.stop();
    await nats.stop();
  }
}

/** @throws Error unless the feed holds so many messages, and each once */
async function checkStored(relay: RelayUnderTest, count: number): Promise<void> {
  const { all, distinct } = await countStored(relay);
  if (all !== count || distinct !== count)
    throw new Error(`of ${String(count)} messages ${String(all)} are stored, ${String(distinct)} different`);
}

async function measureServers(): Promise<Pick<Results, 'throughput' | 'longRun'>> {
  const load = LoadProcess.start(cores.load);
  try {
    const { throughput, longRun } = await measureOneMachine(load);
    return { throughput: [...throughput, ...(await measureCluster(load))], longRun };
  } finally {
    load.stop();
  }
}

try {
  const { throughput, longRun } = await measureServers();
  const waiting =
    options.devices === 0
      ? null
      : await measureWaiting(cores, options.relay, join(folder, 'waiting'), {
          devices: options.devices,
          perSecond: options.perSecond,
          messages: options.perSecond * options.seconds,
        });
  const results: Results = {
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, ${cores.label}, ${String(options.connections)} connections, medians of ${String(options.rounds)} rounds of ${options.messages.toLocaleString('en')} messages`,
    throughput,
    longRun,
    waiting,
    targets: targetsOf(throughput, longRun, waiting),
  };
  const table = tableOf(results);
  mkdirSync(join(ROOT, 'out', 'bench'), { recursive: true });
  writeFileSync(join(ROOT, 'out', 'bench', 'relay.md'), table);
  writeFileSync(join(ROOT, 'out', 'bench', 'relay.json'), `${JSON.stringify(results, null, 2)}\n`);
  process.stdout.write(
    process.env['OADESK_BENCH_JSON']
      ? `${JSON.stringify({ benchmark: 'relay', runtime: `Node ${process.versions.node}`, ...results })}\n`
      : table,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
