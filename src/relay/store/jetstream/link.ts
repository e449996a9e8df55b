import type { NatsConnection } from '@nats-io/transport-node';
import type { Logger } from '#shared/log';

/** The connection's state, as far as it is known: a cluster without a majority can be connected and yet not answer. */
export class Link {
  private up = true;
  private readonly observers = new Set<(connected: boolean) => void>();

  constructor(
    private readonly connection: NatsConnection,
    private readonly log: Logger,
  ) {
    void this.follow();
  }

  get connected(): boolean {
    return this.up;
  }

  /** Bytes of the largest message that the server takes, headers included. */
  get maxPayload(): number {
    return this.connection.info?.max_payload ?? 1_048_576;
  }

  onChange(observer: (connected: boolean) => void): void {
    this.observers.add(observer);
  }

  /** Connects anew; the client's list of servers begins with those that were not tried lately. */
  tryAnotherServer(): void {
    if (this.up && !this.connection.isClosed()) this.connection.reconnect().catch(() => undefined);
  }

  private async follow(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect' || status.type === 'close') this.change(false);
      else if (status.type === 'reconnect') this.change(true);
    }
  }

  private change(up: boolean): void {
    if (up === this.up) return;
    this.up = up;
    this.log.info(up ? 'cluster-connected' : 'cluster-disconnected', { server: this.connection.getServer() });
    for (const observer of this.observers) observer(up);
  }
}
