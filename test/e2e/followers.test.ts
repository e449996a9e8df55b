import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FollowersPage } from './pages/followers';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { startApp, type DeskApp } from './support/app';
import { connectAccount } from './support/account';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const TOTAL = 3000;
const data = temporaryFolder('followers');
let world: World;
let app: DeskApp;
let shop: SandboxAccount;

beforeAll(async () => {
  world = await startWorld(['--followers', String(TOTAL)]);
  const service = world.sandbox.accounts.find((one) => one.type === 'service' && one.verified);
  if (!service) throw new Error('the sandbox has no verified service account');
  shop = service;
  app = await startApp({ userData: data.path });
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});

const followers = (): FollowersPage => new FollowersPage(app.page);
const act = (openid: string, what: object) => world.sandbox.act(shop.appid, openid, what);

describe('the import', () => {
  it('[S2.14] begins by itself after an account is connected, and shows how far it is', async () => {
    // The answers with the profiles are slow, so that there is something to see.
    await world.sandbox.fault({
      path: '/cgi-bin/user/info/batchget',
      appid: shop.appid,
      delayMs: 1200,
      times: 2,
    });
    await connectAccount(app, world, shop, { name: '城南茶馆' });
    await new Shell(app.page).open('followers');
    const banner = followers().importBanner(/^城南茶馆：正在取得粉丝/);
    await banner.getByText(/^[\d,]+ \/ 3,000$/).waitFor();
    await banner.getByRole('button', { name: '暂停' }).waitFor();
    await banner.waitFor({ state: 'detached' });
    await followers().show('全部');
    await followers().says('3,000 位');
  });

  it('[S2.14] adds who follows later, by the event', async () => {
    await act('new', { type: 'subscribe', scene: 'flyer_spring' });
    await followers().says('3,001 位');
    await followers().rows.first().getByText('扫二维码').waitFor();
  });
});

describe('the table', () => {
  it('[I12] scrolls from the first to the last of three thousand, and names every one on the way', async () => {
    const names: string[] = [];
    for (const place of [0, 0.25, 0.5, 0.75, 1]) {
      await followers().scrollTo(place);
      await until(
        'rows that are read',
        async () => !(await followers().table.getByRole('row', { name: '正在载入' }).count()),
      );
      names.push(...(await followers().names()));
    }
    await followers().table.locator('[aria-rowindex="3001"]').waitFor();
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      expect(name.trim()).not.toBe('');
      expect(name).not.toMatch(/o[A-Za-z0-9_-]{27}/);
    }
    expect(names.some((name) => /^粉丝 [2-9B-Z]{4}/.test(name.trim()))).toBe(true);
    await followers().scrollTo(0);
  });

  it('finds people by two Chinese characters of a remark, a tag and their first words', async () => {
    await followers().search.fill('王总');
    await followers().says(/^找到 \d+ 位$/);
    for (const name of await followers().names()) expect(name).toContain('王总');

    await followers().search.fill('批发');
    await until('who is tagged or named so', async () => {
      const [names, tags] = [await followers().names(), await followers().cells('tags')];
      const found = names.map((name, index) => `${name} ${tags[index] ?? ''}`);
      return tags.some((text) => text.includes('批发')) && found.every((text) => text.includes('批发'));
    });
    const [openid] = await world.sandbox.openids(shop.appid, 1);
    if (!openid) throw new Error('the shop has no follower');
    await act(openid, { type: 'text', content: '请问芋泥麻薯还做吗' });
    await followers().search.fill('麻薯');
    await followers().says('找到 1 位');
    await followers().search.fill('没有这个人');
    await app.page.getByText('没有符合条件的粉丝').waitFor();
    await app.page.getByRole('button', { name: '清除筛选' }).click();
    await followers().says('3,001 位');
  });

  it('narrows by tag, by source and by who can be replied to', async () => {
    await followers().choose('标签', '会员');
    await followers().says(/^找到 [\d,]+ 位$/);
    await until('only members', async () => {
      const tags = await followers().cells('tags');
      return tags.length > 0 && tags.every((text) => text.includes('会员'));
    });
    await followers().choose('标签', '全部标签');
    await followers().choose('来源', '微信广告');
    await until('only who came by an ad', async () => {
      const scenes = await followers().cells('scene');
      return scenes.length > 0 && scenes.every((text) => text === '微信广告');
    });
    await followers().choose('来源', '全部来源');
    await followers().tools.getByRole('checkbox', { name: '可回复' }).check();
    // Who has just followed and who has just written.
    await followers().says(/^找到 [12] 位$/);
    await followers().tools.getByRole('checkbox', { name: '可回复' }).uncheck();
    await followers().says('3,001 位');
  });
});

describe('a person', () => {
  it('[S2.15] stays with everything known when they unfollow, and the record says so', async () => {
    await followers().search.fill('麻薯');
    await followers().says('找到 1 位');
    await followers().rows.first().click();
    const { profile } = followers();
    await profile.getByText('请问芋泥麻薯还做吗').first().waitFor();
    const [openid] = await world.sandbox.openids(shop.appid, 1);
    if (!openid) throw new Error('the shop has no follower');

    await act(openid, { type: 'unsubscribe' });
    await profile.getByText('已取消关注').waitFor();
    await profile.getByText('取关时间').waitFor();
    await profile.getByRole('region', { name: '往来记录' }).getByText('取消了关注').waitFor();
    await profile.getByText('请问芋泥麻薯还做吗').first().waitFor();
    await followers().row('已取关').waitFor();
    await followers().show('已取关');
    await followers().says('找到 1 位');
    await followers().show('全部');
  });

  it('[S2.16] shows what WeChat still tells, and names what it no longer does', async () => {
    const { profile } = followers();
    for (const fact of ['状态', '关注时间', '来源', '首次接触', '最近消息', '第一句话', 'OpenID']) {
      await profile.getByRole('term').filter({ hasText: fact }).first().waitFor();
    }
    await profile.getByRole('term').filter({ hasText: '昵称、头像、性别、地区' }).waitFor();
    await profile.getByText('微信自 2021-12-27 起不再提供').waitFor();
  });

  it('tells of messages that are no text in words', async () => {
    await followers().search.fill('');
    const openid = (await world.sandbox.openids(shop.appid, 2))[1];
    if (!openid) throw new Error('the shop has one follower only');
    await act(openid, { type: 'text', content: '照片里这款' });
    await act(openid, { type: 'image' });
    await followers().search.fill('照片里这款');
    await followers().says('找到 1 位');
    await followers().rows.first().click();
    await followers().profile.getByText('[图片]').waitFor();
    await followers().profile.getByRole('button', { name: '打开会话' }).click();
    await new InboxPage(app.page).theirs('照片里这款').waitFor();
  });

  it('has never logged an error in the page', () => {
    expect(app.pageErrors).toEqual([]);
  });
});
