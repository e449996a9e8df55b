import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Message } from '#shared/ipc/models';
import { pictureBytes } from './pictures';
import { CUSTOM_SEND, World, type Desk } from './desk';
import { codeOf } from './voice/samples';

const DAY = 86_400;
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
  await act({ type: 'text', content: '在吗' });
  await desk.pull();
});
afterEach(() => world.close());

const act = (input: object) => world.control('POST', `/accounts/${appid}/followers/${who}/act`, { ...input });
const outcome = ({ body }: Message) =>
  body.direction === 'out'
    ? { status: body.status, code: body.failure?.code ?? null, errcode: body.failure?.errcode ?? null }
    : null;
const window = async () => (await desk.conversations.get(appid, who)).window;
const stored = async (id: string, target: Desk = desk) => {
  const { messages } = await target.conversations.messages({ appid, openid: who, before: null, limit: 100 });
  const found = messages.find((message) => message.id === id);
  if (!found) throw new Error('no such message');
  return found;
};
const phoneTexts = async () =>
  (await world.received(appid, who)).map((bubble) => (bubble['body'] as { content?: string }).content);

it('[S1.14][S3.9] answers through the customer-service API; the row is sending, then sent, never more', async () => {
  const message = await desk.send(appid, who, '在的，您说');

  expect(outcome(message)).toEqual({ status: 'sent', code: null, errcode: null });
  expect(await phoneTexts()).toEqual(['在的，您说']);
  expect(await window()).toMatchObject({ grant: { remaining: 4 } });
  expect((await desk.conversations.get(appid, who)).needsReply).toBe(false);
  const seen = desk
    .topics('conversations.changed')
    .flatMap(({ message: one }) => (one?.id === message.id ? [outcome(one)?.status] : []));
  expect(seen).toEqual(['sending', 'sent']);
});

it('sends once per client id, however often it is asked', async () => {
  const clientId = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => desk.send(appid, who, '只发一次', clientId)));
  const later = await desk.send(appid, who, '只发一次', clientId);

  expect(new Set([...answers, later].map(({ id }) => id))).toEqual(new Set([clientId]));
  expect(await phoneTexts()).toEqual(['只发一次']);
  expect(outcome(later)?.status).toBe('sent');
});

it('keeps the order of messages that are sent at once', async () => {
  const words = ['一', '二', '三', '四', '五'];
  await Promise.all(words.map((word) => desk.send(appid, who, word)));
  expect(await phoneTexts()).toEqual(words);
});

it('[S3.11] refuses without a call when the count is used up, and when the time is over', async () => {
  for (let n = 0; n < 5; n += 1) await desk.send(appid, who, String(n));
  const sixth = await desk.send(appid, who, '第六条');
  expect(outcome(sixth)).toMatchObject({ status: 'failed', code: 'send/window-closed' });

  await act({ type: 'text', content: '再问一句' });
  await desk.pull();
  await world.advance(2 * DAY);
  const late = await desk.send(appid, who, '太晚了');
  expect(outcome(late)).toMatchObject({ status: 'failed', code: 'send/window-closed' });
  expect(late.body).toMatchObject({ failure: { params: { reason: 'time' } } });
  expect(await world.calls(CUSTOM_SEND)).toHaveLength(5);
});

it('[S3.13] keeps a failed message in its place with its reason, and tries it again as a new one', async () => {
  await world.fault(CUSTOM_SEND, { errcode: 45009 });
  const failed = await desk.send(appid, who, '没发出去');
  expect(outcome(failed)).toMatchObject({ status: 'failed', errcode: 45009 });
  expect((await desk.conversations.get(appid, who)).hasFailed).toBe(true);

  const again = await desk.conversations.resend({
    appid,
    openid: who,
    messageId: failed.id,
    clientId: randomUUID(),
  });
  expect(outcome(again)?.status).toBe('sent');
  expect(again.body).toMatchObject({ retryOf: failed.id });
  expect(outcome(await stored(failed.id))?.status).toBe('failed');
  expect((await desk.conversations.get(appid, who)).hasFailed).toBe(false);
  expect(
    await codeOf(
      desk.conversations.resend({ appid, openid: who, messageId: again.id, clientId: randomUUID() }),
    ),
  ).toBe('conversation/not-found');
});

it('calls a message unknown whose answer got lost, counts it as perhaps used, and never repeats it by itself', async () => {
  await world.fault(CUSTOM_SEND, { drop: 'after' });
  const message = await desk.send(appid, who, '到底到了没有');

  expect(outcome(message)).toMatchObject({ status: 'unknown', code: 'send/unknown-outcome' });
  expect(await window()).toMatchObject({ grant: { remaining: 5, uncertain: 1 } });
  await desk.conversations.flushQueue();
  const restarted = world.desk();
  await restarted.conversations.recover();
  expect(await phoneTexts()).toEqual(['到底到了没有']);
  expect(await world.calls(CUSTOM_SEND)).toHaveLength(1);
});

it('calls messages unknown that a crash left on their way', async () => {
  const clientId = randomUUID();
  await desk.db.outbox.insert({
    appid,
    openid: who,
    clientId,
    at: world.now,
    content: { kind: 'text', text: '断电前' },
    status: 'sending',
    failure: null,
    retryOf: null,
    mediaId: null,
  });
  const restarted = world.desk();
  await restarted.conversations.recover();

  expect(outcome(await stored(clientId, restarted))).toMatchObject({
    status: 'unknown',
    code: 'send/interrupted',
  });
  expect(await world.calls(CUSTOM_SEND)).toEqual([]);
});

it('[S1.10] marks as left whom a look-up after 43004 shows to have left, and sends nothing more', async () => {
  await world.control('POST', `/accounts/${appid}/server`, {}).catch(() => undefined);
  await fetch(`${world.wechat.origin}/__sandbox/accounts/${appid}/server`, { method: 'DELETE' });
  await world.advance(60);
  await act({ type: 'unsubscribe' });
  await world.fault(CUSTOM_SEND, { errcode: 43004, errmsg: 'require subscribe' });
  const message = await desk.send(appid, who, '还在吗');

  expect(outcome(message)).toMatchObject({ status: 'failed', errcode: 43004 });
  expect(await desk.followers.get(appid, who)).toMatchObject({ following: false });
  const next = await desk.send(appid, who, '再试一次');
  expect(outcome(next)).toMatchObject({ status: 'failed', code: 'send/not-following' });
  expect(await world.calls(CUSTOM_SEND)).toHaveLength(1);
  const { entries } = await desk.followers.timeline({ appid, openid: who, before: null, limit: 10 });
  expect(entries.filter(({ kind }) => kind === 'unfollowed')).toHaveLength(1);
  // What was refused is no reply.
  expect(entries.filter(({ kind }) => kind === 'message-out')).toEqual([]);
});

it('[S1.10] shows the account as the cause of 43004 when the follower still follows', async () => {
  await world.advance(60);
  await world.fault(CUSTOM_SEND, { errcode: 43004, errmsg: 'require subscribe' });
  const message = await desk.send(appid, who, '您好');

  expect(outcome(message)).toMatchObject({ status: 'failed', errcode: 43004 });
  expect(message.body).toMatchObject({ failure: { params: { stillFollowing: 1 } } });
  expect(await desk.followers.get(appid, who)).toMatchObject({ following: true });
  expect((await window()).grant).toMatchObject({ remaining: 5 });
});

it.each([
  [45015, { closedByWeChat: true }, 'send/window-closed'],
  [45047, { grant: { remaining: 0 } }, 'send/window-closed'],
  [48002, { refusing: true }, 'send/refusing'],
  [43019, { blocked: true }, 'send/blocked'],
])('takes the word of WeChat in %i for the window', async (errcode, record, code) => {
  await world.fault(CUSTOM_SEND, { errcode });
  expect(outcome(await desk.send(appid, who, '您好'))).toMatchObject({ status: 'failed', errcode });
  expect(await window()).toMatchObject(record);

  expect(outcome(await desk.send(appid, who, '再来'))).toMatchObject({ status: 'failed', code });
  expect(await world.calls(CUSTOM_SEND)).toHaveLength(1);
});

it('queues what surely did not leave, and sends it in order when the network is back', async () => {
  await world.network.cut();
  const first = await desk.send(appid, who, '第一条');
  const second = await desk.send(appid, who, '第二条');
  expect([first, second].map(outcome)).toEqual([
    { status: 'queued', code: 'send/queued-offline', errcode: null },
    { status: 'queued', code: 'send/queued-offline', errcode: null },
  ]);
  await desk.conversations.flushQueue();
  expect(outcome(await stored(first.id))?.status).toBe('queued');

  await world.network.mend();
  await desk.conversations.flushQueue();
  expect(await phoneTexts()).toEqual(['第一条', '第二条']);
  expect([outcome(await stored(first.id))?.status, outcome(await stored(second.id))?.status]).toEqual([
    'sent',
    'sent',
  ]);
});

it('sends by itself what is queued, some time after the network is back', async () => {
  await world.network.cut();
  const message = await desk.send(appid, who, '等网络');
  await world.network.mend();

  await vi.waitFor(async () => expect(outcome(await stored(message.id))?.status).toBe('sent'), {
    timeout: 15_000,
    interval: 100,
  });
  expect(await phoneTexts()).toEqual(['等网络']);
});

it('checks what is queued against the window when it leaves, keeps the order, and fails what is too late with the reason', async () => {
  const queue = (text: string) =>
    desk.db.outbox.insert({
      appid,
      openid: who,
      clientId: text,
      at: world.now,
      content: { kind: 'text', text },
      status: 'queued',
      failure: { code: 'send/queued-offline' },
      retryOf: null,
      mediaId: null,
    });
  for (let n = 1; n <= 6; n += 1) await queue(`queued-${String(n)}`);
  const behind = await desk.send(appid, who, '排在后面');
  expect(outcome(behind)?.status).toBe('queued');

  await desk.conversations.flushQueue();
  expect(await phoneTexts()).toEqual(['queued-1', 'queued-2', 'queued-3', 'queued-4', 'queued-5']);
  expect(outcome(await stored('queued-6'))).toMatchObject({ status: 'failed', code: 'send/window-closed' });
  expect(outcome(await stored(behind.id))).toMatchObject({ status: 'failed', code: 'send/window-closed' });
});

it('takes a queued message back before it leaves, and not after', async () => {
  await desk.db.outbox.insert({
    appid,
    openid: who,
    clientId: 'queued',
    at: world.now,
    content: { kind: 'text', text: 'no' },
    status: 'queued',
    failure: null,
    retryOf: null,
    mediaId: null,
  });
  await desk.conversations.cancelQueued({ appid, openid: who, messageId: 'queued' });
  await desk.conversations.flushQueue();

  expect(await phoneTexts()).toEqual([]);
  expect(await codeOf(stored('queued'))).not.toBeNull();
});

it('refuses a text that WeChat would cut, before any call', async () => {
  expect(await codeOf(desk.send(appid, who, '字'.repeat(683)))).toBe('send/too-long');
  expect(outcome(await desk.send(appid, who, '字'.repeat(682)))?.status).toBe('sent');
});

it('sends a picture that the owner chose, and the same upload again', async () => {
  const bytes = pictureBytes();
  const staged = await desk.media.stage({ appid, name: 'flower.png', bytes });
  expect(staged).toMatchObject({ mime: 'image/png', bytes: bytes.byteLength });
  const send = () =>
    desk.conversations.send({
      appid,
      openid: who,
      clientId: randomUUID(),
      content: { kind: 'image', stagedId: staged.stagedId },
    });
  const first = await send();
  expect(outcome(first)?.status).toBe('sent');
  expect(first.media).toMatchObject({ state: 'ready', mime: 'image/png' });
  await send();

  expect((await world.received(appid, who)).map((bubble) => bubble['type'])).toEqual(['image', 'image']);
  expect(await world.calls('/cgi-bin/media/upload')).toHaveLength(1);
});

it('says that an account without verification cannot write, before any call', async () => {
  await world.control('POST', `/accounts/${appid}/standing`, { verified: false });
  await desk.accounts.reconnect(appid);
  expect(outcome(await desk.send(appid, who, '您好'))).toMatchObject({
    status: 'failed',
    code: 'send/account-cannot',
  });
  expect(await world.calls(CUSTOM_SEND)).toEqual([]);
});

it('keeps a draft and a star over a restart', async () => {
  await desk.conversations.setDraft({ appid, openid: who, text: '写到一半' });
  await desk.conversations.setStarred({ appid, openid: who, starred: true });
  const restarted = world.desk();
  expect(await restarted.conversations.get(appid, who)).toMatchObject({ draft: '写到一半', starred: true });
});
