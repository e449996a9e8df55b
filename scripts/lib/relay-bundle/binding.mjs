/** The database binding that goes into the relay's file: the installed one, or, for another system, the one that npm has. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runQuiet } from '../command.mjs';
import { matchesIntegrity } from '../download.mjs';
import { PROJECT_ROOT, cacheFolder } from '../paths.mjs';
import { SetupError, note } from '../say.mjs';

const FILE = 'index.node';
const SERVERS = /^linux-(x64|arm64)-/;

/**
 * The binding's bytes for `target`, such as `linux-arm64-gnu`. What is not installed here is fetched by npm in the version
 * of package-lock.json, checked against the hash there, and cached; nothing of it is run.
 */
export async function bindingFor(target) {
  const installed = join(PROJECT_ROOT, 'node_modules', '@libsql', target, FILE);
  if (existsSync(installed)) return readFileSync(installed);
  const locked = lockedPackages();
  const wanted = locked.get(target);
  if (wanted === undefined)
    throw new SetupError(
      `There is no database binding for ${target}. A server has one of: ${[...locked.keys()].filter((name) => SERVERS.test(name)).join(', ')}.`,
    );
  const name = `@libsql/${target}@${wanted.version}`;
  const folder = join(cacheFolder(), 'relay-bindings');
  const tarball = join(folder, `${target}-${wanted.version}.tgz`);
  if (!existsSync(tarball) || !(await matchesIntegrity(tarball, wanted.integrity)))
    await fetchPackage(name, wanted.integrity, folder, tarball);
  return fileInTar(gunzipSync(readFileSync(tarball)), `package/${FILE}`);
}

/** Version and hash of every binding in the lock file, by target. */
function lockedPackages() {
  const { packages } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package-lock.json'), 'utf8'));
  const prefix = 'node_modules/@libsql/';
  return new Map(
    Object.entries(packages)
      .filter(([path, { os }]) => path.startsWith(prefix) && os !== undefined)
      .map(([path, { version, integrity }]) => [path.slice(prefix.length), { version, integrity }]),
  );
}

async function fetchPackage(name, integrity, folder, tarball) {
  note(`Fetching ${name} …`);
  mkdirSync(folder, { recursive: true });
  const draft = mkdtempSync(join(folder, 'fetch-'));
  try {
    const packed = runQuiet('npm', ['pack', '--silent', name, '--pack-destination', draft]);
    const file = packed.stdout.trim().split('\n').at(-1);
    if (packed.code !== 0 || !file)
      throw new SetupError(
        `npm could not fetch ${name}; check the network connection (npm ping) and run this command again.`,
      );
    if (!(await matchesIntegrity(join(draft, file), integrity)))
      throw new SetupError(
        `${name} is not what package-lock.json says and was thrown away; run this command again.`,
      );
    renameSync(join(draft, file), tarball);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const BLOCK = 512;

/** One file of an unpacked tar archive. Names in npm's archives are short enough to stand whole in the header. */
export function fileInTar(archive, wanted) {
  const text = (at, length) => archive.toString('latin1', at, at + length).replace(/\0[\s\S]*$/, '');
  for (let at = 0; at + BLOCK <= archive.length;) {
    const size = Number.parseInt(text(at + 124, 12).trim() || '0', 8);
    if (text(at, 100) === wanted) return archive.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new SetupError(`${wanted} is missing in the package that npm fetched.`);
}
