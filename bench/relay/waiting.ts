import { setTimeout as sleep } from 'node:timers/promises';
import { LoadProcess } from './load/load-process';
import type { ReceiptResult } from './load/jobs';
import type { Cores } from './cores';
import { ServerProcess } from './server-process';
import { seedShops } from './shops';

export interface WaitingOptions {
  readonly devices: number;
  readonly perSecond: number;
  readonly messages: number;
}

export interface Waiting {
  readonly devices: number;
  /** Bytes of resident memory of the relay that one waiting device costs. */
  readonly bytesEach: number;
  readonly receipt: ReceiptResult;
  /** Microseconds of the relay's processor time for one message: push, page, acknowledgement, next poll. */
  readonly cpu: number;
}

/** Milliseconds without a change of memory that count as settled. */
const SETTLE_MS = 5_000;

/**
 * Memory of long polls, as the difference to the same process before, which has already served the same number of devices
 * once so that what a running relay has in memory anyway is not counted; then the time from a push to its device.
 */
export async function measureWaiting(
  { server: serverPin, load: loadPin }: Cores,
  program: string,
  dataDir: string,
  { devices, perSecond, messages }: WaitingOptions,
): Promise<Waiting> {
  const shops = await seedShops(dataDir, devices);
  const server = await ServerProcess.start(serverPin, [program, '--port', '0', '--data', dataDir]);
  const load = LoadProcess.start(loadPin);
  try {
    const { host, port } = server;
    const [first] = shops;
    if (first === undefined) throw new RangeError('at least one device must wait');
    await load.run({
      kind: 'deliver',
      target: { host, port, path: first.path },
      connections: 64,
      count: 20_000,
      from: 1_000_000,
    });
    await sleep(SETTLE_MS);
    const before = server.memory().resident;
    await load.run({ kind: 'wait', host, port, shops: shops.slice(1) });
    await untilWaiting(server, devices - 1);
    await sleep(SETTLE_MS);
    const bytesEach = (server.memory().resident - before) / (devices - 1);
    await load.run({ kind: 'receipts', perSecond, count: Math.min(messages, 4 * perSecond) });
    const cpuBefore = server.cpuSeconds();
    const receipt = await load.run({ kind: 'receipts', perSecond, count: messages });
    const cpu = ((server.cpuSeconds() - cpuBefore) * 1e6) / messages;
    if (receipt.received !== messages)
      throw new Error(`devices got ${String(receipt.received)} of ${String(messages)} messages`);
    return { devices: devices - 1, bytesEach, receipt, cpu };
  } finally {
    load.stop();
    await server.stop();
  }
}

async function untilWaiting(server: ServerProcess, count: number): Promise<void> {
  for (;;) {
    const text = await (await fetch(new URL('/metrics', server.origin))).text();
    if (Number(/^oadesk_relay_waiting_polls (\d+)$/m.exec(text)?.[1]) >= count) return;
    await sleep(100);
  }
}
