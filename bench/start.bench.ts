/**
 * Time from process start to a usable inbox, and the memory of all processes at rest, against an empty window of the same
 * runtime, the two in turn. `--rows=N` followers and N messages are in the database (default 50,000; `--runs=N`, default 5).
 */
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { electronRuntime, ROOT_ARGS, temporaryFolder, until } from '../test/e2e/support/runtime';
import { emptyApp, megabytesOf, newInstallation, runtimeName } from './lib/electron';
import { option } from './lib/options';
import { median, report } from './lib/report';
import { seedDatabase } from './lib/seed';

const ROWS = option('rows', 50_000);
const RUNS = option('runs', 5);
/** Memory is read when it has stopped moving. */
const SETTLE_MS = 3_000;

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
  const megabytes = await megabytesOf(app);
  await app.close();
  return { seconds, megabytes };
}

/**
 * Resolves when an element that reads like `text` is drawn. Looks in every frame: a locator looks again after up to half a
 * second, which is longer than what is measured.
 */
async function drawn(page: Page, selector: string, text: string): Promise<void> {
  await page.waitForFunction(
    ([wanted, reading]) => {
      const element = document.querySelector<HTMLElement>(wanted);
      return (
        element !== null &&
        element.getBoundingClientRect().height > 0 &&
        new RegExp(reading).test(element.innerText)
      );
    },
    [selector, text] as const,
  );
}

const scratch = temporaryFolder('bench');
const installation = await newInstallation(scratch.path);
const { database: path, key } = installation;
await seedDatabase({ path, key, followers: ROWS, messages: ROWS });

const ours = electronRuntime();
const empty = emptyApp(scratch.path);
const env = {
  ...(process.env as Record<string, string>),
  OADESK_USER_DATA: installation.userData,
  OADESK_LOCALE: 'zh-CN',
};

const startOurs = (): Promise<Start> =>
  measure(
    () => _electron.launch({ executablePath: ours.executable, args: [...ours.args, ...ROOT_ARGS], env }),
    async (app) => drawn(await app.firstWindow(), '[role="option"]', '粉丝|老客'),
  );
const startEmpty = (): Promise<Start> =>
  measure(
    () =>
      _electron.launch({
        executablePath: empty.executable,
        args: [...empty.args, ...ROOT_ARGS, `--user-data-dir=${join(scratch.path, 'empty')}`],
      }),
    async (app) => drawn(await app.firstWindow(), 'body', 'ready'),
  );

// The first start of each fills the system's file cache and is not counted.
await startOurs();
await startEmpty();
const pairs: { readonly ours: Start; readonly empty: Start }[] = [];
for (let run = 0; run < RUNS; run += 1) pairs.push({ ours: await startOurs(), empty: await startEmpty() });

report('start', `${runtimeName()}, ${ROWS} followers, ${ROWS} messages`, [
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
]);
await installation.forget();
await until('the scratch folder is gone', () => {
  scratch.remove();
  return true;
});
