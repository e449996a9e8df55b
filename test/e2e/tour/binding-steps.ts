/** Both doors, takeover, capabilities, doctor, help and several accounts, in a fresh installation with a WeChat of its own. */
import type { Locator } from 'playwright';
import { AccountsPage } from '../pages/accounts';
import { DoctorPage } from '../pages/doctor';
import { Shell } from '../pages/shell';
import { TakeoverPage } from '../pages/takeover';
import { call, enableServer, imported } from '../support/account';
import { resize } from '../support/app';
import {
  drawPage,
  platformReady,
  pressOnPhone,
  takeBrowser,
  usePlatform,
  type Browser,
} from '../support/authorization';
import { temporaryFolder, until } from '../support/runtime';
import { startWorld, type SandboxAccount, type World } from '../support/world';
import type { Step, Tour } from './tour';

const SHORT = { timeout: 15_000 };
const GRANTED = [1, 2, 3, 4, 6, 7, 8, 11, 89];

interface Stage {
  readonly world: World;
  readonly browser: Browser;
  /** Authorized by scanning. */
  readonly scanned: SandboxAccount;
  /** Connected by hand. */
  readonly typed: SandboxAccount;
  /** WeChat's page that waits for a phone. */
  form: URL | null;
  /** What that page said last, as HTML. */
  said: string;
}

let stage: Stage | null = null;
function staged(): Stage {
  if (stage === null) throw new Error('the stage was not set');
  return stage;
}

async function setStage(tour: Tour): Promise<Stage> {
  const data = temporaryFolder('tour-binding');
  const world = await startWorld(['--followers', '260'], ['--egress-address', '203.0.113.7']);
  tour.atEnd(async () => {
    await world.stop();
    data.remove();
  });
  await tour.restart({ userData: data.path });
  const [scanned, typed] = world.sandbox.accounts.filter(({ verified }) => verified);
  if (!scanned || !typed) throw new Error('the sandbox has too few verified accounts');
  return { world, browser: await takeBrowser(tour.app, world), scanned, typed, form: null, said: '' };
}

const button = ({ page }: Tour, name: RegExp): Locator => page.getByRole('button', { name });
const accountRow = ({ page }: Tour, name: string): Locator =>
  page
    .getByRole('list', { name: /^(已添加的公众号|Your accounts)$/ })
    .getByRole('listitem')
    .filter({ hasText: name });

async function whitelist(addresses: readonly string[]): Promise<void> {
  const { world, typed } = staged();
  await world.sandbox.post(`/__sandbox/accounts/${typed.appid}/whitelist`, { ipWhitelist: addresses });
}

/** What the owner does last at WeChat's console on the way back. */
async function switchServerOff(): Promise<void> {
  const { world, typed } = staged();
  await fetch(`${world.sandbox.origin}/__sandbox/accounts/${typed.appid}/server`, { method: 'DELETE' });
}

async function connectUnverified(tour: Tour): Promise<void> {
  const { world } = staged();
  const account = await world.sandbox.createAccount({
    ...{ type: 'subscription', verified: false, region: 'overseas', followers: 40 },
  });
  await call(tour.app, 'accounts.bind', {
    ...{ name: 'Maple Street Bakery', appid: account.appid, secret: account.secret },
    ...{ region: 'overseas', kind: 'subscription', relayUrl: world.relay.origin, pairingCode: '' },
    apiOrigin: world.sandbox.origin,
  });
}

export const BINDING_STEPS: readonly Step[] = [
  {
    name: 'two-doors',
    needed: true,
    async run(tour) {
      stage = await setStage(tour);
      await new Shell(tour.page).open('accounts');
      await button(tour, /扫码授权/).waitFor(SHORT);
    },
  },
  {
    name: 'scan-pair',
    needed: true,
    async run(tour) {
      await button(tour, /扫码授权/).click();
      await tour.page.getByLabel('中继地址').fill(staged().world.relay.origin);
      await tour.page.getByLabel('配对码').fill(await staged().world.relay.invite());
    },
  },
  {
    name: 'scan-no-platform',
    needed: true,
    async run(tour) {
      await button(tour, /^配\s?对$/).click();
      await tour.page.getByText('这个中继没有第三方平台').waitFor(SHORT);
    },
  },
  {
    name: 'scan-begin',
    needed: true,
    async run(tour) {
      await usePlatform(staged().world);
      await platformReady(tour.app);
      await button(tour, /重\s?试/).click();
      await tour.page.getByText('高级').click();
      await tour.page.getByLabel(/微信接口地址/).fill(staged().world.sandbox.origin);
      await tour.page.locator('button:enabled', { hasText: '打开授权页面' }).waitFor(SHORT);
    },
  },
  {
    name: 'scan-waiting',
    needed: true,
    async run(tour) {
      const open = () => button(tour, /打开授权页面/).click();
      staged().form = await staged().browser.browse(open);
      await tour.page.getByText('微信的二维码已显示').waitFor(SHORT);
    },
  },
  {
    name: 'scan-operator-turned-away',
    async run(tour) {
      const { form, scanned } = staged();
      if (form) staged().said = await pressOnPhone(form, 'operator', scanned.appid, GRANTED);
      await tour.page.getByText('手机上没有出现确认页面？').waitFor(SHORT);
    },
    picture: (tour) => drawPage(tour.app, staged().said),
  },
  {
    name: 'scan-unverified-refused',
    async run(tour) {
      const { world, form } = staged();
      const account = await world.sandbox.createAccount({ type: 'service', verified: false });
      if (form) await pressOnPhone(form, 'administrator', account.appid, GRANTED);
      await tour.page.getByText('这个公众号没有认证').waitFor(SHORT);
    },
  },
  {
    name: 'scan-granted',
    needed: true,
    async run(tour) {
      const { world, browser, scanned } = staged();
      await button(tour, /重新开始/).click();
      await tour.page.getByText('高级').click();
      await tour.page.getByLabel(/微信接口地址/).fill(world.sandbox.origin);
      const form = await browser.browse(() => button(tour, /打开授权页面/).click());
      await pressOnPhone(form, 'administrator', scanned.appid, GRANTED);
      await tour.page.getByRole('heading', { name: /已授权/ }).waitFor(SHORT);
      await imported(tour.app, scanned.appid);
    },
  },
  {
    name: 'scan-account',
    needed: true,
    async run(tour) {
      await button(tour, /^完\s?成$/).click();
      await tour.page.getByText('没有授予', { exact: true }).first().waitFor(SHORT);
    },
  },
  {
    name: 'manual-relay',
    needed: true,
    async run(tour) {
      await new AccountsPage(tour.page).connectManually();
    },
  },
  {
    name: 'manual-address',
    needed: true,
    async run(tour) {
      const accounts = new AccountsPage(tour.page);
      await accounts.reachRelay({ relayUrl: staged().world.relay.origin, pairingCode: '' });
      await accounts.step('address').and(tour.page.locator('[aria-current=step]')).waitFor(SHORT);
    },
  },
  {
    name: 'manual-typing',
    needed: true,
    async run(tour) {
      const accounts = new AccountsPage(tour.page);
      await accounts.goToCredentials();
      await accounts.fill({ name: '四季茶馆', appid: 'gh_a1b2c3d4e5f6', secret: '0123456789' });
      await accounts.complaint('AppSecret 是 32 位十六进制字符').waitFor(SHORT);
    },
  },
  {
    name: 'manual-mode',
    needed: true,
    async run(tour) {
      const { world, typed } = staged();
      const accounts = new AccountsPage(tour.page);
      const { appid, secret } = typed;
      await accounts.fill({ appid, secret, apiOrigin: world.sandbox.origin });
      await accounts.submit();
      await accounts.bound('四季茶馆').waitFor(SHORT);
    },
  },
  {
    name: 'manual-takeover-before',
    needed: true,
    async run(tour) {
      await new AccountsPage(tour.page).step('takeover').click();
      const takeover = new TakeoverPage(tour.page);
      await takeover.read();
      await takeover.says('会停用的菜单按钮').waitFor(SHORT);
    },
  },
  {
    name: 'manual-takeover-carried-over',
    async run(tour) {
      const takeover = new TakeoverPage(tour.page);
      await takeover.publishMenu();
      await takeover.says('已完成').first().waitFor(SHORT);
      await takeover.importReplies();
      await until('both are done', async () => (await takeover.says('已完成').count()) === 2);
    },
  },
  {
    name: 'manual-server',
    async run(tour) {
      await new AccountsPage(tour.page).step('server').click();
      await new AccountsPage(tour.page).copySetting('url');
    },
  },
  {
    name: 'manual-checks-waiting',
    async run(tour) {
      const accounts = new AccountsPage(tour.page);
      await accounts.step('checks').click();
      await accounts.passed('经中继取得令牌').waitFor(SHORT);
    },
  },
  {
    name: 'manual-checks-green',
    async run(tour) {
      const { world, typed } = staged();
      const accounts = new AccountsPage(tour.page);
      await enableServer(tour.app, world, typed.appid);
      const [openid] = await world.sandbox.openids(typed.appid, 1);
      if (openid) await world.sandbox.act(typed.appid, openid, { type: 'text', content: '明天几点开门？' });
      await accounts.passed('收到并解密第一条消息').waitFor(SHORT);
    },
  },
  {
    name: 'takeover-from-account',
    needed: true,
    async run(tour) {
      await new AccountsPage(tour.page).end.click();
      const takeover = new TakeoverPage(tour.page);
      await takeover.open();
      await takeover.check();
      await takeover.says('服务器已启用').waitFor(SHORT);
      await takeover.panel.evaluate((panel) => panel.scrollIntoView());
    },
  },
  {
    name: 'takeover-undone',
    async run(tour) {
      const takeover = new TakeoverPage(tour.page);
      await takeover.undo();
      await takeover.says('菜单、规则和模式已恢复原样').waitFor(SHORT);
      await switchServerOff();
      await takeover.check();
      await takeover.says('目前由微信网站回复').waitFor(SHORT);
      await takeover.panel.evaluate((panel) => panel.scrollIntoView());
    },
  },
  {
    name: 'three-accounts',
    needed: true,
    async run(tour) {
      const { world, typed } = staged();
      await enableServer(tour.app, world, typed.appid);
      await connectUnverified(tour);
      await accountRow(tour, 'Maple Street Bakery').click();
    },
  },
  {
    name: 'capabilities',
    async run(tour) {
      await accountRow(tour, '四季茶馆').click();
      await button(tour, /^这个公众号能做什么$/).click();
      await tour.page.getByRole('columnheader', { name: /四季茶馆/ }).waitFor(SHORT);
    },
  },
  {
    name: 'doctor-finding',
    async run(tour) {
      await whitelist(['203.0.113.7']);
      await new Shell(tour.page).open('accounts');
      await accountRow(tour, '四季茶馆').click();
      const doctor = new DoctorPage(tour.page);
      await doctor.openFromAccount();
      await doctor.verdict('IP 白名单里没有').waitFor(SHORT);
    },
  },
  {
    name: 'doctor-well',
    async run(tour) {
      await whitelist(['127.0.0.1']);
      const doctor = new DoctorPage(tour.page);
      await doctor.examineAgain();
      await doctor.verdict('一切正常').waitFor(SHORT);
    },
  },
  {
    name: 'help-search',
    async run(tour) {
      await new Shell(tour.page).open('help');
      await tour.page.getByRole('searchbox').fill('白名单');
      await tour.page.getByRole('article', { name: /白名单/ }).waitFor(SHORT);
    },
  },
  {
    name: 'three-accounts-english-dark',
    async run(tour) {
      await call(tour.app, 'settings.update', { locale: 'en', theme: 'dark' });
      await new Shell(tour.page).open('accounts');
      await accountRow(tour, 'Maple Street Bakery').click();
    },
  },
  {
    name: 'scan-begin-english-dark',
    async run(tour) {
      await button(tour, /^Add account$/).click();
      await tour.page.getByRole('menuitem', { name: /^Scan to authorize/ }).click();
      await button(tour, /^Open the authorization page$/).waitFor(SHORT);
      await tour.page.getByRole('menu').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'scan-waiting-english-dark',
    async run(tour) {
      const { world, browser } = staged();
      await tour.page.getByText('Advanced').click();
      await tour.page.getByLabel(/WeChat API host/).fill(world.sandbox.origin);
      await browser.browse(() => button(tour, /^Open the authorization page$/).click());
      await tour.page.getByText('QR code is on screen').waitFor(SHORT);
    },
  },
  {
    name: 'manual-typing-english-dark',
    async run(tour) {
      await button(tour, /^Cancel$/).click();
      await button(tour, /^Start again$/).waitFor(SHORT);
      const accounts = new AccountsPage(tour.page);
      await accounts.connectManually();
      await accounts.reachRelay({ relayUrl: staged().world.relay.origin, pairingCode: '' });
      await accounts.goToCredentials();
      await accounts.fill({ name: 'Harbour Tea', appid: 'wx12', secret: 'abc' });
      await accounts.complaint('An AppSecret is 32 hexadecimal characters').waitFor(SHORT);
    },
  },
  {
    name: 'takeover-english-dark',
    async run(tour) {
      await accountRow(tour, 'Maple Street Bakery').click();
      const takeover = new TakeoverPage(tour.page);
      await takeover.open();
      await takeover.read();
      await takeover.says('Menu buttons that will stop').waitFor(SHORT);
      await takeover.panel.evaluate((panel) => panel.scrollIntoView());
    },
  },
  {
    name: 'capabilities-english-dark',
    async run(tour) {
      await button(tour, /^What this account can do$/).click();
      await tour.page.getByRole('columnheader', { name: /Maple Street Bakery/ }).waitFor(SHORT);
    },
  },
  {
    name: 'doctor-english-dark',
    async run(tour) {
      await whitelist(['203.0.113.7']);
      await new Shell(tour.page).open('accounts');
      await accountRow(tour, '四季茶馆').click();
      const doctor = new DoctorPage(tour.page);
      await doctor.openFromAccount();
      await doctor.examineAgain();
      await doctor.verdict('127.0.0.1').waitFor(SHORT);
    },
  },
  {
    name: 'help-search-english-dark',
    async run(tour) {
      await new Shell(tour.page).open('help');
      await tour.page.getByRole('searchbox').fill('takeover');
      await tour.page.getByRole('article', { name: /automatic replies/ }).waitFor(SHORT);
    },
  },
  {
    name: 'accounts-small-window',
    async run(tour) {
      await resize(tour.app.electron, 960, 640);
      await new Shell(tour.page).open('accounts');
      await accountRow(tour, '四季茶馆').click();
    },
  },
];
