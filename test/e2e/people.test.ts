import { afterAll, beforeAll, expect, it } from 'vitest';
import { InboxPage } from './pages/inbox';
import { PeoplePane } from './pages/people';
import { Shell } from './pages/shell';
import { resize, startApp, type DeskApp } from './support/app';
import { call, connectAccount } from './support/account';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const DAY = 86_400;
const data = temporaryFolder('people');
let world: World;
let app: DeskApp;
let shop: SandboxAccount;
let who: string;

beforeAll(async () => {
  world = await startWorld(['--manual-clock', '--followers', '20']);
  const service = world.sandbox.accounts.find((one) => one.type === 'service' && one.verified);
  if (!service) throw new Error('the sandbox has no verified service account');
  shop = service;
  [who = ''] = await world.sandbox.openids(shop.appid, 1);
  app = await startApp({ userData: data.path });
  await connectAccount(app, world, shop, { name: '四季茶馆' });
  await until(
    'followers are read',
    async () => (await call(app, 'followers.importState', { appid: shop.appid })).phase === 'done',
  );
  await world.sandbox.act(shop.appid, who, { type: 'text', content: '周六还有包间吗' });
  await new InboxPage(app.page).open('周六还有包间吗');
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});

it('keeps a remark at WeChat and shows it in the list at once', async () => {
  const pane = new PeoplePane(app.page);
  await pane.setRemark('王姐');
  await new InboxPage(app.page).row('王姐').waitFor();
  const calls = await world.sandbox.calls(shop.appid);
  expect(calls.filter(({ path }) => path === '/cgi-bin/user/info/updateremark')).toMatchObject([
    { errcode: 0 },
  ]);
});

it('puts a tag on by the key T', async () => {
  const tags = await call(app, 'tags.list', { appid: shop.appid });
  const before = await call(app, 'followers.get', { appid: shop.appid, openid: who });
  const name = tags.find(({ id }) => id >= 100 && !before.tagIds.includes(id))?.name ?? '';
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('t');
  const pane = new PeoplePane(app.page);
  await pane.addTag(name);
  await pane.pane.getByText(name, { exact: true }).waitFor();
  // It is shown before WeChat has it.
  await until('the tag is kept', async () => {
    const { tagIds } = await call(app, 'followers.get', { appid: shop.appid, openid: who });
    return tagIds.some((id) => tags.find((tag) => tag.id === id)?.name === name);
  });
});

it('[I3] closes the composer for someone on the blacklist and opens it when they are taken off', async () => {
  const inbox = new InboxPage(app.page);
  const pane = new PeoplePane(app.page);
  await pane.block();
  await inbox.closed.getByText('把对方移出黑名单').first().waitFor();
  await pane.button(/^移出黑名单$/).click();
  await inbox.meter.waitFor();
});

it('[I18] lists who was not answered in time, and leads to the conversation', async () => {
  await world.sandbox.advance(2 * DAY + 120);
  // Any answer of WeChat tells the app its clock.
  await call(app, 'people.setRemark', { appid: shop.appid, openid: who, remark: '王姐' });
  await new Shell(app.page).open('reports');
  const row = app.page.getByRole('listitem').getByRole('button', { name: /王姐.*超时未回复/ });
  await row.getByText('周六还有包间吗').waitFor();
  await row.click();
  await new InboxPage(app.page).theirs('周六还有包间吗').waitFor();
});

it('leaves the chat the whole width where the details have no room beside it', async () => {
  await resize(app.electron, 960, 640);
  const { log, profile } = new InboxPage(app.page);
  await profile.waitFor({ state: 'detached' });
  await until('the chat reaches the edge of the window', async () => {
    const box = await log.boundingBox();
    return box !== null && box.x + box.width >= 950;
  });
});
