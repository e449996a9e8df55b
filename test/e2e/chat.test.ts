import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InboxPage } from './pages/inbox';
import { SearchPage } from './pages/search';
import { Shell } from './pages/shell';
import { call, connectAccount } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder, until } from './support/runtime';
import { shoot } from './support/shoot';
import { startWorld, type SandboxAccount, type World } from './support/world';
import { picture } from './tour/picture';

const data = temporaryFolder('chat');
let world: World;
let app: DeskApp;
let shop: SandboxAccount;
let openids: string[];

beforeAll(async () => {
  world = await startWorld(['--manual-clock', '--followers', '12']);
  const found = world.sandbox.accounts.find((one) => one.type === 'service' && one.verified);
  if (!found) throw new Error('the sandbox has no verified service account');
  shop = found;
  openids = await world.sandbox.openids(shop.appid, 6);
  app = await startApp({ userData: data.path });
  await connectAccount(app, world, shop, { name: '城南茶馆' });
  const clock = await world.sandbox.get<{ now: number }>('/__sandbox/clock');
  await world.sandbox.advance(Math.max(0, Math.floor(Date.now() / 1000) - clock.now));
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});

const inbox = (): InboxPage => new InboxPage(app.page);
const search = (): SearchPage => new SearchPage(app.page);
const act = (who: number, what: object) => world.sandbox.act(shop.appid, openids[who] ?? '', what);
const says = (who: number, content: string) => act(who, { type: 'text', content });

describe('messages of every kind', () => {
  it('draws an image, a voice with its waveform, a place, a link, an event and what is not known', async () => {
    await says(0, '看看这些/::)');
    await act(0, { type: 'image', base64: picture().toString('base64') });
    await act(0, { type: 'image' });
    await act(0, { type: 'voice' });
    await act(0, { type: 'video' });
    await act(0, { type: 'location', latitude: 30.2741, longitude: 120.1551, label: '杭州市拱墅区武林广场' });
    await act(0, {
      type: 'link',
      title: '十家值得去的茶馆',
      description: '城南茶馆上榜',
      url: 'https://example.com/tea',
    });
    await act(0, { type: 'click', key: 'TODAY' });
    await act(0, { type: 'message', msgType: 'hologram', nodes: { Depth: '42' } });
    await inbox().open('其他消息');
    await inbox().theirs('武林广场').waitFor();
    await inbox().theirs('十家值得去的茶馆').waitFor();
    await until('the waveform', async () => (await app.page.locator('[data-wave] svg rect').count()) > 20);
    const speed = app.page.getByRole('button', { name: '播放速度 1 倍，点击切换' });
    await speed.click();
    await app.page.getByRole('button', { name: '播放速度 1.5 倍，点击切换' }).waitFor();
    await shoot(app, 'kinds-bottom');
    await inbox().log.evaluate((log) => log.scrollTo({ top: 0 }));
    await inbox().theirs('看看这些🙂').waitFor();
    await shoot(app, 'kinds-top');
  });

  it('shows an image large, zooms, goes to the next one and back to the chat by Escape', async () => {
    await inbox().log.evaluate((log) => log.scrollTo({ top: 0 }));
    await app.page.getByRole('button', { name: '查看大图' }).first().click();
    const viewer = app.page.getByRole('dialog', { name: '查看图片' });
    await viewer.getByText('1 / 2').waitFor();
    await until('it fits', async () => (await viewer.getByText(/^\d+%$/).textContent()) === '100%');
    await app.page.keyboard.press('+');
    await viewer.getByText('125%').waitFor();
    await shoot(app, 'viewer');
    await app.page.keyboard.press('ArrowRight');
    await viewer.getByText('2 / 2').waitFor();
    await app.page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
  });

  it('saves an image as a file and copies it as a picture, from its menu', async () => {
    const file = join(data.path, 'saved.png');
    await app.electron.evaluate(({ dialog, clipboard }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      clipboard.clear();
    }, file);
    const menu = inbox()
      .theirs()
      .filter({ has: app.page.getByRole('button', { name: '查看大图' }) })
      .first();
    await menu.getByRole('button', { name: '消息操作' }).focus();
    await app.page.keyboard.press('Enter');
    await app.page.getByRole('menuitem', { name: '另存为…' }).click();
    await app.page.getByText('已保存').waitFor();
    expect(readFileSync(file)).toEqual(picture());

    await menu.getByRole('button', { name: '消息操作' }).focus();
    await app.page.keyboard.press('Enter');
    await app.page.getByRole('menuitem', { name: '复制图片' }).click();
    await app.page.getByText('图片已复制').waitFor();
    await until('the picture on the clipboard', () =>
      app.electron.evaluate(({ clipboard }) => clipboard.has('image/png')),
    );
  });

  it('copies, quotes and looks into a message from its menu, by mouse and by keyboard', async () => {
    await says(1, '生日蛋糕可以刻字吗');
    await inbox().open('生日蛋糕可以刻字吗');
    const bubble = inbox().theirs('生日蛋糕可以刻字吗');
    await bubble.getByText('生日蛋糕可以刻字吗').click({ button: 'right' });
    await shoot(app, 'menu');
    await app.page.getByRole('menuitem', { name: '引用到输入框' }).click();
    expect(await inbox().composer.inputValue()).toMatch(/^「.+：生日蛋糕可以刻字吗」\n- - - - - -\n$/);
    await inbox().composer.fill('');

    await bubble.getByRole('button', { name: '消息操作' }).focus();
    await app.page.keyboard.press('Enter');
    await app.page.getByRole('menuitem', { name: '消息详情' }).click();
    const details = app.page.getByRole('dialog').filter({ hasText: '消息详情' });
    await details.getByText('MsgId', { exact: true }).waitFor();
    await details.getByText('生日蛋糕可以刻字吗').waitFor();
    await shoot(app, 'details');
    await app.page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
  });
});

describe('[I8] search', () => {
  it('finds Chinese by two characters everywhere, marks it, leads there and back', async () => {
    for (let index = 0; index < 60; index += 1) await says(2, `第 ${index} 句闲聊`);
    await says(3, '蛋糕什么时候可以取');
    await inbox().open('蛋糕什么时候可以取');
    await search().openEverywhere();
    await shoot(app, 'search-start');
    await search().ask('蛋糕');
    await search().hit('蛋糕什么时候可以取').waitFor();
    expect(await search().hits.count()).toBe(2);
    expect(await search().hit('生日蛋糕可以刻字吗').locator('mark').allTextContents()).toEqual(['蛋糕']);
    await shoot(app, 'search-found');

    await search().ask('第 3 句');
    await search().hit('第 3 句闲聊').click();
    await app.page.locator('[data-target]').filter({ hasText: '第 3 句闲聊' }).waitFor();
    await inbox().theirs('第 3 句闲聊').locator('mark').first().waitFor();
    await shoot(app, 'search-jump');
    expect(await inbox().theirs('第 59 句闲聊').count()).toBe(0);
    await app.page.getByRole('button', { name: '返回搜索结果' }).click();
    await search().hit('第 3 句闲聊').waitFor();
    await app.page.keyboard.press('Escape');

    await app.page.getByRole('button', { name: '回到最新消息' }).click();
    await inbox().theirs('第 59 句闲聊').waitFor();
  });

  it('filters by chips and says what it does not understand', async () => {
    await search().openEverywhere();
    await search().ask('');
    await search().addFilter('图片');
    await search().hit('[图片]').first().waitFor();
    await shoot(app, 'search-filter');
    await search().ask('has:cake');
    await search().dialog.getByText('“cake”不在可选内容里').waitFor();
    await search().ask('没有人说过这个');
    await search().dialog.getByText('没有找到').waitFor();
    await search().dialog.getByRole('button', { name: '怎么搜索' }).click();
    await search().dialog.getByText('一字不差地连在一起').waitFor();
    await shoot(app, 'search-help');
    await app.page.keyboard.press('Escape');
    await search().dialog.waitFor({ state: 'detached' });
  });

  it('goes from place to place in one chat', async () => {
    await inbox().open('第 59 句闲聊');
    await search().openInChat();
    await search().askInChat('闲聊');
    await search().bar.getByText('1 / 60').waitFor();
    await app.page.locator('[data-target]').filter({ hasText: '第 59 句闲聊' }).waitFor();
    await app.page.keyboard.press('Enter');
    await search().bar.getByText('2 / 60').waitFor();
    await app.page.locator('[data-target]').filter({ hasText: '第 58 句闲聊' }).waitFor();
    await shoot(app, 'search-in-chat');
    await app.page.keyboard.press('Escape');
    await search().bar.waitFor({ state: 'detached' });
  });
});

describe('a message that did not go out', () => {
  const failed = (words: string) => inbox().mine(words);
  const refuse = (errcode: number) =>
    world.sandbox.fault({ path: '/cgi-bin/message/custom/send', appid: shop.appid, errcode, times: 1 });

  it('[S3.13] by a daily quota says when it may be tried again, and its button tries', async () => {
    await says(4, '几点开门');
    await inbox().open('几点开门');
    await refuse(45009);
    await inbox().reply('十点开门');
    await failed('十点开门').getByText('今天的调用次数用完了').waitFor();
    await failed('十点开门')
      .getByText(/^(明天 )?\d\d:00 之后可以再试$/)
      .waitFor();
    await shoot(app, 'failed-45009');
    await failed('十点开门').getByRole('button', { name: '重新发送' }).click();
    await failed('重新发送的消息').getByText('已发送').waitFor();
  });

  it('[S1.8][S3.13] for want of a permission leads to the account', async () => {
    await says(4, '地址呢');
    await inbox().theirs('地址呢').waitFor();
    await refuse(61016);
    await inbox().reply('文三路 12 号');
    await failed('文三路 12 号').getByText('权限待确认，或认证缺失、过期').waitFor();
    await shoot(app, 'failed-61016');
    await failed('文三路 12 号').getByRole('button', { name: '检查公众号' }).click();
    await app.page.getByRole('list', { name: '已添加的公众号' }).waitFor();
    await new Shell(app.page).open('inbox');
    await inbox().theirs('地址呢').waitFor();
  });

  it('[S3.13] because they switched messages off waits for them, and can be sent again when they write', async () => {
    await refuse(48002);
    await inbox().reply('有车位');
    await failed('有车位').getByText('对方关闭了接收消息').waitFor();
    const again = failed('有车位').getByRole('button', { name: '重新发送' });
    expect(await again.isDisabled()).toBe(true);
    expect(await inbox().composer.isDisabled()).toBe(true);
    await shoot(app, 'failed-48002');
    // The sandbox's clock stands still, while the app's went on: what comes next comes later than the refusal.
    await world.sandbox.advance(60);
    await says(4, '好了，我打开了');
    await until('the button', () => again.isEnabled());
    await again.click();
    await failed('重新发送的消息').filter({ hasText: '有车位' }).getByText('已发送').waitFor();
  });
});

describe('a conversation that is set aside', () => {
  const status = () => app.page.getByRole('status');

  it('says so above the chat, until when, and comes back by one button', async () => {
    await says(3, '发票可以下周寄吗');
    await inbox().open('发票可以下周寄吗');
    const who = { appid: shop.appid, openid: openids[3] ?? '' };
    await call(app, 'conversations.setDone', { ...who, done: true });
    await status().getByText('已标记完成。对方再来消息，它会自动回到列表').waitFor();
    await shoot(app, 'set-aside-done');
    await app.page.getByRole('button', { name: '放回列表', exact: true }).click();
    await status().getByText('已标记完成').waitFor({ state: 'detached' });

    const tomorrow = Math.floor(Date.now() / 1000) + 20 * 3600;
    await call(app, 'conversations.snooze', { ...who, until: tomorrow });
    await status()
      .getByText(/^稍后处理：.+ 回到列表；对方先来消息，就马上回来$/)
      .waitFor();
    await shoot(app, 'set-aside-snoozed');
    await app.page.getByRole('button', { name: '放回列表', exact: true }).click();
    await status()
      .getByText(/^稍后处理：/)
      .waitFor({ state: 'detached' });
  });
});

describe('the page', () => {
  it('has logged no error', () => {
    expect(app.pageErrors).toEqual([]);
  });
});
