import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FollowersPage } from './pages/followers';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { startApp, type DeskApp } from './support/app';
import { call, connectAccount } from './support/account';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';
import { picture } from './tour/picture';

const SEND = '/cgi-bin/message/custom/send';
const data = temporaryFolder('inbox');
let world: World;
let app: DeskApp;
let shop: SandboxAccount;
let clinic: SandboxAccount;
/** Followers of the shop whom nobody gave a name, each used by one test. */
let people: string[];
/** Of the app before its restart. */
const pageErrors: string[] = [];

beforeAll(async () => {
  world = await startWorld(['--manual-clock', '--followers', '60']);
  const [service] = world.sandbox.accounts.filter((one) => one.type === 'service' && one.verified);
  const [subscription] = world.sandbox.accounts.filter((one) => one.type === 'subscription' && one.verified);
  if (!service || !subscription) throw new Error('the sandbox has no verified accounts');
  shop = service;
  clinic = subscription;
  const all = await world.sandbox.get<{
    followers: { openid: string; remark: string; following: boolean }[];
  }>(`/__sandbox/accounts/${shop.appid}/followers?limit=60`);
  people = all.followers.filter((one) => one.following && one.remark === '').map((one) => one.openid);
  app = await startApp({ userData: data.path });
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});

const inbox = (): InboxPage => new InboxPage(app.page);
const shell = (): Shell => new Shell(app.page);
const someone = (): string => {
  const openid = people.pop();
  if (!openid) throw new Error('no follower is left');
  return openid;
};

/** The sandbox's clock stands still, so it is put right before anything that counts seconds. */
async function now(): Promise<void> {
  const clock = await world.sandbox.get<{ now: number }>('/__sandbox/clock');
  await world.sandbox.advance(Math.max(0, Math.floor(Date.now() / 1000) - clock.now));
}

/** A follower of the shop writes, and the shop looks at the conversation. */
async function writes(openid: string, content: string, account = shop): Promise<void> {
  await now();
  await world.sandbox.act(account.appid, openid, { type: 'text', content });
  await inbox().row(content).waitFor();
}

async function openNew(content: string): Promise<string> {
  const openid = someone();
  await writes(openid, content);
  await inbox().open(content);
  await inbox().theirs(content).waitFor();
  return openid;
}

describe('accounts', () => {
  it('[S1.1] offers to connect an account while there is none, and lists one', async () => {
    await shell().open('accounts');
    await app.page.getByRole('button', { name: /^手动连接/ }).waitFor();
    await app.page.getByRole('button', { name: '用演示公众号试试' }).waitFor();

    await connectAccount(app, world, shop, { name: '城南茶馆' });
    const list = app.page.getByRole('list', { name: '已添加的公众号' });
    await list.getByRole('listitem').filter({ hasText: '城南茶馆' }).waitFor();
    expect(await list.getByRole('listitem').count()).toBe(1);
    await app.page.getByRole('button', { name: '添加公众号' }).waitFor();
  });

  it('[S1.1][S2.31] lists many, and lets the user switch between them on every screen', async () => {
    await connectAccount(app, world, clinic, { name: '康宁诊所' });
    const list = app.page.getByRole('list', { name: '已添加的公众号' });
    await list.getByRole('listitem').filter({ hasText: '康宁诊所' }).waitFor();
    expect(await list.getByRole('listitem').count()).toBe(2);

    for (const screen of ['inbox', 'followers', 'accounts', 'settings'] as const) {
      await shell().open(screen);
      await shell().switchTo('康宁诊所');
      await shell().switcher.filter({ hasText: '康宁诊所' }).waitFor();
      await shell().switchTo('全部公众号');
      await shell().switcher.filter({ hasText: '全部公众号' }).waitFor();
    }
  });
});

describe('the window', () => {
  it('shows the first conversation of an empty inbox when it arrives', async () => {
    await shell().open('inbox');
    await app.page.getByText('还没有会话').waitFor();
    await world.sandbox.act(shop.appid, someone(), { type: 'VIEW', url: 'https://www.example.com/menu' });
    await writes(someone(), '有人在吗');
  });

  it('[S3.4][S4.4] starts no chat with who never wrote, says why, and opens it as soon as they write', async () => {
    await shell().open('followers');
    const followers = new FollowersPage(app.page);
    await shell().switchTo('城南茶馆');
    await followers.rows.first().click();
    const openid = await copied(followers.profile.getByRole('button', { name: '复制' }));
    people = people.filter((one) => one !== openid);
    const start = followers.profile.getByRole('button', { name: '打开会话' });
    await followers.profile.getByText('微信规定对方先关注并先开口，公众号才能回复。').waitFor();
    expect(await start.isDisabled()).toBe(true);

    await now();
    await world.sandbox.act(shop.appid, openid, { type: 'text', content: '可以预约明天吗' });
    await until('the button', () => start.isEnabled());
    await start.click();
    await inbox().theirs('可以预约明天吗').waitFor();
    await app.page.getByText('还可回复 5 条').waitFor();
    expect(await inbox().composer.isEnabled()).toBe(true);
    await shell().switchTo('全部公众号');
  });

  it('[S3.10] grants five replies in 48 hours for a text', async () => {
    await openNew('龙井怎么卖');
    await app.page.getByText(/还可回复 5 条 · 剩 4[78] 小时/).waitFor();
    await app.page.getByText('来自：对方发来消息（5 条，48 小时）').waitFor();
  });

  it('[S3.10] grants three replies in one minute for a menu tap, and counts the seconds', async () => {
    await now();
    await world.sandbox.act(shop.appid, someone(), { type: 'click', key: 'TODAY' });
    await inbox().row('点击菜单“TODAY”').click();
    const meter = app.page.getByText(/还可回复 3 条 · 剩 \d+秒/);
    await meter.waitFor();
    await app.page.getByText('一分钟窗口，请尽快回复。 来自：对方点了菜单（3 条，1 分钟）').waitFor();
    const first = secondsOf(await meter.textContent());
    expect(first).toBeGreaterThan(30);
    await until('a second has passed', async () => secondsOf(await meter.textContent()) < first);
  });

  it('[S3.11][S3.12] closes when the replies are used up, warns before, and opens again when they write', async () => {
    const openid = await openNew('想订一个生日蛋糕');
    for (const left of [4, 3, 2]) {
      await inbox().reply(`第 ${5 - left} 条`);
      await app.page.getByText(`还可回复 ${left} 条`).waitFor();
    }
    await inbox().reply('第 4 条');
    await app.page.getByText(/最后 1 条回复 · 剩 4[78] 小时/).waitFor();
    await inbox().reply('第 5 条');
    await app.page.getByText('这一轮的回复已用完').waitFor();
    expect(await inbox().composer.isDisabled()).toBe(true);
    await inbox().closed.getByText('用群发触达').waitFor();
    expect(
      (await world.sandbox.phone(shop.appid, openid)).filter(({ via }) => via === 'customer-service'),
    ).toHaveLength(5);

    await writes(openid, '要 8 寸的');
    await app.page.getByText('还可回复 5 条').waitFor();
    expect(await inbox().composer.isEnabled()).toBe(true);
  });
});

describe('messages', () => {
  it('[S3.13][S3.14] leaves a refused reply in its place, with mark, reason, next step and the rid to copy', async () => {
    const openid = await openNew('茉莉花茶有礼盒吗');
    await world.sandbox.fault({ path: SEND, appid: shop.appid, errcode: 45047 });
    await inbox().reply('有的，两百一盒');
    const failed = inbox().mine('有的，两百一盒');
    await failed.getByRole('img', { name: '发送失败' }).waitFor();
    await failed.getByText('可回复的条数已用完').waitFor();
    expect(await failed.getByRole('button', { name: '重新发送' }).isDisabled()).toBe(true);
    await failed.getByText('回复窗口已关闭，现在不能重新发送').waitFor();

    await failed.getByRole('button', { name: '原因和办法' }).click();
    for (const part of ['原因', '出现在', '微信为什么这样限制', '检查', '可以这样做']) {
      await failed.getByRole('heading', { name: part, exact: true }).waitFor();
    }
    await failed.getByText('错误码 45047').waitFor();
    await failed.getByText('out of response count limit').waitFor();
    await failed.getByRole('button', { name: '微信官方说明' }).waitFor();
    const rid = await copied(failed.getByRole('button', { name: '复制 请求编号' }));
    expect(rid).toMatch(/^[0-9a-f]+-[0-9a-f]+-[0-9a-f]+$/);
    await failed.getByText(rid).waitFor();

    await writes(openid, '那就要这个');
    await app.page.getByText('还可回复 5 条').waitFor();
    await failed.getByRole('button', { name: '重新发送' }).click();
    await inbox().mine('重新发送的消息').getByText('已发送').waitFor();
    await failed.getByText('已重新发送，见下方').waitFor();
    const order = await inbox().bubbles.allInnerTexts();
    expect(order.findIndex((text) => text.includes('发送失败'))).toBeLessThan(
      order.findIndex((text) => text.includes('那就要这个')),
    );
  });

  it('[S3.9] says sent or failed, and never delivered or read', async () => {
    const shown = await inbox().log.innerText();
    expect(shown).toContain('已发送');
    expect(shown).toContain('发送失败');
    expect(await app.page.locator('body').innerText()).not.toMatch(/已读|已送达|已投递|Delivered|\bRead\b/);
  });

  it('keeps and shows a message of a type that this version does not know', async () => {
    const openid = await openNew('给你看个东西');
    await world.sandbox.act(shop.appid, openid, {
      type: 'message',
      msgType: 'hologram',
      nodes: { Depth: 'forty-two' },
    });
    const unknown = inbox().theirs('这个版本还不认识“hologram”类型的消息');
    await unknown.waitFor();
    await unknown.getByRole('button', { name: '查看原始内容' }).click();
    await unknown.getByText('forty-two').waitFor();
  });

  it('[S1.12][S3.15] names the nameless by a placeholder, explains it, and shows a new name everywhere', async () => {
    const openid = await openNew('二楼还有位子吗');
    await inbox()
      .profile.getByRole('heading', { name: /^粉丝 [2-9B-Z]{4}$/ })
      .waitFor();
    await inbox().profile.getByText('微信不再向公众号提供粉丝的昵称和头像').waitFor();

    await inbox().profile.getByRole('button', { name: '起个名字' }).click();
    await inbox().profile.getByRole('textbox', { name: '称呼' }).fill('二楼瑜伽馆老板');
    await inbox().profile.getByRole('button', { name: '保存' }).click();
    await inbox().row('二楼瑜伽馆老板').filter({ hasText: '二楼还有位子吗' }).waitFor();
    await app.page.getByRole('heading', { name: '二楼瑜伽馆老板' }).nth(1).waitFor();
    await app.page.getByRole('log', { name: '与 二楼瑜伽馆老板 的聊天记录' }).waitFor();
    await shell().open('followers');
    const followers = new FollowersPage(app.page);
    await followers.search.fill('瑜伽馆老板');
    await followers.says('找到 1 位');
    await followers.row('二楼瑜伽馆老板').waitFor();
    await followers.search.fill('');
    await shell().open('inbox');
    expect(await app.page.locator('body').innerText()).not.toContain(openid);
  });

  it('sends a pasted image, which appears on the phone', async () => {
    const openid = await openNew('有实物图吗');
    await inbox().paste({ name: '茶礼盒.png', mimeType: 'image/png', buffer: picture() });
    await inbox().tray.getByText('可以发送').waitFor();
    await inbox().send.click();
    await inbox().mine('已发送').getByAltText('图片').waitFor();
    expect(await world.sandbox.phone(shop.appid, openid)).toContainEqual(
      expect.objectContaining({ via: 'customer-service', type: 'image' }),
    );
  });

  it('keeps a draft while the user goes elsewhere, and over a restart', async () => {
    await openNew('发票可以补开吗');
    await inbox().composer.fill('可以的，请把抬头发来');
    await openNew('明天几点开门');
    expect(await inbox().composer.inputValue()).toBe('');
    await inbox().row('草稿').filter({ hasText: '可以的，请把抬头发来' }).waitFor();

    pageErrors.push(...app.pageErrors);
    await app.close();
    app = await startApp({ userData: data.path });
    await inbox().open('可以的，请把抬头发来');
    await until('the draft', async () => (await inbox().composer.inputValue()) === '可以的，请把抬头发来');
    await inbox().theirs('发票可以补开吗').waitFor();
  });

  it('[S1.7][S1.10] marks who turns out to have left, and lets nothing more be sent to them', async () => {
    const [openid] = await world.sandbox.openids(clinic.appid, 1);
    if (!openid) throw new Error('the clinic has no follower');
    await writes(openid, '张医生周三出诊吗', clinic);
    await inbox().open('张医生周三出诊吗');
    // They leave while nobody is told: the account's server is off.
    await fetch(new URL(`/__sandbox/accounts/${clinic.appid}/server`, world.sandbox.origin), {
      method: 'DELETE',
    });
    await world.sandbox.act(clinic.appid, openid, { type: 'unsubscribe' });
    await world.sandbox.fault({ path: SEND, appid: clinic.appid, errcode: 43004 });
    await inbox().reply('出诊的，上午');

    const failed = inbox().mine('出诊的，上午');
    await failed.getByText('对方没有关注公众号').waitFor();
    await failed.getByRole('button', { name: '原因和办法' }).click();
    await failed.getByText('错误码 43004').waitFor();
    await failed.getByText('对方从未关注、已取消关注').waitFor();
    await app.page.getByText('取消关注后微信不再转交消息').waitFor();
    expect(await inbox().composer.isDisabled()).toBe(true);
    await inbox().profile.getByText('已取消关注').waitFor();
    await inbox().row('出诊的，上午').getByText('已取关').waitFor();
  });
});

describe('time', () => {
  it('[S3.11][S1.6][S1.9] closes every window that WeChat’s clock has ended, and explains the refusal', async () => {
    await writes(someone(), '我在路上了');
    await openNew('停车方便吗');
    // The sign of typing would tell the app WeChat's time before the reply leaves, and close the composer.
    await call(app, 'settings.update', { showTyping: false });
    await world.sandbox.advance(48 * 3600 + 60);
    await inbox().reply('门口就有车位');

    const failed = inbox().mine('门口就有车位');
    await failed.getByText('已超过可回复的时间').waitFor();
    await failed.getByRole('button', { name: '原因和办法' }).click();
    for (const part of ['原因', '出现在', '微信为什么这样限制', '检查', '可以这样做']) {
      await failed.getByRole('heading', { name: part, exact: true }).waitFor();
    }
    await failed.getByText('错误码 45015').waitFor();
    for (const act of ['等对方发来消息', '改用自动回复', '改用订阅通知'])
      await failed.getByText(act).waitFor();
    await app.page.getByText(/回复时限已过/).waitFor();
    expect(await inbox().composer.isDisabled()).toBe(true);

    await inbox().row('我在路上了').getByText('已过期').waitFor();
    await inbox().open('我在路上了');
    await inbox().closed.getByText('用群发触达').waitFor();
  });

  it('has never logged an error in the page', () => {
    expect([...pageErrors, ...app.pageErrors]).toEqual([]);
  });
});

/** What a button puts on the clipboard. */
async function copied(button: Locator): Promise<string> {
  await app.electron.evaluate(({ clipboard }) => clipboard.clear());
  await button.click();
  return until('something on the clipboard', () => app.clipboard());
}

function secondsOf(meter: string | null): number {
  return Number(/(\d+)秒/.exec(meter ?? '')?.[1]);
}
