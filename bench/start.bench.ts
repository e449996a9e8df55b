/**
 * Time from process start to a usable inbox, and the memory of all processes at rest, against an empty window of the same
 * runtime, the two in turn. `--rows=N` followers and N messages are in the database (default 50,000; `--runs=N`, default 5).
 */
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { createKeytarStore } from '#main/secrets/keytar';
import { electronRuntime, ROOT_ARGS, temporaryFolder, until } from '../test/e2e/support/runtime';
import { median, report } from './lib/report';
import { seedDatabase } from './lib/seed';

const ROWS = option('rows', 50_000);
const RUNS = option('runs', 5);
/** Memory is read when it has stopped moving. */
const SETTLE_MS = 3_000;

function option(name: string, otherwise: number): number {
  const given = process.argv.find((arg) => arg.startsWith(`--${name}=`));
  return given ? Number(given.split('=')[1]) : otherwise;
}

interface Start {
  readonly seconds: number;
  readonly megabytes: number;
}

async function measure(
  launch: () => Promise<ElectronApplication>,
  ready: (app: ElectronApplication) => Promise<unknown>,
): Promise<Start> {
  const startedAt = performance.now();
  const app = await launch();
  await ready(app);
  const seconds = (performance.now() - startedAt) / 1000;
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const kilobytes = await app.evaluate(({ app: main }) =>
    main.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  );
  await app.close();
  return { seconds, megabytes: kilobytes / 1024 };
}

/** Looks in every frame: a locator looks again after up to half a second, which is longer than what is measured. */
async function drawn(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const element = document.querySelector(wanted);
    return element !== null && element.getBoundingClientRect().height > 0;
  }, selector);
}

/** How to start the empty app: the fallback runtime takes no path, so it gets a runtime folder whose app is the empty one. */
function emptyApp(scratch: string): { executable: string; args: string[] } {
  const runtime = electronRuntime();
  const app = join(import.meta.dirname, 'empty-window');
  if (runtime.args.length > 0) return { executable: runtime.executable, args: [app] };
  const folder = join(scratch, 'runtime');
  cpSync(dirname(runtime.executable), folder, { recursive: true, verbatimSymlinks: true });
  rmSync(join(folder, 'resources', 'app'), { recursive: true, force: true });
  symlinkSync(app, join(folder, 'resources', 'app'), 'dir');
  return { executable: join(folder, 'electron'), args: [] };
}

const scratch = temporaryFolder('bench');
const userData = join(scratch.path, 'user-data');
const key = randomBytes(32).toString('hex');
mkdirSync(join(userData, 'data'), { recursive: true });
const profile = createHash('sha256').update(userData).digest('hex').slice(0, 16);
const secrets = createKeytarStore(`OA Desk ${profile}`);
await secrets.set({ kind: 'database-key' }, key);
await seedDatabase({ path: join(userData, 'data', 'oa-desk.db'), key, followers: ROWS, messages: ROWS });

const ours = electronRuntime();
const empty = emptyApp(scratch.path);
const env = {
  ...(process.env as Record<string, string>),
  OADESK_USER_DATA: userData,
  OADESK_LOCALE: 'zh-CN',
};

const startOurs = (): Promise<Start> =>
  measure(
    () => _electron.launch({ executablePath: ours.executable, args: [...ours.args, ...ROOT_ARGS], env }),
    async (app) => drawn(await app.firstWindow(), '[role="option"]'),
  );
const startEmpty = (): Promise<Start> =>
  measure(
    () =>
      _electron.launch({
        executablePath: empty.executable,
        args: [...empty.args, ...ROOT_ARGS, `--user-data-dir=${join(scratch.path, 'empty')}`],
      }),
    async (app) => drawn(await app.firstWindow(), 'body:not(:empty)'),
  );

// The first start of each fills the system's file cache and is not counted.
await startOurs();
await startEmpty();
const pairs: { readonly ours: Start; readonly empty: Start }[] = [];
for (let run = 0; run < RUNS; run += 1) pairs.push({ ours: await startOurs(), empty: await startEmpty() });

report(
  'start',
  `${ours.args.length > 0 ? 'Electron (pinned)' : 'Electron 33.2.1 (fallback runtime)'}, ${ROWS} followers, ${ROWS} messages`,
  [
    {
      name: 'start to usable inbox',
      unit: 's',
      ours: median(pairs.map((pair) => pair.ours.seconds)),
      against: { name: 'empty window', value: median(pairs.map((pair) => pair.empty.seconds)) },
    },
    {
      name: 'memory at rest, all processes',
      unit: 'MB',
      ours: median(pairs.map((pair) => pair.ours.megabytes)),
      against: { name: 'empty window', value: median(pairs.map((pair) => pair.empty.megabytes)) },
    },
  ],
);
await secrets.delete({ kind: 'database-key' });
await until('the scratch folder is gone', () => {
  scratch.remove();
  return true;
});
