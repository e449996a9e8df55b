// Part of the bundled relay: takes the database binding out of the file itself. `EMBEDDED` is put in by the bundler.
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { EMBEDDED } from 'virtual:embedded-binding';

const load = createRequire(import.meta.url);

/** The binding that libsql asks for. */
export function requireNative() {
  const { target, sha256 } = EMBEDDED;
  const here = platformOf();
  if (here !== target)
    stop(
      `This file of the relay was made for ${target}, and this machine is ${here}. Make one for it: npm run relay:bundle -- --target ${here}`,
    );
  const kept = keptFolder();
  if (kept === null) return loadOnce();
  const path = join(kept, `libsql-${sha256.slice(0, 16)}.node`);
  if (!holds(path, sha256)) {
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    writeFileSync(draft, unpack(), { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
  }
  return load(path);
}

/** Where no folder lasts, the binding lives in a temporary one until it is loaded. */
function loadOnce() {
  const folder = mkdtempSync(join(tmpdir(), 'oa-desk-relay-'));
  try {
    const path = join(folder, 'libsql.node');
    writeFileSync(path, unpack(), { mode: 0o600, flag: 'wx' });
    return load(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder for this user only, in systemd's cache folder or the user's; null when there is none. */
function keptFolder() {
  const { CACHE_DIRECTORY, XDG_CACHE_HOME } = process.env;
  const base = CACHE_DIRECTORY || XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(base, 'oa-desk-relay');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Whoever may write here could put code of theirs in place of ours. The folder may be on a read-only disk.
    if ((statSync(folder).mode & 0o777) !== 0o700) chmodSync(folder, 0o700);
    return statSync(folder).uid === process.getuid() ? folder : null;
  } catch {
    return null;
  }
}

function holds(path, sha256) {
  try {
    return digest(readFileSync(path)) === sha256;
  } catch {
    return false;
  }
}

function unpack() {
  const bytes = brotliDecompressSync(Buffer.from(EMBEDDED.data, 'base64'));
  if (digest(bytes) !== EMBEDDED.sha256)
    stop('The file of the relay is damaged. Copy it to this machine again.');
  return bytes;
}

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

function platformOf() {
  const { platform, arch } = process;
  if (platform !== 'linux') return `${platform}-${arch}`;
  return `linux-${arch}-${process.report.getReport().header.glibcVersionRuntime ? 'gnu' : 'musl'}`;
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
