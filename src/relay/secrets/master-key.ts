import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '#shared/app-error';

const KEY_BYTES = 32;
const KEY_FILE = 'master.key';

const NEXT_KEY_FILE = 'master.key.new';

/** Where a master key may come from, the first that is given. */
export interface KeySource {
  /** 64 hexadecimal digits or base64. */
  readonly environment: string | undefined;
  readonly keyFile?: string;
  readonly dataDir: string;
}

/**
 * The key that encrypts secrets at rest, 32 bytes: from the named file, otherwise from the environment, otherwise from
 * `master.key` in the data folder, which is made on first use and readable by its owner only.
 * @throws AppError `relay/bad-master-key` (not 32 bytes), `relay/key-file` (cannot be read), `relay/open-key-file` (others
 * may read the file)
 */
export function loadMasterKey(environment: string | undefined, dataDir: string, keyFile?: string): Buffer {
  const given = givenKey(environment, keyFile);
  if (given !== null) return given;
  const path = join(dataDir, KEY_FILE);
  createKeyFile(path);
  return readKeyFile(path, 0o077);
}

/** As `loadMasterKey`, but null when there is none yet. */
export function findMasterKey({ environment, dataDir, keyFile }: KeySource): Buffer | null {
  const given = givenKey(environment, keyFile);
  if (given !== null) return given;
  const path = join(dataDir, KEY_FILE);
  return exists(path) ? readKeyFile(path, 0o077) : null;
}

/** Whether the key is the file in the data folder, which `rotate-key` may replace. */
export function isKeyInDataFolder({ environment, keyFile }: KeySource): boolean {
  return keyFile === undefined && (environment === undefined || environment === '');
}

/**
 * The key that is to take the place of the present one: from the named file, otherwise from the environment, otherwise the
 * one that `makeNextKey` has left in the data folder; null when there is none.
 * @throws AppError as `loadMasterKey`
 */
export function findNextKey(next: KeySource): Buffer | null {
  const given = givenKey(next.environment, next.keyFile);
  if (given !== null) return given;
  const path = join(next.dataDir, NEXT_KEY_FILE);
  return exists(path) ? readKeyFile(path, 0o077) : null;
}

/** A new key in `master.key.new` of the data folder, or the one that is there already. @throws AppError as `loadMasterKey` */
export function makeNextKey(dataDir: string): Buffer {
  const path = join(dataDir, NEXT_KEY_FILE);
  createKeyFile(path);
  return readKeyFile(path, 0o077);
}

/** Puts `master.key.new` in the place of `master.key`, at once and durably. Whether there was one. */
export function adoptNextKey(dataDir: string): boolean {
  const path = join(dataDir, NEXT_KEY_FILE);
  if (!exists(path)) return false;
  renameSync(path, join(dataDir, KEY_FILE));
  syncFolder(dataDir);
  return true;
}

function givenKey(environment: string | undefined, keyFile: string | undefined): Buffer | null {
  // The group may read a named file: systemd hands credentials to a service in that way.
  if (keyFile !== undefined) return readKeyFile(keyFile, 0o037);
  return environment === undefined || environment === '' ? null : decode(environment);
}

function readKeyFile(path: string, forbidden: number): Buffer {
  const text = read(path);
  // Windows keeps access rights elsewhere; its mode bits say nothing.
  if (process.platform !== 'win32' && (statSync(path).mode & forbidden) !== 0)
    throw new AppError({ code: 'relay/open-key-file', params: { file: basename(path) } });
  return decode(text);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppError({ code: 'relay/key-file' }, { cause: error });
  }
}

function decode(text: string): Buffer {
  const bare = text.trim();
  const key = /^[0-9a-fA-F]{64}$/.test(bare) ? Buffer.from(bare, 'hex') : Buffer.from(bare, 'base64');
  if (key.length !== KEY_BYTES || !/^[0-9A-Za-z+/_=-]+$/.test(bare))
    throw new AppError({ code: 'relay/bad-master-key' });
  return key;
}

/** Leaves a complete file or none: it is written beside its place, synced, then linked there unless one exists. */
function createKeyFile(path: string): void {
  if (exists(path)) return;
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!exists(path)) throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(dirname(path));
}

/** The file's name must survive a power cut too: without the key nothing sealed with it can be opened again. */
function syncFolder(path: string): void {
  // Windows cannot open folders; it orders such changes itself.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
