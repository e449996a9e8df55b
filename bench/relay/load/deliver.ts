import { delivery } from './deliveries';
import type { DeliverJob, DeliverResult } from './jobs';
import { RawConnection } from './raw-connection';

/** The pushes are made before the clock starts. */
export async function deliver({ target, connections, count, from }: DeliverJob): Promise<DeliverResult> {
  const now = Date.now() / 1000;
  const requests = Array.from({ length: count }, (_, index) => delivery(target, from + index, now));
  const open = await Promise.all(
    Array.from({ length: connections }, () => RawConnection.open(target.host, target.port)),
  );
  const times = new Float64Array(count);
  let next = 0;
  let answered = 0;
  let refused = 0;

  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await new Promise<void>((resolve, reject) => {
    const sendNext = (connection: RawConnection): void => {
      const index = next;
      const request = requests[index];
      if (request === undefined) return;
      next += 1;
      const sentAt = performance.now();
      connection.onAnswer = ({ status }) => {
        times[index] = performance.now() - sentAt;
        if (status !== 200) refused += 1;
        answered += 1;
        if (answered === count) resolve();
        else sendNext(connection);
      };
      connection.send(request);
    };
    for (const connection of open) {
      connection.onEnd = (error) => {
        reject(error ?? new Error('the server closed a connection'));
      };
      sendNext(connection);
    }
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  for (const connection of open) connection.close();
  times.sort();
  return {
    seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    slowest: quantile(times, 1),
    refused,
    cpuSeconds: (user + system) / 1e6,
  };
}

/** Of sorted values. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
