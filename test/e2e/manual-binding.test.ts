import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountsPage } from './pages/accounts';
import { Shell } from './pages/shell';
import { call } from './support/account';
import { resize, startApp, type DeskApp } from './support/app';
import { secretsOf } from './support/keychain';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const PICTURES = join(import.meta.dirname, '../../out/pictures/manual-binding');

describe('the manual door, step by step', () => {
  const userData = temporaryFolder('wizard');
  let world: World;
  let app: DeskApp;
  let accounts: AccountsPage;
  let account: SandboxAccount;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    world = await startWorld(['--followers', '30']);
    const [first] = world.sandbox.accounts;
    if (!first) throw new Error('the sandbox has no account');
    account = first;
    app = await startApp({ userData: userData.path });
    accounts = new AccountsPage(app.page);
  });
  afterAll(async () => {
    await app?.close();
    await world?.stop();
    userData.remove();
  });

  const picture = (name: string) => app.page.screenshot({ path: join(PICTURES, `${name}.png`) });

  it('pairs with the relay and shows the address for the whitelist, ready to be copied', async () => {
    await accounts.connectManually();
    await picture('1-relay');
    await accounts.reachRelay({
      relayUrl: world.relay.origin,
      pairingCode: await world.relay.invite(),
    });
    await accounts.step('address').and(app.page.locator('[aria-current=step]')).waitFor();
    await picture('2-address');
    expect(
      (await secretsOf(userData.path)).some((one) => one.account.startsWith('relay-device-token:')),
    ).toBe(true);
  });

  it('goes on where it was left, also after the app was closed, without having kept a secret', async () => {
    await accounts.goToCredentials();
    await accounts.fill({
      name: '四季茶馆',
      appid: account.appid,
      secret: account.secret,
      apiOrigin: world.sandbox.origin,
    });
    await picture('3-credentials');
    await new Shell(app.page).open('settings');
    await until(
      'the place is kept',
      async () => (await call(app, 'binding.draft', {}))?.appid === account.appid,
    );
    expect(JSON.stringify(await call(app, 'binding.draft', {}))).not.toContain(account.secret);
    await app.close();
    app = await startApp({ userData: userData.path });
    accounts = new AccountsPage(app.page);
    await accounts.resume();
    expect(await accounts.values(['name', 'appid', 'secret', 'apiOrigin'])).toEqual({
      name: '四季茶馆',
      appid: account.appid,
      secret: '',
      apiOrigin: world.sandbox.origin,
    });
  });

  it('[S1.5] turns each check green as it comes true, the mode chosen and the values pasted', async () => {
    await accounts.fill({ secret: account.secret });
    await accounts.submit();
    await accounts.bound('四季茶馆').waitFor();
    await picture('4-mode');
    await app.page.getByRole('radio', { name: /协助/ }).click();
    await until('the relay has the key', async () => {
      const [bound] = await call(app, 'accounts.list', {});
      return bound?.relayMode === 'assisted';
    });

    const copied = async (value: 'url' | 'token' | 'aes-key'): Promise<string> => {
      const before = await app.clipboard();
      await accounts.copySetting(value);
      return until(`${value} is copied`, async () => {
        const now = await app.clipboard();
        return now !== before && now;
      });
    };
    const settings = {
      url: await copied('url'),
      token: await copied('token'),
      encodingAESKey: await copied('aes-key'),
    };
    const shown = await app.page.content();
    expect(shown).not.toContain(settings.token);
    expect(shown).not.toContain(settings.encodingAESKey);
    await picture('5-server');

    await accounts.step('checks').click();
    await accounts.passed('经中继取得令牌').waitFor();
    expect(await accounts.passed('服务器地址通过微信验证').count()).toBe(0);
    await world.sandbox.enableServer(account.appid, settings);
    await accounts.passed('服务器地址通过微信验证').waitFor();
    expect(await accounts.passed('收到并解密第一条消息').count()).toBe(0);
    await picture('6-checks-waiting');
    const [openid] = await world.sandbox.openids(account.appid, 1);
    if (!openid) throw new Error('nobody follows');
    await world.sandbox.act(account.appid, openid, { type: 'text', content: '试一下' });
    await accounts.passed('收到并解密第一条消息').waitFor();
    await picture('7-checks-green');
    await accounts.end.click();
    await app.page.getByRole('heading', { name: '粘贴到微信后台' }).waitFor();
    await picture('8-detail');
    expect(await call(app, 'binding.draft', {})).toBeNull();
  });

  it('[S2.7][S4.7] shows from the account what it can do and what it cannot', async () => {
    await resize(app.electron, 960, 640);
    await app.page.getByRole('button', { name: '这个公众号能做什么' }).click();
    await app.page.getByRole('columnheader', { name: /已认证服务号.*四季茶馆/ }).waitFor();
    await picture('9-capabilities');
    await call(app, 'settings.update', { locale: 'en', theme: 'dark' });
    await app.page.getByRole('heading', { name: 'What each kind of account can do' }).waitFor();
    await picture('10-capabilities-dark');
    await app.page.getByRole('button', { name: 'Back to accounts' }).click();
    await app.page.getByRole('heading', { name: 'Paste at WeChat’s console' }).waitFor();
    await picture('11-detail-dark');
    await call(app, 'settings.update', { locale: 'zh-CN', theme: 'light' });
  });

  it('[S2.23] names what goes and what stays, and marks a deleted account as frozen', async () => {
    await app.page.getByRole('button', { name: '删除，保留数据…' }).click();
    await app.page
      .getByRole('dialog')
      .getByText(/标为“已冻结”；/)
      .waitFor();
    await picture('12-delete');
    await app.page.getByRole('button', { name: '删除并保留数据' }).click();
    await app.page.getByRole('listitem').filter({ hasText: '已冻结，数据保留' }).waitFor();
    await picture('13-frozen');
    const [frozen] = await call(app, 'accounts.list', {});
    expect(frozen).toMatchObject({ status: 'frozen', followers: 30 });
  });

  it('[S2.24][S2.25] connects it again by the same steps, without a duplicate, and repairs the time between', async () => {
    await app.page.getByRole('button', { name: '重新连接…' }).click();
    await accounts.reachRelay({
      relayUrl: world.relay.origin,
      pairingCode: await world.relay.invite(),
    });
    await accounts.goToCredentials();
    expect(await accounts.values(['name', 'appid'])).toEqual({ name: '四季茶馆', appid: account.appid });
    await accounts.fill({ secret: account.secret, apiOrigin: world.sandbox.origin });
    await accounts.submit();
    await accounts.bound('四季茶馆').waitFor();
    await picture('14-rebound');
    await until('the gap is repaired', async () => (await call(app, 'accounts.gaps', {})).length === 0);
    expect(await call(app, 'accounts.list', {})).toHaveLength(1);
  });
});
