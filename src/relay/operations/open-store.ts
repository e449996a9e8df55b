import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '#shared/log';
import type { JetStreamOptions } from '../store/jetstream/options';
import { JetStreamStore } from '../store/jetstream/jetstream-store';
import type { RelayStore } from '../store/port';
import { SqliteStore } from '../store/sqlite/sqlite-store';
import type { ServeOptions, StateOptions } from './options';

/** Milliseconds a command beside a running relay may wait: nobody counts on its answer within seconds. */
const COMMAND_LOCK_WAIT_MS = 10_000;
/** Folder of the data folder for what the cluster has not taken yet. */
const SPOOL = 'spool';

/** The store that a relay serves from. @throws AppError as the store's own `open` */
export async function openStore(options: ServeOptions, log: Logger): Promise<RelayStore> {
  if (options.store.kind === 'sqlite') return SqliteStore.open(options.dataDir);
  return JetStreamStore.open({
    ...clusterOf(options, options.store.servers),
    spoolDir: join(options.dataDir, SPOOL),
    durable: options.durable,
    log,
  });
}

/**
 * Opens the store beside relays that may be running, runs the command and closes the store, also when the command fails.
 * @throws AppError as the store's own `open`
 */
export async function withStore<T>(
  options: StateOptions,
  log: Logger,
  run: (store: RelayStore) => Promise<T>,
): Promise<T> {
  if (options.store.kind === 'sqlite')
    return closing(await SqliteStore.open(options.dataDir, { lockWaitMs: COMMAND_LOCK_WAIT_MS }), run);
  // The spool in the data folder belongs to the relay; a command writes documents only, which never go there.
  const spoolDir = await mkdtemp(join(tmpdir(), 'oa-desk-relay-'));
  try {
    const cluster = clusterOf(options, options.store.servers);
    return await closing(await JetStreamStore.open({ ...cluster, spoolDir, durable: false, log }), run);
  } finally {
    await rm(spoolDir, { recursive: true, force: true });
  }
}

async function closing<T>(store: RelayStore, run: (store: RelayStore) => Promise<T>): Promise<T> {
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

function clusterOf(
  { natsCreds, natsMonitoring }: StateOptions,
  servers: readonly string[],
): Pick<JetStreamOptions, 'servers' | 'credentials' | 'monitoring'> {
  return {
    servers,
    credentials: natsCreds === undefined ? undefined : { kind: 'file', path: natsCreds },
    monitoring: natsMonitoring,
  };
}
