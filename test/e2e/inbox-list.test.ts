import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConversationListPage } from './pages/conversation-list';
import { InboxPage } from './pages/inbox';
import { connectAccount } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const DAY = 86_400;
const data = temporaryFolder('inbox-list');
let world: World;
let app: DeskApp;
let shop: SandboxAccount;
let people: string[];
const inbox = () => new InboxPage(app.page);
const list = () => new ConversationListPage(app.page);
const ANN = '龙井怎么卖';
const BEN = '二楼还有位子吗';
const CAI = '明天几点开门';
const EVERYONE = [ANN, BEN, CAI];

async function writes(person: number, content: string): Promise<void> {
  const clock = await world.sandbox.get<{ now: number }>('/__sandbox/clock');
  await world.sandbox.advance(Math.max(1, Math.floor(Date.now() / 1000) - clock.now));
  await world.sandbox.act(shop.appid, people[person] ?? '', { type: 'text', content });
}

const ordered = (words: readonly string[], order: readonly string[]) =>
  until(`the order ${order.join()}`, async () => (await list().order(words)).join() === order.join());

beforeAll(async () => {
  world = await startWorld(['--manual-clock', '--followers', '30']);
  const service = world.sandbox.accounts.find((one) => one.type === 'service' && one.verified);
  if (!service) throw new Error('the sandbox has no verified service account');
  shop = service;
  const { followers } = await world.sandbox.get<{
    followers: { openid: string; remark: string; following: boolean }[];
  }>(`/__sandbox/accounts/${shop.appid}/followers?limit=30`);
  people = followers.filter((one) => one.following && one.remark === '').map((one) => one.openid);
  app = await startApp({ userData: data.path });
  await connectAccount(app, world, shop, { name: '城南茶馆' });
  await app.page.getByText('还没有会话').waitFor();
  for (const [person, words] of EVERYONE.entries()) {
    await writes(person, words);
    await inbox().row(words).waitFor();
  }
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});

it('[I12] shows a name and a face in every row, never a bare openid or a blank', async () => {
  expect(await list().rows.count()).toBe(EVERYONE.length);
  for (const text of await list().rows.allInnerTexts()) {
    expect(text).toMatch(/粉丝 [2-9B-Z]{4}/);
    expect(people.some((openid) => text.includes(openid))).toBe(false);
  }
});

it('keeps a pinned conversation on top, by its menu and by P', async () => {
  await ordered(EVERYONE, [CAI, BEN, ANN]);
  await list().choose(inbox().row(ANN), '置顶');
  await list().mark(inbox().row(ANN), '已置顶').waitFor();
  await ordered(EVERYONE, [ANN, CAI, BEN]);
  await writes(1, '二楼还有位子吗？');
  await ordered(EVERYONE, [ANN, BEN, CAI]);

  await inbox().row(ANN).click();
  await inbox().theirs(ANN).waitFor();
  await app.page.keyboard.press('p');
  await ordered(EVERYONE, [BEN, CAI, ANN]);
});

it('[I5] puts first what closes first', async () => {
  await list().filter('进行中');
  await list().command('排序：先到期', '排序：先到期在前');
  await list().filter('进行中');
  await ordered(EVERYONE, [ANN, CAI, BEN]);
  await list().command('排序：最新', '排序：最新在前');
  // Whoever asks for what closes soon need not ask for its order too, and finds the one of before again.
  await list().filter('快到期');
  await app.page.getByRole('button', { name: /先到期在前/ }).waitFor();
  await list().filter('进行中');
  await app.page.getByRole('button', { name: /最新在前/ }).waitFor();
  await ordered(EVERYONE, [BEN, CAI, ANN]);
});

it('takes a done conversation out until the person writes again, and lets the user undo it', async () => {
  await inbox().row(CAI).click();
  await inbox().theirs(CAI).waitFor();
  await app.page.keyboard.press('e');
  await inbox().row(CAI).waitFor({ state: 'detached' });
  // The next one opens in its place.
  await inbox().theirs(ANN).waitFor();
  await list().undo();
  await inbox().row(CAI).waitFor();
  await inbox().theirs(CAI).waitFor();

  await app.page.keyboard.press('e');
  await inbox().row(CAI).waitFor({ state: 'detached' });
  await list().filter('已完成');
  await list().mark(inbox().row(CAI), '已完成').waitFor();
  await list().filter('进行中');
  await writes(2, '明天几点开门呀');
  await inbox().row('明天几点开门呀').waitFor();
});

it('brings a snoozed conversation back by itself when its time has come', async () => {
  await inbox().row(BEN).click();
  await inbox().theirs(BEN).first().waitFor();
  await app.page.keyboard.press('s');
  await list().snoozing.getByRole('button', { name: '明天上午' }).click();
  await inbox().row(BEN).waitFor({ state: 'detached' });
  await list().filter('稍后处理');
  await list()
    .mark(inbox().row(BEN), /^稍后处理，明天 09:00/)
    .waitFor();
  await list().filter('进行中');

  // The app learns WeChat's time from any answer.
  await world.sandbox.advance(DAY + DAY / 2);
  await inbox().row(ANN).click();
  await inbox().theirs(ANN).waitFor();
  await inbox().reply('三十一两');
  await list().mark(inbox().row(BEN), '稍后处理的时间到了').waitFor();
});

it('counts no muted conversation as unread', async () => {
  const unread = app.page.getByRole('button', { name: /^消息, \d+ 条未读$/ });
  await unread.waitFor();
  for (const row of await inbox().rows.all()) await list().choose(row, '免打扰');
  await unread.waitFor({ state: 'detached' });
  expect(await list().rows.getByRole('img', { name: '免打扰' }).count()).toBe(EVERYONE.length);
  await writes(2, '还在吗');
  await inbox()
    .row('还在吗')
    .getByLabel(/条未读/)
    .waitFor();
  expect(await unread.count()).toBe(0);
});

it('goes anywhere by the palette, without a mouse, and ignores Enter while characters are composed', async () => {
  await list().command('粉丝', '粉丝');
  await app.page.getByRole('search').waitFor();
  await list().command('待回复', '只看待回复');
  await inbox().row('还在吗').waitFor();

  await app.page.keyboard.press('Control+k');
  const field = list().palette.getByRole('combobox');
  await field.fill('星标');
  await field.evaluate((element) =>
    element.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
    ),
  );
  expect(await list().palette.isVisible()).toBe(true);
  await app.page.keyboard.press('Escape');
  await list().palette.waitFor({ state: 'detached' });
});

it('opens the menu of the chosen row by the menu key, and closes it by Escape', async () => {
  await list().filter('进行中');
  await inbox().row('还在吗').click();
  await app.page.keyboard.press('ContextMenu');
  await list().menu.getByRole('menuitem', { name: '恢复提醒' }).waitFor();
  await app.page.keyboard.press('Escape');
  await list().menu.waitFor({ state: 'detached' });
  await app.page.keyboard.press('m');
  await list().mark(inbox().row('还在吗'), '免打扰').waitFor({ state: 'detached' });
});

it('has the page carry out what is chosen in the native menu', async () => {
  await app.electron.evaluate(({ Menu }) => {
    const entries = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    entries.find(({ label }) => label.startsWith('命令面板'))?.click();
  });
  await list().palette.waitFor();
  await app.page.keyboard.press('Escape');
  await list().palette.waitFor({ state: 'detached' });
});

it('shows every key on one sheet', async () => {
  await app.page.keyboard.press('?');
  const sheet = app.page.getByRole('dialog', { name: '键盘快捷键' });
  for (const words of ['稍后处理', '标记完成 / 放回列表', '打标签', '搜索全部会话'])
    await sheet.getByText(words, { exact: true }).waitFor();
  await app.page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  expect(app.pageErrors).toEqual([]);
});
