import { setTimeout as sleep } from 'node:timers/promises';
import { delivery, type Target } from './deliveries';
import { quantile } from './deliver';
import type { ReceiptJob, ReceiptResult, Shop, WaitJob } from './jobs';
import { RawConnection } from './raw-connection';

/** Connections opened at a time, fewer than a listening socket holds back. */
const OPEN_TOGETHER = 100;
const CALLBACK_CONNECTIONS = 64;
/** Milliseconds to wait for the last messages. */
const LATE_MS = 10_000;

/** A desktop that waits: long poll, and the next one, which acknowledges what came. */
class WaitingDevice {
  private cursor = 0;
  onItems: (count: number) => void = () => undefined;

  private constructor(
    private readonly connection: RawConnection,
    private readonly host: string,
    private readonly token: string,
  ) {}

  static async open(host: string, port: number, shop: Shop): Promise<WaitingDevice> {
    return new WaitingDevice(await RawConnection.open(host, port), host, shop.deviceToken);
  }

  async run(): Promise<void> {
    for (;;) {
      const page = await this.connection.ask(
        this.request(`/v1/feed?after=${String(this.cursor)}&acked=${String(this.cursor)}&wait=50&limit=100`),
      );
      if (page.status !== 200) throw new Error(`a poll was answered ${String(page.status)}: ${page.body}`);
      const { items, next } = JSON.parse(page.body) as { items: readonly unknown[]; next: number };
      if (items.length === 0) continue;
      this.onItems(items.length);
      this.cursor = next;
    }
  }

  private request(path: string): string {
    return (
      `GET ${path} HTTP/1.1\r\nHost: ${this.host}\r\nConnection: keep-alive\r\n` +
      `Authorization: Bearer ${this.token}\r\nAccept: */*\r\nUser-Agent: OADesk\r\n\r\n`
    );
  }
}

/** All waiting devices of a run, and the pushes that wake them. */
export class WaitingDevices {
  private failure: Error | null = null;

  private constructor(
    private readonly target: Omit<Target, 'path'>,
    private readonly shops: readonly Shop[],
    private readonly devices: readonly WaitingDevice[],
  ) {}

  static async open({ host, port, shops }: WaitJob): Promise<WaitingDevices> {
    const devices: WaitingDevice[] = [];
    const all = new WaitingDevices({ host, port }, shops, devices);
    for (let from = 0; from < shops.length; from += OPEN_TOGETHER) {
      const opened = await Promise.all(
        shops.slice(from, from + OPEN_TOGETHER).map((shop) => WaitingDevice.open(host, port, shop)),
      );
      for (const device of opened) device.run().catch((error: unknown) => (all.failure = asError(error)));
      devices.push(...opened);
    }
    return all;
  }

  get count(): number {
    return this.devices.length;
  }

  /** Each push goes to the next shop, so none gets its second before all have had their first. */
  async receive({ perSecond, count }: ReceiptJob): Promise<ReceiptResult> {
    const now = Date.now() / 1000;
    const pushes = Array.from({ length: count }, (_, number) => {
      const { path } = this.shop(number);
      return delivery({ ...this.target, path }, number, now);
    });
    const callbacks = await Promise.all(
      Array.from({ length: CALLBACK_CONNECTIONS }, () =>
        RawConnection.open(this.target.host, this.target.port),
      ),
    );
    const times = new Float64Array(count);
    const sentAt = new Float64Array(this.devices.length);
    let received = 0;
    this.devices.forEach((device, index) => {
      device.onItems = (items) => {
        times[received] = performance.now() - (sentAt[index] ?? 0);
        received += items;
      };
    });

    const idle = [...callbacks];
    const startedAt = performance.now();
    for (let number = 0; number < count;) {
      if (this.failure !== null) throw this.failure;
      const due = Math.min(count, Math.floor(((performance.now() - startedAt) / 1000) * perSecond));
      for (; number < due; number += 1) {
        // The one that rested longest, so that none rests until the server closes it.
        const connection = idle.shift();
        const push = pushes[number];
        if (connection === undefined || push === undefined) break;
        sentAt[number % this.devices.length] = performance.now();
        connection.ask(push).then(
          ({ status }) => {
            if (status !== 200) this.failure = new Error(`a push was answered ${String(status)}`);
            idle.push(connection);
          },
          (error: unknown) => (this.failure = asError(error)),
        );
      }
      await sleep(1);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    for (const deadline = performance.now() + LATE_MS; received < count && performance.now() < deadline;)
      await sleep(5);
    for (const connection of callbacks) connection.close();
    if (this.failure !== null) throw this.failure;
    const sorted = times.subarray(0, received).sort();
    return {
      p50: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      slowest: quantile(sorted, 1),
      received,
      perSecond: count / seconds,
    };
  }

  private shop(number: number): Shop {
    const shop = this.shops[number % this.shops.length];
    if (shop === undefined) throw new RangeError('there is no shop');
    return shop;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
