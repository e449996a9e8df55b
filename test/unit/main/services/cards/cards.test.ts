import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '#shared/domain/cards/card';
import type { Message } from '#shared/ipc/models';
import { silentLogger } from '#shared/log';
import { createCardsService, type CardsService } from '#main/services/cards/cards';
import { createMediaFiles } from '#main/services/media-files';
import { CUSTOM_SEND, KEY, World, type Desk } from '../desk';
import { jpegBytes, pictureBytes } from '../pictures';
import { codeOf } from '../voice/samples';

const UPLOAD = '/cgi-bin/media/upload';
const UPLOAD_PICTURE = '/cgi-bin/media/uploadimg';
const PUBLISHED = '/cgi-bin/freepublish/batchget';
let world: World;
let desk: Desk;
let cards: CardsService;
let appid: string;
let miniProgram: string;
/** Each test has a follower of its own, with five replies. */
let who: string;

beforeAll(async () => {
  world = await World.create(3);
  desk = world.desk();
  cards = createCardsService({
    ...{ db: desk.db, clock: { now: () => world.now }, logger: silentLogger },
    files: createMediaFiles(join(desk.folder, 'media'), KEY),
    wechatFor: (account) => desk.wechat(account),
  });
  appid = await world.bind(desk);
  const account = await world.control('GET', `/accounts/${appid}`);
  miniProgram = String((account['miniProgramAppIds'] as string[])[0]);
});
afterAll(() => world.close());
beforeEach(async () => {
  who = await world.customer(desk, appid);
});

const send = (content: Card): Promise<Message> =>
  desk.conversations.send({ appid, openid: who, clientId: randomUUID(), content });
const statusOf = ({ body }: Message) => (body.direction === 'out' ? body.status : null);
const onPhone = async () => (await world.received(appid, who)).at(-1);
const count = async (path: string) => (await world.calls(path)).length;
const stage = (use: 'thumb' | 'article-picture', bytes = jpegBytes()) =>
  cards.stagePicture({ appid, name: 'a.jpg', use, bytes });
const news = (pictureId: string): Card => ({
  ...{ kind: 'news', title: '春茶到店', description: '', url: 'https://tea.example.com', picUrl: '' },
  pictureId,
});

describe('the picture of a card', () => {
  it('[S3.7] is judged by what WeChat takes for it, before anything is kept', async () => {
    expect(await codeOf(stage('thumb', pictureBytes()))).toBe('media/unsupported-type');
    const text = new Uint8Array(new TextEncoder().encode('GIF? no'));
    expect(await codeOf(stage('article-picture', text))).toBe('media/not-an-image');
    const large = new Uint8Array(64 * 1024 + 1);
    large.set(jpegBytes());
    await expect(stage('thumb', large)).rejects.toMatchObject({
      data: { code: 'media/too-large', params: { limit: '64 KB' } },
    });
    expect((await stage('article-picture', large)).mime).toBe('image/jpeg');
  });

  it('[S2.29] of a link goes to an address that stays, and is uploaded once for all customers', async () => {
    const { pictureId } = await stage('article-picture', pictureBytes());
    const before = await count(UPLOAD_PICTURE);
    const first = await send(news(pictureId));
    expect([statusOf(first), first.media.state]).toEqual(['sent', 'ready']);
    const shown = (await onPhone())?.['body'] as { picUrl: string };
    expect((await fetch(shown.picUrl)).headers.get('content-type')).toBe('image/png');
    await world.advance(4 * 86_400);
    await world.control('POST', `/accounts/${appid}/followers/${who}/act`, { type: 'text', content: '?' });
    await desk.pull();
    expect(statusOf(await send(news(pictureId)))).toBe('sent');
    expect((await count(UPLOAD_PICTURE)) - before).toBe(1);
  });

  it.each(['miniprogram', 'music'] as const)(
    '[S2.29] of a %s card is uploaded as its thumbnail, and again when WeChat has forgotten it',
    async (kind) => {
      const { pictureId } = await stage('thumb');
      const card: Card =
        kind === 'music'
          ? {
              ...{ kind, title: '店里的歌', description: '', musicUrl: 'https://m.example.com/a.mp3' },
              ...{ hqMusicUrl: '', pictureId },
            }
          : { kind, title: '在线点单', appId: miniProgram, pagePath: 'pages/order', pictureId };
      const before = await count(UPLOAD);
      expect([statusOf(await send(card)), statusOf(await send(card))]).toEqual(['sent', 'sent']);
      expect((await count(UPLOAD)) - before).toBe(1);
      await world.advance(3 * 86_400);
      await world.control('POST', `/accounts/${appid}/followers/${who}/act`, { type: 'text', content: '?' });
      await desk.pull();
      expect(statusOf(await send(card))).toBe('sent');
      expect((await count(UPLOAD)) - before).toBe(2);
    },
  );

  it('[S3.14] that WeChat does not take leaves the card in its place, and nothing is sent', async () => {
    const { pictureId } = await stage('article-picture');
    await world.fault(UPLOAD_PICTURE, { errcode: 40009 });
    const before = await count(CUSTOM_SEND);
    const message = await send(news(pictureId));
    expect(message.body).toMatchObject({ status: 'failed', failure: { errcode: 40009 } });
    expect(await count(CUSTOM_SEND)).toBe(before);
  });
});

describe('a card', () => {
  it('is refused by name when something is wrong with it, and asks nothing of WeChat', async () => {
    const before = await count(CUSTOM_SEND);
    expect(await codeOf(send({ ...news(''), title: ' ' } as Card))).toBe('card/incomplete');
    expect(await codeOf(send({ ...news(''), url: 'tea.example.com' } as Card))).toBe('card/bad-link');
    const menu: Card = {
      ...{ kind: 'menu', head: '请选择', tail: '' },
      items: [101, 102].map((id) => ({ id: String(id), content: '外卖' })),
    };
    expect(await codeOf(send(menu))).toBe('card/same-options');
    expect(await count(CUSTOM_SEND)).toBe(before);
  });
});

describe('the list of published articles', () => {
  const list = (refresh: 'never' | 'stale' | 'now') => cards.published({ appid, refresh });

  it('is read from WeChat when it is old, kept, and shown with the reason when it cannot be read', async () => {
    expect(await list('never')).toMatchObject({ articles: [], readAt: null, error: null });
    expect(await count(PUBLISHED)).toBe(0);

    const [one, other] = await Promise.all([list('stale'), list('stale')]);
    expect(one.articles.map(({ title }) => title)).toContain('生日蛋糕预订须知');
    expect(other).toEqual(one);
    expect(await count(PUBLISHED)).toBe(1);

    await world.advance(601);
    await world.fault(PUBLISHED, { errcode: 45009 });
    const failed = await list('stale');
    expect(failed.error).toMatchObject({ errcode: 45009 });
    expect(failed.articles).toEqual(one.articles);

    expect(await list('now')).toMatchObject({ error: null, readAt: world.now });
  });
});
