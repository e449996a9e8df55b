import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '#shared/app-error';

const KEY_BYTES = 32;
const KEY_FILE = 'master.key';

/**
 * The key that encrypts secrets at rest, 32 bytes: from the environment (64 hexadecimal digits or base64), otherwise from
 * `master.key` in the data folder, which is made on first use and readable by its owner only.
 * @throws AppError `relay/bad-master-key` (not 32 bytes), `relay/open-key-file` (others may read the file)
 */
export function loadMasterKey(fromEnvironment: string | undefined, dataDir: string): Buffer {
  if (fromEnvironment !== undefined && fromEnvironment !== '') return decode(fromEnvironment);
  const path = join(dataDir, KEY_FILE);
  createKeyFile(path);
  // Windows keeps access rights elsewhere; its mode bits say nothing.
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new AppError({ code: 'relay/open-key-file', params: { file: KEY_FILE } });
  return decode(readFileSync(path, 'utf8'));
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
