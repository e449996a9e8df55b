import type { RelayStore } from '../store/port';
import type { GroupLimits } from '../store/sqlite/group-writer';
import { SqliteStore } from '../store/sqlite/sqlite-store';
import { UsageError } from './option-values';
import type { StateOptions } from './options';

/** What a command beside a running relay may wait for: nobody counts on its answer within seconds. */
export const PATIENT: Partial<GroupLimits> = { lockWaitMs: 10_000 };

/** The store that the command line names. @throws UsageError; AppError as the store's own `open` */
export async function openStore(
  { store, dataDir }: StateOptions,
  limits: Partial<GroupLimits> = {},
): Promise<RelayStore> {
  if (store.kind === 'nats') throw new UsageError('This relay keeps its state in SQLite only.');
  return SqliteStore.open(dataDir, limits);
}

/** Opens the store, runs the command and closes the store, also when the command fails. */
export async function withStore<T>(
  options: StateOptions,
  run: (store: RelayStore) => Promise<T>,
): Promise<T> {
  const store = await openStore(options, PATIENT);
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}
