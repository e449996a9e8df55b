import { readdirSync, statfsSync, statSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '#shared/app-error';
import type { SealedBox } from '../../secrets/sealed-box';
import { compareMasterKey } from '../../state/key-check';
import type { RelayStore } from '../../store/port';
import { describeDurability, durabilityLines } from '../../store/jetstream/durability';
import { inspectDatabase } from '../../store/sqlite/inspect';
import { findPresentKey, type EnvironmentKeys } from '../keys';
import type { DoctorOptions, StateOptions } from '../options';
import { found, type Finding, type FindingCodeOf } from './finding';
import type { DoctorLimits } from './limits';
import { reasonOf } from './request';

/** What statfs calls the file systems that matter here (Linux). */
const VOLATILE = new Set([0x0102_1994, 0x8584_58f6]);
const CONTAINER = new Set([0x794c_7630]);
const NETWORK = new Set([0x6969, 0xff53_4d42, 0xfe53_4d42, 0x517b, 0x0102_1997]);

/** Who can read the data folder, and whether all of it belongs to one user. */
export function checkFolder(dataDir: string): Finding {
  try {
    const folder = statSync(dataDir);
    const files = readdirSync(dataDir).map((name) => ({
      path: join(dataDir, name),
      stat: statSync(join(dataDir, name)),
    }));
    if (!files.some(({ path }) => basename(path) === 'relay.db'))
      return found('folder/missing', { path: dataDir, reason: 'relay.db' });
    // Windows keeps access rights elsewhere; its mode bits say nothing.
    if (process.platform === 'win32') return found('folder/ok', { path: dataDir });
    // Files are out of reach in a folder that is closed.
    if (isOpen(folder)) {
      const open = files.find(({ stat }) => isOpen(stat));
      return found('folder/open', { path: open?.path ?? dataDir });
    }
    const foreign = files.find(({ stat }) => stat.uid !== folder.uid);
    if (foreign !== undefined) return found('folder/owners', { file: foreign.path, path: dataDir });
    return found('folder/ok', { path: dataDir });
  } catch (error) {
    return found('folder/missing', { path: dataDir, reason: reasonOf(error) });
  }
}

function isOpen({ mode }: Stats): boolean {
  return (mode & 0o077) !== 0;
}

export function checkDisk(dataDir: string, { diskWarnBytes, diskFailBytes }: DoctorLimits): Finding {
  const { bavail, bsize } = statfsSync(dataDir);
  const bytes = bavail * bsize;
  const params = {
    free:
      bytes >= 1024 ** 3 ? `${(bytes / 1024 ** 3).toFixed(1)} GB` : `${(bytes / 1024 ** 2).toFixed(0)} MB`,
  };
  if (bytes < diskFailBytes) return found('disk/full', params);
  return found(bytes < diskWarnBytes ? 'disk/low' : 'disk/ok', params);
}

/** Whether the database is whole and where it lies; `usable` when this version of the relay may read and write in it. */
export function checkStore(dataDir: string): { readonly finding: Finding; readonly usable: boolean } {
  const state = inspectDatabase(dataDir);
  if (state === null) return { finding: found('store/damaged'), usable: false };
  const usable = state.version === state.newest;
  if (!usable)
    return {
      finding: found('store/other-version', { version: state.version, newest: state.newest }),
      usable,
    };
  const { type } = statfsSync(dataDir);
  const kind = process.platform === 'linux' ? kindOf(type) : 'ok';
  return { finding: found(`store/${kind}`), usable };
}

/** Whether a power cut of all servers of the cluster at once would lose nothing that was acknowledged. */
export async function checkCluster({
  store,
  natsMonitoring,
}: Pick<DoctorOptions, 'store' | 'natsMonitoring'>): Promise<Finding> {
  const servers = store.kind === 'nats' ? store.servers.length : 0;
  if (natsMonitoring.length === 0) return found('store/cluster-unknown');
  const report = await describeDurability({ monitoring: natsMonitoring, replicas: servers >= 3 ? 3 : 1 });
  if (!report.durable) return found('store/cluster-forgets', { servers: durabilityLines(report).join(' ') });
  // One that was not asked may be the one that forgets.
  return found(natsMonitoring.length < servers ? 'store/cluster-unknown' : 'store/cluster-ok');
}

function kindOf(type: number): 'ok' | 'volatile' | 'container' | 'network' {
  if (VOLATILE.has(type)) return 'volatile';
  if (CONTAINER.has(type)) return 'container';
  return NETWORK.has(type) ? 'network' : 'ok';
}

const KEY_CODES: Readonly<Record<string, FindingCodeOf<'key'>>> = {
  'relay/open-key-file': 'key/open',
  'relay/key-file': 'key/unreadable',
  'relay/bad-master-key': 'key/bad',
  'relay/wrong-master-key': 'key/wrong',
  'relay/rotating-keys': 'key/rotating',
};

/** The key by itself; null with the finding when it cannot be used. */
export function readKey(
  options: StateOptions,
  environment: EnvironmentKeys,
): { readonly key: Buffer } | { readonly finding: Finding } {
  try {
    const key = findPresentKey(options, environment);
    return key === null ? { finding: found('key/none') } : { key };
  } catch (error) {
    return { finding: keyFinding(error) };
  }
}

/** Whether the key opens what is stored. */
export async function checkKey(store: RelayStore, box: SealedBox): Promise<Finding> {
  try {
    await compareMasterKey(store, box);
    return found('key/ok');
  } catch (error) {
    return keyFinding(error);
  }
}

function keyFinding(error: unknown): Finding {
  const code = error instanceof AppError ? KEY_CODES[error.code] : undefined;
  if (code === undefined) throw error;
  return found(code);
}
