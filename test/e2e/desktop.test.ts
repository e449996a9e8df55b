import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InboxPage } from './pages/inbox';
import { SettingsPage } from './pages/settings';
import { Shell } from './pages/shell';
import { call, readyAccount } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { observeDesktop, type ObservedDesktop } from './support/desktop';
import { electronRuntime, ROOT_ARGS, temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const data = temporaryFolder('desktop');
const configHome = join(data.path, 'config');
let world: World;
let app: DeskApp;
let desktop: ObservedDesktop;
let shop: SandboxAccount;
let people: string[];

beforeAll(async () => {
  mkdirSync(configHome);
  world = await startWorld(['--followers', '20']);
  const service = world.sandbox.accounts.find((one) => one.type === 'service' && one.verified);
  if (!service) throw new Error('the sandbox has no verified service account');
  shop = service;
  app = await startApp({ userData: data.path, env: { XDG_CONFIG_HOME: configHome } });
  // A change of any setting asks for the language again, and the machine of the tests speaks English.
  await call(app, 'settings.update', { locale: 'zh-CN' });
  desktop = await observeDesktop(app);
  await readyAccount(app, world, shop);
  people = await world.sandbox.openids(shop.appid);
});
afterAll(async () => {
  await app.close();
  await world.stop();
  data.remove();
});
beforeEach(() => desktop.forget());

const inbox = (): InboxPage => new InboxPage(app.page);
const shell = (): Shell => new Shell(app.page);
const visible = (): Promise<boolean> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);

function person(): string {
  const openid = people.pop();
  if (!openid) throw new Error('no follower is left');
  return openid;
}
const writes = (openid: string, content: string) =>
  world.sandbox.act(shop.appid, openid, { type: 'text', content });

/** Starts the app once more over the same folder, as a link or an icon does; it ends by itself. */
async function startAgain(...args: string[]): Promise<void> {
  const runtime = electronRuntime();
  const child = spawn(runtime.executable, [...runtime.args, ...ROOT_ARGS, ...args], {
    env: { ...process.env, OADESK_USER_DATA: data.path, XDG_CONFIG_HOME: configHome },
    stdio: 'ignore',
  });
  await once(child, 'exit');
}

describe('a new message', () => {
  it('is told outside of the window, leads to its conversation, and can be answered in place', async () => {
    const openid = person();
    await writes(openid, '请问几点关门');
    const told = await until('the notification', () => desktop.notification('请问几点关门'));
    expect(told).toMatchObject({ title: expect.stringMatching(/\S/), silent: true });
    expect(told.title).not.toContain(openid);
    await desktop.click('请问几点关门');
    await inbox().theirs('请问几点关门').waitFor();

    const other = person();
    await writes(other, '能寄到杭州吗');
    await until('the notification', () => desktop.notification('能寄到杭州吗'));
    await desktop.reply('能寄到杭州吗', '可以，明天到');
    await until('the answer on the phone', async () =>
      JSON.stringify(await world.sandbox.phone(shop.appid, other)).includes('可以，明天到'),
    );
    await inbox().row('可以，明天到').waitFor();
  });

  it('hides its words when the owner wants that', async () => {
    await shell().open('settings');
    await new SettingsPage(app.page).toggle('显示消息内容');
    await writes(person(), '我的电话是 13800000000');
    await until('the notification', () => desktop.notification('发来一条新消息'));
    expect(await desktop.notification('13800000000')).toBeNull();
    await new SettingsPage(app.page).toggle('显示消息内容');
  });

  it('counts in the title and in the tray', async () => {
    await writes(person(), '在吗');
    const unread = await until('an unread count', async () => {
      const [account] = await call(app, 'accounts.list', {});
      return account?.unread;
    });
    await until('the title', async () => (await desktop.title()).startsWith(`(${unread}) `));
    expect(await until('the tray', () => desktop.trayLabel(/未读/))).toContain(`未读 ${unread}`);
  });
});

describe('the tray', () => {
  it('pauses notifications for an hour, which the settings show and end', async () => {
    await desktop.chooseInTray(/^暂停通知 1 小时$/);
    await shell().open('settings');
    await app.page.getByText(/^已暂停到 \d\d:\d\d$/).waitFor();
    await app.page.getByRole('button', { name: '恢复通知' }).click();
    await writes(person(), '恢复后写的');
    await until('the notification', () => desktop.notification('恢复后写的'));
    await until('the tray', () => desktop.trayLabel(/^暂停通知/));
  });

  it('keeps the app when the window is closed, explains that once, and brings it back', async () => {
    await shell().open('settings');
    await new SettingsPage(app.page).toggle('关闭窗口后留在托盘');
    await desktop.closeWindow();
    await until('the window is gone', async () => !(await visible()));
    expect(await desktop.dialogs()).toEqual(['OA Desk 会在后台继续接收消息']);
    await desktop.chooseInTray(/^打开 OA Desk$/);
    await until('the window is back', visible);
    await desktop.closeWindow();
    await until('the window is gone', async () => !(await visible()));
    expect(await desktop.dialogs()).toHaveLength(1);
    // Starting it again shows the one that runs.
    await startAgain();
    await until('the window is back', visible);
  });
});

describe('a link from outside', () => {
  it('opens its conversation in the app that runs', async () => {
    const openid = person();
    await writes(openid, '从链接打开我');
    await until('the message', () => desktop.notification('从链接打开我'));
    await shell().open('settings');
    await startAgain(`oadesk://conversation/${shop.appid}/${openid}`);
    await inbox().theirs('从链接打开我').waitFor();
    expect(app.page.url()).toBe('app://oadesk/index.html');
  });

  it('that is not one of ours, or names a stranger, changes nothing but the log', async () => {
    await shell().open('settings');
    await startAgain('oadesk://conversation/wx0123456789abcdef/oNobodyAtAll123');
    await startAgain('oadesk://evil/../index.html?x=javascript:alert(1)');
    const log = join(data.path, 'logs', 'main.log');
    await until('two refusals', () => readFileSync(log, 'utf8').match(/link-refused/g)?.length === 2);
    expect(readFileSync(log, 'utf8')).not.toContain('javascript:alert');
    await app.page.getByRole('heading', { name: '设置', exact: true }).waitFor();
  });

  it('opens the queue of those who wait', async () => {
    await startAgain('oadesk://needs-reply');
    await inbox().row('从链接打开我').waitFor();
  });
});

describe('start at login', () => {
  it('is written where the desktop looks for it, and taken away again', async () => {
    const file = join(configHome, 'autostart', 'oa-desk.desktop');
    await shell().open('settings');
    const settings = new SettingsPage(app.page);
    await settings.toggle('登录时启动');
    await until('the entry', () => existsSync(file));
    await settings.toggle('启动时不显示窗口');
    await until('the argument', () => readFileSync(file, 'utf8').includes('"--hidden"'));
    await settings.toggle('登录时启动');
    await until('the entry is gone', () => !existsSync(file));
  });
});

it('plays the sounds of notifications without a violation of the page’s policy', async () => {
  await shell().open('settings');
  await app.page.getByRole('button', { name: /^试听/ }).click();
  await writes(person(), '听得到吗');
  await until('the notification', () => desktop.notification('听得到吗'));
  expect(app.pageErrors).toEqual([]);
});

it('starts without a window when asked to, and is there when it is started again', async () => {
  await app.close();
  app = await startApp({ userData: data.path, env: { XDG_CONFIG_HOME: configHome }, args: ['--hidden'] });
  desktop = await observeDesktop(app);
  await app.page.getByRole('navigation').waitFor();
  await startAgain('--hidden');
  expect(await visible()).toBe(false);
  await startAgain();
  await until('the window', visible);
});
