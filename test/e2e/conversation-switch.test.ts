/** Parts of the chat stay on the page when another conversation is opened: nothing of the one before may be in them. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { conversationLink } from '#shared/domain/desk-link';
import { CardsPage } from './pages/cards';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { connectAccount, imported } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const data = temporaryFolder('conversation-switch');
let world: World;
let app: DeskApp;
let inbox: InboxPage;
let cards: CardsPage;
let shop: SandboxAccount;
let first: string;
let second: string;

const FIRST = '第一位：有位子吗';
const SECOND = '第二位：几点开门';
/** Enough for a chat that is higher than its place. */
const LINES = 40;

beforeAll(async () => {
  world = await startWorld(['--followers', '4']);
  const service = world.sandbox.accounts.find((one) => one.type === 'service' && one.verified);
  const [one, other] = service ? await world.sandbox.openids(service.appid, 2) : [];
  if (!service || !one || !other) throw new Error('the sandbox has no verified account with followers');
  [shop, first, second] = [service, one, other];
  app = await startApp({ userData: data.path });
  inbox = new InboxPage(app.page);
  cards = new CardsPage(app.page);
  await connectAccount(app, world, shop, { name: '城南茶馆' });
  await imported(app, shop.appid);
  await new Shell(app.page).open('inbox');
  for (let line = 1; line < LINES; line += 1)
    await world.sandbox.act(shop.appid, first, { type: 'text', content: `第 ${String(line)} 句` });
  await world.sandbox.act(shop.appid, first, { type: 'text', content: FIRST });
  await world.sandbox.act(shop.appid, second, { type: 'text', content: SECOND });
});
beforeEach(async () => {
  await toFirst();
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});

/** By a link from outside: a click into the page would close by itself what is open there. */
async function lead(openid: string, arrives: string): Promise<void> {
  await app.electron.evaluate(
    ({ app: main }, url) => main.emit('open-url', { preventDefault: () => undefined }, url),
    conversationLink(shop.appid, openid),
  );
  await inbox.theirs(arrives).waitFor();
}
const toFirst = () => lead(first, FIRST);
const toSecond = () => lead(second, SECOND);

it('leaves words and their undo with the conversation they were written in', async () => {
  await inbox.composer.fill('');
  await inbox.composer.pressSequentially('给第一位的话');
  await toSecond();
  expect(await inbox.composer.inputValue()).toBe('');
  await inbox.composer.press('Control+z');
  expect(await inbox.composer.inputValue()).toBe('');
  await inbox.composer.pressSequentially('给第二位的话');
  await toFirst();
  expect(await inbox.composer.inputValue()).toBe('给第一位的话');
  await inbox.composer.press('Control+z');
  expect(await inbox.composer.inputValue()).not.toContain('第二位');
  await inbox.composer.fill('');
  await toSecond();
  await inbox.composer.fill('');
});

it('closes pickers, menus and the list of quick replies', async () => {
  const emoji = app.page.getByRole('searchbox', { name: '找表情' });
  await app.page.getByRole('button', { name: '表情', exact: true }).click();
  await emoji.waitFor();
  await toSecond();
  await emoji.waitFor({ state: 'detached' });
  await toFirst();
  expect(await emoji.count()).toBe(0);

  await cards.plus.click();
  await cards.entry(/^菜单消息/).waitFor();
  await toSecond();
  await cards.entry(/^菜单消息/).waitFor({ state: 'hidden' });

  await toFirst();
  await inbox.composer.pressSequentially('/');
  const quickReplies = app.page.getByText('还没有快捷回复');
  await quickReplies.waitFor();
  await toSecond();
  await quickReplies.waitFor({ state: 'detached' });
  expect(await inbox.composer.inputValue()).toBe('');
  await toFirst();
  await inbox.composer.fill('');
});

it('leaves a card that is being written with its conversation', async () => {
  await cards.insert(/^菜单消息/);
  await cards.field('开头').fill('您想要哪一种？');
  await toSecond();
  await cards.dialog.waitFor({ state: 'hidden' });
  await toFirst();
  await cards.dialog.waitFor();
  expect(await cards.field('开头').inputValue()).toBe('您想要哪一种？');
  await cards.press('取消');
  await cards.dialog.waitFor({ state: 'hidden' });
});

it('opens each at its end, wherever the one before was read, and says so of none', async () => {
  const toEnd = app.page.getByRole('button', { name: '回到最新消息' });
  await inbox.log.hover();
  await until('the chat is read far back', async () => {
    await app.page.mouse.wheel(0, -400);
    return (await inbox.theirs('第 1 句').count()) > 0;
  });
  await toEnd.waitFor();
  await toSecond();
  expect(await toEnd.count()).toBe(0);
  await toFirst();
  await until('the newest message is seen', () =>
    inbox.theirs(FIRST).evaluate((bubble) => {
      const log = bubble.closest('[role="log"]');
      return log !== null && bubble.getBoundingClientRect().bottom <= log.getBoundingClientRect().bottom + 1;
    }),
  );
  expect(await toEnd.count()).toBe(0);
});

it('keeps its place while older messages come in above', async () => {
  await inbox.log.hover();
  const firstSeen = () =>
    inbox.log.evaluate((log) => {
      const top = log.getBoundingClientRect().top;
      const seen = [...log.querySelectorAll('article')].find(
        (bubble) => bubble.getBoundingClientRect().top >= top,
      );
      return seen ? { words: seen.textContent ?? '', top: seen.getBoundingClientRect().top } : null;
    });
  // A notch at a time: what is seen moves by that much and by nothing else, whatever is drawn above.
  for (let notch = 0; notch < 12; notch += 1) {
    const before = await firstSeen();
    if (!before) throw new Error('no message is seen');
    const { words, top } = before;
    const from = await inbox.log.evaluate((log) => log.scrollTop);
    await app.page.mouse.wheel(0, -100);
    const where = () =>
      inbox.log.evaluate((log, text) => {
        const bubble = [...log.querySelectorAll('article')].find(({ textContent }) => textContent === text);
        return bubble?.getBoundingClientRect().top ?? null;
      }, words);
    await until('the chat moved', async () => ((await where()) ?? top) !== top || from < 1);
    const moved = ((await where()) ?? top) - top;
    expect(moved).toBeGreaterThanOrEqual(0);
    expect(moved).toBeLessThanOrEqual(110);
  }
});

it('opens whoever the pointer was aimed at, wherever the row has gone meanwhile', async () => {
  const place = (nth: string) => async () => (await inbox.row(SECOND).getAttribute('aria-posinset')) === nth;
  const [aimed] = await inbox.row(SECOND).elementHandles();
  if (!aimed) throw new Error('the second has no row');
  await until('the second is on top', place('1'));
  await world.sandbox.act(shop.appid, first, { type: 'text', content: '还有一句' });
  await until('the first is above', place('2'));
  expect(await aimed.innerText()).toContain(SECOND);
  await aimed.click();
  await inbox.theirs(SECOND).waitFor();
});
