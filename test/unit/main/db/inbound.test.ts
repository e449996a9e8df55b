import { expect, it } from 'vitest';
import type { Database } from '#main/db/port/database';
import { APPID, commit, inbound, openidOf, subscribe, text, unsubscribe } from './fixture';
import { useDatabase } from './use-database';

const NOW = 1_790_000_000;
const WHO = openidOf(1);
let db: Database;
useDatabase((opened) => (db = opened));

const conversation = async () => {
  const found = await db.conversations.get(APPID, WHO);
  if (!found) throw new Error('no conversation');
  return found;
};

it('stores message, follower, window and counters in one commit', async () => {
  const item = inbound(WHO, NOW, text('你好，还有茉莉吗'));
  const result = await commit(db, item);

  expect(result.stored).toHaveLength(1);
  expect(result.unknownFollowers).toEqual([{ appid: APPID, openid: WHO }]);
  const stored = await conversation();
  expect(stored).toMatchObject({ unread: 1, needsReply: true, lastAt: NOW, following: true });
  expect(stored.last?.body).toMatchObject({ direction: 'in', content: { kind: 'text' } });
  expect(stored.window.grant).toMatchObject({ trigger: 'message', remaining: 5, expiresAt: NOW + 48 * 3600 });
  const follower = await db.followers.get(APPID, WHO);
  expect(follower).toMatchObject({ firstWords: '你好，还有茉莉吗', firstContactAt: NOW, lastMessageAt: NOW });
  expect(await db.accounts.get(APPID)).toMatchObject({ followers: 1, unread: 1, needsReply: 1 });
});

it('keeps one message of a redelivered push', async () => {
  const item = inbound(WHO, NOW, text('你好'));
  await commit(db, item);
  const again = await commit(db, item, item);

  expect(again).toMatchObject({ stored: [], duplicates: 2 });
  expect((await conversation()).unread).toBe(1);
  expect((await db.conversations.messages(APPID, WHO, null, 10)).messages).toHaveLength(1);
});

it('[S2.15] keeps the record of someone who left, and logs follow and unfollow', async () => {
  await commit(db, inbound(WHO, NOW, subscribe('spring_sale')));
  await commit(db, inbound(WHO, NOW + 5, text('hello')));
  await commit(db, inbound(WHO, NOW + 60, unsubscribe));

  const follower = await db.followers.get(APPID, WHO);
  expect(follower).toMatchObject({
    following: false,
    subscribedAt: NOW,
    unsubscribedAt: NOW + 60,
    qrScene: 'spring_sale',
    firstWords: 'hello',
  });
  expect(follower?.window).toMatchObject({ following: false, grant: null });
  const { entries } = await db.followers.timeline(APPID, WHO, null, 10);
  expect(entries.map(({ kind, detail }) => [kind, detail])).toEqual([
    ['unfollowed', null],
    ['message-in', 'hello'],
    ['followed', 'spring_sale'],
  ]);
  expect((await db.accounts.get(APPID))?.followers).toBe(0);
});

it('lets a late unsubscribe from before the last follow change nothing', async () => {
  await commit(db, inbound(WHO, NOW + 100, subscribe()));
  await commit(db, inbound(WHO, NOW + 50, unsubscribe));

  const follower = await db.followers.get(APPID, WHO);
  expect(follower?.following).toBe(true);
  expect(follower?.window.grant).toMatchObject({ trigger: 'subscribe', expiresAt: NOW + 160 });
});

it('folds the log again when a message arrives after one that is newer', async () => {
  await commit(db, inbound(WHO, NOW + 100, text('second')));
  await commit(db, inbound(WHO, NOW, text('first')));

  expect((await conversation()).window.grant).toMatchObject({ grantedAt: NOW + 100, remaining: 5 });
});

it('keeps events that concern the account out of the followers', async () => {
  const result = await commit(
    db,
    inbound(WHO, NOW, { kind: 'event', event: { name: 'verify_expired', time: NOW, reason: null } }),
  );

  expect(result).toMatchObject({ stored: [], accounts: [APPID] });
  expect(await db.accounts.get(APPID)).toMatchObject({
    verified: false,
    verificationExpiresAt: NOW,
    followers: 0,
  });
  expect(await db.followers.get(APPID, WHO)).toBeNull();
});

it('lists no conversation for someone who only opened a link of the menu', async () => {
  await commit(
    db,
    inbound(WHO, NOW, { kind: 'event', event: { name: 'VIEW', url: 'https://example.com/', menuId: null } }),
  );
  const page = await db.conversations.page({
    appid: null,
    filter: 'all',
    order: 'newest',
    offset: 0,
    limit: 10,
    now: NOW,
  });

  expect(page.total).toBe(0);
  expect((await db.followers.timeline(APPID, WHO, null, 10)).entries).toMatchObject([{ kind: 'menu' }]);
});

it('stores nothing of a batch when one item of it cannot be stored', async () => {
  await db.accounts.saveLink({ id: 'link', url: 'https://relay.example' });
  const good = inbound(WHO, NOW, text('good'));
  const foreign = inbound(WHO, NOW, text('foreign'), 'wxffffffffffffffff');
  const batch = { linkId: 'link', inbound: [good, foreign], quarantined: [], cursor: 9 };

  await expect(db.inbox.commit(batch)).rejects.toMatchObject({ code: 'account/not-found' });
  expect(await db.followers.get(APPID, WHO)).toBeNull();
  expect(await db.accounts.links()).toEqual([{ id: 'link', url: 'https://relay.example', cursor: 0 }]);
});

it('moves the cursor of the link with the batch, never back', async () => {
  await db.accounts.saveLink({ id: 'link', url: 'https://relay.example' });
  const at = (cursor: number) => db.inbox.commit({ linkId: 'link', inbound: [], quarantined: [], cursor });
  await at(7);
  await at(5);

  expect(await db.accounts.links()).toMatchObject([{ cursor: 7 }]);
});
