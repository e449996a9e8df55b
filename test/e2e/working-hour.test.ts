import { afterAll, beforeAll, expect, it } from 'vitest';
import { InboxPage } from './pages/inbox';
import { startApp, type DeskApp } from './support/app';
import { call, connectAccount } from './support/account';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

/** Messages of the burst; the whole count is for a machine that has nothing else to do. */
const BURST = Number(process.env['OADESK_BURST'] ?? 1500);
/** Customers who write at the same time. */
const TOGETHER = 24;

const data = temporaryFolder('working-hour');
let world: World;
let app: DeskApp;
let shop: SandboxAccount;
let openids: string[];

beforeAll(async () => {
  world = await startWorld(['--followers', '60']);
  const service = world.sandbox.accounts.find((one) => one.type === 'service' && one.verified);
  if (!service) throw new Error('the sandbox has no verified service account');
  shop = service;
  const page = await world.sandbox.get<{ followers: { openid: string; following: boolean }[] }>(
    `/__sandbox/accounts/${shop.appid}/followers?limit=60`,
  );
  openids = page.followers.filter(({ following }) => following).map(({ openid }) => openid);
  app = await startApp({ userData: data.path });
  await connectAccount(app, world, shop, { name: '四季茶馆' });
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});

const says = (openid: string | undefined, content: string) =>
  world.sandbox.act(shop.appid, openid ?? '', { type: 'text', content });
const press = (...keys: string[]) =>
  keys.reduce<Promise<void>>(
    (before, key) => before.then(() => app.page.keyboard.press(key)),
    Promise.resolve(),
  );
const sentTo = async (openid: string | undefined) =>
  (await world.sandbox.phone(shop.appid, openid ?? ''))
    .filter((bubble) => bubble['from'] === 'account')
    .map((bubble) => (bubble['body'] as { content?: string }).content);

it('needs no mouse: answer, finish, snooze, star, look up and come back by keys alone', async () => {
  const inbox = new InboxPage(app.page);
  const [first, second, third] = openids;
  await says(first, '请问几点开门');
  await says(second, '有无糖的吗');
  await says(third, '下周能送货吗');
  await until('three conversations', async () => (await inbox.rows.count()) === 3);

  await press('Alt+1', 'j');
  await inbox.theirs('下周能送货吗').waitFor();
  await press('r');
  await app.page.keyboard.type('可以，周二上午送到');
  await press('Enter');
  await until('the reply on the phone', async () => (await sentTo(third)).includes('可以，周二上午送到'));
  await press('Escape', 'e');
  await until('done', async () => (await inbox.rows.count()) === 2);

  await press('j');
  await inbox.bubbles.first().waitFor();
  await press('r');
  await app.page.keyboard.type('第一行');
  await press('Shift+Enter');
  await app.page.keyboard.type('第二行');
  await press('Enter');
  await until('two lines in one message', async () =>
    [...(await sentTo(first)), ...(await sentTo(second))].includes('第一行\n第二行'),
  );
  await press('Escape', '*', 'Control+k');
  await app.page.getByRole('dialog').waitFor();
  await press('Escape');
  await app.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await press('Alt+2');
  await app.page.getByRole('main').getByText(/位$/).first().waitFor();
  await press('Alt+1');
  await inbox.rows.first().waitFor();
  const { rows } = await call(app, 'conversations.page', {
    ...{ appid: shop.appid, filter: 'starred', order: 'newest', offset: 0, limit: 5 },
  });
  expect(rows).toHaveLength(1);
});

it(
  `keeps what is typed while ${String(BURST)} messages arrive, and every message`,
  { timeout: 400_000 },
  async () => {
    const inbox = new InboxPage(app.page);
    const before = await call(app, 'conversations.page', {
      ...{ appid: shop.appid, filter: 'all', order: 'newest', offset: 0, limit: 100 },
    });
    await inbox.rows.first().click();
    await inbox.composer.click();
    const lane = async (start: number): Promise<void> => {
      for (let n = start; n < BURST; n += TOGETHER) await says(openids[3 + (n % 40)], `第 ${String(n)} 条`);
    };
    let arriving = true;
    const burst = Promise.all(Array.from({ length: TOGETHER }, (_, start) => lane(start))).finally(() => {
      arriving = false;
    });
    let typed = '';
    while (arriving) {
      await app.page.keyboard.type('慢慢打字 ');
      typed += '慢慢打字 ';
      if (typed.length > 400) {
        await inbox.composer.fill('');
        typed = '';
      }
      expect(await inbox.composer.inputValue()).toBe(typed);
    }
    await burst;
    const unread = async (): Promise<number> => {
      const { rows } = await call(app, 'conversations.page', {
        ...{ appid: shop.appid, filter: 'all', order: 'newest', offset: 0, limit: 100 },
      });
      const old = new Map(before.rows.map((row) => [row.openid, row.unread]));
      return rows.reduce((sum, row) => sum + row.unread - (old.get(row.openid) ?? 0), 0);
    };
    await until('every message is there', async () => (await unread()) >= BURST);
    expect(await unread()).toBe(BURST);
    expect(await inbox.composer.inputValue()).toBe(typed);
    expect(app.pageErrors).toEqual([]);
  },
);
