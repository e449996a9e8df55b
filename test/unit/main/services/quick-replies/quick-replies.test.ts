import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QuickReply } from '#shared/domain/quick-replies/quick-reply';
import { silentLogger } from '#shared/log';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port/database';
import { createMediaFiles, type MediaFiles } from '#main/services/media-files';
import {
  createQuickRepliesService,
  type QuickRepliesService,
} from '#main/services/quick-replies/quick-replies';
import { APPID, KEY, newAccount, temporaryFolder } from '../../db/fixture';
import { jpegBytes, pictureBytes } from '../pictures';
import { codeOf } from '../voice/samples';

const DAY = 86_400;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let db: Database;
let files: MediaFiles;
let service: QuickRepliesService;
let now: number;
/** What the system's dialogs were given and will give. */
let saved: { readonly name: string; readonly bytes: Uint8Array }[];
let chosen: { readonly name: string; readonly bytes: Uint8Array } | null;
let changes: number;

async function open(path: string): Promise<void> {
  db = openInlineDatabase({ path: join(path, 'desk.db'), key: KEY });
  files = createMediaFiles(join(path, 'media'), KEY);
  service = createQuickRepliesService({
    ...{ db, files, clock: { now: () => now }, logger: silentLogger },
    media: {
      read: async (id) => ({ bytes: (await files.read(id)) ?? new Uint8Array(), mime: 'image/jpeg' }),
    },
    locale: () => 'zh-CN',
    publish: () => (changes += 1),
    dialogs: {
      save: async ({ suggestedName, bytes }) => {
        saved.push({ name: suggestedName, bytes });
        return true;
      },
      open: async () => chosen,
    },
  });
}

beforeEach(async () => {
  folder = await temporaryFolder();
  [now, saved, chosen, changes] = [1_800_000_000, [], null, 0];
  await open(folder.path);
  await db.accounts.save(newAccount());
});
afterEach(async () => {
  await db.close();
  await folder.remove();
});

const reply = (id: string, more: Partial<QuickReply> = {}): QuickReply => ({
  ...{
    id,
    appid: null,
    folderId: null,
    name: id,
    shortcut: '',
    zh: { kind: 'text', text: '您好' },
    en: null,
  },
  ...more,
});
const names = async () => (await service.list()).replies.map(({ name }) => name);

describe('the library of quick replies', () => {
  it('keeps a reply tidied, tells the pages, and refuses what cannot be used', async () => {
    await service.save(reply('a', { name: ' 问候 ', shortcut: ' hi ' }));
    expect((await service.list()).replies[0]).toMatchObject({ name: '问候', shortcut: 'hi', uses: 0 });
    expect(changes).toBe(1);
    expect(await codeOf(service.save(reply('b', { shortcut: 'HI' })))).toBe('quick-replies/shortcut-taken');
    expect(await codeOf(service.save(reply('b', { zh: null })))).toBe('quick-replies/incomplete');
    expect(await codeOf(service.save(reply('b', { name: '长'.repeat(41) })))).toBe('quick-replies/too-long');
    expect(await codeOf(service.save(reply('b', { appid: 'wxffffffffffffffff' })))).toBe('account/not-found');
    expect(await names()).toEqual(['问候']);
  });

  it('brings back what was removed for a day, then forgets it with its picture', async () => {
    const { pictureId } = await service.stagePicture({ name: 'a.png', use: 'image', bytes: pictureBytes() });
    await service.save(reply('a', { zh: { kind: 'image', pictureId } }));
    await service.remove('a');
    expect(await names()).toEqual([]);
    now += DAY - 1;
    await service.tidy();
    await service.restore('a');
    expect(await names()).toEqual(['a']);
    expect(await files.has(pictureId)).toBe(true);

    await service.remove('a');
    now += 2 * DAY;
    await service.tidy();
    await service.restore('a');
    expect(await names()).toEqual([]);
    expect(await files.has(pictureId)).toBe(false);
  });

  it('moves replies and folders, and leaves the replies of a removed folder outside', async () => {
    const visit = await service.saveFolder({ id: null, name: '到店' });
    expect(await codeOf(service.saveFolder({ id: null, name: '到店' }))).toBe('quick-replies/folder-exists');
    for (const id of ['a', 'b', 'c']) await service.save(reply(id));
    await service.move({ id: 'c', folderId: null, before: 'a' });
    expect(await names()).toEqual(['c', 'a', 'b']);
    await service.move({ id: 'b', folderId: visit.id, before: null });
    expect(await names()).toEqual(['b', 'c', 'a']);
    await service.removeFolder(visit.id);
    expect((await service.list()).replies.every(({ folderId }) => folderId === null)).toBe(true);
    expect(await names()).toHaveLength(3);
  });

  it('counts each use, and hands a picture over to the account as a file of its own', async () => {
    const { pictureId } = await service.stagePicture({ name: 'a.png', use: 'image', bytes: pictureBytes() });
    const body = { kind: 'image', pictureId } as const;
    await service.save(reply('a', { zh: body }));
    const handed = await service.use({ id: 'a', appid: APPID, body });
    expect(handed.picture?.pictureId).not.toBe(pictureId);
    expect(await db.media.get(handed.picture?.pictureId ?? '')).toMatchObject({
      appid: APPID,
      state: 'ready',
    });
    expect((await service.list()).replies[0]).toMatchObject({ uses: 1, lastUsedAt: now });
    await service.remove('a');
    now += 2 * DAY;
    await service.tidy();
    expect(await files.read(handed.picture?.pictureId ?? '')).toEqual(Buffer.from(pictureBytes()));
  });

  it('takes a copy of a card’s picture, which belongs to one account', async () => {
    const id = 'card-picture';
    await files.write(id, jpegBytes());
    const card = {
      ...({ kind: 'miniprogram', title: '点单', appId: 'wx0123456789abcdef', pagePath: 'pages/a' } as const),
      pictureId: id,
    };
    const kept = await service.save(reply('a', { zh: card }));
    const own = kept.zh?.kind === 'miniprogram' ? kept.zh.pictureId : '';
    expect(own).not.toBe(id);
    await files.remove(id);
    expect((await service.readPicture(own))?.bytes).toEqual(Buffer.from(jpegBytes()));
  });

  it('adds the examples once, beside what is there', async () => {
    await service.save(reply('a', { name: '问候' }));
    const added = await service.addStarter('zh');
    expect(added).toBeGreaterThan(5);
    expect((await names()).filter((name) => name === '问候')).toHaveLength(1);
    expect(await service.addStarter('zh')).toBe(0);
  });

  it('keeps what the shop says of itself, for all accounts and for one', async () => {
    const all = { hours: { zh: '10 点到 21 点', en: '10 to 21' } };
    await service.saveShopWords({ appid: null, words: all });
    await service.saveShopWords({ appid: APPID, words: { phone: { zh: '123', en: '' } } });
    expect((await service.list()).shopWords).toEqual({ '': all, [APPID]: { phone: { zh: '123', en: '' } } });
  });
});

describe('export and import', () => {
  it('bring the whole library to another computer, pictures and folders too', async () => {
    const visit = await service.saveFolder({ id: null, name: '到店' });
    const { pictureId } = await service.stagePicture({ name: 'a.png', use: 'image', bytes: pictureBytes() });
    await service.save(reply('a', { name: '地图', folderId: visit.id, zh: { kind: 'image', pictureId } }));
    await service.save(reply('b', { name: '营业时间', shortcut: 'yysj' }));
    expect(await service.export()).toBe(2);

    const other = await temporaryFolder();
    await db.close();
    await open(other.path);
    chosen = { name: 'quick.json', bytes: saved[0]?.bytes ?? new Uint8Array() };
    const plan = await service.chooseImport();
    expect(plan?.entries.map(({ action }) => action)).toEqual(['add', 'add']);
    expect(await names()).toEqual([]);
    expect(await service.applyImport(plan?.planId ?? '')).toEqual({ added: 2, updated: 0 });
    const { replies, folders } = await service.list();
    expect(folders.map(({ name }) => name)).toEqual(['到店']);
    const map = replies.find(({ name }) => name === '地图')?.zh;
    const picture = await service.readPicture(map?.kind === 'image' ? map.pictureId : '');
    expect(picture?.bytes).toEqual(Buffer.from(pictureBytes()));

    // The same file again changes nothing, and a plan is carried out once.
    const again = await service.chooseImport();
    expect(new Set(again?.entries.map(({ action }) => action))).toEqual(new Set(['same']));
    expect(await codeOf(service.applyImport(plan?.planId ?? ''))).toBe('quick-replies/plan-gone');
    await db.close();
    await other.remove();
    await open(folder.path);
  });

  it('read a table in the encoding of a Chinese spreadsheet, and refuse what is no library', async () => {
    // “名称,中文” and “问候,您好” in GB 18030.
    const rows = Buffer.from('c3fbb3c62cd6d0cec40d0acecabaf22cc4fabac30d0a', 'hex');
    chosen = { name: '表.csv', bytes: rows };
    const plan = await service.chooseImport();
    await service.applyImport(plan?.planId ?? '');
    expect(await names()).toEqual(['问候']);
    chosen = { name: 'x.json', bytes: Buffer.from('{"format":"else"}') };
    expect(await codeOf(service.chooseImport())).toBe('quick-replies/not-a-library');
    chosen = null;
    expect(await service.chooseImport()).toBeNull();
  });
});
