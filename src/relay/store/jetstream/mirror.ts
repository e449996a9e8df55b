import type { NatsConnection } from '@nats-io/transport-node';
import type { Logger } from '#shared/log';
import type { Bucket, Version } from './bucket';
import type { Names } from './names';
import { unavailable } from './unavailable';

/**
 * The lasting bucket in memory, so that callbacks can be checked while the cluster has no leader. This relay's own writes
 * are in it at once; other relays tell that they wrote, and whatever was not told is found by the next `sync`.
 */
export class Mirror {
  /** By collection, the first word of a key, then by the whole key. */
  private readonly collections = new Map<string, Map<string, Version>>();
  /** Every write up to this revision has been seen. */
  private through = 0;
  private syncing: Promise<void> | null = null;
  private again = false;
  private closed = false;

  constructor(
    private readonly bucket: Bucket,
    private readonly connection: NatsConnection,
    private readonly names: Names,
    private readonly log: Logger,
  ) {
    connection.subscribe(names.touched, {
      callback: (error) => {
        if (error === null) this.syncSoon();
      },
    });
  }

  /** @throws AppError `relay/store-unavailable` after `close` */
  get(key: string): Version | null {
    this.requireOpen();
    return this.collection(key).get(key) ?? null;
  }

  /** What a collection holds. */
  entries(collection: string): Iterable<[key: string, version: Version]> {
    this.requireOpen();
    return this.collections.get(collection) ?? [];
  }

  /** This relay wrote: seen here at once, elsewhere a moment later. */
  wrote(key: string, version: Version): void {
    this.apply(key, version);
    if (!this.connection.isClosed()) this.connection.publish(this.names.touched);
  }

  /** Reads one key from the cluster. */
  async refresh(key: string): Promise<void> {
    const version = await this.bucket.read(key);
    if (version !== null) this.apply(key, version);
  }

  /** Reads what was written since the last time. */
  async sync(): Promise<void> {
    for (;;) {
      const versions = await this.bucket.readAll('', this.through);
      if (versions.length === 0) return;
      for (const { key, ...version } of versions) {
        this.apply(key, version);
        this.through = version.revision;
      }
    }
  }

  /** The same in the background; failures are left to the next time. */
  syncSoon(): void {
    this.again = true;
    this.syncing ??= this.syncAll().finally(() => (this.syncing = null));
  }

  close(): void {
    this.closed = true;
  }

  private requireOpen(): void {
    if (this.closed) throw unavailable();
  }

  private async syncAll(): Promise<void> {
    while (this.again) {
      this.again = false;
      try {
        await this.sync();
      } catch (error) {
        this.log.debug('mirror-behind', { error });
      }
    }
  }

  /** An older version never replaces a newer one, in whatever order they are heard of. */
  private apply(key: string, version: Version): void {
    const collection = this.collection(key);
    if (version.revision > (collection.get(key)?.revision ?? 0)) collection.set(key, version);
  }

  private collection(key: string): Map<string, Version> {
    const name = key.slice(0, key.indexOf('.'));
    const known = this.collections.get(name);
    if (known !== undefined) return known;
    const created = new Map<string, Version>();
    this.collections.set(name, created);
    return created;
  }
}
