/**
 * The inbox in the real app on an archive of `--messages=N` (default 1,000,000) in `--conversations=N` (default 100,000):
 * opening and switching conversations, flinging the list, typing while `--per-second=N` messages (default 50) arrive through
 * sandbox and relay, and memory. Against an equally simple page in an empty window of the same runtime.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { openInlineDatabase } from '#main/db/inline';
import { ConversationListPage } from '../test/e2e/pages/conversation-list';
import { InboxPage } from '../test/e2e/pages/inbox';
import { readyAccount } from '../test/e2e/support/account';
import { startApp, type DeskApp } from '../test/e2e/support/app';
import { ROOT_ARGS, temporaryFolder, until } from '../test/e2e/support/runtime';
import { startWorld, type World } from '../test/e2e/support/world';
import { emptyApp, megabytesOf, newInstallation, runtimeName } from './lib/electron';
import { option } from './lib/options';
import { median, percentile, report, type Figure } from './lib/report';
import { seedArchive } from './lib/seed-archive';
import { shopText } from './lib/words';

const MESSAGES = option('messages', 1_000_000);
const CONVERSATIONS = option('conversations', 100_000);
const PER_SECOND = option('per-second', 50);
const SECONDS = option('seconds', 30);
/** Conversations opened; those who write most have a chat longer than a page of it. */
const OPENED = 40;
const LONG = 200;
const LONG_MESSAGES = 100;
const SWITCHES = 60;
const JUMPS = 30;
const FLING_MS = 4_000;
/** The list of ten scrolls too in a window as low as this. */
const LOW = 520;
const INDEXED_AT_ONCE = 20_000;
const SETTLE_MS = 3_000;
const ROW_HEIGHT = 60;
/** People who write at the same time as somebody types. */
const WRITERS = 40;
const KEYS = 'the cake will be ready at four and we can bring it to you ';

interface Probe {
  expectChat(text: string): void;
  outcome(): Promise<number>;
  jump(top: number): Promise<number>;
  watchKeys(): void;
  keys(): readonly { readonly handled: number; readonly painted: number }[];
  watchFrames(): void;
  frames(): readonly number[];
}
declare global {
  interface Window {
    readonly probe: Probe;
    fill(conversations: readonly (readonly string[])[]): void;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const inLib = (name: string) => readFileSync(join(import.meta.dirname, 'lib', name), 'utf8');
const PROBE = inLib('page-probe.js');

const shortMessages = Math.max(0, MESSAGES - LONG * LONG_MESSAGES);
const conversationOf = (index: number) => (index < shortMessages ? index % CONVERSATIONS : index % LONG);
/** The texts of one of the first, long, conversations, oldest first. */
const textsOf = (conversation: number): string[] =>
  Array.from({ length: MESSAGES - shortMessages }, (_, offset) => shortMessages + offset)
    .filter((index) => conversationOf(index) === conversation)
    .map(shopText);
const lastTextOf = (conversation: number): string => textsOf(conversation).at(-1) ?? '';

async function seeded(path: string, key: string): Promise<void> {
  const archive = { path, key, conversations: CONVERSATIONS, messages: MESSAGES, text: shopText };
  seedArchive({ ...archive, conversationOf, starred: 10 });
  const db = openInlineDatabase({ path, key });
  while ((await db.search.indexOlder(INDEXED_AT_ONCE)) !== null);
  await db.close();
}

/** From the click to the chat that it opens. */
async function opened(page: Page, row: number): Promise<number> {
  const place = page.locator(`[data-row="${String(row)}"]`);
  await page.evaluate((text) => window.probe.expectChat(text), lastTextOf(row));
  await place.click();
  return page.evaluate(() => window.probe.outcome());
}

interface Opening {
  readonly cold: number[];
  readonly warm: number[];
}

/** Every conversation the first time; then to and fro between the last ones. */
async function opening(page: Page): Promise<Opening> {
  const result: Opening = { cold: [], warm: [] };
  for (let row = 0; row < OPENED; row += 1) {
    await page.evaluate((top) => {
      const list = document.querySelector('[role="listbox"]');
      if (list) list.scrollTop = top;
    }, row * ROW_HEIGHT);
    result.cold.push(await opened(page, row));
    // What follows an opening, as the person's details, is not part of the next one.
    await pause(250);
  }
  for (let step = 0; step < SWITCHES; step += 1) {
    result.warm.push(await opened(page, OPENED - 1 - (step % 4)));
    await pause(100);
  }
  // The first of each loads the page's code and is not counted.
  return { cold: result.cold.slice(1), warm: result.warm.slice(1) };
}

async function fling(page: Page): Promise<readonly number[]> {
  const box = await page.getByRole('listbox').boundingBox();
  if (!box) throw new Error('there is no list');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(() => window.probe.watchFrames());
  const end = performance.now() + FLING_MS;
  for (let step = 0; performance.now() < end; step += 1) {
    // Long ways down and shorter ones up, as somebody does who looks for something.
    await page.mouse.wheel(0, step % 60 < 45 ? 300 : -300);
    await pause(8);
  }
  return page.evaluate(() => window.probe.frames());
}

async function typed(page: Page, ms: number) {
  await page.evaluate(() => window.probe.watchKeys());
  const end = performance.now() + ms;
  for (let at = 0; performance.now() < end; at += 1) {
    await page.keyboard.press(KEYS[at % KEYS.length] === ' ' ? 'Space' : (KEYS[at % KEYS.length] ?? 'a'));
    // Ten keys a second, not in step with the frames.
    await pause(80 + ((at * 37) % 41));
  }
  return page.evaluate(() => window.probe.keys());
}

/** Customers write at an even pace until told to stop. @returns how many wrote, and in how long. */
function arriving(world: World, appid: string, openids: readonly string[]) {
  const startedAt = performance.now();
  let count = 0;
  const under: Promise<unknown>[] = [];
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * PER_SECOND);
    for (; count < due; count += 1) {
      const openid = openids[count % openids.length] ?? '';
      under.push(world.sandbox.act(appid, openid, { type: 'text', content: shopText(count) }));
    }
  }, 10);
  return {
    async stop(): Promise<{ readonly count: number; readonly perSecond: number }> {
      clearInterval(timer);
      await Promise.all(under);
      return { count, perSecond: (count * 1000) / (performance.now() - startedAt) };
    },
  };
}

async function typingWhileArriving(app: DeskApp) {
  const world = await startWorld(['--followers', '100']);
  const shop = world.sandbox.accounts.find((one) => one.type === 'service' && one.verified);
  if (!shop) throw new Error('the sandbox has no verified service account');
  await readyAccount(app, world, shop, { name: '四季茶馆' });
  const page = await world.sandbox.get<{ followers: { openid: string; following: boolean }[] }>(
    `/__sandbox/accounts/${shop.appid}/followers?limit=100`,
  );
  const openids = page.followers.flatMap(({ openid, following }) => (following ? [openid] : []));
  const inbox = new InboxPage(app.page);
  const opener = '请问今天还能送货吗';
  await world.sandbox.act(shop.appid, openids[0] ?? '', { type: 'text', content: opener });
  await app.page.evaluate(() => document.querySelector('[role="listbox"]')?.scrollTo(0, 0));
  await inbox.row(opener).first().click();
  await inbox.bubbles.first().waitFor();
  await inbox.composer.click();
  const calm = await typed(app.page, (SECONDS * 1000) / 3);
  await inbox.composer.fill('');
  const traffic = arriving(world, shop.appid, openids.slice(0, WRITERS));
  await pause(1000);
  const busy = await typed(app.page, SECONDS * 1000);
  const { perSecond } = await traffic.stop();
  const megabytes = await megabytesOf(app.electron);
  await world.stop();
  return { calm, busy, perSecond, megabytes };
}

async function floorOf(scratch: string) {
  const empty = emptyApp(scratch);
  const app: ElectronApplication = await _electron.launch({
    executablePath: empty.executable,
    args: [...empty.args, ...ROOT_ARGS, `--user-data-dir=${join(scratch, 'empty')}`],
  });
  const page = await app.firstWindow();
  await pause(SETTLE_MS);
  const megabytes = await megabytesOf(app);
  await page.setContent(inLib('floor-page.html'));
  await page.evaluate(PROBE);
  await page.evaluate(
    (conversations) => window.fill(conversations),
    Array.from({ length: OPENED + 20 }, (_, row) => textsOf(row).slice(-40)),
  );
  const chats = await opening(page);
  await page.locator('textarea').click();
  const keys = await typed(page, (SECONDS * 1000) / 3);
  await app.close();
  return { chats, keys, megabytes };
}

const scratch = temporaryFolder('bench-inbox');
const installation = await newInstallation(scratch.path);
await seeded(installation.database, installation.key);
const floor = await floorOf(scratch.path);

const app = await startApp({ userData: installation.userData });
await app.page.locator('[data-row="0"]').waitFor();
await pause(SETTLE_MS);
const atRest = await megabytesOf(app.electron);
await app.page.evaluate(PROBE);
const chats = await opening(app.page);
const jumps: number[] = [];
for (let step = 0; step < JUMPS; step += 1) {
  const top = ((step * 7919) % CONVERSATIONS) * ROW_HEIGHT;
  jumps.push(await app.page.evaluate((to) => window.probe.jump(to), top));
}
await app.electron.evaluate(
  ({ BrowserWindow }, height) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, height),
  LOW,
);
const all = await fling(app.page);
await new ConversationListPage(app.page).filter('星标');
await until('the list of ten', async () => (await app.page.locator('[data-row]').count()) === 10);
const ten = await fling(app.page);
await new ConversationListPage(app.page).filter('进行中');
await app.page.locator('[data-row="0"]').waitFor();
await app.electron.evaluate(({ BrowserWindow }) =>
  BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800),
);
const typing = await typingWhileArriving(app);
await app.close();

const handled = (keys: typeof floor.keys) =>
  percentile(
    keys.map((key) => key.handled),
    0.95,
  );
const painted = (keys: typeof floor.keys) =>
  percentile(
    keys.map((key) => key.painted),
    0.95,
  );
const pair = (
  name: string,
  unit: string,
  [ours, value]: readonly [number, number],
  against: string,
  budget?: number,
): Figure => ({ name, unit, ours, against: { name: against, value }, ...(budget ? { budget } : {}) });

const STATIC = 'static page';
report(
  'inbox',
  `${runtimeName()}, ${String(MESSAGES)} messages, ${String(CONVERSATIONS)} conversations, ${typing.perSecond.toFixed(0)} messages a second while typing`,
  [
    pair('open a conversation, median', 'ms', [median(chats.cold), median(floor.chats.cold)], STATIC, 100),
    pair(
      'open a conversation, p95',
      'ms',
      [percentile(chats.cold, 0.95), percentile(floor.chats.cold, 0.95)],
      STATIC,
      100,
    ),
    pair(
      'switch to one seen before, median',
      'ms',
      [median(chats.warm), median(floor.chats.warm)],
      STATIC,
      60,
    ),
    pair(
      'switch to one seen before, p95',
      'ms',
      [percentile(chats.warm, 0.95), percentile(floor.chats.warm, 0.95)],
      STATIC,
      60,
    ),
    pair(
      'key to handled, while messages arrive, p95',
      'ms',
      [handled(typing.busy), handled(floor.keys)],
      'bare field, idle',
      16,
    ),
    pair(
      'key to painted, while messages arrive, p95',
      'ms',
      [painted(typing.busy), painted(floor.keys)],
      'bare field, idle',
    ),
    pair(
      'key to painted, nothing arrives, p95',
      'ms',
      [painted(typing.calm), painted(floor.keys)],
      'bare field, idle',
    ),
    pair('jump to any place of the list, p95', 'ms', [percentile(jumps, 0.95), 100], 'budget', 100),
    pair('fling, longest frame', 'ms', [Math.max(...all), Math.max(...ten)], 'list of ten', 50),
    pair('fling, frame p95', 'ms', [percentile(all, 0.95), percentile(ten, 0.95)], 'list of ten'),
    pair(
      'fling, frames over 50 ms',
      '',
      [all.filter((ms) => ms > 50).length, ten.filter((ms) => ms > 50).length],
      'list of ten',
    ),
    pair(
      'memory at rest, all processes',
      'MB',
      [atRest, floor.megabytes],
      'empty window',
      floor.megabytes * 1.6,
    ),
    pair('memory after all this', 'MB', [typing.megabytes, floor.megabytes], 'empty window'),
  ],
);
await installation.forget();
await until('the scratch folder is gone', () => {
  scratch.remove();
  return true;
});
