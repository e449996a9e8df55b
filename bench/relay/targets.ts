import type { LongRun } from './long-run';
import type { Target } from './table';
import { timesRate, type Throughput } from './throughput';
import type { Waiting } from './waiting';

export const NAMES = {
  floor: 'floor: node:http, same checks',
  sealed: 'relay, SQLite, sealed',
  floorOpened: 'floor that also decrypts and parses',
  assisted: 'relay, SQLite, assisted',
  coWechat: 'npm co-wechat',
  wechat: 'npm wechat',
  clusterFloor: 'floor, beside three nats-servers',
  cluster: 'relay, JetStream R3, sealed',
} as const;

const MIB = 1024 * 1024;

/** What each figure must reach; figures that were not measured are left out. */
export function targetsOf(
  throughput: readonly Throughput[],
  longRun: LongRun | null,
  waiting: Waiting | null,
): readonly Target[] {
  const find = (name: string): Throughput | undefined => throughput.find((row) => row.name === name);
  const sealed = find(NAMES.sealed);
  const floorOpened = find(NAMES.floorOpened);
  const assisted = find(NAMES.assisted);
  const cluster = find(NAMES.cluster);
  const peers = [find(NAMES.coWechat), find(NAMES.wechat)].filter((row) => row !== undefined);
  const timesFaster = (row: Throughput): number => Math.min(...peers.map((peer) => timesRate(row, peer)));
  const atLeast = (name: string, value: number, bound: number, unit: string): Target => ({
    ...{ name, value, bound, unit },
    kind: 'at least',
  });
  const atMost = (name: string, value: number, bound: number, unit: string): Target => ({
    ...{ name, value, bound, unit },
    kind: 'at most',
  });
  const targets: Target[] = [];
  if (sealed)
    targets.push(
      atLeast('SQLite, sealed, against the floor', sealed.timesFloor, 0.75, '×'),
      atLeast('SQLite, sealed, against the faster npm package', timesFaster(sealed), 2.5, '×'),
      atMost('p99 at full load, SQLite', sealed.p99, 15, 'ms'),
      atMost('resident memory, SQLite', sealed.memory / MIB, 150, 'MiB'),
    );
  if (floorOpened && assisted)
    targets.push(
      atLeast('SQLite, assisted, against its floor', timesRate(assisted, floorOpened), 0.75, '×'),
      atLeast('SQLite, assisted, against the faster npm package', timesFaster(assisted), 2.5, '×'),
    );
  if (cluster)
    targets.push(
      atLeast('JetStream R3 against the floor', cluster.timesFloor, 0.35, '×'),
      atMost('p99 at full load, JetStream R3', cluster.p99, 30, 'ms'),
      atMost('resident memory, JetStream R3', cluster.memory / MIB, 150, 'MiB'),
    );
  if (longRun)
    targets.push(
      atMost('memory at the end of the long run', longRun.lastMemory / longRun.firstMemory, 1.1, '×'),
      atLeast('rate at the end of the long run', longRun.lastRate / longRun.firstRate, 0.9, '×'),
      atMost('resident memory in the long run', longRun.peakMemory / MIB, 150, 'MiB'),
    );
  if (waiting)
    targets.push(
      atMost('memory of a waiting device', waiting.bytesEach / 1024, 11, 'KiB'),
      atMost('p99 from receipt to device', waiting.receipt.p99, 12, 'ms'),
    );
  return targets;
}
