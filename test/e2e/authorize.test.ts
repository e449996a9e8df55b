import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, imported } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type World } from './support/world';

const PLATFORM = {
  componentAppid: 'wxc0mp0nent1234567',
  secret: '0123456789abcdef0123456789abcdef',
  token: 'platformtoken2026',
  encodingAESKey: 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba',
};

describe('adding an account by scanning', () => {
  const userData = temporaryFolder('authorize');
  let world: World;
  let app: DeskApp;

  beforeAll(async () => {
    world = await startWorld(['--followers', '20']);
    app = await startApp({ userData: userData.path });
    // The system's browser is this test's own.
    await app.electron.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url: string) => void opened.push(url);
    });
  });
  afterAll(async () => {
    await app?.close();
    await world?.stop();
    userData.remove();
  });

  const openedPages = () =>
    app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);

  /** Presses the button; follows the relay's page to WeChat's, as the system's browser does. The address of its form. */
  async function browse(): Promise<URL> {
    const before = (await openedPages()).length;
    await app.page.getByRole('button', { name: '打开授权页面' }).click();
    const startUrl = await until('the page is opened', async () => (await openedPages())[before]);
    const start = await (await fetch(startUrl)).text();
    const link = /<a href="([^"]+)"/.exec(start)?.[1]?.replaceAll('&#38;', '&') ?? '';
    const page = await fetch(link, { headers: { referer: `${new URL(startUrl).origin}/` } });
    expect(page.status).toBe(200);
    return new URL(/action="([^"]+)"/.exec(await page.text())?.[1] ?? '', world.sandbox.origin);
  }

  /** One press of a button that stands in for a phone; what the page says then. */
  async function press(form: URL, as: string, account: string, sets: readonly number[]): Promise<string> {
    const body = new URLSearchParams([
      ['as', as],
      ['account', account],
      ...sets.map((id) => ['set', String(id)]),
    ]);
    return (await fetch(form, { method: 'POST', body })).text();
  }

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

  it('[S1.3] refuses an unverified account and leads to what verification takes', async () => {
    await world.relay.setPlatform(PLATFORM);
    await world.relay.kill();
    await world.relay.restart();
    await world.sandbox.post('/__sandbox/components', {
      ...PLATFORM,
      ticketUrl: `${world.relay.origin}/wx/component/ticket`,
      callbackUrl: `${world.relay.origin}/wx/component/$APPID$/callback`,
    });
    const ready = async () => (await call(app, 'authorize.relays', {}))[0]?.ready === true;
    await until('the platform is ready', ready);
    const { appid } = await world.sandbox.createAccount({ type: 'service', verified: false });
    await app.page.getByRole('button', { name: /重\s?试/ }).click();
    await app.page.getByText('高级').click();
    await app.page.getByLabel(/微信接口地址/).fill(world.sandbox.origin);
    await picture('begin');
    const form = await browse();
    await app.page.getByText('微信的二维码已显示，请管理员现在扫码。').waitFor();
    await picture('opened');
    await press(form, 'administrator', appid, [1, 2]);
    await app.page.getByText('这个公众号没有认证').waitFor();
    await picture('unverified');
    await app.page.getByRole('button', { name: '怎样完成微信认证' }).click();
    await app.page.getByRole('heading', { name: /认证/ }).first().waitFor();
    await app.page.getByRole('navigation').getByRole('button', { name: '公众号', exact: true }).click();
  });

  it('[S1.2][S2.11] binds an account after an operator was turned away, and imports its followers', async () => {
    const account = world.sandbox.accounts.find(({ verified, type }) => verified && type === 'service');
    await app.page.getByRole('button', { name: '扫码授权' }).click();
    await app.page.getByRole('button', { name: '重新开始' }).click();
    await app.page.getByText('高级').click();
    await app.page.getByLabel(/微信接口地址/).fill(world.sandbox.origin);
    const form = await browse();
    const granted = [1, 2, 3, 4, 6, 7, 8, 11, 89];
    expect(await press(form, 'operator', account!.appid, granted)).toContain('role="alert"');
    await app.page.getByText('微信的二维码已显示，请管理员现在扫码。').waitFor();
    await press(form, 'administrator', account!.appid, granted);
    await app.page.getByRole('heading', { name: /已授权/ }).waitFor();
    await picture('done');
    await imported(app, account!.appid);
    await app.page.getByRole('button', { name: /^完\s?成$/ }).click();
    await app.page.getByText('没有授予', { exact: true }).first().waitFor();
    await app.page.getByText('菜单管理', { exact: true }).waitFor();
    await picture('detail-light-zh');
    await call(app, 'settings.update', { theme: 'dark', locale: 'en' });
    await app.page.getByText('Not granted').first().waitFor();
    await picture('detail-dark-en');
    await call(app, 'settings.update', { theme: 'light', locale: 'zh-CN' });
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
