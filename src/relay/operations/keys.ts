import {
  adoptNextKey,
  findMasterKey,
  findNextKey,
  isKeyInDataFolder,
  loadMasterKey,
  makeNextKey,
  type KeySource,
} from '../secrets/master-key';
import type { RotateKeyOptions, StateOptions } from './options';
import { UsageError } from './option-values';

/** The master keys that the environment gives: the present one, and the one that is to take its place. */
export interface EnvironmentKeys {
  readonly masterKey: string | undefined;
  readonly newMasterKey: string | undefined;
}

export interface ServingKeys {
  readonly current: Buffer;
  readonly next: Buffer | null;
}

/** The keys a relay runs with; the first start of a new data folder makes one. @throws AppError as `loadMasterKey` */
export function readServingKeys(options: StateOptions, environment: EnvironmentKeys): ServingKeys {
  const source = sourceOf(options, environment);
  const current = loadMasterKey(environment.masterKey, options.dataDir, options.keyFile);
  const { newMasterKey } = environment;
  // An interrupted change of the key in the data folder has left the next one there.
  const mayHaveNext = isKeyInDataFolder(source) || (newMasterKey !== undefined && newMasterKey !== '');
  const next = mayHaveNext ? findNextKey({ environment: newMasterKey, dataDir: options.dataDir }) : null;
  return { current, next: next?.equals(current) === true ? null : next };
}

/** The key that is there; nothing is made. Null when there is none. @throws AppError as `loadMasterKey` */
export function findPresentKey(options: StateOptions, environment: EnvironmentKeys): Buffer | null {
  return findMasterKey(sourceOf(options, environment));
}

export interface RotationKeys {
  readonly current: Buffer;
  readonly next: Buffer;
  /** Call it when every secret is sealed with `next`. Whether the key file in the data folder was replaced. */
  adopt(): boolean;
}

/** The two keys of a rotation; makes a new one when the present one is the file in the data folder. @throws UsageError; AppError */
export function readRotationKeys(options: RotateKeyOptions, environment: EnvironmentKeys): RotationKeys {
  const source = sourceOf(options, environment);
  const current = findMasterKey(source);
  if (current === null)
    throw new UsageError('There is no master key yet: nothing was sealed in this data folder.');
  const { dataDir } = options;
  const given =
    options.newKeyFile !== undefined ||
    (environment.newMasterKey !== undefined && environment.newMasterKey !== '');
  if (given) {
    const next = findNextKey({
      environment: environment.newMasterKey,
      dataDir,
      ...(options.newKeyFile === undefined ? {} : { keyFile: options.newKeyFile }),
    });
    if (next !== null) return { current, next, adopt: () => false };
  }
  if (!isKeyInDataFolder(source))
    throw new UsageError('rotate-key needs the new key: OADESK_RELAY_NEW_KEY, or --new-key-file FILE.');
  return { current, next: makeNextKey(dataDir), adopt: () => adoptNextKey(dataDir) };
}

function sourceOf({ dataDir, keyFile }: StateOptions, { masterKey }: EnvironmentKeys): KeySource {
  return { environment: masterKey, dataDir, ...(keyFile === undefined ? {} : { keyFile }) };
}
