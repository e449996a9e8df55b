import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskApp } from './support/app';
import { startApp } from './support/app';
import { call } from './support/account';
import { filesContaining } from './support/files';
import { secretsOf } from './support/keychain';
import { startDemo } from './support/demo-start';
import { demoOf } from './support/demo';
import { temporaryFolder, until } from './support/runtime';

const HOSTILE = '<img src="x" onerror="globalThis.hacked = true"><script>globalThis.hacked = true</script>';

const folder = temporaryFolder('full-run');
let desk: DeskApp;
let appid: string;
beforeAll(async () => {
  desk = await startApp({ userData: folder.path });
  appid = await startDemo(desk);
});
afterAll(async () => {
  await desk.close();
  folder.remove();
});

describe('a full run on the demo account', () => {
  it('[SEC-15] shows what a follower wrote as text, whatever it looks like', async () => {
    const sandbox = demoOf(folder.path).sandbox;
    const [openid = ''] = await sandbox.openids(appid);
    await sandbox.act(appid, openid, { type: 'text', content: HOSTILE });
    await until('the message to arrive', async () => {
      const page = await call(desk, 'conversations.messages', { appid, openid, before: null, limit: 5 });
      return page.messages.some(
        ({ body }) =>
          body.direction === 'in' && body.content.kind === 'text' && body.content.text === HOSTILE,
      );
    });
    await desk.page.getByRole('option').filter({ hasText: '<img src=' }).click();
    await desk.page.getByRole('log').getByText(HOSTILE).waitFor();
    const ran = await desk.page.evaluate(() => ({
      hacked: 'hacked' in globalThis,
      images: document.querySelectorAll('img[src="x"]').length,
    }));
    expect(ran).toEqual({ hacked: false, images: 0 });
  });

  it('[SEC-6] violates the policy nowhere, on no screen, in neither language nor theme', async () => {
    for (const locale of ['en', 'zh-CN'] as const) {
      for (const theme of ['dark', 'light'] as const) {
        await call(desk, 'settings.update', { locale, theme });
        const rail = desk.page.getByRole('navigation').getByRole('button');
        await until('the navigation', async () => (await rail.count()) >= 4);
        for (let index = 0; index < (await rail.count()); index++) {
          await rail.nth(index).click();
          await desk.page.locator('[aria-current="page"]').waitFor();
        }
        await rail.first().click();
        await desk.page.getByRole('option').first().click();
        await desk.page.getByRole('log').waitFor();
      }
    }
    expect(desk.pageErrors.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  });

  it('[SEC-14] leaves no secret in any file, log or not', async () => {
    const secrets = await secretsOf(folder.path);
    expect(secrets.map(({ account }) => account.split(':')[0]).sort()).toEqual([
      'app-secret',
      'callback-token',
      'database-key',
      'encoding-aes-key',
      'relay-device-token',
    ]);
    // The log has something to tell, or the search below would prove nothing.
    expect(readFileSync(join(folder.path, 'logs', 'main.log'), 'utf8')).toContain('wechat-call');
    for (const { account, password } of secrets) {
      expect(filesContaining(folder.path, password), account).toEqual([]);
    }
  });

  it('[SEC-11] tells the page no secret in anything it asks for', async () => {
    const secrets = await secretsOf(folder.path);
    const seen = JSON.stringify([
      await call(desk, 'app.bootstrap', {}),
      await call(desk, 'accounts.list', {}),
      await call(desk, 'demo.status', {}),
      await call(desk, 'conversations.page', {
        ...{ appid, filter: 'all', order: 'newest', offset: 0, limit: 50 },
      }),
    ]);
    for (const { account, password } of secrets) expect(seen.includes(password), account).toBe(false);
  });

  it('[SEC-11] hands Token and AES key over by the clipboard only', async () => {
    const secrets = await secretsOf(folder.path);
    for (const [value, kind] of [
      ['token', 'callback-token'],
      ['aes-key', 'encoding-aes-key'],
    ] as const) {
      expect(await call(desk, 'accounts.copyServerSetting', { appid, value })).toEqual({});
      const kept = secrets.find(({ account }) => account.startsWith(kind))?.password;
      expect(await desk.clipboard()).toBe(kept);
    }
  });
});
