import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import type { Collection, CollectionSpec, RelayStore } from '../port';
import { claimDataFolder } from '../sqlite/open-database';
import { AckedPublisher } from './acked-publisher';
import { Bucket } from './bucket';
import { Commits } from './commits';
import { Delivery, type DeliveryMode } from './delivery';
import { probe } from './drain';
import { describeDurability, durabilityLines } from './durability';
import { directView, JetStreamCollection, mirroredView } from './jetstream-collection';
import { JetStreamLog } from './jetstream-log';
import { Link } from './link';
import { Mirror } from './mirror';
import { Names } from './names';
import { connectionOptions, replicasOf, type JetStreamOptions } from './options';
import { RecentlyStored } from './recently-stored';
import { Spool } from './spool';
import { StreamReader } from './stream-reader';
import { ensureStreams, LIFETIMES, streamOfBucket } from './streams';
import { unavailable } from './unavailable';
import { isAtLeast } from './versions';

const DEFAULT_ACK_TIMEOUT_MS = 1_500;
const REQUEST_TIMEOUT_MS = 2_500;
/** A cluster that starts together with the relay needs some seconds to choose its leaders. */
const DEFAULT_OPEN_WAIT_MS = 20_000;
const OPEN_RETRY_MS = 200;
const CATCH_UP_EVERY_MS = 2_000;
/** Not a name that a collection can have. */
const FLOORS = 'FLOORS';
const SAFE_PURGE_SINCE = '2.9.18';

/** How the store stands towards its cluster. */
export interface StoreStatus {
  readonly connected: boolean;
  readonly mode: DeliveryMode;
  /** Items on the local disk that are not in the stream yet. */
  readonly spooled: number;
}

/** What `open` puts together. */
interface Parts {
  readonly connection: NatsConnection;
  readonly link: Link;
  readonly log: JetStreamLog;
  readonly delivery: Delivery;
  readonly publisher: AckedPublisher;
  readonly commits: Commits;
  readonly spool: Spool;
  readonly names: Names;
  readonly mirror: Mirror;
  readonly buckets: ReadonlyMap<CollectionSpec['lifetime'], Bucket>;
  readonly releaseFolder: () => void;
  readonly logger: Logger;
}

/**
 * The durable store of a cluster: one replicated stream of items and key-value buckets for documents, with relays in front
 * that keep nothing but a spool for the time in which the cluster does not answer.
 */
export class JetStreamStore implements RelayStore {
  readonly log: JetStreamLog;
  private readonly ticker: NodeJS.Timeout;
  private closed: Promise<void> | null = null;

  /**
   * Connects, makes streams and buckets where they are missing, and begins to drain what an earlier process spooled.
   * @throws AppError `relay/store-unavailable` (no answer in time, or too few servers for the replicas),
   *   `relay/store-not-durable`, `relay/store-credentials`, `relay/already-running` (the spool folder is in use),
   *   `relay/data-folder`, `relay/store-damaged`, `relay/store-newer` (the spool)
   */
  static async open(options: JetStreamOptions): Promise<JetStreamStore> {
    const releases: (() => unknown)[] = [];
    try {
      return new JetStreamStore(await assemble(options, (release) => releases.unshift(release)));
    } catch (error) {
      for (const release of releases) await release();
      throw error;
    }
  }

  private constructor(private readonly parts: Parts) {
    this.log = parts.log;
    this.ticker = setInterval(() => {
      if (!parts.link.connected) return;
      parts.mirror.syncSoon();
      parts.commits.catchUp().catch((error: unknown) => {
        parts.logger.debug('catch-up-failed', { error });
      });
    }, CATCH_UP_EVERY_MS);
    parts.link.onChange((connected) => {
      if (connected) parts.mirror.syncSoon();
    });
  }

  collection({ name, lifetime }: CollectionSpec): Collection {
    const bucket = this.parts.buckets.get(lifetime);
    if (bucket === undefined) throw new RangeError(`no bucket keeps entries for ${String(lifetime)} seconds`);
    return new JetStreamCollection(
      name,
      bucket,
      lifetime === null ? mirroredView(this.parts.mirror) : directView(bucket),
    );
  }

  /** Resolves when the stream, or the spool in its stead, takes a message. */
  async check(): Promise<void> {
    if (this.closed !== null) throw unavailable();
    if (this.parts.delivery.mode === 'stream') {
      try {
        await probe(this.parts);
        return;
      } catch (error) {
        this.parts.logger.debug('probe-failed', { error });
      }
    }
    await this.parts.spool.check();
  }

  status(): StoreStatus {
    const { link, delivery, spool } = this.parts;
    return { connected: link.connected, mode: delivery.mode, spooled: spool.size };
  }

  close(): Promise<void> {
    this.closed ??= this.closeNow();
    return this.closed;
  }

  private async closeNow(): Promise<void> {
    const { delivery, commits, mirror, publisher, connection, spool, releaseFolder } = this.parts;
    clearInterval(this.ticker);
    await delivery.close();
    commits.close();
    mirror.close();
    publisher.close();
    await connection.close();
    await spool.close();
    releaseFolder();
  }
}

async function assemble(
  options: JetStreamOptions,
  onFailure: (release: () => unknown) => void,
): Promise<Parts> {
  const { log: logger, spoolDir } = options;
  const { ackTimeoutMs = DEFAULT_ACK_TIMEOUT_MS, openWaitMs = DEFAULT_OPEN_WAIT_MS } = options;
  const names = new Names(options.namespace ?? 'oadesk');
  const replicas = replicasOf(options);
  const releaseFolder = claimDataFolder(spoolDir);
  onFailure(releaseFolder);
  const spool = await Spool.open(spoolDir);
  onFailure(() => spool.close());

  const deadline = performance.now() + openWaitMs;
  const connection = await persist(deadline, () => connect(connectionOptions(options, names.items)));
  onFailure(() => connection.close());
  const client = jetstream(connection, { timeout: REQUEST_TIMEOUT_MS });
  const manager = await persist(deadline, () =>
    jetstreamManager(connection, { timeout: REQUEST_TIMEOUT_MS }),
  );
  const infos = await persist(deadline, () =>
    ensureStreams({ manager, client, names, replicas, log: logger }),
  );
  if (options.durable) await requireDurability(options, replicas, holdersOf(infos, connection));

  const link = new Link(connection, logger);
  const publisher = new AckedPublisher(connection, ackTimeoutMs);
  onFailure(() => publisher.close());
  const writes = new AckedPublisher(connection, ackTimeoutMs);
  const buckets = new Map(
    LIFETIMES.map((lifetime) => {
      const name = names.bucket(lifetime);
      return [lifetime, new Bucket(name, new StreamReader(manager, streamOfBucket(name)), writes, link)];
    }),
  );
  const lasting = buckets.get(null);
  if (lasting === undefined) throw new RangeError('there is no lasting bucket');
  const mirror = new Mirror(lasting, connection, names, logger);
  const reader = new StreamReader(manager, names.items);
  const commits = new Commits(connection, names, reader, logger);
  await persist(deadline, async () => {
    await mirror.sync();
    commits.startAt(await reader.lastSeq());
  });
  const recentlyStored = new RecentlyStored();
  const delivery = new Delivery({
    ...{ publisher, reader, commits, names, recentlyStored, spool, link },
    log: logger,
  });
  const log = new JetStreamLog({
    ...{ delivery, commits, reader, spool, names, manager },
    floors: new JetStreamCollection(FLOORS, lasting, mirroredView(mirror)),
    safePurge: replicas === 1 || isAtLeast(connection.info?.version ?? '', SAFE_PURGE_SINCE),
  });
  return {
    ...{ connection, link, log, delivery, publisher, commits, spool, names, mirror, buckets },
    ...{ releaseFolder, logger },
  };
}

/** Tries until it works or the time is over. @throws AppError */
async function persist<T>(deadline: number, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (performance.now() >= deadline) throw unavailable(error);
      await sleep(OPEN_RETRY_MS);
    }
  }
}

/** The servers that keep copies. One that stands alone is in no cluster, so it is the one that was connected to. */
function holdersOf(infos: readonly StreamInfo[], connection: NatsConnection): readonly string[] {
  const holders = new Set<string>();
  for (const { cluster } of infos) {
    if (cluster?.leader !== undefined) holders.add(cluster.leader);
    for (const { name } of cluster?.replicas ?? []) holders.add(name);
  }
  if (holders.size === 0 && connection.info !== undefined) holders.add(connection.info.server_name);
  return [...holders];
}

async function requireDurability(
  { monitoring = [] }: JetStreamOptions,
  replicas: number,
  holders: readonly string[],
): Promise<void> {
  const report = await describeDurability({ monitoring, holders, replicas });
  if (report.durable) return;
  const reason = durabilityLines(report).join(' ');
  throw new AppError({ code: 'relay/store-not-durable', params: { reason } });
}
