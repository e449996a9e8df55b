import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runVisible } from './command.mjs';
import { PROJECT_ROOT } from './paths.mjs';
import { SetupError, note } from './say.mjs';

const OLDEST_NODE = [20, 18];
const STAMP = join(PROJECT_ROOT, 'node_modules', '.oa-desk-lock');

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    throw new SetupError(
      `Node ${process.versions.node} is too old; install Node ${OLDEST_NODE.join('.')} or newer from nodejs.org and run this command again.`,
    );
}

/** `npm ci` when the lock file is not the one that was installed last. */
export async function ensureNodePackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(PROJECT_ROOT, 'package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  note('Installing npm packages (about a minute the first time) …');
  const code = await runVisible('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  });
  if (code !== 0)
    throw new SetupError(
      'npm ci failed; the reason is above. Check the network connection (npm ping) and run this command again.',
    );
  writeFileSync(STAMP, wanted);
}
