/** `npm test`: the checks, then every test, the end-to-end ones in the real app. Its last line counts them. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { runVisible } from './lib/command.mjs';
import { runWindowless } from './lib/display.mjs';
import { PROJECT_ROOT } from './lib/paths.mjs';
import { run, say } from './lib/say.mjs';
import { setUpApp } from './lib/setup.mjs';

const RESULTS = join(PROJECT_ROOT, 'test-results');
const VITEST = join(PROJECT_ROOT, 'node_modules', 'vitest', 'vitest.mjs');

/** The keychain contract needs a session of its own, so every project runs inside one. */
async function runProject(project, electron) {
  const report = join(RESULTS, `${project}.json`);
  const env = {
    ...process.env,
    OADESK_ELECTRON: JSON.stringify({ executable: electron.executable, args: electron.args }),
  };
  const args = [
    VITEST,
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await (project === 'unit'
    ? runVisible(process.execPath, args, { env })
    : runWindowless(process.execPath, args, env));
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that cannot be loaded, or an error outside of a test, fails the run without failing a test.
  const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests;
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}

await run(async () => {
  const electron = await setUpApp({ windowless: true, cluster: true });
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });

  const checks = await runChecks();
  const totals = {
    passed: checks.filter((check) => check.ok).length,
    failed: checks.filter((check) => !check.ok).length,
    skipped: 0,
  };
  for (const project of ['unit', 'contract', 'e2e']) {
    const result = await runProject(project, electron);
    for (const key of Object.keys(totals)) totals[key] += result[key];
  }
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  say(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
  return totals.failed === 0 ? 0 : 1;
});
