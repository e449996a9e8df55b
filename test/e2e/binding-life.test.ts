import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountsPage } from './pages/accounts';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { TakeoverPage } from './pages/takeover';
import { call, connectAccount, readyAccount } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { startCutProxy, type CutProxy } from './support/cut-proxy';
import { temporaryFolder } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const data = temporaryFolder('binding-life');
let world: World;
let wechat: CutProxy;
let app: DeskApp;
let tea: SandboxAccount;
let books: SandboxAccount;
let cakes: SandboxAccount;

beforeAll(async () => {
  world = await startWorld(['--followers', '8']);
  wechat = await startCutProxy(world.sandbox.origin);
  app = await startApp({ userData: data.path });
  const verified = world.sandbox.accounts.filter((account) => account.verified);
  tea = accountOf('service');
  books = accountOf('subscription');
  cakes = await world.sandbox.createAccount({ type: 'service', verified: true, followers: 3 });

  function accountOf(type: string): SandboxAccount {
    const found = verified.find((account) => account.type === type);
    if (!found) throw new Error(`the sandbox has no verified ${type} account`);
    return found;
  }
});
afterAll(async () => {
  await app?.close();
  await wechat?.close();
  await world?.stop();
  data.remove();
});

const row = (name: string) =>
  app.page.getByRole('list', { name: '已添加的公众号' }).getByRole('listitem').filter({ hasText: name });

async function writes({ appid }: SandboxAccount, content: string): Promise<void> {
  const [openid = ''] = await world.sandbox.openids(appid, 1);
  await world.sandbox.act(appid, openid, { type: 'text', content });
}

/** Both menus of the account as WeChat tells them to anybody who holds its secret. */
async function menusOf({ appid, secret }: SandboxAccount): Promise<string> {
  const ask = async (path: string) =>
    (await fetch(new URL(path, world.sandbox.origin))).json() as Promise<Record<string, unknown>>;
  const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`;
  const { access_token } = await ask(`/cgi-bin/token?${query}`);
  const answers = await Promise.all(
    ['get_current_selfmenu_info', 'menu/get'].map((path) =>
      ask(`/cgi-bin/${path}?access_token=${String(access_token)}`),
    ),
  );
  return JSON.stringify(answers).replace(/rid: [\w-]+/g, '');
}

describe('safe takeover in the app', () => {
  it('[I2] carries the menu over and puts it back, with the network cut at each act', async () => {
    await connectAccount(app, world, tea, { name: '四季茶馆', apiOrigin: wechat.origin });
    await fetch(`${world.sandbox.origin}/__sandbox/accounts/${tea.appid}/server`, { method: 'DELETE' });
    const before = await menusOf(tea);
    await new AccountsPage(app.page).open();
    await row('四季茶馆').click();
    const takeover = new TakeoverPage(app.page);
    const retried = async (act: () => Promise<void>) => {
      await wechat.cut();
      await act();
      await takeover.error.waitFor();
      await wechat.mend();
    };

    await takeover.open();
    await retried(() => takeover.read());
    await takeover.retry();
    await takeover.says('会停用的菜单按钮').waitFor();
    await takeover.says('会停用的自动回复').waitFor();

    await retried(() => takeover.publishMenu());
    await takeover.retry();
    await takeover.says('已完成').first().waitFor();
    expect(await menusOf(tea)).not.toBe(before);

    await retried(() => takeover.undo());
    await takeover.resumeUndo();
    await takeover.says('菜单、规则和模式已恢复原样').waitFor();
    await takeover.says('在“服务器配置”里点“停用”').waitFor();
    expect(await menusOf(tea)).toBe(before);
  });
});

describe('three accounts at once', () => {
  it('[S2.18] lists status, kind and verification of each, and what is wrong with one', async () => {
    await readyAccount(app, world, books, { name: '山脚书店' });
    await connectAccount(app, world, cakes, { name: '枫叶烘焙' });
    await world.sandbox.post(`/__sandbox/accounts/${cakes.appid}/whitelist`, {
      ipWhitelist: ['203.0.113.7'],
    });
    await call(app, 'doctor.examine', { appid: cakes.appid });
    await row('枫叶烘焙').filter({ hasText: 'IP 白名单里没有 127.0.0.1' }).waitFor();
    await row('四季茶馆').filter({ hasText: '服务号 · 已认证' }).waitFor();
    await row('山脚书店').filter({ hasText: '订阅号 · 已认证' }).waitFor();
    await row('枫叶烘焙').filter({ hasText: '服务号 · 已认证' }).waitFor();
    const colours = (await call(app, 'accounts.list', {})).map(({ colour }) => colour);
    expect(new Set(colours).size).toBe(3);
  });

  it('one that fails stops none of the others: all are heard, and the others answer', async () => {
    await writes(books, '有新书吗');
    await writes(cakes, '蛋糕订到几号');
    await new Shell(app.page).open('inbox');
    const inbox = new InboxPage(app.page);
    await inbox.row('蛋糕订到几号').waitFor();
    await inbox.open('有新书吗');
    await inbox.reply('有的，上周到了一批。');
    await inbox.log.getByText('已发送').waitFor();
  });

  it('their inboxes are merged, or one is looked at alone', async () => {
    const shell = new Shell(app.page);
    const inbox = new InboxPage(app.page);
    await inbox.row('蛋糕订到几号').waitFor();
    await shell.switchTo(/枫叶烘焙/);
    await inbox.row('蛋糕订到几号').waitFor();
    await inbox.row('上周到了一批').waitFor({ state: 'detached' });
    await shell.switchTo(/全部公众号/);
    await inbox.row('上周到了一批').waitFor();
  });

  it('[S2.18] shows one that was disconnected as such, and the others go on', async () => {
    await call(app, 'accounts.disconnect', { appid: cakes.appid });
    await new AccountsPage(app.page).open();
    await row('枫叶烘焙').filter({ hasText: '已断开 · 服务号 · 已认证' }).waitFor();
    const states = (await call(app, 'accounts.list', {})).map(({ name, connection }) => [
      name,
      connection.state,
    ]);
    expect(Object.fromEntries(states)).toMatchObject({ 山脚书店: 'connected', 枫叶烘焙: 'off' });
    expect(app.pageErrors).toEqual([]);
  });
});
