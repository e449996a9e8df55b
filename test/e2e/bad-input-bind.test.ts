import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountsPage, type BindFields } from './pages/accounts';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { call, callsOf } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { invoke } from './support/bridge';
import { secretsOf } from './support/keychain';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type SandboxAccount, type World } from './support/world';

const WRONG_SECRET = 'f'.repeat(32);
/** Nothing listens there. */
const NOBODY = 'http://127.0.0.1:1';

/** What the error card must say: code, and title and a part of the advice in each language. */
interface Words {
  readonly code: string;
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

describe('linking an account by hand', () => {
  const userData = temporaryFolder('bind');
  let world: World;
  let app: DeskApp;
  let accounts: AccountsPage;
  let account: SandboxAccount;
  let code: string;
  let good: Required<BindFields>;

  beforeAll(async () => {
    world = await startWorld(['--followers', '30']);
    const [first] = world.sandbox.accounts;
    if (!first) throw new Error('the sandbox has no account');
    account = first;
    code = await world.relay.invite();
    good = {
      name: '四季茶馆',
      appid: account.appid,
      secret: account.secret,
      relayUrl: world.relay.origin,
      pairingCode: code,
      apiOrigin: world.sandbox.origin,
    };
    app = await startApp({ userData: userData.path });
    accounts = new AccountsPage(app.page);
    await accounts.connectManually();
  });
  afterAll(async () => {
    await app?.close();
    await world?.stop();
    userData.remove();
  });

  it('names every malformed value at its field, in both languages, and asks nobody', async () => {
    const says = async (texts: readonly string[]): Promise<void> => {
      for (const text of texts) await accounts.complaint(text).waitFor();
    };
    const inEnglish = async (ask: () => Promise<void>, texts: readonly string[]): Promise<void> => {
      await call(app, 'settings.update', { locale: 'en' });
      await ask();
      await says(texts);
      await call(app, 'settings.update', { locale: 'zh-CN' });
    };
    const badRelay = { relayUrl: 'http://relay.example.com', pairingCode: ' ' };
    await accounts.reachRelay(badRelay);
    await says(['要以 https:// 开头；只有本机地址可以用 http://', '请填写配对码']);
    await inEnglish(
      () => accounts.reachRelay(badRelay),
      ['It must start with https://; http:// works for this computer only', 'Enter the pairing code'],
    );
    expect(await accounts.error.count()).toBe(0);

    await accounts.reachRelay(good);
    await accounts.goToCredentials();
    await accounts.fill({ appid: 'gh_0123456789ab', secret: 'too-short' });
    // These two are checked as they are typed.
    await says(['这是原始 ID（gh_…），请填 wx 开头的 AppID', 'AppSecret 是 32 位十六进制字符']);
    await accounts.fill({ name: ' ', apiOrigin: 'https://api.weixin.qq.com/?a=b' });
    await accounts.submit();
    await says(['请填写名称', '地址里不要带用户名、问号或 #']);
    expect(await accounts.error.count()).toBe(0);
    await inEnglish(
      () => accounts.submit(),
      [
        'Enter a name',
        'This is the original ID (gh_…); enter the AppID that starts with wx',
        'An AppSecret is 32 hexadecimal characters',
        'The address must not hold a user name, ? or #',
      ],
    );
    await nothingIsLeft();
    expect(await world.sandbox.get('/__sandbox/calls')).toEqual([]);
  });

  it.each([
    [
      'a wrong pairing code',
      () => ({ pairingCode: 'AAAA-AAAA-AAAA' }),
      {
        code: 'relay/wrong-code',
        zh: ['配对码不对', '重新生成一个'],
        en: ['The pairing code is wrong', 'Get a new code'],
      },
    ],
    [
      'a relay that does not answer',
      () => ({ relayUrl: NOBODY }),
      {
        code: 'relay/unreachable',
        zh: ['连不上中继服务器', '检查网络和中继地址'],
        en: ['The relay cannot be reached', 'Check the network'],
      },
    ],
    [
      'an address that is no relay',
      () => ({ relayUrl: world.sandbox.origin }),
      {
        code: 'relay/protocol',
        zh: ['中继的回应不对', '核对地址'],
        en: ['The relay’s answer is not valid', 'Check the address'],
      },
    ],
  ] satisfies [string, () => BindFields, Words][])(
    'explains %s in both languages, keeps what was typed and leaves nothing behind',
    async (_name, wrong, words) => {
      const { relayUrl, pairingCode } = { ...good, ...wrong() };
      await accounts.reachRelay({ relayUrl, pairingCode });
      await explains(words);
      expect(await accounts.values(['relayUrl', 'pairingCode'])).toEqual({ relayUrl, pairingCode });
      await nothingIsLeft();
    },
  );

  it.each([
    [
      'a wrong AppID',
      () => ({ appid: 'wx0000000000000000' }),
      {
        code: 'wechat/40013',
        zh: ['AppID 不对', '基本配置'],
        en: ['The AppID is not valid', 'Copy the AppID'],
      },
    ],
    [
      'a wrong AppSecret',
      () => ({ secret: WRONG_SECRET }),
      {
        code: 'wechat/40125',
        zh: ['AppSecret 不对', '重新粘贴最新的 AppSecret'],
        en: ['The AppSecret is wrong', 'Paste the newest AppSecret'],
      },
    ],
    [
      'a WeChat host that does not answer',
      () => ({ apiOrigin: NOBODY }),
      {
        code: 'network/unreachable',
        zh: ['连不上网络', '检查网络、代理和防火墙'],
        en: ['The network cannot be reached', 'Check the connection'],
      },
    ],
  ] satisfies [string, () => BindFields, Words][])(
    'explains %s in both languages, keeps what was typed and leaves nothing behind',
    async (_name, wrong, words) => {
      const typed = { ...good, ...wrong() };
      await accounts.bind(typed);
      await explains(words);
      expect(await credentials()).toEqual(credentialsIn(typed));
      await nothingIsLeft();
    },
  );

  it('shows the address that WeChat refused, ready to be copied', async () => {
    await world.sandbox.post(`/__sandbox/accounts/${account.appid}/whitelist`, {
      ipWhitelist: ['203.0.113.9'],
    });
    await accounts.bind(good);
    await explains({
      code: 'account/whitelist',
      zh: ['IP 不在白名单', '127.0.0.1', 'IP 白名单'],
      en: ['The address is not on the whitelist', '127.0.0.1', 'IP白名单'],
    });
    await accounts.error.getByRole('button', { name: '复制地址 127.0.0.1' }).click();
    await until('the address is on the clipboard', async () => (await app.clipboard()) === '127.0.0.1');
    expect(await credentials()).toEqual(credentialsIn(good));
    await nothingIsLeft();
    await world.sandbox.post(`/__sandbox/accounts/${account.appid}/whitelist`, {
      ipWhitelist: ['203.0.113.9', '127.0.0.1'],
    });
  });

  it('gives the pairing back when another workspace of the relay has the account', async () => {
    const other = await relay<{ deviceToken: string }>('POST', '/v1/pair', {
      code: await world.relay.invite('elsewhere'),
      name: 'another shop',
    });
    const path = `/v1/accounts/${account.appid}`;
    await relay('PUT', path, { token: 'abcdefgh', mode: 'sealed' }, other.deviceToken);
    await accounts.bind({ ...good, pairingCode: await world.relay.invite() });
    await explains({
      code: 'relay/account-taken',
      zh: ['这个公众号已在别处连接'],
      en: ['This account is connected elsewhere'],
    });
    await nothingIsLeft();
    await relay('DELETE', path, undefined, other.deviceToken);
  });

  it('refuses malformed values also where the form is passed by', async () => {
    const input = { ...good, region: 'mainland' as const };
    const codeOf = async (wrong: BindFields): Promise<string> => {
      const result = await invoke(app.page, 'accounts.bind', { ...input, ...wrong });
      return result.ok ? 'bound' : result.error.code;
    };
    expect(await codeOf({ appid: 'wx1' })).toBe('account/bad-appid');
    expect(await codeOf({ secret: 'x' })).toBe('account/bad-secret-form');
    expect(await codeOf({ relayUrl: 'http://relay.example.com' })).toBe('relay/bad-address');
    expect(await codeOf({ relayUrl: 'file:///etc/passwd' })).toBe('relay/bad-address');
    expect(await codeOf({ apiOrigin: 'http://api.example.com' })).toBe('config/invalid-url');
    await nothingIsLeft();
  });

  it('[S1.5] receives and sends once everything is right, with the code that no failure has spent', async () => {
    await accounts.bind(good);
    await accounts.bound(good.name).waitFor();
    const copied = async (value: 'url' | 'token' | 'aes-key'): Promise<string> => {
      const before = await app.clipboard();
      await accounts.copySetting(value);
      return until(`${value} is copied`, async () => {
        const now = await app.clipboard();
        return now !== before && now;
      });
    };
    await world.sandbox.enableServer(account.appid, {
      url: await copied('url'),
      token: await copied('token'),
      encodingAESKey: await copied('aes-key'),
    });
    await accounts.finish();
    await new Shell(app.page).connectionReading('已连接').waitFor();

    const [openid] = await world.sandbox.openids(account.appid, 1);
    if (!openid) throw new Error('nobody follows');
    const deliveries = await world.sandbox.act(account.appid, openid, {
      type: 'text',
      content: '有龙井吗？',
    });
    expect(deliveries.map(({ status, reply }) => [status, reply])).toEqual([[200, 'success']]);
    await new Shell(app.page).open('inbox');
    const inbox = new InboxPage(app.page);
    await inbox.open('有龙井吗？');
    await inbox.reply('有，今年的新茶。');
    await inbox.mine('有，今年的新茶。').filter({ hasText: '已发送' }).waitFor();
    expect((await world.sandbox.phone(account.appid, openid)).at(-1)).toMatchObject({
      from: 'account',
      type: 'text',
      body: { content: '有，今年的新茶。' },
    });
    expect(await callsOf(world, account.appid, '/cgi-bin/message/custom/send')).toBe(1);
  });

  it('never shows or writes the AppSecret after it was typed', async () => {
    const page = await app.page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        ...[...document.querySelectorAll('input')].map((input) => input.value),
      ].join('\n'),
    );
    const told = JSON.stringify([
      await call(app, 'accounts.list', {}),
      await call(app, 'app.bootstrap', {}),
      await call(app, 'accounts.update', { appid: account.appid, name: good.name }),
    ]);
    const logs = join(userData.path, 'logs');
    const logged = readdirSync(logs)
      .map((name) => readFileSync(join(logs, name), 'utf8'))
      .join('\n');
    expect(logged).toContain('app-starts');
    for (const text of [page, told, logged]) {
      expect(text).not.toContain(account.secret);
      expect(text).not.toContain(WRONG_SECRET);
    }
    expect(await keychain()).toContain(`app-secret:${account.appid}`);
  });

  /** The card says it in Chinese and in English; the form stays as it is meanwhile. */
  async function explains(words: Words): Promise<void> {
    await accounts.error.filter({ hasText: words.code }).waitFor();
    const chinese = await accounts.error.innerText();
    for (const text of words.zh) expect(chinese).toContain(text);
    await call(app, 'settings.update', { locale: 'en' });
    const [title = ''] = words.en;
    await accounts.error.filter({ hasText: title }).waitFor();
    const english = await accounts.error.innerText();
    for (const text of words.en) expect(english).toContain(text);
    await call(app, 'settings.update', { locale: 'zh-CN' });
    for (const text of [chinese, english]) {
      expect(text).not.toContain(account.secret);
      expect(text).not.toContain(WRONG_SECRET);
    }
  }

  /** What a person typed on the step of AppID and secret. */
  function credentials(): Promise<BindFields> {
    return accounts.values(['name', 'appid', 'secret', 'apiOrigin']);
  }
  function credentialsIn({ name, appid, secret, apiOrigin }: Required<BindFields>): BindFields {
    return { name, appid, secret, apiOrigin };
  }

  /** No account, and no secret but the pairing with the relay, which the next attempt uses. */
  async function nothingIsLeft(): Promise<void> {
    expect(await call(app, 'accounts.list', {})).toEqual([]);
    const kept = (await keychain()).filter((name) => !name.startsWith('relay-device-token:'));
    expect(kept).toEqual(['database-key']);
  }

  /** Names of the secrets that this installation keeps. */
  async function keychain(): Promise<readonly string[]> {
    return (await secretsOf(userData.path)).map((entry) => entry.account).sort();
  }

  async function relay<T>(
    method: string,
    path: string,
    body: object | undefined,
    token?: string,
  ): Promise<T> {
    const response = await fetch(new URL(path, world.relay.origin), {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return (text ? JSON.parse(text) : null) as T;
  }
});
