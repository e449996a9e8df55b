import { removePlatform, setPlatform, type PlatformCredentials } from '../component/platform';
import { loadMasterKey } from '../secrets/master-key';
import { SealedBox } from '../secrets/sealed-box';
import { checkMasterKey } from '../state/key-check';
import type { RelayStore } from '../store/port';
import type { Terminal } from './commands';
import type { EnvironmentKeys } from './keys';
import { withStore } from './open-store';
import { UsageError } from './option-values';
import type { ComponentOptions } from './options';

const FIELDS = ['componentAppid', 'secret', 'token', 'encodingAESKey'] as const;

/** The credentials of the platform as the environment gives them; those that are missing are asked of the standard input. */
export type PlatformEnvironment = Readonly<Record<keyof PlatformCredentials, string | undefined>>;

/**
 * Saves or removes the credentials of the operator's third-party platform. They never come by the command line, which
 * everybody on the machine can read. `readInput` gives the standard input.
 * @throws UsageError; AppError as `setPlatform` and `checkMasterKey`
 */
export async function runComponent(
  options: ComponentOptions,
  environment: EnvironmentKeys & { readonly platform: PlatformEnvironment },
  { log, print }: Terminal,
  readInput: () => Promise<string>,
): Promise<void> {
  const isSet = options.command === 'component set';
  const credentials = isSet ? await readCredentials(environment.platform, readInput) : null;
  const said = await withStore(options, log, async (store) => {
    // After the store has made the data folder, where a first key goes.
    const box = new SealedBox(loadMasterKey(environment.masterKey, options.dataDir, options.keyFile));
    await checkMasterKey(store, box);
    return credentials === null ? remove(store, box) : save(store, box, credentials);
  });
  print(`${said}\n`);
}

async function save(store: RelayStore, box: SealedBox, credentials: PlatformCredentials): Promise<string> {
  await setPlatform(store, box, credentials);
  return `The platform ${credentials.componentAppid} is saved. Running relays notice within two seconds.`;
}

async function remove(store: RelayStore, box: SealedBox): Promise<string> {
  return (await removePlatform(store, box))
    ? 'This relay has no platform any more. What was authorized is kept.'
    : 'This relay has no platform.';
}

async function readCredentials(
  platform: PlatformEnvironment,
  readInput: () => Promise<string>,
): Promise<PlatformCredentials> {
  const missing = FIELDS.filter((field) => (platform[field] ?? '') === '');
  const typed = missing.length === 0 ? {} : parse(await readInput());
  const value = (field: (typeof FIELDS)[number]): string => {
    const given: unknown = missing.includes(field) ? typed[field] : platform[field];
    if (typeof given === 'string' && given !== '') return given.trim();
    throw new UsageError(`component set: ${field} is missing.`);
  };
  return {
    componentAppid: value('componentAppid'),
    secret: value('secret'),
    token: value('token'),
    encodingAESKey: value('encodingAESKey'),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Quoting what was typed would show a secret.
  }
  throw new UsageError(
    'component set reads JSON: {"componentAppid": "wx…", "secret": "…", "token": "…", "encodingAESKey": "…"}',
  );
}
