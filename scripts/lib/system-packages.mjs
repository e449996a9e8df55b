/** Debian and Ubuntu packages that Electron, the keychain, the windowless runs and the tests need. Other systems bring their own. */
import { existsSync, readFileSync } from 'node:fs';
import { runQuiet, runVisible } from './command.mjs';
import { SetupError, note } from './say.mjs';

const FOR_THE_APP = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libsecret-1-0',
  'fonts-noto-cjk',
  'fonts-noto-color-emoji',
];
const FOR_WINDOWLESS_RUNS = ['xvfb', 'xauth', 'dbus', 'dbus-x11', 'gnome-keyring'];
/** Tests and benchmarks of the relay start servers of their own, one and a cluster. */
const FOR_CLUSTER_RUNS = ['nats-server'];
/**
 * The examples for servers are tried with the real programs where the tests decide over a change. A developer's
 * computer is left without a web server that would start with it; the tests run there where the programs are.
 */
const FOR_DECIDING_RUNS = ['nginx', 'libnginx-mod-stream', 'systemd'];

/** Names that newer releases gave to the same library. */
const RENAMED = { 'libgtk-3-0': 'libgtk-3-0t64', libasound2: 'libasound2t64' };

function isDebianLike() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function isInstalled(name) {
  const { stdout } = runQuiet('dpkg-query', ['-W', '-f', '${Status}\n', name]);
  return stdout.includes('install ok installed');
}

const missingOf = (names) =>
  names.filter((name) => !isInstalled(name) && !(RENAMED[name] && isInstalled(RENAMED[name])));

/** Installs what is missing when run by root, otherwise stops with the exact command. */
export async function ensureSystemPackages({ windowless, cluster }) {
  if (!isDebianLike()) return;
  const missing = missingOf([
    ...FOR_THE_APP,
    ...(windowless ? FOR_WINDOWLESS_RUNS : []),
    ...(cluster ? FOR_CLUSTER_RUNS : []),
    ...(cluster && process.env['CI'] === 'true' ? FOR_DECIDING_RUNS : []),
  ]);
  if (missing.length === 0) return;

  if (process.getuid?.() !== 0)
    throw new SetupError(
      `Some system packages are missing; install them with: sudo apt-get install -y ${installable(missing).join(' ')}`,
    );

  note(`Installing system packages: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const output = process.stdout.isTTY ? 'inherit' : ['ignore', 'ignore', 'inherit'];
  if ((await runVisible('apt-get', ['update', '-qq'], { env, stdio: output })) !== 0)
    throw new SetupError('apt-get update failed; check the network connection and run this command again.');
  const names = installable(missing);
  if (
    (await runVisible('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
      env,
      stdio: output,
    })) !== 0
  )
    throw new SetupError(
      `apt-get could not install ${names.join(' ')}; run "apt-get install ${names.join(' ')}" to see why.`,
    );
}

/** A renamed library is asked for by the name that this release knows. */
function installable(names) {
  return names.map((name) => {
    const renamed = RENAMED[name];
    if (!renamed) return name;
    return /Candidate: (?!\(none\))/.test(runQuiet('apt-cache', ['policy', renamed]).stdout) ? renamed : name;
  });
}
