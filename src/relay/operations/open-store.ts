import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, type Logger } from '#shared/log';
import { JetStreamStore } from '../store/jetstream/jetstream-store';
import type { RelayStore } from '../store/port';
import { SqliteStore } from '../store/sqlite/sqlite-store';
import type { ServeOptions, StateOptions } from './options';

/** Milliseconds that a command beside a running relay may wait: nobody counts on its answer within seconds. */
const COMMAND_LOCK_WAIT_MS = 10_000;

/** The store of a relay that serves. @throws AppError as the store's own `open` */
export async function openServingStore(options: ServeOptions, log: Logger): Promise<RelayStore> {
  const { store, dataDir, durable, natsMonitoring: monitoring } = options;
  if (store.kind === 'sqlite') return SqliteStore.open(dataDir);
  const spoolDir = join(dataDir, 'spool');
  return JetStreamStore.open({ ...clusterOf(options, store.servers), spoolDir, durable, monitoring, log });
}

/** Opens the store beside a relay that may be running, runs the command, and closes the store, also when the command fails. */
export async function withStore<T>(
  options: StateOptions,
  run: (store: RelayStore) => Promise<T>,
): Promise<T> {
  // What the running relay has spooled is its own to drain.
  const spoolDir = mkdtempSync(join(tmpdir(), 'oa-desk-relay-'));
  try {
    const store = await openCommandStore(options, spoolDir);
    try {
      return await run(store);
    } finally {
      await store.close();
    }
  } finally {
    rmSync(spoolDir, { recursive: true, force: true });
  }
}

async function openCommandStore(options: StateOptions, spoolDir: string): Promise<RelayStore> {
  const { store, dataDir } = options;
  if (store.kind === 'sqlite') return SqliteStore.open(dataDir, { lockWaitMs: COMMAND_LOCK_WAIT_MS });
  return JetStreamStore.open({
    ...clusterOf(options, store.servers),
    spoolDir,
    durable: false,
    log: silentLogger,
  });
}

function clusterOf({ natsCreds }: StateOptions, servers: readonly string[]) {
  return {
    servers,
    ...(natsCreds === undefined ? {} : { credentials: { kind: 'file', path: natsCreds } as const }),
  };
}
