import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountsPage } from './pages/accounts';
import { DoctorPage } from './pages/doctor';
import { call, imported } from './support/account';
import {
  platformReady,
  pressOnPhone,
  PLATFORM,
  takeBrowser,
  usePlatform,
  type Browser,
} from './support/authorization';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder } from './support/runtime';
import { startWorld, type World } from './support/world';

describe('adding an account by scanning', () => {
  const userData = temporaryFolder('authorize');
  let world: World;
  let app: DeskApp;
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld(['--followers', '20']);
    app = await startApp({ userData: userData.path });
    browser = await takeBrowser(app, world);
  });
  afterAll(async () => {
    await app?.close();
    await world?.stop();
    userData.remove();
  });

  const browse = () => browser.browse(() => app.page.getByRole('button', { name: '打开授权页面' }).click());

  const picture = async (name: string) => {
    const folder = process.env['OADESK_PICTURES'];
    if (folder) await app.page.screenshot({ path: `${folder}/${name}.png` });
  };

  it('explains why a relay cannot, with the manual door beside it', async () => {
    await app.page.getByRole('navigation').getByRole('button', { name: '公众号', exact: true }).click();
    await app.page.getByRole('button', { name: '扫码授权' }).click();
    await app.page.getByLabel('中继地址').fill(world.relay.origin);
    await app.page.getByLabel('配对码').fill(await world.relay.invite());
    await picture('pair');
    await app.page.getByRole('button', { name: /^配\s?对$/ }).click();
    await app.page.getByText('这个中继没有第三方平台').waitFor();
    await picture('no-component');
    expect(await app.page.getByRole('button', { name: '打开授权页面' }).isDisabled()).toBe(true);
    expect(await app.page.getByRole('button', { name: '改用手动连接' }).isEnabled()).toBe(true);
  });

  it('[S2.19][S1.3] warns of the five platforms, refuses an unverified account and leads to what verification takes', async () => {
    await usePlatform(world);
    await platformReady(app);
    const { appid } = await world.sandbox.createAccount({ type: 'service', verified: false });
    await app.page.getByRole('button', { name: /重\s?试/ }).click();
    await app.page.getByText('高级').click();
    await app.page.getByLabel(/微信接口地址/).fill(world.sandbox.origin);
    await app.page.getByText('一个公众号最多同时授权 5 个第三方平台').waitFor();
    await app.page.getByText('独占权限会转到最后授权的平台').waitFor();
    await picture('begin');
    const form = await browse();
    await app.page.getByText('微信的二维码已显示，请管理员现在扫码。').waitFor();
    await picture('opened');
    await pressOnPhone(form, 'administrator', appid, [1, 2]);
    await app.page.getByText('这个公众号没有认证').waitFor();
    await picture('unverified');
    await app.page.getByRole('button', { name: '怎样完成微信认证' }).click();
    await app.page.getByRole('heading', { name: /认证/ }).first().waitFor();
    await app.page.getByRole('navigation').getByRole('button', { name: '公众号', exact: true }).click();
  });

  it('[S1.2][S2.11][S2.13][I7] binds an account after an operator was turned away, names the set that is missing and imports its followers', async () => {
    const account = world.sandbox.accounts.find(({ verified, type }) => verified && type === 'service');
    await app.page.getByRole('button', { name: '扫码授权' }).click();
    await app.page.getByRole('button', { name: '重新开始' }).click();
    await app.page.getByText('高级').click();
    await app.page.getByLabel(/微信接口地址/).fill(world.sandbox.origin);
    const form = await browse();
    const granted = [1, 2, 3, 4, 6, 7, 8, 11, 89];
    expect(await pressOnPhone(form, 'operator', account!.appid, granted)).toContain('role="alert"');
    await app.page.getByText('微信的二维码已显示，请管理员现在扫码。').waitFor();
    await pressOnPhone(form, 'administrator', account!.appid, granted);
    await app.page.getByRole('heading', { name: /已授权/ }).waitFor();
    await picture('done');
    await imported(app, account!.appid);
    await app.page.getByRole('button', { name: /^完\s?成$/ }).click();
    await app.page.getByText('没有授予', { exact: true }).first().waitFor();
    await app.page.getByText('菜单管理', { exact: true }).waitFor();
    const doctor = new DoctorPage(app.page);
    await doctor.openFromAccount();
    await doctor.verdict('没有授予：菜单管理').waitFor();
    expect(await doctor.stateOf('权限集')).toBe('注意');
    await doctor.back();
    await picture('detail-light-zh');
    await call(app, 'settings.update', { theme: 'dark', locale: 'en' });
    await app.page.getByText('Not granted').first().waitFor();
    await picture('detail-dark-en');
    await call(app, 'settings.update', { theme: 'light', locale: 'zh-CN' });
  });

  it('keeps waiting for an account of another kind and after a refusal, can be cancelled, and begins anew', async () => {
    await app.page.getByRole('button', { name: '添加公众号' }).click();
    await app.page.getByRole('menuitem', { name: /^扫码授权/ }).click();
    const form = await browse();
    const appid = world.sandbox.accounts[0]!.appid;
    const waiting = app.page.getByText('微信的二维码已显示，请管理员现在扫码。');
    expect(await pressOnPhone(form, 'other-kind', appid)).toContain('role="alert"');
    await waiting.waitFor();
    expect(await pressOnPhone(form, 'refuse', appid)).toContain('已拒绝授权');
    await waiting.waitFor();
    await app.page.getByText('手机上点了“拒绝”？').waitFor();
    await app.page.getByRole('button', { name: /^取\s?消$/ }).click();
    await app.page.getByRole('heading', { name: '已取消' }).waitFor();
    await app.page.getByRole('button', { name: '重新开始' }).click();
    await app.page.getByRole('button', { name: '打开授权页面' }).waitFor();
    await new AccountsPage(app.page).open();
  });

  it('[S2.20] shows an account whose administrator cancelled as unbound, with ways on', async () => {
    const account = world.sandbox.accounts.find(({ verified, type }) => verified && type === 'service');
    await world.sandbox.post(`/__sandbox/components/${PLATFORM.componentAppid}/cancel`, {
      appid: account!.appid,
    });
    await app.page.getByText('管理员取消了授权').waitFor();
    await app.page.getByRole('button', { name: '重新授权' }).waitFor();
    await app.page.getByRole('button', { name: '删除数据' }).waitFor();
    await picture('cancelled');
    expect(app.pageErrors).toEqual([]);
  });
});
