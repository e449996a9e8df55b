import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyCard, type Card } from '#shared/domain/cards/card';
import type { Input } from '#shared/ipc/contract';
import type { Message } from '#shared/ipc/models';
import type { PreparedDraft } from '#shared/ipc/prepared-models';
import { MAX_STAGED_BYTES } from '#shared/ipc/conversation-methods';
import { createMediaFiles } from '#main/services/media-files';
import { createPreparedDrafts } from '#main/services/prepared-drafts';
import { encodeMp4 } from '#sandbox/media/mp4';
import { jpegBytes, pictureBytes } from './pictures';
import { CUSTOM_SEND, KEY, World, type Desk } from './desk';
import { amrOf, codeOf, LONG_AMR } from './voice/samples';

const UPLOAD = '/cgi-bin/media/upload';
let world: World;
let desk: Desk;
let appid: string;
let overseas: string;
/** Each test has a follower of its own, with five replies. */
let who: string;

beforeAll(async () => {
  world = await World.create(3);
  desk = world.desk();
  appid = await world.bind(desk);
  overseas = await world.bind(desk, world.wechat.overseas);
});
afterAll(() => world.close());
beforeEach(async () => {
  who = await world.customer(desk, appid);
});

const mp4 = (): Uint8Array<ArrayBuffer> => new Uint8Array(encodeMp4('shop', 1));
const stage = (bytes: Uint8Array, name: string, account = appid) =>
  desk.media.stage({ appid: account, name, bytes: new Uint8Array(bytes) });
const send = (content: Input<'conversations.send'>['content']) =>
  desk.conversations.send({ appid, openid: who, clientId: randomUUID(), content });
const status = ({ body }: Message) => (body.direction === 'out' ? body.status : null);
const failure = ({ body }: Message) => (body.direction === 'out' ? body.failure : null);
const uploads = async () => (await world.calls(UPLOAD)).length;
/** `head`, and zeros up to `bytes`. */
function large(head: Uint8Array, bytes: number): Uint8Array {
  const file = new Uint8Array(bytes);
  file.set(head.subarray(0, bytes));
  return file;
}

describe('files before they are uploaded', () => {
  it('[S3.7] are refused above the limit of their kind, with the limit named, and nothing is uploaded', async () => {
    const before = await uploads();
    await expect(stage(large(pictureBytes(), MAX_STAGED_BYTES + 1), 'a.png')).rejects.toMatchObject({
      data: { code: 'media/too-large', params: { limit: '10 MB' } },
    });
    await expect(stage(large(mp4(), MAX_STAGED_BYTES + 1), 'a.mp4')).rejects.toMatchObject({
      data: { code: 'media/too-large', params: { limit: '10 MB' } },
    });
    await expect(stage(large(amrOf(1), 2 * 1024 * 1024 + 1), 'a.amr')).rejects.toMatchObject({
      data: { code: 'media/too-large', params: { limit: '2 MB' } },
    });
    await expect(stage(LONG_AMR, 'a.amr')).rejects.toMatchObject({
      data: { code: 'media/too-long', params: { limit: 60 } },
    });
    expect(await uploads()).toBe(before);
  });

  it('[S3.7] are taken up to the limit, and judged by their content, whatever their name says', async () => {
    expect(await stage(large(pictureBytes(), MAX_STAGED_BYTES), 'a.exe')).toMatchObject({ kind: 'image' });
    expect(await stage(amrOf(60), 'a.png')).toMatchObject({ kind: 'voice', seconds: 60 });
    expect(await codeOf(stage(new TextEncoder().encode('<svg/>'), 'a.png'))).toBe('media/unsupported-type');
    expect(await codeOf(stage(new Uint8Array(), 'a.png'))).toBe('media/empty');
    const heic = new Uint8Array(Buffer.from('00000018667479706865696300000000', 'hex'));
    expect(await codeOf(stage(heic, 'IMG_0001.HEIC'))).toBe('media/unsupported-type');
  });

  it('[S3.8] are images only for an account outside the mainland', async () => {
    expect(await codeOf(stage(amrOf(1), 'a.amr', overseas))).toBe('media/overseas');
    expect(await codeOf(stage(mp4(), 'a.mp4', overseas))).toBe('media/overseas');
    expect(await stage(pictureBytes(), 'a.png', overseas)).toMatchObject({ kind: 'image' });
  });

  it('are forgotten when they are not sent, and stay once a message shows them', async () => {
    const dropped = await stage(pictureBytes(), 'a.png');
    await desk.media.unstage({ appid, stagedId: dropped.stagedId });
    expect(await codeOf(desk.media.read(dropped.stagedId))).toBe('media/staged-missing');

    const sent = await stage(pictureBytes(), 'b.png');
    await send({ kind: 'image', stagedId: sent.stagedId });
    await desk.media.unstage({ appid, stagedId: sent.stagedId });
    const left = await stage(pictureBytes(), 'c.png');
    await world.advance(8 * 86_400);
    await desk.media.sweepStaged();
    expect((await desk.media.read(sent.stagedId)).mime).toBe('image/png');
    expect(await codeOf(desk.media.read(left.stagedId))).toBe('media/staged-missing');
  });
});

describe('what is prepared in a conversation', () => {
  const prepared = () =>
    createPreparedDrafts({
      db: desk.db,
      files: createMediaFiles(join(desk.folder, 'media'), KEY),
    }).read({ appid, openid: who });

  it('keeps its files as long as it waits, however long, in their order', async () => {
    const staged = await stage(mp4(), '店面.mp4');
    const { stagedId } = staged;
    await desk.media.stage({ appid, name: 'poster.jpg', bytes: jpegBytes(), as: { posterOf: stagedId } });
    const file: Extract<PreparedDraft['tray'][number], { kind: 'file' }> = {
      ...{ kind: 'file', id: 'i1', name: '店面.mp4', title: '我们的店', fileKind: 'video', stagedId },
      ...{ mime: staged.mime, bytes: staged.bytes, seconds: null },
    };
    const text = { kind: 'text', id: 'i2', text: '请看' } as const;
    const keep = (tray: PreparedDraft['tray']) =>
      desk.conversations.setDraft({ appid, openid: who, text: '请看', prepared: { tray, cards: [] } });
    await keep([text, file]);
    await desk.conversations.setDraft({ appid, openid: who, text: '请看\n好吗' });
    await world.advance(30 * 86_400);
    await desk.media.sweepStaged();
    expect(await prepared()).toEqual({
      tray: [text, { ...file, url: staged.url, posterUrl: `${staged.url}-poster` }],
      cards: [],
    });
    expect(await desk.conversations.get(appid, who)).toMatchObject({ draft: '请看\n好吗', waiting: 2 });

    await keep([]);
    expect(await desk.conversations.get(appid, who)).toMatchObject({ waiting: 0 });
    await desk.media.sweepStaged();
    expect(await codeOf(desk.media.read(stagedId))).toBe('media/staged-missing');
  });

  it('names what is gone, and shows no file of another account', async () => {
    const { pictureId, card } = { pictureId: 'nowhere', card: { ...emptyCard('news'), title: '春茶' } };
    const foreign = await stage(pictureBytes(), 'a.png', overseas);
    await desk.conversations.setDraft({
      ...{ appid, openid: who, text: '' },
      prepared: {
        tray: [
          {
            ...{ kind: 'file', id: 'i1', name: 'a.png', title: '', fileKind: 'image', seconds: null },
            ...{ stagedId: foreign.stagedId, mime: 'image/png', bytes: 70 },
          },
        ],
        cards: [{ ...card, pictureId } as Card],
      },
    });
    const found = await prepared();
    expect(found.tray[0]).toMatchObject({ name: 'a.png', url: null });
    expect(found.cards).toEqual([{ card: { ...card, pictureId: '' }, picture: null, pictureGone: true }]);
  });
});

describe('files on their way', () => {
  it('sends a voice and a video with its poster, which play from this computer afterwards', async () => {
    const voice = await stage(amrOf(2), '问候.amr');
    const video = await stage(mp4(), '店面.mp4');
    await desk.media.stage({
      appid,
      name: 'poster.jpg',
      bytes: jpegBytes(),
      as: { posterOf: video.stagedId },
    });
    const first = await send({ kind: 'voice', stagedId: voice.stagedId });
    const second = await send({ kind: 'video', stagedId: video.stagedId, title: '我们的店' });

    expect([status(first), status(second)]).toEqual(['sent', 'sent']);
    expect((await desk.media.read(voice.stagedId)).mime).toBe('audio/wav');
    expect(second.media).toMatchObject({ state: 'ready', mime: 'video/mp4' });
    const [, shown] = await world.received(appid, who);
    expect(shown).toMatchObject({ type: 'video', body: { title: '我们的店' } });
    expect((shown?.['body'] as { thumbMediaId: string }).thumbMediaId).not.toBe('');
  });

  it('tells how much of a file has left', async () => {
    const video = await stage(large(mp4(), 5 * 1024 * 1024), '店面.mp4');
    const message = await send({ kind: 'video', stagedId: video.stagedId });
    const told = desk.topics('media.progress').filter(({ messageId }) => messageId === message.id);
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toMatchObject({ sent: video.bytes, total: video.bytes });
  });

  it('[S3.11] never sends a file whose window closed while it was uploaded', async () => {
    const picture = await stage(pictureBytes(), 'a.png');
    const [uploadsBefore, sendsBefore] = [await uploads(), (await world.calls(CUSTOM_SEND)).length];
    await world.fault(UPLOAD, { delayMs: 1500 });
    const sending = send({ kind: 'image', stagedId: picture.stagedId });
    await expect
      .poll(() =>
        desk.topics('media.progress').some(({ appid: of, openid }) => of === appid && openid === who),
      )
      .toBe(true);
    await world.advance(48 * 3600);
    const message = await sending;
    expect(failure(message)).toMatchObject({ code: 'send/window-closed', params: { reason: 'time' } });
    expect(await uploads()).toBe(uploadsBefore + 1);
    expect((await world.calls(CUSTOM_SEND)).length).toBe(sendsBefore);
  });

  it('keeps the order of files and texts sent at once; one that fails stops nothing but itself', async () => {
    const picture = await stage(pictureBytes(), 'a.png');
    const bad = await stage(pictureBytes(), 'b.png');
    const video = await stage(mp4(), 'c.mp4');
    await world.fault(UPLOAD, { errcode: 40009 });
    const results = await Promise.all([
      send({ kind: 'image', stagedId: bad.stagedId }),
      send({ kind: 'image', stagedId: picture.stagedId }),
      send({ kind: 'text', text: '这是新款' }),
      send({ kind: 'video', stagedId: video.stagedId }),
    ]);
    expect(results.map(status)).toEqual(['failed', 'sent', 'sent', 'sent']);
    expect((await world.received(appid, who)).map((bubble) => bubble['type'])).toEqual([
      'image',
      'text',
      'video',
    ]);
    const { messages } = await desk.conversations.messages({ appid, openid: who, before: null, limit: 10 });
    const rows = messages.filter(({ body }) => body.direction === 'out').reverse();
    expect(rows.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
  });

  it('shows those that wait for their turn at once, and sends them after a crash', async () => {
    const video = await stage(large(mp4(), 2 * 1024 * 1024), 'a.mp4');
    await world.fault(UPLOAD, { delayMs: 300 });
    const first = send({ kind: 'video', stagedId: video.stagedId });
    const second = send({ kind: 'text', text: '看看这个' });
    await expect
      .poll(async () => {
        const { messages } = await desk.conversations.messages({
          ...{ appid, openid: who, before: null, limit: 2 },
        });
        return messages.map(status);
      })
      .toEqual(['queued', 'sending']);
    await Promise.all([first, second]);

    const clientId = randomUUID();
    await desk.db.outbox.insert({
      ...{ appid, openid: who, clientId, at: world.now, status: 'queued', failure: null },
      ...{ content: { kind: 'text', text: '断电前排着' }, retryOf: null, mediaId: null },
    });
    await world.desk().conversations.recover();
    expect((await world.received(appid, who)).at(-1)).toMatchObject({ body: { content: '断电前排着' } });
  });
});

describe('what waits for the network', () => {
  it('[S3.11][S3.13] fails with the reason as soon as its window closes, though the network is still away, and is never sent', async () => {
    await world.network.cut();
    const waiting = await send({ kind: 'text', text: '稍等' });
    expect(status(waiting)).toBe('queued');
    await world.advance(48 * 3600);
    const before = (await world.calls(CUSTOM_SEND)).length;
    await expect
      .poll(async () => failure((await desk.db.outbox.byClientId(waiting.id)) ?? waiting), {
        timeout: 20_000,
      })
      .toMatchObject({ code: 'send/window-closed', params: { reason: 'time' } });
    await world.network.mend();
    await desk.conversations.flushQueue();
    expect((await world.calls(CUSTOM_SEND)).length).toBe(before);
  });

  it('[S1.10] fails when the follower left meanwhile', async () => {
    await world.network.cut();
    const waiting = await send({ kind: 'text', text: '还在吗' });
    await world.network.mend();
    await world.control('POST', `/accounts/${appid}/followers/${who}/act`, { type: 'unsubscribe' });
    await desk.pull();
    await desk.conversations.flushQueue();
    const message = await desk.db.outbox.byClientId(waiting.id);
    expect(message && failure(message)).toMatchObject({ code: 'send/not-following' });
    expect(await world.received(appid, who)).toEqual([]);
  });
});

describe('the sign that an answer is being written', () => {
  const typing = (on: boolean) => desk.conversations.typing({ appid, openid: who, typing: on });
  const calls = async () => (await world.calls('/cgi-bin/message/custom/typing')).length;

  it('is shown once within 30 seconds of a message, and not asked for when WeChat would refuse', async () => {
    const before = await calls();
    await typing(true);
    await typing(true);
    expect((await calls()) - before).toBe(1);
    await typing(false);
    expect((await calls()) - before).toBe(2);
    await world.advance(31);
    await typing(true);
    expect((await calls()) - before).toBe(2);
  });

  it('stays off when the user switched it off, and a refusal bothers nobody', async () => {
    const before = await calls();
    desk.showTyping = false;
    await typing(true);
    desk.showTyping = true;
    expect((await calls()) - before).toBe(0);
    await world.fault('/cgi-bin/message/custom/typing', { errcode: 45081 });
    expect(await codeOf(typing(true))).toBeNull();
    await send({ kind: 'text', text: '好的' });
    expect(await world.received(appid, who)).toHaveLength(1);
  });
});
