import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeAmr } from '#sandbox/media/amr';
import { encodeMp4 } from '#sandbox/media/mp4';
import { CardsPage } from './pages/cards';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { call, connectAccount, imported } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder, until } from './support/runtime';
import { shoot } from './support/shoot';
import { startWorld, type SandboxAccount, type World } from './support/world';
import { picture } from './tour/picture';

const data = temporaryFolder('composer');
let world: World;
let app: DeskApp;
let shop: SandboxAccount;
let overseas: SandboxAccount;
let people: string[];

beforeAll(async () => {
  world = await startWorld(['--manual-clock', '--followers', '20']);
  const [service] = world.sandbox.accounts.filter((one) => one.type === 'service' && one.verified);
  if (!service) throw new Error('the sandbox has no verified account');
  shop = service;
  overseas = await world.sandbox.createAccount({
    ...{ type: 'service', verified: true, region: 'overseas', followers: 2 },
  });
  people = await world.sandbox.openids(shop.appid, 20);
  app = await startApp({ userData: data.path });
  await connectAccount(app, world, shop, { name: '城南茶馆' });
  await connectAccount(app, world, overseas, { name: 'Teahouse Singapore', region: 'overseas' });
  await imported(app, shop.appid);
  await new Shell(app.page).open('inbox');
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});

const inbox = (): InboxPage => new InboxPage(app.page);
const cards = (): CardsPage => new CardsPage(app.page);
const button = (name: string | RegExp) => app.page.getByRole('button', { name });
const image = { name: '新款茶礼盒.png', mimeType: 'image/png', buffer: picture() };
const voice = { name: '老板的话.amr', mimeType: '', buffer: encodeAmr('老板的话', 2) };
const video = { name: '店面.mp4', mimeType: 'video/mp4', buffer: encodeMp4('店面', 2) };

async function now(): Promise<void> {
  const clock = await world.sandbox.get<{ now: number }>('/__sandbox/clock');
  await world.sandbox.advance(Math.max(0, Math.floor(Date.now() / 1000) - clock.now));
}

/** A follower writes, and the shop opens the conversation. */
async function openNew(content: string, account = shop): Promise<string> {
  const openid = account === shop ? people.pop() : (await world.sandbox.openids(account.appid, 1))[0];
  if (!openid) throw new Error('no follower is left');
  await now();
  await world.sandbox.act(account.appid, openid, { type: 'text', content });
  await inbox().open(content);
  await inbox().theirs(content).waitFor();
  return openid;
}

/** What arrived at the follower: type and body, oldest first. */
async function arrived(openid: string) {
  const phone = await world.sandbox.phone(shop.appid, openid);
  return phone
    .filter(({ via }) => via === 'customer-service')
    .map((bubble) => ({
      type: String(bubble['type']),
      body: bubble['body'] as Readonly<Record<string, string>>,
    }));
}

/** A bubble stands in the chat before its message is with WeChat. */
const textsOf = async (openid: string) => {
  await until('a message arrived', async () => (await arrived(openid)).length > 0);
  return (await arrived(openid)).map(({ body }) => body['content']);
};

it('sends several files in their order, each for one reply, and plays what was sent', async () => {
  const openid = await openNew('有新款吗');
  await inbox().drop(image, voice, video);
  await inbox().tray.getByText('将要发送 3 条').waitFor();
  await inbox().tray.getByText('每条用掉一次回复，现在还能发 5 条').waitFor();
  await inbox().tray.getByText('2 秒').waitFor();
  await until('all are read', async () => (await inbox().tray.getByText('可以发送').count()) === 3);
  await button('“店面.mp4”提前一位').click();
  await inbox()
    .tray.getByRole('textbox', { name: /视频标题/ })
    .fill('我们的店');
  await inbox().composer.fill('这是新款');
  await inbox().tray.getByText('将要发送 4 条，最后是输入框里的文字').waitFor();
  await button('发送 4 条').click();

  await until('four arrived', async () => (await arrived(openid)).length === 4);
  const shown = await arrived(openid);
  expect(shown.map(({ type }) => type)).toEqual(['image', 'video', 'voice', 'text']);
  expect(shown[1]?.body).toMatchObject({ title: '我们的店' });
  expect(shown[1]?.body['thumbMediaId']).not.toBe('');
  await app.page.getByText('最后 1 条回复').waitFor();
  await until('the video can be played', () =>
    inbox()
      .mine('')
      .locator('video')
      .evaluate(
        (element) =>
          (element as HTMLVideoElement).readyState >= 1 && (element as HTMLVideoElement).duration > 1,
      ),
  );
  await inbox().mine('').getByRole('button', { name: '播放', exact: true }).click();
});

it('[S3.7] refuses what is too large before it is uploaded, names the limit, and sends the rest', async () => {
  const openid = await openNew('发张照片看看');
  const large = {
    ...image,
    name: '太大.png',
    buffer: Buffer.concat([image.buffer, Buffer.alloc(10 * 1024 * 1024)]),
  };
  await inbox().paste(large, image);
  await inbox().tray.getByRole('alert').filter({ hasText: '超过微信对图片的上限 10 MB，没有上传' }).waitFor();
  await inbox().tray.getByText('将要发送 1 条').waitFor();
  await inbox().composer.press('Enter');
  await until('the picture arrived', async () => (await arrived(openid)).length === 1);
  const uploads = (await world.sandbox.calls(shop.appid)).filter(
    ({ path }) => path === '/cgi-bin/media/upload',
  );
  expect(uploads.every(({ errcode }) => errcode === 0)).toBe(true);
  await button('移除“太大.png”').click();
});

it('[S3.8] lets an account outside the mainland send images only, and says why', async () => {
  await openNew('Are you open today?', overseas);
  for (const kind of ['语音', '视频']) {
    const refused = button(`境外公众号不能通过接口发${kind}，只能发图片`);
    expect(await refused.isDisabled()).toBe(true);
  }
  expect(await button(/^图片：PNG, JPG, GIF/).isEnabled()).toBe(true);
  await inbox().drop(video);
  await inbox().tray.getByText('境外公众号不能发视频，没有上传').waitFor();
  await button('移除“店面.mp4”').click();
});

it('makes a link that the customer can tap, shown as a link and never as code', async () => {
  const openid = await openNew('菜单在哪里看');
  await inbox().composer.pressSequentially('请看');
  await button('插入链接').click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel('显示的文字').fill('今日菜单');
  await dialog.getByLabel('网址').fill('http://shop.example.com');
  await dialog.getByRole('button', { name: '插入' }).click();
  await dialog.getByText('请填完整的 https:// 网址').waitFor();
  await dialog.getByLabel('网址').fill('shop.example.com/menu');
  await dialog.getByRole('button', { name: '插入' }).click();
  await until('the link', async () => (await inbox().composer.inputValue()) === '请看⟦今日菜单⟧');
  await app.page
    .getByRole('list', { name: '文字里的链接' })
    .getByText('https://shop.example.com/menu')
    .waitFor();
  await inbox().composer.press('Enter');

  await inbox().mine('请看今日菜单').getByRole('link', { name: '今日菜单' }).waitFor();
  expect(await textsOf(openid)).toEqual(['请看<a href="https://shop.example.com/menu">今日菜单</a>']);
  expect(await inbox().log.innerText()).not.toContain('href');
});

it('puts WeChat’s emoji at the caret by keyboard alone, those used last first, and undoes it', async () => {
  const openid = await openNew('谢谢老板');
  await inbox().composer.fill('不客气');
  await button('表情').focus();
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('button', { name: '微笑', exact: true }).waitFor();
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('Escape');
  expect(await inbox().composer.inputValue()).toBe('不客气[色]');
  await inbox().composer.press('ControlOrMeta+z');
  expect(await inbox().composer.inputValue()).toBe('不客气');
  await button('表情').click();
  await app.page.getByRole('group', { name: '最近用过' }).getByRole('button', { name: '色' }).click();
  await app.page.keyboard.press('Escape');
  await inbox().composer.press('Enter');
  await inbox().mine('不客气😍').waitFor();
  expect(await textsOf(openid)).toEqual(['不客气[色]']);
});

it('[I6] offers to merge what is prepared when replies run short, and sends one message for three', async () => {
  const openid = await openNew('礼盒多少钱');
  for (const words of ['两百一盒', '买二送一', '今天发货']) {
    await inbox().composer.fill(words);
    await inbox().composer.press('ControlOrMeta+Enter');
  }
  await inbox().tray.getByText('将要发送 3 条').waitFor();
  await inbox().composer.fill('要几盒？');
  await inbox().composer.press('ControlOrMeta+Enter');
  await inbox().composer.fill('我给您留');
  await app.page.getByText('准备了 5 条，还能回复 5 条：合成 1 条？').waitFor();
  await inbox().composer.press('ControlOrMeta+m');
  await until(
    'the merged text',
    async () => (await inbox().composer.inputValue()) === '两百一盒\n买二送一\n今天发货\n要几盒？\n我给您留',
  );
  await inbox().composer.press('Enter');
  await app.page.getByText('还可回复 4 条').waitFor();
  expect(await textsOf(openid)).toEqual(['两百一盒\n买二送一\n今天发货\n要几盒？\n我给您留']);
});

it('[S3.11] sends as many as the window allows and keeps the rest for the next message', async () => {
  const openid = await openNew('都有什么茶');
  for (const words of ['一', '二', '三', '四']) {
    await inbox().reply(words);
    await inbox().mine(words).getByText('已发送').waitFor();
  }
  await app.page.getByText('最后 1 条回复').waitFor();
  await inbox().paste(image);
  await inbox().tray.getByText('可以发送').waitFor();
  await inbox().composer.fill('价目表');
  await app.page.getByText('准备了 2 条，只能发前 1 条，其余留在这里。').waitFor();
  await button('发送前 1 条').click();
  await app.page.getByText('这一轮的回复已用完').waitFor();
  await until('all arrived', async () => (await arrived(openid)).length === 5);
  expect((await arrived(openid)).map(({ type }) => type)).toEqual(['text', 'text', 'text', 'text', 'image']);
  expect(await inbox().composer.inputValue()).toBe('价目表');
  expect(await inbox().composer.isDisabled()).toBe(true);
  for (const rung of ['手头没有对方的同意', '用群发触达']) await inbox().closed.getByText(rung).waitFor();
  await inbox().closed.getByRole('button', { name: '打开公众平台' }).waitFor();

  await now();
  await world.sandbox.act(shop.appid, openid, { type: 'text', content: '发我价目表' });
  await app.page.getByText('还可回复 5 条').waitFor();
  await inbox().composer.press('Enter');
  await until('the rest arrived', async () => (await textsOf(openid)).at(-1) === '价目表');
});

it('leaves Enter to an input method that is composing, breaks with Shift and sends the finished words', async () => {
  const openid = await openNew('在吗');
  await inbox().composer.click();
  const session = await app.page.context().newCDPSession(app.page);
  await session.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
  // Chromium gives the key to the input method first; the page sees it as one that is being composed.
  await session.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    windowsVirtualKeyCode: 229,
  });
  expect(await inbox().composer.inputValue()).toBe('nihao');
  await session.send('Input.insertText', { text: '你好' });
  await until('the words', async () => (await inbox().composer.inputValue()) === '你好');
  expect(await arrived(openid)).toEqual([]);
  await inbox().composer.press('Shift+Enter');
  await inbox().composer.pressSequentially('在的');
  await inbox().composer.press('Enter');
  await inbox().mine('在的').waitFor();
  expect(await textsOf(openid)).toEqual(['你好\n在的']);
});

it('shows the customer that an answer is being written', async () => {
  const before = await typings();
  await openNew('你们几点关门');
  await inbox().composer.pressSequentially('九点');
  await until('the sign', async () => (await typings()) === before + 1);
});

it('keeps files, piled texts and cards over a crash, half written or from a quick reply, and names a file that is gone', async () => {
  await call(app, 'quickReplies.save', {
    ...{ id: 'spring-tea', appid: null, folderId: null, name: '春茶', shortcut: 'cc' },
    zh: {
      ...{ kind: 'news', title: '春茶到店', description: '', picUrl: '', pictureId: '' },
      url: 'https://tea.example.com/spring',
    },
    en: null,
  });
  const gone = await openNew('还有别的款吗');
  await inbox().paste(image);
  await inbox().tray.getByText('可以发送').waitFor();
  const openid = await openNew('发来看看');
  await inbox().paste(image);
  await inbox().tray.getByText('可以发送').waitFor();
  await inbox().composer.fill('这是新款');
  await inbox().composer.press('Control+Enter');
  await cards().insert(/^菜单消息/);
  await cards().field('开头').fill('您想要哪一种？');
  await cards().press('取消');
  await inbox().composer.pressSequentially('要几盒？ /cc');
  await cards().match('春茶').click();
  await cards().field('标题').fill('明前春茶到店');
  const kept = async (who: string) => {
    const { tray, cards: written } = await call(app, 'conversations.prepared', {
      appid: shop.appid,
      openid: who,
    });
    return { tray, written };
  };
  await until('everything is kept', async () => {
    const { tray, written } = await kept(openid);
    return tray.length === 2 && written.length === 2;
  });
  const [file] = (await kept(gone)).tray;
  await app.kill();
  rmSync(join(data.path, 'media', file?.kind === 'file' ? file.stagedId : 'none'));

  app = await startApp({ userData: data.path });
  await inbox().row('草稿').filter({ hasText: '1 项待发送' }).waitFor();
  await inbox().open('这是新款 要几盒？');
  await inbox().tray.getByText('将要发送 3 条').waitFor();
  expect((await inbox().composer.inputValue()).trim()).toBe('要几盒？');
  await shoot(app, 'draft-restored');
  await cards().plus.click();
  await cards()
    .entry(/^菜单消息\s*没写完/)
    .waitFor();
  await shoot(app, 'draft-card');
  await cards()
    .entry(/^菜单消息/)
    .click();
  expect(await cards().field('开头').inputValue()).toBe('您想要哪一种？');
  await cards().press('取消');
  await cards().insert(/^链接卡片\s*没写完/);
  expect(await cards().field('标题').inputValue()).toBe('明前春茶到店');
  await cards().press('取消');
  await button('发送 3 条').click();
  await until('all arrived', async () => (await arrived(openid)).length === 3);
  expect((await arrived(openid)).map(({ type }) => type)).toEqual(['image', 'text', 'text']);
  expect((await textsOf(openid)).slice(1).map((words) => words?.trim())).toEqual(['这是新款', '要几盒？']);

  await inbox().row('1 项待发送').last().click();
  await inbox().tray.getByText('这个文件已经不在这台电脑上了，请重新添加').waitFor();
  await shoot(app, 'draft-file-gone');
  await button('移除“新款茶礼盒.png”').click();
  await inbox().row('还有别的款吗').waitFor();
});

it('has never logged an error in the page', () => {
  expect(app.pageErrors).toEqual([]);
});

async function typings(): Promise<number> {
  const calls = await world.sandbox.calls(shop.appid);
  return calls.filter(({ path, errcode }) => path.endsWith('/custom/typing') && errcode === 0).length;
}
