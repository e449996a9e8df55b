import { copyFile, open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#main/db/client';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port/database';
import { MIGRATIONS } from '#main/db/worker/migrations/all';
import { openConnection, type OpenOptions } from '#main/db/worker/open';
import {
  APPID,
  commit,
  detail,
  inbound,
  KEY,
  newAccount,
  openidOf,
  temporaryFolder,
  text,
} from '../../unit/main/db/fixture';

const NOW = 1_790_000_000;
const WHO = openidOf(1);
const THREAD = fileURLToPath(new URL('./thread.mjs', import.meta.url));

type Opener = (options: Omit<OpenOptions, 'migrations'>) => Promise<Database>;
const adapters: readonly [string, Opener][] = [
  ['in a thread', (options) => openDatabase({ ...options, script: THREAD })],
  ['inline', (options) => Promise.resolve().then(() => openInlineDatabase(options))],
];

describe.each(adapters)('the database %s', (_name, opener) => {
  let path: string;
  let remove: () => Promise<void>;
  const opened: Database[] = [];

  async function openIt(options: Partial<OpenOptions> = {}): Promise<Database> {
    const db = await opener({ path, key: KEY, ...options });
    opened.push(db);
    return db;
  }

  beforeEach(async () => {
    const folder = await temporaryFolder();
    remove = folder.remove;
    path = `${folder.path}/desk.db`;
  });
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.close();
    await remove();
  });

  it('keeps what was stored over a restart', async () => {
    const first = await openIt();
    await first.accounts.save(newAccount());
    await commit(first, inbound(WHO, NOW, text('你好')));
    await first.close();

    const second = await openIt();
    expect((await second.conversations.messages(APPID, WHO, null, 10)).messages).toHaveLength(1);
    expect(await second.accounts.get(APPID)).toMatchObject({ unread: 1, followers: 1 });
  });

  it('leaves no readable text on the disk', async () => {
    const db = await openIt();
    await db.accounts.save(newAccount());
    await commit(db, inbound(WHO, NOW, text('a-secret-only-for-the-shop')));
    await db.close();

    for (const suffix of ['', '-wal']) {
      const bytes = await readFile(path + suffix).catch(() => Buffer.alloc(0));
      expect(bytes.includes('a-secret-only-for-the-shop')).toBe(false);
      expect(bytes.subarray(0, 15).toString()).not.toBe('SQLite format 3');
      expect(bytes.includes(KEY)).toBe(false);
    }
  });

  it('names a wrong key and leaves the file as it is', async () => {
    await (await openIt()).close();
    const before = await readFile(path);

    await expect(openIt({ key: '00'.repeat(32) })).rejects.toMatchObject({ code: 'db/wrong-key' });
    expect(await readFile(path)).toEqual(before);
    await openIt();
  });

  it('names a file that is no database and leaves it as it is', async () => {
    await writeFile(path, 'not a database at all '.repeat(500));
    const before = await readFile(path);

    await expect(openIt()).rejects.toMatchObject({ code: 'db/damaged' });
    expect(await readFile(path)).toEqual(before);
  });

  it('names a database whose first page was destroyed, and does not begin a new one over it', async () => {
    const db = await openIt();
    await db.accounts.save(newAccount());
    await db.close();
    await copyFile(path, `${path}.copy`);
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(512, 7), 0, 512, 0);
    await file.close();
    await writeFile(`${path}-wal`, '');
    const before = await readFile(path);

    await expect(openIt()).rejects.toMatchObject({ code: 'db/damaged' });
    expect(await readFile(path)).toEqual(before);
  });

  it('names a database that was emptied, and does not begin a new one over it', async () => {
    await (await openIt()).close();
    await truncate(path, 0);
    await writeFile(`${path}-wal`, '');

    await expect(openIt()).rejects.toMatchObject({ code: 'db/damaged' });
    expect((await stat(path)).size).toBe(0);
  });

  it('refuses the database of a newer version, and the newer version still opens it', async () => {
    const known = MIGRATIONS.at(-1)?.version ?? 0;
    const future = { version: known + 1, name: 'future', sql: 'CREATE TABLE future (a TEXT)' };
    const newer = openConnection({ path, key: KEY, migrations: [...MIGRATIONS, future] });
    newer.write((db) => db.run("INSERT INTO future VALUES ('kept')"));
    newer.close();

    await expect(openIt()).rejects.toMatchObject({
      code: 'db/newer-version',
      data: { params: { found: known + 1, known } },
    });
    const again = openConnection({ path, key: KEY, migrations: [...MIGRATIONS, future] });
    expect(again.read((db) => db.get('SELECT a FROM future'))).toEqual({ a: 'kept' });
    again.close();
  });

  it('tells a full disk, loses nothing that was stored, and goes on when there is room', async () => {
    const roomy = await openIt();
    await roomy.accounts.save(newAccount());
    await commit(roomy, inbound(WHO, NOW, text('stored before')));
    await roomy.close();

    const pages = Math.ceil((await stat(path)).size / 4096) + 2;
    const full = await openIt({ maxPages: pages });
    const much = Array.from({ length: 400 }, (_, n) => inbound(WHO, NOW + n, text('不'.repeat(600))));
    await expect(commit(full, ...much)).rejects.toMatchObject({ code: 'db/disk-full' });
    const kept = await full.conversations.messages(APPID, WHO, null, 500);
    expect(kept.messages).toHaveLength(1);
    await full.close();

    const again = await openIt();
    expect((await commit(again, ...much)).stored).toHaveLength(400);
  });

  it('tells that another program holds the file, and goes on when it lets go', async () => {
    const db = await openIt({ busyTimeoutMs: 50 });
    const settings: object = { encryptionCipher: 'aes256cbc', encryptionKey: KEY };
    const other = new Libsql(path, settings);
    other.exec('BEGIN IMMEDIATE');
    await expect(db.meta.set('a', '1')).rejects.toMatchObject({ code: 'db/locked' });
    other.exec('ROLLBACK');
    other.close();

    await db.meta.set('a', '1');
    expect(await db.meta.get('a')).toBe('1');
  });

  it('answers an unknown account with an error that crosses the thread whole', async () => {
    const db = await openIt();
    await expect(db.accounts.update('wxffffffffffffffff', { name: 'x' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'account/not-found',
    });
  });

  it('[I5] names who waits for a reply and was not reminded yet, the first to close first', async () => {
    const HOUR = 3600;
    const db = await openIt();
    await db.accounts.save(newAccount());
    await commit(
      db,
      inbound(openidOf(1), NOW, text('早')),
      inbound(openidOf(2), NOW - 20 * HOUR, text('昨天')),
      inbound(openidOf(3), NOW - 50 * HOUR, text('太早')),
      inbound(openidOf(4), NOW - 23 * HOUR, text('也早')),
    );
    const leads = [24 * HOUR, 4 * HOUR, HOUR];
    const waiting = async (now: number) =>
      (await db.desktop.waiting({ appids: [APPID], leads, now, limit: 10 })).map(
        ({ conversation, reminded }) => [conversation.openid, reminded?.lead ?? null],
      );
    expect(await waiting(NOW)).toEqual([]);
    const later = NOW + 5 * HOUR;
    expect(await waiting(later)).toEqual([
      [openidOf(4), null],
      [openidOf(2), null],
    ]);
    const windowEndsAt = NOW - 23 * HOUR + 48 * HOUR;
    await db.desktop.remember([{ appid: APPID, openid: openidOf(4), windowEndsAt, lead: 24 * HOUR }]);
    expect(await waiting(later)).toEqual([[openidOf(2), null]]);
    expect(await waiting(windowEndsAt - 4 * HOUR)).toContainEqual([openidOf(4), 24 * HOUR]);
    // A new message moves the window, and what was said of the old one does not count.
    await commit(db, inbound(openidOf(4), NOW + 6 * HOUR, text('在吗')));
    expect(await waiting(NOW + 31 * HOUR)).toContainEqual([openidOf(4), 24 * HOUR]);

    expect(await db.desktop.closingBefore([APPID], later, NOW + 30 * HOUR)).toBe(1);
    expect(await db.desktop.waiting({ appids: [], leads, now: later, limit: 10 })).toEqual([]);
    const known = await db.desktop.conversations([
      { appid: APPID, openid: openidOf(2) },
      { appid: APPID, openid: openidOf(9) },
    ]);
    expect(known.map(({ openid, unread }) => [openid, unread])).toEqual([[openidOf(2), 1]]);
  });

  it('refuses calls after it was closed', async () => {
    const db = await openIt();
    await db.close();
    await expect(db.accounts.list()).rejects.toMatchObject({ code: 'db/closed' });
    await db.close();
  });

  it('hands out rows with the fields of the model and nothing of the binding', async () => {
    const db = await openIt();
    await db.accounts.save(newAccount());
    await db.followers.saveDetails(APPID, [detail(WHO)], NOW);
    const [account] = await db.accounts.list();
    const follower = await db.followers.get(APPID, WHO);

    expect(JSON.stringify([account, follower])).not.toContain('_metadata');
    expect(Object.keys(account ?? {}).sort()).toEqual(
      [...Object.keys(newAccount()), 'followers', 'unread', 'needsReply', 'needsReplyMuted'].sort(),
    );
  });
});
