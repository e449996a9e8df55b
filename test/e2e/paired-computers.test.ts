import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RelaySettings } from './pages/relay-settings';
import { Shell } from './pages/shell';
import { call, copiedSetting, readyAccount, textsFrom, tryCall } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

describe('a second computer of the shop', () => {
  const folders = [temporaryFolder('counter'), temporaryFolder('office')] as const;
  let world: World;
  /** In Chinese; it invites. */
  let counter: DeskApp;
  /** In English; it joins. */
  let office: DeskApp;
  let account: SandboxAccount;
  let openid: string;

  beforeAll(async () => {
    world = await startWorld(['--followers', '20']);
    const [service] = world.sandbox.accounts;
    if (!service) throw new Error('the sandbox has no account');
    account = service;
    counter = await startApp({ userData: folders[0].path });
    office = await startApp({ userData: folders[1].path, locale: 'en' });
    await readyAccount(counter, world, account);
    openid = (await world.sandbox.openids(account.appid, 1))[0] ?? '';
  });
  afterAll(async () => {
    await office?.close();
    await counter?.close();
    await world?.stop();
    for (const folder of folders) folder.remove();
  });

  const says = (content: string) => world.sandbox.act(account.appid, openid, { type: 'text', content });
  const has = (app: DeskApp, text: string) =>
    until(`“${text}” has arrived`, async () =>
      (await textsFrom(app, account.appid, openid)).some((one) => one === text),
    );
  const connectionOf = async (app: DeskApp) => {
    const accounts = await call(app, 'accounts.list', {});
    return accounts.find(({ appid }) => appid === account.appid)?.connection;
  };

  it('is invited by a code, joins, and is listed beside the one that invited it', async () => {
    await new Shell(counter.page).open('settings');
    const here = new RelaySettings(counter.page);
    await here.devices.first().waitFor();
    expect(await here.devices.count()).toBe(1);
    await here.device('这台电脑').waitFor();
    const { code } = await here.invite();

    await new Shell(office.page).open('settings');
    const there = new RelaySettings(office.page);
    await there.section.getByText('This computer has no relay yet.', { exact: false }).waitFor();
    await there.join(world.relay.origin, 'AAAA-AAAA-AAAA');
    await there.dialog.getByRole('alert').getByText('The pairing code is wrong').waitFor();
    await there.join(world.relay.origin, code);
    await there.dialog.getByText('Joined.', { exact: false }).waitFor();

    await here.dialog.getByText(/已经加入$/).waitFor();
    await here.dialog
      .getByRole('button', { name: /^关\s?闭$/ })
      .last()
      .click();
    await until('both are listed', async () => (await here.devices.count()) === 2);
    await there.close();
    await until('both are listed there', async () => (await there.devices.count()) === 2);
  });

  it('needs the Token and key of the first, which it would cut off otherwise', async () => {
    const { appid, secret } = account;
    const form = {
      ...{ name: 'Four Seasons', appid, secret, region: 'mainland' as const },
      ...{ relayUrl: world.relay.origin, pairingCode: '', apiOrigin: world.sandbox.origin },
    };
    expect(await tryCall(office, 'accounts.bind', form)).toMatchObject({
      ok: false,
      error: { code: 'account/settings-needed' },
    });
    const [callbackToken, encodingAESKey] = [
      await copiedSetting(counter, appid, 'token'),
      await copiedSetting(counter, appid, 'aes-key'),
    ];
    await call(office, 'accounts.bind', { ...form, callbackToken, encodingAESKey });

    await says('两台都看得到吗');
    await has(counter, '两台都看得到吗');
    await has(office, '两台都看得到吗');
  });

  it('can read nothing more once it is removed, and the first goes on', async () => {
    const here = new RelaySettings(counter.page);
    const other = here.devices.filter({ hasNotText: '这台电脑' });
    await other.getByRole('button', { name: /^移除/ }).click();
    await here.confirmation.getByText('须重新邀请', { exact: false }).waitFor();
    await here.confirmation.getByRole('button', { name: /^移\s?除$/ }).click();
    await until('one is left', async () => (await here.devices.count()) === 1);
    await until('the removed one is told', async () => {
      const connection = await connectionOf(office);
      return connection?.state === 'offline' && connection.error?.code === 'relay/unauthorized';
    });
    await says('移除之后写的');
    await has(counter, '移除之后写的');
    expect(await textsFrom(office, account.appid, openid)).not.toContain('移除之后写的');
    const there = new RelaySettings(office.page);
    await there.section.getByRole('alert').getByText('The relay does not know this computer').waitFor();
  });

  it('goes on where it was when it is invited again', async () => {
    const { code } = await new RelaySettings(counter.page).invite();
    const there = new RelaySettings(office.page);
    await there.join(world.relay.origin, code);
    await there.dialog.getByText('Joined.', { exact: false }).waitFor();
    await until('it is connected', async () => (await connectionOf(office))?.state === 'connected');
    await says('又能看到了');
    await has(office, '又能看到了');
    expect(counter.pageErrors).toEqual([]);
    expect(office.pageErrors).toEqual([]);
  });

  it('is still listed while the relay is away, and nothing can be changed meanwhile', async () => {
    const here = new RelaySettings(counter.page);
    await here.dialog
      .getByRole('button', { name: /^关\s?闭$/ })
      .last()
      .click();
    await until('both are listed', async () => (await here.devices.count()) === 2);
    await world.relay.kill();
    await here.section.getByText('现在连不上', { exact: true }).waitFor({ timeout: 30_000 });
    expect(await here.devices.count()).toBe(2);
    expect(await here.devices.getByRole('button', { name: /^移除/ }).isDisabled()).toBe(true);
    expect(await here.inviteButton.isDisabled()).toBe(true);
  });
});
