import { chromium, type Browser, type Page } from 'playwright';
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
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld(['--followers', '20']);
    browser = await chromium.launch({ args: ['--no-sandbox'] });
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
    await browser?.close();
    await world?.stop();
    userData.remove();
  });

  const openedPages = () =>
    app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);

  /** What the system's browser shows: the relay's page, then WeChat's. */
  async function browse(): Promise<Page> {
    const before = (await openedPages()).length;
    await app.page.getByRole('button', { name: '打开授权页面' }).click();
    const url = await until('the page is opened', async () => (await openedPages())[before]);
    const page = await browser.newPage({ locale: 'zh-CN' });
    await page.goto(url);
    if (!page.url().includes('componentloginpage')) await page.locator('a').first().click();
    return page;
  }

  const picture = async (name: string) => {
    const folder = process.env['OADESK_PICTURES'];
    if (folder) await app.page.screenshot({ path: `${folder}/${name}.png` });
  };

  it('explains why a relay cannot, with the manual door beside it', async () => {
    await app.page.getByRole('navigation').getByRole('button', { name: '公众号' }).click();
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
    const page = await browse();
    await app.page.getByText('微信的二维码已显示，请管理员现在扫码。').waitFor();
    await picture('opened');
    await page.locator(`input[value="${appid}"]`).check();
    await page.locator('button[value="administrator"]').click();
    await app.page.getByText('这个公众号没有认证').waitFor();
    await picture('unverified');
    await page.close();
    await app.page.getByRole('button', { name: '怎样完成微信认证' }).click();
    await app.page.getByRole('heading', { name: /认证/ }).first().waitFor();
    await app.page.getByRole('navigation').getByRole('button', { name: '公众号' }).click();
  });

  it('[S1.2][S2.11] binds an account after an operator was turned away, and imports its followers', async () => {
    const account = world.sandbox.accounts.find(({ verified, type }) => verified && type === 'service');
    await app.page.getByRole('button', { name: '扫码授权' }).click();
    await app.page.getByRole('button', { name: '重新开始' }).click();
    await app.page.getByText('高级').click();
    await app.page.getByLabel(/微信接口地址/).fill(world.sandbox.origin);
    const page = await browse();
    await page.locator(`input[value="${account!.appid}"]`).check();
    await page.locator('button[value="operator"]').click();
    await page.getByRole('alert').waitFor();
    await page.locator(`input[value="${account!.appid}"]`).check();
    await page.locator('input[name="set"][value="15"]').uncheck();
    await page.locator('button[value="administrator"]').click();
    await app.page.getByRole('heading', { name: /已授权/ }).waitFor();
    await picture('done');
    await page.close();
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
