import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CardsPage } from './pages/cards';
import { InboxPage } from './pages/inbox';
import { SearchPage } from './pages/search';
import { Shell } from './pages/shell';
import { call, messagesOf, readyAccount } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder, until } from './support/runtime';
import { shoot } from './support/shoot';
import { startWorld, type SandboxAccount, type World } from './support/world';
import { picture } from './tour/picture';

const data = temporaryFolder('cards');
let world: World;
let app: DeskApp;
let shop: SandboxAccount;
let openid: string;

beforeAll(async () => {
  world = await startWorld(['--followers', '20']);
  const [service] = world.sandbox.accounts.filter((one) => one.type === 'service' && one.verified);
  if (!service) throw new Error('the sandbox has no verified service account');
  shop = service;
  const all = await world.sandbox.get<{
    followers: { openid: string; remark: string; following: boolean }[];
  }>(`/__sandbox/accounts/${shop.appid}/followers?limit=20`);
  const person = all.followers.find((one) => one.following && one.remark === '');
  if (!person) throw new Error('nobody without a remark follows');
  openid = person.openid;
  app = await startApp({ userData: data.path });
  await readyAccount(app, world, shop, { name: '云栖茶舍' });
  await world.sandbox.act(shop.appid, openid, { type: 'text', content: '你们几点开门呀' });
  await new Shell(app.page).open('inbox');
  await inbox().open('你们几点开门呀');
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});

const inbox = (): InboxPage => new InboxPage(app.page);
const cards = (): CardsPage => new CardsPage(app.page);

/** The newest thing of this type that the shop sent to the customer's phone. */
async function onPhone(type: string): Promise<Readonly<Record<string, unknown>>> {
  return until(`the phone shows ${type}`, async () => {
    const shown = await world.sandbox.phone(shop.appid, openid);
    const last = shown.filter((item) => item['type'] === type && item['from'] === 'account').at(-1);
    return last ? (last['body'] as Record<string, unknown>) : false;
  });
}

/** What the system's dialogs answer from now on. */
async function choosesFile(path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

describe('cards', () => {
  it('[S2.29] sends a menu message from the insert menu, and shows the tap that comes back', async () => {
    await cards().insert(/^菜单消息/);
    await cards().field('开头').fill('请问您想了解什么？');
    await cards().fillOptions(['营业时间', '外卖', '预订蛋糕']);
    await cards().field('选项 3').press('Alt+ArrowUp');
    await cards().dialog.getByText('占 1 条回复，发完还剩 4 条').waitFor();
    await cards().press('发送');

    const menu = await onPhone('msgmenu');
    const items = menu['items'] as { id: string; content: string }[];
    expect(menu['head']).toBe('请问您想了解什么？');
    expect(items.map(({ content }) => content)).toEqual(['营业时间', '预订蛋糕', '外卖']);
    await inbox().mine('预订蛋糕').waitFor();

    const tapped = items[1];
    await world.sandbox.act(shop.appid, openid, {
      type: 'text',
      content: tapped?.content,
      menuItemId: tapped?.id,
    });
    await inbox().theirs('选择了：').filter({ hasText: '预订蛋糕' }).waitFor();
    await app.page
      .getByText(/对方点了菜单消息的选项|还可回复/)
      .first()
      .waitFor();
  });

  it('[S2.29] sends a link card with a picture that was cut here, and keeps what is wrong at its field', async () => {
    await cards().insert(/^链接卡片/);
    await cards().field('标题').fill('春茶到店');
    await cards().field('链接').fill('tea.example.com');
    await cards().dialog.getByText('请填完整网址，以 http:// 或 https:// 开头，不含空格').waitFor();
    await cards().field('链接').fill('https://tea.example.com/spring');
    await cards()
      .dialog.locator('input[type=file]')
      .setInputFiles({ name: 'cake.png', mimeType: 'image/png', buffer: picture() });
    await cards().dialog.getByRole('button', { name: '换一张' }).waitFor();
    await cards().press('发送');

    const news = await onPhone('news');
    expect(news).toMatchObject({ title: '春茶到店', url: 'https://tea.example.com/spring' });
    const sent = await fetch(String(news['picUrl']));
    expect(sent.headers.get('content-type')).toBe('image/jpeg');
    await inbox().mine('春茶到店').waitFor();
  });

  it('[S2.29] sends a mini-program card with a thumbnail within the limit', async () => {
    const account = await world.sandbox.get<{ miniProgramAppIds: string[] }>(
      `/__sandbox/accounts/${shop.appid}`,
    );
    await cards().insert(/^小程序卡片/);
    await cards().field('标题').fill('在线点单');
    await cards()
      .field('小程序 AppID')
      .fill(account.miniProgramAppIds[0] ?? '');
    await cards().field('页面路径').fill('pages/order/index');
    await cards()
      .dialog.locator('input[type=file]')
      .setInputFiles({ name: 'cake.png', mimeType: 'image/png', buffer: picture() });
    await cards().dialog.getByRole('button', { name: '换一张' }).waitFor();
    await cards().press('发送');
    expect(await onPhone('miniprogrampage')).toMatchObject({
      title: '在线点单',
      pagePath: 'pages/order/index',
    });
  });

  it('sends one of the published articles, found by a word', async () => {
    await cards().insert(/^已发布的文章/);
    await cards().dialog.getByRole('searchbox').fill('蛋糕');
    const found = cards().dialog.getByRole('option');
    await until('one article is left', async () => (await found.count()) === 1);
    await found.filter({ hasText: '生日蛋糕预订须知' }).click();
    await cards().press('发送');
    await onPhone('mpnewsarticle');
    await inbox().mine('生日蛋糕预订须知').waitFor();
  });
});

describe('quick replies', () => {
  it('offers the examples, and imports a table whose faulty lines are named', async () => {
    const table = join(data.path, 'replies.csv');
    writeFileSync(
      table,
      '名称,快捷词,文件夹,中文,英文\r\n营业时间,yysj,到店,我们{营业时间}营业。,We are open {hours}.\r\n有空格,a b,,你好,\r\n没有内容,leer,,,\r\n',
    );
    await choosesFile(table);
    await cards().plus.click();
    await cards()
      .entry(/^快捷回复/)
      .click();
    await cards().manager.getByRole('button', { name: '先从一套示例开始' }).click();
    await cards().manager.getByRole('option', { name: /^问候/ }).waitFor();

    await cards().manager.getByRole('button', { name: '更多' }).click();
    await cards().entry('导入…').click();
    const review = app.page.getByRole('dialog', { name: '导入快捷回复' });
    await review.getByText('第 3 条').waitFor();
    await review.getByText('快捷词里不能有空格').waitFor();
    await review.getByText('至少写一种语言的内容').waitFor();
    await review.getByRole('button', { name: '导入 1 条' }).click();
    await review.waitFor({ state: 'hidden' });
  });

  it('keeps what the shop says about itself, and fills it in', async () => {
    await cards().manager.getByText('店铺信息').click();
    await cards().manager.getByRole('textbox', { name: '营业时间 · 中文' }).fill('每天 10:00 到 21:00');
    await cards().manager.getByRole('button', { name: '保存' }).click();
    await app.page.getByText('店铺信息已保存').waitFor();
    await cards()
      .manager.getByRole('button', { name: /Close|关闭/ })
      .click();
    await cards().manager.waitFor({ state: 'hidden' });

    await inbox().composer.fill('');
    await inbox().composer.pressSequentially('/yysj');
    await cards().match('我们每天 10:00 到 21:00营业。').waitFor();
    await inbox().composer.press('Enter');
    await until('the words are there', async () =>
      (await inbox().composer.inputValue()).startsWith('我们每天 10:00 到 21:00营业。'),
    );
    await inbox().composer.press('Enter');
    expect(await onPhone('text')).toMatchObject({ content: '我们每天 10:00 到 21:00营业。' });
  });

  it('shows a blank for what is not known, ready to be typed over, and closes with Escape', async () => {
    await world.sandbox.act(shop.appid, openid, { type: 'text', content: '在吗' });
    await inbox().theirs('在吗').waitFor();
    await inbox().composer.pressSequentially('/hi');
    await cards().match('问候').waitFor();
    await inbox().composer.press('Escape');
    await cards().matches.waitFor({ state: 'hidden' });
    expect(await inbox().composer.inputValue()).toBe('/hi');

    await inbox().composer.fill('');
    await inbox().composer.pressSequentially('/hi');
    await cards().match('问候').waitFor();
    await inbox().composer.press('Enter');
    await until('the words are there', async () =>
      (await inbox().composer.inputValue()).startsWith('〔称呼〕您好'),
    );
    await inbox().composer.pressSequentially('王姐');
    expect(await inbox().composer.inputValue()).toMatch(/^王姐您好，我是云栖茶舍的〔客服〕/);
    await inbox().composer.fill('');
  });

  it('is found by the search, put into the open conversation, and shown in the manager from elsewhere', async () => {
    const search = new SearchPage(app.page);
    await search.openEverywhere();
    await search.ask('营业');
    const found = search.hit('我们{营业时间}营业');
    await found.getByText('插入当前会话').waitFor();
    await shoot(app, 'search-quick-replies');
    await found.click();
    await search.dialog.waitFor({ state: 'detached' });
    await until('the words are there', async () =>
      (await inbox().composer.inputValue()).startsWith('我们每天 10:00 到 21:00营业。'),
    );
    await inbox().composer.fill('');

    await world.sandbox.act(shop.appid, openid, { type: 'unsubscribe' });
    await until('nothing can be written', () => inbox().composer.isDisabled());
    await search.openEverywhere();
    await search.ask('评价');
    await search.hit('服务评价').getByText('在快捷回复中查看').waitFor();
    await search.hit('服务评价').click();
    await cards()
      .manager.getByRole('option', { name: /^服务评价/, selected: true })
      .waitFor();
    await shoot(app, 'search-quick-reply-manager');
    await app.page.keyboard.press('Escape');
    await cards().manager.waitFor({ state: 'hidden' });
    await world.sandbox.act(shop.appid, openid, { type: 'subscribe' });
    await world.sandbox.act(shop.appid, openid, { type: 'text', content: '我又来了' });
    await until('something can be written', () => inbox().composer.isEnabled());
  });

  it('takes the language of the customer, and the other one by Tab', async () => {
    await world.sandbox.act(shop.appid, openid, { type: 'text', content: 'Are you open on Sunday?' });
    await inbox().theirs('Are you open on Sunday?').waitFor();
    await inbox().composer.pressSequentially('/稍等');
    await cards().match('Sure, let me check.').waitFor();
    await inbox().composer.press('Tab');
    await cards().match('好的，我查一下').waitFor();
    await inbox().composer.press('Enter');
    expect(await inbox().composer.inputValue()).toBe('好的，我查一下，请稍等几分钟。');
    await inbox().composer.fill('');
  });

  it('leaves Enter to the input method while it composes', async () => {
    await inbox().composer.pressSequentially('/');
    await cards().matches.waitFor();
    const before = (await messagesOf(app, shop.appid, openid)).length;
    await inbox().composer.evaluate((field) => {
      field.dispatchEvent(new CompositionEvent('compositionstart'));
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, keyCode: 229, bubbles: true }),
      );
      field.dispatchEvent(new CompositionEvent('compositionend'));
    });
    expect(await inbox().composer.inputValue()).toBe('/');
    expect((await messagesOf(app, shop.appid, openid)).length).toBe(before);
    await inbox().composer.fill('');
  });

  it('exports the library with everything in it', async () => {
    const file = join(data.path, 'library.json');
    await choosesFile(file);
    await call(app, 'quickReplies.export', {});
    const written = JSON.parse(readFileSync(file, 'utf8')) as {
      version: number;
      replies: { name: string }[];
    };
    expect(written.version).toBe(1);
    expect(written.replies.map(({ name }) => name)).toEqual(expect.arrayContaining(['问候', '服务评价']));
    expect(app.pageErrors).toEqual([]);
  });
});
