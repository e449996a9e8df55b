import { join } from 'node:path';
import { runVisible } from './command.mjs';
import { PROJECT_ROOT } from './paths.mjs';
import { say } from './say.mjs';

const bin = (...path) => join(PROJECT_ROOT, 'node_modules', ...path);

const CHECKS = [
  { name: 'format', args: [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'types', args: [bin('typescript', 'bin', 'tsc'), '-b'] },
  { name: 'lint', args: [bin('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.'] },
  { name: 'unused code', args: [bin('knip', 'bin', 'knip.js')] },
];

/** Runs every check, also after one failed. Returns `[{ name, ok }]`. */
export async function runChecks() {
  const results = [];
  for (const { name, args } of CHECKS) {
    const ok = (await runVisible(process.execPath, args)) === 0;
    say(`${ok ? '✓' : '✗'} ${name}`);
    results.push({ name, ok });
  }
  return results;
}
