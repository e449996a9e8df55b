import { stat } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { windowState } from '#shared/domain/window';
import type { PulledItem } from '#shared/relay/feed-page';
import { openConnection } from '#main/db/worker/open';
import { newEncodingAESKey } from '#main/services/server-settings';
import { KEY, World, type Desk } from './desk';

let world: World;
let desk: Desk;
let appid: string;
let who: string;

beforeEach(async () => {
  world = await World.create(5);
  desk = world.desk();
  appid = await world.bind(desk);
  await desk.followers.startImport(appid);
  await desk.followers.idle();
  const [one] = (await world.control('GET', `/accounts/${appid}/followers?limit=1`))['followers'] as {
    openid: string;
  }[];
  who = one?.openid ?? '';
});
afterEach(() => world.close());

const act = (input: object, openid = who) =>
  world.control('POST', `/accounts/${appid}/followers/${openid}/act`, { ...input });
const messages = async (target: Desk = desk) =>
  (await target.conversations.messages({ appid, openid: who, before: null, limit: 100 })).messages;

it('[S1.14] takes in what a follower writes, over signed and sealed callbacks, and tells the page', async () => {
  await act({ type: 'text', content: '你好，还有茉莉吗' });
  expect(await desk.pull()).toEqual({ stored: 1, duplicates: 0, quarantined: 0 });

  const [message] = await messages();
  expect(message).toMatchObject({
    at: world.now,
    body: { direction: 'in', content: { kind: 'text', text: '你好，还有茉莉吗' } },
  });
  expect(desk.topics('conversations.changed')).toContainEqual({ appid, openid: who, message });
  expect(await desk.accounts.get(appid)).toMatchObject({
    unread: 1,
    needsReply: 1,
    originalId: expect.stringMatching(/^gh_/) as unknown,
  });
  await desk.conversations.markRead(appid, who);
  expect(await desk.accounts.get(appid)).toMatchObject({ unread: 0, needsReply: 1 });
});

it('asks for no reply to someone who has left', async () => {
  await act({ type: 'text', content: '不买了' });
  await desk.pull();
  expect(await desk.accounts.get(appid)).toMatchObject({ needsReply: 1 });
  await act({ type: 'unsubscribe' });
  await desk.pull();
  expect(await desk.accounts.get(appid)).toMatchObject({ needsReply: 0 });
  const left = await desk.conversations.page({
    ...{ appid, filter: 'needs-reply', order: 'newest', offset: 0, limit: 10 },
  });
  expect(left.rows).toEqual([]);
});

it('takes in every kind of message and event, each once', async () => {
  const acts = [
    { type: 'text', content: 'text' },
    { type: 'image' },
    { type: 'voice' },
    { type: 'video' },
    { type: 'shortvideo' },
    { type: 'location' },
    { type: 'link' },
    { type: 'click', key: 'TODAY' },
    { type: 'view' },
    { type: 'scan', scene: 'campaign_42' },
    { type: 'unsubscribe' },
  ];
  for (const one of acts) {
    const answer = await act(one);
    expect(answer['error']).toBeUndefined();
  }
  expect(await desk.pull()).toMatchObject({ stored: acts.length, quarantined: 0 });
  expect((await messages()).map(({ body }) => body.content.kind).reverse()).toEqual([
    'text',
    'image',
    'voice',
    'video',
    'video',
    'location',
    'link',
    'event',
    'event',
    'event',
    'event',
  ]);
});

it('stores a push once that WeChat delivers again, and a page that the relay hands out again', async () => {
  await act({ type: 'text', content: 'once' });
  const [link] = await desk.accounts.links();
  if (!link) throw new Error('no link');
  const { items } = await world.api.feed(link, 0, 0, 10, new AbortController().signal);
  await desk.conversations.ingest(link.id, items);
  const again = await desk.conversations.ingest(link.id, items);

  expect(again).toEqual({ stored: 0, duplicates: 1, quarantined: 0 });
  expect(await messages()).toHaveLength(1);
  expect((await desk.accounts.get(appid)).unread).toBe(1);
});

it('goes on behind what it has stored after a restart', async () => {
  await act({ type: 'text', content: 'first' });
  await desk.pull();
  await act({ type: 'text', content: 'second' });
  const restarted = world.desk();
  expect(await restarted.pull()).toEqual({ stored: 1, duplicates: 0, quarantined: 0 });
  expect(await messages(restarted)).toHaveLength(2);
});

it('keeps what the wrong AES key cannot open, and goes on with the rest', async () => {
  const right = await desk.accounts.serverSetting(appid, 'aes-key');
  await world.configure(desk, world.wechat.service, { encodingAESKey: newEncodingAESKey() });
  await act({ type: 'text', content: '换过密钥之后' });
  await world.configure(desk, world.wechat.service, { encodingAESKey: right });
  await act({ type: 'text', content: '换回来了' });

  expect(await desk.pull()).toEqual({ stored: 1, duplicates: 0, quarantined: 1 });
  const [kept] = await desk.db.inbox.quarantined(appid, 0, 10);
  expect(kept?.reason).toMatch(/^callback\//);
  expect(await desk.pull()).toEqual({ stored: 0, duplicates: 0, quarantined: 0 });
  expect(await desk.conversations.retryQuarantine(appid)).toBe(0);
});

it('opens with the key of before what was sealed before the change', async () => {
  const before = await desk.accounts.serverSetting(appid, 'aes-key');
  await act({ type: 'text', content: '还在路上' });
  await desk.secrets.set({ kind: 'previous-aes-key', appid }, before);
  await desk.secrets.set({ kind: 'encoding-aes-key', appid }, newEncodingAESKey());

  expect(await desk.pull()).toMatchObject({ stored: 1, quarantined: 0 });
});

it('recovers from quarantine once the right key is stored, in place and once', async () => {
  const wrong = newEncodingAESKey();
  const right = await desk.accounts.serverSetting(appid, 'aes-key');
  await desk.secrets.set({ kind: 'encoding-aes-key', appid }, wrong);
  await act({ type: 'text', content: '钥匙不对' });
  expect(await desk.pull()).toMatchObject({ stored: 0, quarantined: 1 });
  await desk.secrets.set({ kind: 'encoding-aes-key', appid }, right);

  expect(await desk.conversations.retryQuarantine(appid)).toBe(1);
  expect(await desk.conversations.retryQuarantine(appid)).toBe(0);
  expect((await messages()).map(({ body }) => body.content)).toEqual([{ kind: 'text', text: '钥匙不对' }]);
  expect(await desk.db.inbox.quarantined(appid, 0, 10)).toEqual([]);
});

it('keeps in quarantine what belongs to no account of this desktop', async () => {
  const [link] = await desk.accounts.links();
  const item = {
    seq: 99,
    kind: 'message' as const,
    appid: 'wxffffffffffffffff',
    receivedAt: world.now,
    query: {},
    encrypted: true,
    body: '<xml/>',
  };
  expect(await desk.conversations.ingest(link?.id ?? '', [item])).toEqual({
    stored: 0,
    duplicates: 0,
    quarantined: 1,
  });
  expect(await desk.db.inbox.quarantined('wxffffffffffffffff', 0, 10)).toMatchObject([
    { item, reason: 'account/not-found' },
  ]);
});

it('keeps a hostile body in quarantine and stores the message behind it', async () => {
  await act({ type: 'text', content: 'good' });
  const [link] = await desk.accounts.links();
  if (!link) throw new Error('no link');
  const { items } = await world.api.feed(link, 0, 0, 10, new AbortController().signal);
  const [good] = items;
  if (!good) throw new Error('no item');
  const hostile = [
    '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
    '<xml><a>',
    '<a>'.repeat(500),
    '',
    'x'.repeat(300_000),
  ].map((body, index) => ({ ...good, seq: 1000 + index, body }) as PulledItem);

  expect(await desk.conversations.ingest(link.id, [...hostile, { ...good, seq: 2000 }])).toEqual({
    stored: 1,
    duplicates: 0,
    quarantined: hostile.length,
  });
});

it('stores what came with a message that the database cannot take, and keeps that one apart', async () => {
  await act({ type: 'text', content: 'one' });
  await act({ type: 'text', content: 'two' });
  await act({ type: 'text', content: 'three' });
  const raw = openConnection({ path: `${desk.folder}/desk.db`, key: KEY });
  raw.write((db) =>
    db.run(
      `CREATE TRIGGER refuse BEFORE INSERT ON messages WHEN new.content LIKE '%two%' BEGIN SELECT raise(ABORT, 'no'); END`,
    ),
  );

  expect(await desk.pull()).toEqual({ stored: 2, duplicates: 0, quarantined: 1 });
  expect(await desk.pull()).toEqual({ stored: 0, duplicates: 0, quarantined: 0 });
  raw.write((db) => db.run('DROP TRIGGER refuse'));
  raw.close();
  expect(await desk.conversations.retryQuarantine(appid)).toBe(1);
  expect(await messages()).toHaveLength(3);
});

it('stores nothing and moves no cursor while the disk is full', async () => {
  await act({ type: 'text', content: '字'.repeat(600) });
  const [link] = await desk.accounts.links();
  await desk.stop();
  const pages = Math.ceil((await stat(`${desk.folder}/desk.db`)).size / 4096);
  const full = world.desk({ maxPages: pages });
  await full.db.meta.set('fill', 'x'.repeat(4096 * 3)).catch(() => undefined);
  const attempt = () => full.pull();
  let refused: unknown = null;
  for (let n = 0; refused === null && n < 50; n += 1) {
    await act({ type: 'text', content: '满'.repeat(600) });
    refused = await attempt().then(
      () => null,
      (error: unknown) => error,
    );
  }
  expect(refused).toMatchObject({ code: 'db/disk-full' });
  const before = (await full.accounts.links()).find(({ id }) => id === link?.id)?.cursor;
  await full.stop();

  const roomy = world.desk();
  expect((await roomy.pull()).stored).toBeGreaterThan(0);
  expect((await roomy.accounts.links())[0]?.cursor).toBeGreaterThan(before ?? 0);
  const shown = await world.control('GET', `/accounts/${appid}/followers/${who}/phone`);
  const written = (shown as unknown as { from: string }[]).filter(({ from }) => from === 'follower').length;
  expect(await messages(roomy)).toHaveLength(written);
});

it('fetches pictures in the background and keeps them sealed on the disk', async () => {
  await act({ type: 'image' });
  await desk.pull();
  await desk.media.idle();

  const [message] = await messages();
  expect(message?.media).toMatchObject({
    state: 'ready',
    mime: expect.stringMatching(/^image\//) as unknown,
  });
  const id = message?.media.url?.replace('app://media/', '') ?? '';
  const { bytes, mime } = await desk.media.read(id);
  expect(mime).toBe(message?.media.mime);
  expect(bytes.byteLength).toBe(message?.media.bytes);
  expect(desk.topics('conversations.changed').at(-1)?.message?.media.state).toBe('ready');
});

it('calls a picture expired that WeChat no longer keeps', async () => {
  await act({ type: 'image' });
  await world.advance(4 * 86_400);
  await desk.pull();
  await desk.media.idle();
  expect((await messages())[0]?.media.state).toBe('expired');
});

it('goes on with a picture whose download was under way when the app ended', async () => {
  await world.network.cut();
  await act({ type: 'image' });
  await desk.pull();
  await desk.media.stop();
  expect((await messages())[0]?.media.state).toBe('pending');

  await world.network.mend();
  const restarted = world.desk();
  await restarted.media.resumePending();
  await restarted.media.idle();
  expect((await messages(restarted))[0]?.media.state).toBe('ready');
});

it('[S3.12] opens a full window with each message of the follower', async () => {
  await act({ type: 'text', content: 'first' });
  await desk.pull();
  await desk.send(appid, who, 'one');
  await world.advance(3600);
  await act({ type: 'text', content: 'second' });
  await desk.pull();

  const state = windowState((await desk.conversations.get(appid, who)).window, world.now);
  expect(state).toMatchObject({ open: true, remaining: 5, secondsLeft: 48 * 3600 });
});
