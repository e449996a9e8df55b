import Libsql from 'libsql';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeskApp } from './support/app';
import { startApp } from './support/app';
import { call, tryCall } from './support/account';
import { forgetSecret, keepSecret, secretsOf } from './support/keychain';
import { startDemo } from './support/demo-start';
import { temporaryFolder, until } from './support/runtime';

const folder = temporaryFolder('blocked');
const database = join(folder.path, 'data', 'oa-desk.db');
const intact = join(folder.path, 'intact.db');
let key: string;

/** An installation with an account and followers, quit in order. */
beforeAll(async () => {
  const desk = await startApp({ userData: folder.path });
  const appid = await startDemo(desk);
  await until(
    'the import',
    async () => (await call(desk, 'followers.importState', { appid })).phase === 'done',
  );
  await desk.close();
  key = (await secretsOf(folder.path)).find(({ account }) => account === 'database-key')?.password ?? '';
  copyFileSync(database, intact);
});
afterAll(() => folder.remove());
beforeEach(() => copyFileSync(intact, database));

const hash = (): string => createHash('sha256').update(readFileSync(database)).digest('hex');

async function opened<T>(look: (desk: DeskApp) => Promise<T>): Promise<T> {
  const desk = await startApp({ userData: folder.path });
  try {
    return await look(desk);
  } finally {
    await desk.close();
  }
}

/** Starts the app, expects it to refuse with the code and to explain it, and to leave the database as it was. */
async function expectBlocked(code: string, ...words: readonly string[]): Promise<void> {
  const before = hash();
  await opened(async (desk) => {
    const { blocked } = await call(desk, 'app.bootstrap', {});
    expect(blocked?.code).toBe(code);
    expect(await tryCall(desk, 'accounts.list', {})).toMatchObject({ ok: false, error: { code } });
    expect(await tryCall(desk, 'demo.start', {})).toMatchObject({ ok: false, error: { code } });
    await desk.page.getByText(code).waitFor();
    const shown = await desk.page.getByRole('alert').innerText();
    for (const text of words) expect(shown).toContain(text);
    // Language and theme can be changed all the same.
    await call(desk, 'settings.update', { theme: 'dark' });
  });
  expect(hash()).toBe(before);
}

describe('a database that cannot be opened', () => {
  it('is left alone when it is damaged', async () => {
    const bytes = readFileSync(database);
    bytes.fill(0x5a, 0, bytes.length / 2);
    writeFileSync(database, bytes);
    await expectBlocked('db/damaged', '本机数据文件已损坏', '请从备份恢复');
  });

  it('is left alone when it is damaged in the middle', async () => {
    const bytes = readFileSync(database);
    bytes.fill(0x5a, bytes.length / 4, (bytes.length * 3) / 4);
    writeFileSync(database, bytes);
    await expectBlocked('db/damaged', '本机数据文件已损坏', '请从备份恢复');
  });

  it('is left alone when a newer version wrote it', async () => {
    const settings: object = { encryptionCipher: 'aes256cbc', encryptionKey: key };
    const newer = new Libsql(database, settings);
    newer.exec('PRAGMA user_version = 999');
    newer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    newer.close();
    await expectBlocked('db/newer-version', '数据来自更新的版本', '请安装最新版本再打开');
  });

  it('is left alone when its key is gone, and no new key takes its place', async () => {
    await forgetSecret(folder.path, 'database-key');
    try {
      await expectBlocked('db/wrong-key', '打不开加密的数据', '请在原来的电脑和系统账户下打开');
      expect((await secretsOf(folder.path)).map(({ account }) => account)).not.toContain('database-key');
    } finally {
      await keepSecret(folder.path, 'database-key', key);
    }
  });

  it('opens again, with everything in it, once the cause is gone', async () => {
    await opened(async (desk) => {
      expect((await call(desk, 'app.bootstrap', {})).blocked).toBeNull();
      const [account] = await call(desk, 'accounts.list', {});
      expect(account?.followers).toBeGreaterThanOrEqual(1200);
    });
  });
});
