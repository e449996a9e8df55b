import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port/database';
import type { MediaRecord } from '#main/db/port/media';
import type { MediaService } from '#main/services/interfaces';
import { createMediaService } from '#main/services/media';
import { createMediaFiles, type MediaFiles } from '#main/services/media-files';
import { silentLogger } from '#shared/log';
import { APPID, KEY, newAccount, temporaryFolder } from '../db/fixture';
import { amrOf, codeOf, LONG_AMR, VOICE_WORKER } from './voice/samples';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let db: Database;
let files: MediaFiles;
let media: MediaService;

async function store(id: string, bytes: Uint8Array, record: Partial<MediaRecord> = {}): Promise<void> {
  await files.write(id, bytes);
  await db.media.insert({
    id,
    appid: APPID,
    direction: 'in',
    remoteId: 'remote',
    state: 'ready',
    mime: 'audio/amr',
    bytes: bytes.byteLength,
    name: null,
    createdAt: 0,
    ...record,
  });
}

beforeEach(async () => {
  folder = await temporaryFolder();
  db = openInlineDatabase({ path: join(folder.path, 'desk.db'), key: KEY });
  await db.accounts.save(newAccount());
  files = createMediaFiles(folder.path, KEY);
  media = createMediaService({
    db,
    files,
    clock: { now: () => 0 },
    logger: silentLogger,
    publish: () => undefined,
    wechatFor: () => Promise.reject(new Error('nothing is fetched here')),
    voiceWorker: VOICE_WORKER,
  });
});

afterEach(async () => {
  await media.stop();
  await db.close();
  await folder.remove();
});

describe('reading a voice', () => {
  it('serves a follower’s AMR voice as WAV', async () => {
    await store('voice', amrOf(2));
    const { bytes, mime } = await media.read('voice');
    expect(mime).toBe('audio/wav');
    expect(bytes.byteLength).toBe(44 + 2 * 16000);
    expect(Buffer.from(bytes).toString('latin1', 0, 4)).toBe('RIFF');
  });

  it('gives back what is to be sent exactly as it was chosen', async () => {
    await store('own', amrOf(1), { direction: 'out', remoteId: null });
    expect((await media.read('own')).mime).toBe('audio/wav');
    const { bytes, mime } = await media.original('own');
    expect(mime).toBe('audio/amr');
    expect(Buffer.from(bytes).equals(amrOf(1))).toBe(true);
  });

  it('leaves voices alone that the page plays by itself', async () => {
    await store('mp3', Buffer.from('ID3 sound'), { mime: 'audio/mpeg' });
    expect((await media.read('mp3')).mime).toBe('audio/mpeg');
  });

  it('says that a voice is unreadable when it is cut off, damaged or longer than WeChat allows', async () => {
    await store('cut', amrOf(1).slice(0, -5));
    await store('damaged', Buffer.from('#!AMR\n\x5c\x5c\x5c', 'latin1'));
    await store('long', LONG_AMR);
    for (const id of ['cut', 'damaged', 'long'])
      expect([id, await codeOf(media.read(id))]).toEqual([id, 'media/unreadable']);
  });

  it('stops serving a voice from memory when its account is erased', async () => {
    await store('voice', amrOf(1));
    await media.read('voice');
    await db.accounts.erase(APPID);
    expect(await codeOf(media.read('voice'))).toBe('media/staged-missing');
  });

  it('rejects a sealed file that was changed on disk instead of playing it', async () => {
    await store('voice', amrOf(1));
    await truncate(join(folder.path, 'voice'), 500);
    await expect(media.read('voice')).rejects.toThrow();
  });
});
