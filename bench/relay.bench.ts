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
import { countStored, startRelay } from './relay/relay-process';
import { ROOT, ServerProcess } from './relay/server-process';
import { tableOf, type Results } from './relay/table';
import { NAMES, targetsOf } from './relay/targets';
import { measureThroughput, type Contender } from './relay/throughput';
import { measureWaiting } from './relay/waiting';

const options = readOptions(process.argv.slice(2));
const cores = chooseCores();
const folder = mkdtempSync(join(tmpdir(), 'relay-bench-'));
const data = (name: string): readonly string[] => ['--data', join(folder, name)];
const bare = (name: string): Promise<ServerProcess> =>
  ServerProcess.start(cores.server, ['--import', 'tsx', join(ROOT, 'bench/relay/servers', `${name}.ts`)]);

async function measureServers(): Promise<Pick<Results, 'throughput' | 'longRun'>> {
  const nats = hasNatsServer() ? await NatsServers.start(3) : null;
  const load = LoadProcess.start(cores.load);
  const floor = await bare('floor');
  const coWechat = await bare('co-wechat');
  const wechat = await bare('wechat');
  const single = await startRelay(cores.server, options.relay, data('single'));
  const cluster =
    nats === null
      ? null
      : await startRelay(cores.server, options.relay, ['--store', nats.urls.join(','), ...data('cluster')]);
  const sealed: Contender = { name: NAMES.sealed, server: single.server, path: single.sealedPath };
  const contenders: readonly Contender[] = [
    { name: NAMES.floor, server: floor, path: FLOOR_PATHS.sealed },
    sealed,
    ...(cluster === null ? [] : [{ name: NAMES.cluster, server: cluster.server, path: cluster.sealedPath }]),
    { name: NAMES.floorOpened, server: floor, path: FLOOR_PATHS.opened },
    { name: NAMES.assisted, server: single.server, path: single.assistedPath },
    { name: NAMES.coWechat, server: coWechat, path: '/' },
    { name: NAMES.wechat, server: wechat, path: '/' },
  ];
  try {
    const throughput = await measureThroughput(load, contenders, options);
    const delivered = (options.rounds + 1) * options.messages;
    for (const [relay, count] of [[single, 2 * delivered] as const, [cluster, delivered] as const]) {
      if (relay === null) continue;
      const { all, distinct } = await countStored(relay);
      if (all !== count || distinct !== count)
        throw new Error(
          `of ${String(count)} messages ${String(all)} are stored, ${String(distinct)} different`,
        );
    }
    const longRun =
      options.long === 0
        ? null
        : await measureLongRun(load, sealed, options.long, options.connections, delivered);
    return { throughput, longRun };
  } finally {
    load.stop();
    for (const server of new Set(contenders.map((contender) => contender.server))) await server.stop();
    await nats?.stop();
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
