/** `npm test`: the checks, then every test, the end-to-end ones in the real app. Its last line counts them. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { runWindowless } from './lib/display.mjs';
import { PROJECT_ROOT } from './lib/paths.mjs';
import { run, say } from './lib/say.mjs';
import { setUpApp } from './lib/setup.mjs';

const RESULTS = join(PROJECT_ROOT, 'test-results');
const VITEST = join(PROJECT_ROOT, 'node_modules', 'vitest', 'vitest.mjs');

/**
 * Two lanes at once, each with a screen and a keychain of its own. The app's tests come one after another and often wait
 * for a window, so they go first, and the tests in plain Node take what they leave of the processors.
 */
const LANES = [
  { name: 'app', projects: ['e2e'], workers: 1, command: [process.execPath] },
  {
    name: 'node',
    projects: ['unit', 'page', 'contract'],
    workers: Math.max(2, availableParallelism() - 1),
    command: process.platform === 'win32' ? [process.execPath] : ['nice', '-n', '10', process.execPath],
  },
];

/** Returns the counts of one lane and its failures, `[{ file, test, reason }]`. */
async function runLane({ name, projects, workers, command }, electron) {
  const report = join(RESULTS, `${name}.json`);
  const env = {
    ...process.env,
    OADESK_ELECTRON: JSON.stringify({ executable: electron.executable, args: electron.args }),
  };
  const [program, ...args] = [
    ...command,
    VITEST,
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    `--maxWorkers=${workers}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await runWindowless(program, args, env);
  const nothing = { passed: 0, failed: 1, skipped: 0 };
  if (!existsSync(report))
    return { ...nothing, failures: [failure(`lane ${name}`, '', 'ended without a report')] };
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const failures = testResults.flatMap(failuresOfFile);
  // A file that cannot be loaded, or an error outside of a test, fails the run without failing a test.
  if (code !== 0 && failures.length === 0)
    failures.push(failure(`lane ${name}`, '', 'an error outside of the tests'));
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, failures.length),
    skipped: numPendingTests,
    failures,
  };
}

const failure = (file, test, reason) => ({ file, test, reason });

function failuresOfFile({ name, status, message, assertionResults }) {
  const file = relative(PROJECT_ROOT, name);
  const failed = assertionResults
    .filter((result) => result.status === 'failed')
    .map((result) => failure(file, result.fullName, result.failureMessages[0]?.split('\n')[0] ?? ''));
  if (status === 'failed' && failed.length === 0) return [failure(file, '', message.split('\n')[0])];
  return failed;
}

await run(async () => {
  const electron = await setUpApp({ windowless: true, cluster: true });
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });

  const checks = await runChecks();
  const lanes = await Promise.all(LANES.map((lane) => runLane(lane, electron)));

  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const { ok } of checks) totals[ok ? 'passed' : 'failed'] += 1;
  for (const lane of lanes) for (const key of Object.keys(totals)) totals[key] += lane[key];

  // The lanes print into each other, so what failed is said once more where it is looked for.
  for (const { name, ok } of checks) if (!ok) say(`✗ ${name}`);
  for (const { file, test, reason } of lanes.flatMap((lane) => lane.failures))
    say(`✗ ${file} ${test}\n    ${reason}`);
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  say(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
  return totals.failed === 0 ? 0 : 1;
});
