import { median } from '../lib/report';
import type { LoadProcess } from './load/load-process';
import type { Target } from './load/deliveries';
import type { ServerProcess } from './server-process';

/** One server of the comparison. */
export interface Contender {
  readonly name: string;
  readonly server: ServerProcess;
  readonly path: string;
}

export interface Throughput {
  readonly name: string;
  /** Messages a second: the median, and round by round. */
  readonly rate: number;
  readonly rates: readonly number[];
  /** As `timesRate` gives it for the floor of the same rounds. */
  readonly timesFloor: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of the server's processor time for one message. */
  readonly cpu: number;
  /** Microseconds of the load's. */
  readonly loadCpu: number;
  /** Bytes, the most there were. */
  readonly memory: number;
}

export interface ThroughputOptions {
  readonly rounds: number;
  readonly messages: number;
  readonly connections: number;
}

export function targetOf({ server, path }: Contender): Target {
  return { host: server.host, port: server.port, path };
}

/**
 * All contenders in turn, round after round, so that a machine that slows down slows all; the first round only warms up. The
 * first contender is the floor.
 */
export async function measureThroughput(
  load: LoadProcess,
  contenders: readonly Contender[],
  { rounds, messages, connections }: ThroughputOptions,
): Promise<readonly Throughput[]> {
  const results = contenders.map(() => [] as Omit<Throughput, 'name' | 'rates' | 'timesFloor' | 'memory'>[]);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const before = contender.server.cpuSeconds();
      const result = await load.run({
        kind: 'deliver',
        target: targetOf(contender),
        connections,
        count: messages,
        from: round * messages,
      });
      if (result.refused > 0) throw new Error(`${contender.name} refused ${String(result.refused)} messages`);
      const cpuSeconds = contender.server.cpuSeconds() - before;
      if (round > 0)
        results[index]?.push({
          rate: messages / result.seconds,
          p50: result.p50,
          p99: result.p99,
          cpu: (cpuSeconds * 1e6) / messages,
          loadCpu: (result.cpuSeconds * 1e6) / messages,
        });
    }
  }
  const rows = contenders.map(({ name, server }, index) => {
    const own = results[index] ?? [];
    const middle = (pick: (round: (typeof own)[number]) => number): number => median(own.map(pick));
    return {
      name,
      rate: middle((round) => round.rate),
      rates: own.map((round) => round.rate),
      p50: middle((round) => round.p50),
      p99: middle((round) => round.p99),
      cpu: middle((round) => round.cpu),
      loadCpu: middle((round) => round.loadCpu),
      memory: server.memory().peak,
    };
  });
  return rows.map((row) => ({ ...row, timesFloor: timesRate(row, rows[0]) }));
}

/**
 * How many times as fast: the median over the rounds, each compared with the same round of the other, since a shared machine may be
 * half as fast a few seconds later.
 */
export function timesRate(
  one: Pick<Throughput, 'rates'>,
  other: Pick<Throughput, 'rates'> | undefined,
): number {
  return median(one.rates.map((rate, round) => rate / (other?.rates[round] ?? Number.NaN)));
}
