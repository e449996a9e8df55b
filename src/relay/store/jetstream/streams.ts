import { Kvm } from '@nats-io/kv';
import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type JetStreamClient,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Logger } from '#shared/log';
import type { Lifetime } from '../port';
import type { Names } from './names';

/** Every lifetime has a bucket of its own, since an age limit holds for a whole bucket. */
export const LIFETIMES: readonly Lifetime[] = [null, 3_600, 2_678_400];
/** The stream refuses the same id for so long. Callbacks older than some minutes are refused before they come here. */
const DUPLICATE_WINDOW_MS = 30 * 60_000;
const KV_STREAM_PREFIX = 'KV_';

interface Parts {
  readonly manager: JetStreamManager;
  readonly client: JetStreamClient;
  readonly names: Names;
  readonly replicas: number;
  readonly log: Logger;
}

/** The stream behind a bucket. */
export function streamOfBucket(bucket: string): string {
  return KV_STREAM_PREFIX + bucket;
}

/** Makes what is missing. Safe to run from several relays at once. Returns what is known of each stream. */
export async function ensureStreams(parts: Parts): Promise<readonly StreamInfo[]> {
  const { client, names, replicas } = parts;
  await ensureItems(parts);
  const kvm = new Kvm(client);
  for (const lifetime of LIFETIMES)
    await kvm.create(names.bucket(lifetime), {
      replicas,
      history: 1,
      storage: StorageType.File,
      ...(lifetime === null ? {} : { ttl: lifetime * 1_000 }),
    });
  const infos: StreamInfo[] = [];
  for (const name of streamNames(names)) infos.push(await growTo(name, parts));
  return infos;
}

function streamNames(names: Names): readonly string[] {
  return [names.items, ...LIFETIMES.map((lifetime) => streamOfBucket(names.bucket(lifetime)))];
}

async function ensureItems({ manager, names, replicas }: Parts): Promise<void> {
  if (await exists(manager, names.items)) return;
  await manager.streams.add({
    name: names.items,
    subjects: [names.allItems, names.probe],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    // Nothing is ever dropped to make room: a full stream refuses, and the spool takes over.
    discard: DiscardPolicy.New,
    num_replicas: replicas,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
    allow_rollup_hdrs: true,
  });
}

async function exists(manager: JetStreamManager, stream: string): Promise<boolean> {
  try {
    await manager.streams.info(stream);
    return true;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return false;
    throw error;
  }
}

/** More copies than before are made; fewer never, since another relay may have asked for them. */
async function growTo(stream: string, { manager, replicas, log }: Parts): Promise<StreamInfo> {
  const info = await manager.streams.info(stream);
  const { num_replicas: present } = info.config;
  if (present > replicas) log.warn('more-replicas-than-asked', { stream, present, replicas });
  return present < replicas ? manager.streams.update(stream, { num_replicas: replicas }) : info;
}
