import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { callsOf, readyAccount, textsFrom } from './support/account';
import { startApp } from './support/app';
import { ask, invoke } from './support/bridge';
import { filesBelow } from './support/files';
import { temporaryFolder, until } from './support/runtime';
import { startWorld } from './support/world';

const folder = temporaryFolder('blocked-machine');
afterAll(() => folder.remove());

describe('a computer without a keychain', () => {
  it.each([
    ['zh-CN', '找不到系统钥匙串', 'Linux 请安装并登录 gnome-keyring 或 KWallet'],
    ['en', 'No system keychain is available', 'On Linux install and log in to gnome-keyring or KWallet'],
  ] as const)('is explained with what to do (%s), and nothing is written', async (locale, title, advice) => {
    const userData = join(folder.path, locale);
    const desk = await startApp({
      userData,
      locale,
      env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder.path, 'no-bus')}` },
    });
    try {
      const alert = desk.page.getByRole('alert');
      await alert.filter({ hasText: title }).waitFor();
      expect(await alert.innerText()).toContain(advice);
      expect(await desk.page.getByRole('navigation').count()).toBe(0);
      const { blocked } = await ask(desk.page, 'app.bootstrap', {});
      expect(blocked).toMatchObject({
        code: 'keychain/unavailable',
        params: { backend: 'Secret Service (libsecret)' },
      });
      const refusal = { ok: false, error: { code: 'keychain/unavailable' } };
      expect(await invoke(desk.page, 'accounts.list', {})).toMatchObject(refusal);
      expect(await invoke(desk.page, 'demo.start', {})).toMatchObject(refusal);
    } finally {
      await desk.close();
    }
    for (const name of ['data', 'media', 'demo']) expect(existsSync(join(userData, name))).toBe(false);
    expect(filesBelow(userData).filter((path) => /\.db\b|key/i.test(path))).toEqual([]);
  });

  it('works as soon as there is one', async () => {
    const desk = await startApp({ userData: join(folder.path, 'zh-CN') });
    try {
      expect((await ask(desk.page, 'app.bootstrap', {})).blocked).toBeNull();
      await desk.page.getByRole('button', { name: /^手动连接/ }).waitFor();
    } finally {
      await desk.close();
    }
  });
});

/** A small disk of its own for the database; needs the right to mount, which a machine for tests has as root on Linux. */
function smallDisk(path: string): boolean {
  mkdirSync(path, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', path]).status === 0;
}

const disk = join(folder.path, 'full', 'data');
const mounted = smallDisk(disk);
afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', disk]);
});

describe.runIf(mounted)('a disk that is full', () => {
  it('is explained, and nothing is lost once there is space again', async () => {
    const world = await startWorld(['--followers', '10']);
    const desk = await startApp({ userData: join(folder.path, 'full') });
    try {
      const [account] = world.sandbox.accounts;
      if (!account) throw new Error('the sandbox has no account');
      const { appid } = account;
      await readyAccount(desk, world, account);
      const [openid = ''] = await world.sandbox.openids(appid, 1);
      const say = async (content: string): Promise<void> => {
        const [delivery] = await world.sandbox.act(appid, openid, { type: 'text', content });
        expect(delivery).toMatchObject({ status: 200, reply: 'success' });
      };
      await say('还有位子吗？');
      const shell = new Shell(desk.page);
      await shell.open('inbox');
      const inbox = new InboxPage(desk.page);
      await inbox.open('还有位子吗？');

      const filler = fill(disk);
      const missed = Array.from({ length: 12 }, (_, index) => `第${index + 1}条`);
      for (const text of missed) await say(text);
      await shell.connection.hover();
      await desk.page.getByRole('tooltip').filter({ hasText: '磁盘已满' }).waitFor();
      await inbox.reply('有的，请来。');
      await inbox.mine('有的，请来。').filter({ hasText: '磁盘已满' }).waitFor();
      expect(await callsOf(world, appid, '/cgi-bin/message/custom/send')).toBe(0);

      rmSync(filler);
      const expected = ['还有位子吗？', ...missed];
      await until(
        'everything is here',
        async () => (await textsFrom(desk, appid, openid)).length >= expected.length,
      );
      expect(await textsFrom(desk, appid, openid)).toEqual(expected);
      await inbox.mine('有的，请来。').getByRole('button', { name: '重新发送' }).click();
      await inbox.mine('有的，请来。').filter({ hasText: '已发送' }).waitFor();
      expect(await callsOf(world, appid, '/cgi-bin/message/custom/send')).toBe(1);
    } finally {
      await desk.close();
      await world.stop();
    }
  });
});

/** Takes up the rest of the disk, down to the last block. Returns what to remove again. */
function fill(path: string): string {
  const filler = join(path, 'filler');
  for (const size of [65_536, 4_096]) {
    const block = Buffer.alloc(size);
    try {
      for (;;) writeFileSync(filler, block, { flag: 'a' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
  return filler;
}
