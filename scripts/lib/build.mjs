import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuiet } from './command.mjs';
import { PROJECT_ROOT } from './paths.mjs';
import { SetupError, note } from './say.mjs';

const SOURCES = [
  'src',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.base.json',
];
const STAMP = join(PROJECT_ROOT, 'out', '.built');

/** Builds `out/` when a source is newer than the last build. */
export async function ensureBuilt() {
  if (existsSync(STAMP) && newest(SOURCES) <= statSync(STAMP).mtimeMs) return;
  note('Building the app …');
  const startedAt = new Date();
  const built = runQuiet(process.execPath, [
    join(PROJECT_ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ]);
  if (built.code !== 0)
    throw new SetupError(
      `The build failed:\n${built.stdout}${built.stderr}\nCorrect the error above and run this command again.`,
    );
  mkdirSync(join(PROJECT_ROOT, 'out'), { recursive: true });
  writeFileSync(STAMP, startedAt.toISOString());
}

function newest(paths) {
  return Math.max(...paths.map((path) => newestIn(join(PROJECT_ROOT, path))));
}

function newestIn(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
