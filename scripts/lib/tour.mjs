import { join, resolve } from 'node:path';
import { runWindowless } from './display.mjs';
import { PROJECT_ROOT } from './paths.mjs';
import { SetupError } from './say.mjs';

/** @returns the exit code: 1 when a step failed. */
export function runTour(electron, args) {
  const at = args.indexOf('--out');
  if (at >= 0 && !args[at + 1]) throw new SetupError('--out needs a folder: npm run tour -- --out DIR');
  const part = args.indexOf('--part');
  if (part >= 0 && !args[part + 1]) throw new SetupError('--part needs a name: job, inbox or binding');
  const out = at >= 0 ? resolve(args[at + 1]) : join(PROJECT_ROOT, 'tour-output');
  return runWindowless(
    process.execPath,
    [
      '--import',
      'tsx',
      join(PROJECT_ROOT, 'test', 'e2e', 'tour', 'run.ts'),
      out,
      ...(part >= 0 ? [args[part + 1]] : []),
    ],
    {
      ...process.env,
      OADESK_ELECTRON: JSON.stringify({ executable: electron.executable, args: electron.args }),
    },
  );
}
