import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DoctorPage } from './pages/doctor';
import { Shell } from './pages/shell';
import { copiedSetting } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { demoOf, type Demo } from './support/demo';
import { startDemo } from './support/demo-start';
import { temporaryFolder } from './support/runtime';

const CHECKS = [
  '时钟',
  'IP 白名单',
  '访问令牌',
  '回调地址',
  '消息加密',
  '权限集',
  '独占',
  '微信认证',
  '接口额度',
  '模板行业',
];
const data = temporaryFolder('doctor');
let app: DeskApp;
let demo: Demo;

beforeAll(async () => {
  app = await startApp({ userData: data.path });
  await startDemo(app);
  demo = demoOf(data.path);
});
afterAll(async () => {
  await app.close();
  data.remove();
});

const doctor = (): DoctorPage => new DoctorPage(app.page);
const control = (path: string, body: object) =>
  demo.sandbox.post(`/__sandbox/accounts/${demo.appid}${path}`, body);
const whitelist = (ipWhitelist: readonly string[]) => control('/whitelist', { ipWhitelist });

async function open(): Promise<void> {
  await new Shell(app.page).open('accounts');
  await doctor().openFromAccount();
}

/** The server settings as OA Desk gives them, changed where a test says so. */
async function serverSettings(change: object = {}): Promise<void> {
  const copied = (value: 'url' | 'token' | 'aes-key') => copiedSetting(app, demo.appid, value);
  await control('/server', {
    ...{ url: await copied('url'), token: await copied('token'), encodingAESKey: await copied('aes-key') },
    mode: 'safe',
    ...change,
  });
}

const SEND = '/cgi-bin/message/custom/send';

/**
 * Faults that can be injected from outside of this computer. The demo's customers write all the time, which proves that no
 * other server has taken the messages, so exclusivity is examined elsewhere; permission sets belong to scanning.
 */
const FAULTS = [
  {
    check: '访问令牌',
    says: 'AppID 不对',
    inject: () => demo.sandbox.fault({ path: '/cgi-bin/stable_token', errcode: 40013, times: 50 }),
    heal: () => fetch(`${demo.sandbox.origin}/__sandbox/faults`, { method: 'DELETE' }),
  },
  {
    check: '回调地址',
    says: '微信后台没有设置回调地址',
    inject: () =>
      fetch(`${demo.sandbox.origin}/__sandbox/accounts/${demo.appid}/server`, {
        method: 'DELETE',
      }),
    heal: () => serverSettings(),
  },
  {
    check: '微信认证',
    says: '微信认证失效了',
    inject: () => control('/standing', { verified: false }),
    heal: () => control('/standing', { verified: true }),
  },
  {
    check: '接口额度',
    says: '今天的额度用完了',
    inject: () => control('/quota', { path: SEND, dailyLimit: 0 }),
    heal: () => control('/quota', { path: SEND, dailyLimit: 500_000 }),
  },
  {
    check: '模板行业',
    says: '还没有选择模板行业',
    inject: () => control('/standing', { noIndustry: true }),
    heal: () => control('/standing', { noIndustry: false }),
  },
] as const;

describe('the connection doctor', () => {
  it('finds a healthy account well in all ten checks', async () => {
    await new Shell(app.page).open('accounts');
    await doctor().openFromAccount();
    await doctor().verdict('一切正常').waitFor();
    expect(await doctor().names()).toEqual(CHECKS);
    const states = await doctor().states();
    expect(states.filter((state) => state !== '正常' && state !== '不适用')).toEqual([]);
    expect(states.filter((state) => state === '不适用')).toHaveLength(1);
  });

  it('[I7] names the address that is missing on the whitelist in the first line, and copies it', async () => {
    await whitelist(['203.0.113.7']);
    await doctor().examineAgain();
    await doctor().verdict('IP 白名单里没有 127.0.0.1').waitFor();
    expect(await doctor().stateOf('IP 白名单')).toBe('故障');
    expect(await doctor().stateOf('访问令牌')).toBe('未检查');
    // The first cause is open with its fix.
    await app.page.getByText('复制 127.0.0.1，请管理员加到公众平台').waitFor();
    await app.page.getByRole('button', { name: '复制 127.0.0.1' }).click();
    expect(await app.clipboard()).toBe('127.0.0.1');
  });

  it('shows the first cause in the account’s row and leads back to its fix', async () => {
    await doctor().back();
    const row = app.page.getByRole('list', { name: '已添加的公众号' }).getByRole('listitem');
    await row.filter({ hasText: 'IP 白名单里没有 127.0.0.1' }).waitFor();
    await app.page.getByRole('button', { name: '怎么办' }).click();
    await doctor().verdict('IP 白名单里没有 127.0.0.1').waitFor();
  });

  it('opens the help that belongs to a finding', async () => {
    await app.page.getByRole('button', { name: /^帮助：/ }).click();
    await app.page.getByRole('article', { name: /白名单/ }).waitFor();
    await new Shell(app.page).open('accounts');
    await app.page.getByRole('button', { name: '怎么办' }).click();
  });

  it('copies a report without secrets and full names', async () => {
    await doctor().copyReport();
    const report = await app.clipboard();
    expect(report).toContain('首要原因: IP 白名单里没有 127.0.0.1');
    expect(report).toContain('errcode 40164');
    for (const check of CHECKS) expect(report).toContain(check);
    const account = await demo.sandbox.get<{ secret: string; originalId: string }>(
      `/__sandbox/accounts/${demo.appid}`,
    );
    for (const hidden of [demo.appid, account.secret, account.originalId])
      expect(report).not.toContain(hidden);
  });

  it('finds it well again once the address is listed, and the row too', async () => {
    await whitelist(['127.0.0.1']);
    await doctor().examineAgain();
    await doctor().verdict('一切正常').waitFor();
    await doctor().back();
    const row = app.page.getByRole('list', { name: '已添加的公众号' }).getByRole('listitem');
    await row.filter({ hasNotText: '白名单' }).waitFor();
  });

  it.each(FAULTS)(
    '[I7] names in the first line, and in its row: $check',
    async ({ check, says, inject, heal }) => {
      await open();
      await inject();
      try {
        await doctor().examineAgain();
        await doctor().verdict(says).waitFor();
        expect(await doctor().findingOf(check)).toContain(says);
        expect(['故障', '注意']).toContain(await doctor().stateOf(check));
      } finally {
        await heal();
      }
      await doctor().examineAgain();
      await doctor().verdict('一切正常').waitFor();
    },
  );

  it('can be cancelled while a check takes long, and opened from the connection in the bar', async () => {
    await demo.sandbox.fault({ path: '/cgi-bin/callback/check', delayMs: 9_000, times: 1 });
    await app.page.getByRole('banner').getByRole('button', { name: '连接体检' }).click();
    await doctor().examineAgain();
    await doctor().verdict('正在检查：回调地址').waitFor();
    await doctor().cancel();
    await doctor().verdict('已取消').waitFor();
    expect(await doctor().stateOf('访问令牌')).toBe('正常');
    expect(await doctor().stateOf('回调地址')).toBe('未检查');
  });

  it('[I14] names another system that takes the token away', async () => {
    const { secret } = await demo.sandbox.get<{ secret: string }>(`/__sandbox/accounts/${demo.appid}`);
    const another = { grant_type: 'client_credential', appid: demo.appid, secret, force_refresh: true };
    await demo.sandbox.post('/cgi-bin/stable_token', another);
    await open();
    await doctor().examineAgain();
    await doctor().verdict('另一个系统在').waitFor();
    expect(await doctor().stateOf('访问令牌')).toBe('注意');
    await doctor().back();
  });

  it('[I7] names a message key that WeChat does not share', async () => {
    await serverSettings({ encodingAESKey: `${'z'.repeat(42)}Y` });
    const [openid = ''] = await demo.sandbox.openids(demo.appid, 1);
    await demo.sandbox.act(demo.appid, openid, { type: 'text', content: '在吗' });
    await open();
    await doctor().examineAgain();
    await doctor().verdict('条消息打不开：密钥不一致').waitFor();
    expect(await doctor().stateOf('消息加密')).toBe('故障');
  });

  it('does all of it without an error in the page', () => {
    expect(app.pageErrors).toEqual([]);
  });
});
