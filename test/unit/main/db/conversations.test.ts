import { expect, it } from 'vitest';
import type { ConversationQuery } from '#main/db/port/conversations';
import type { Database } from '#main/db/port/database';
import type { NewOutbound } from '#main/db/port/outbox';
import { APPID, commit, detail, inbound, openidOf, text } from './fixture';
import { useDatabase } from './use-database';

const NOW = 1_790_000_000;
const HOUR = 3600;
const [ANN, BEN, CAI, DAN] = [1, 2, 3, 4].map(openidOf) as [string, string, string, string];
let db: Database;
useDatabase((opened) => (db = opened));

async function list(query: Partial<ConversationQuery> = {}): Promise<string[]> {
  const page = await db.conversations.page({
    appid: null,
    filter: 'all',
    order: 'newest',
    offset: 0,
    limit: 100,
    now: NOW,
    ...query,
  });
  expect(page.total).toBeGreaterThanOrEqual(page.rows.length);
  return page.rows.map((row) => row.openid);
}

function outbound(openid: string, clientId: string, patch: Partial<NewOutbound> = {}): NewOutbound {
  return {
    appid: APPID,
    openid,
    clientId,
    at: NOW,
    content: { kind: 'text', text: `to ${openid}` },
    status: 'sending',
    failure: null,
    retryOf: null,
    mediaId: null,
    ...patch,
  };
}
const failed = { status: 'failed', failure: { code: 'send/window-closed' }, event: null } as const;
const sent = { status: 'sent', failure: null, event: { type: 'sent', at: NOW } } as const;

it('filters and orders conversations as the inbox asks', async () => {
  await commit(
    db,
    inbound(ANN, NOW - 47 * HOUR, text('closing soon')),
    inbound(BEN, NOW - 50 * HOUR, text('closed')),
    inbound(CAI, NOW - 1 * HOUR, text('fresh')),
    inbound(DAN, NOW - 30 * HOUR, text('answered')),
  );
  await db.outbox.insert(outbound(DAN, 'd1', { at: NOW - 29 * HOUR }));
  await db.outbox.settle('d1', { ...sent, event: { type: 'sent', at: NOW - 29 * HOUR } });
  await db.conversations.setStarred(APPID, BEN, true, NOW);

  expect(await list()).toEqual([CAI, DAN, ANN, BEN]);
  expect(await list({ order: 'closing-first' })).toEqual([ANN, DAN, CAI, BEN]);
  expect(await list({ order: 'closing-first', offset: 2, limit: 2 })).toEqual([CAI, BEN]);
  expect(await list({ order: 'closing-first', offset: 3 })).toEqual([BEN]);
  expect(await list({ filter: 'needs-reply' })).toEqual([CAI, ANN, BEN]);
  expect(await list({ filter: 'closing-soon' })).toEqual([ANN]);
  expect(await list({ filter: 'closed' })).toEqual([BEN]);
  expect(await list({ filter: 'closed', now: NOW + 2 * HOUR })).toEqual([ANN, BEN]);
  expect(await list({ filter: 'starred' })).toEqual([BEN]);
  expect(await list({ filter: 'failed' })).toEqual([]);
  expect(await list({ appid: 'wxffffffffffffffff' })).toEqual([]);
});

it('counts a used-up window as closed', async () => {
  await commit(db, inbound(ANN, NOW, text('hello')));
  for (const n of [1, 2, 3, 4, 5]) {
    await db.outbox.insert(outbound(ANN, `m${String(n)}`));
    await db.outbox.settle(`m${String(n)}`, sent);
  }

  expect(await list({ filter: 'closed' })).toEqual([ANN]);
  expect((await db.conversations.get(APPID, ANN))?.window.grant).toMatchObject({ remaining: 0, quota: 5 });
});

it('answers the same row to a repeated client id', async () => {
  await commit(db, inbound(ANN, NOW, text('hello')));
  const first = await db.outbox.insert(outbound(ANN, 'once'));
  const second = await db.outbox.insert(
    outbound(ANN, 'once', { content: { kind: 'text', text: 'changed' } }),
  );

  expect([first.created, second.created]).toEqual([true, false]);
  expect(second.message).toEqual(first.message);
  expect(first.message.id).toBe('once');
});

it('settles a message once', async () => {
  await commit(db, inbound(ANN, NOW, text('hello')));
  await db.outbox.insert(outbound(ANN, 'm'));
  await db.outbox.settle('m', sent);
  const again = await db.outbox.settle('m', failed);

  expect(again.body).toMatchObject({ status: 'sent' });
  expect((await db.conversations.get(APPID, ANN))?.window.grant?.remaining).toBe(4);
});

it('shows a failed message until it is tried again, and the new attempt by its own outcome', async () => {
  await commit(db, inbound(ANN, NOW, text('hello')));
  await db.outbox.insert(outbound(ANN, 'm'));
  await db.outbox.settle('m', failed);
  expect(await list({ filter: 'failed' })).toEqual([ANN]);

  await db.outbox.insert(outbound(ANN, 'again', { retryOf: 'm' }));
  expect(await list({ filter: 'failed' })).toEqual([]);
  await db.outbox.settle('again', { ...failed, status: 'unknown' });
  expect(await list({ filter: 'failed' })).toEqual([ANN]);
});

it('waits for an answer to what came in while the answer to the message before was under way', async () => {
  await commit(db, inbound(ANN, NOW, text('first')));
  await db.outbox.insert(outbound(ANN, 'm'));
  await commit(db, inbound(ANN, NOW + 1, text('second')));
  await db.outbox.settle('m', sent);
  expect((await db.conversations.get(APPID, ANN))?.needsReply).toBe(true);

  await db.outbox.insert(outbound(ANN, 'n'));
  await db.outbox.settle('n', sent);
  expect((await db.conversations.get(APPID, ANN))?.needsReply).toBe(false);
  expect((await db.accounts.get(APPID))?.needsReply).toBe(0);
});

it('calls a message unknown that a crash left on its way, and lets it count as perhaps used', async () => {
  await commit(db, inbound(ANN, NOW, text('hello')));
  await db.outbox.insert(outbound(ANN, 'm'));
  const [recovered] = await db.outbox.recover(NOW + 60);

  expect(recovered?.body).toMatchObject({ status: 'unknown', failure: { code: 'send/interrupted' } });
  expect((await db.conversations.get(APPID, ANN))?.window.grant).toMatchObject({
    remaining: 5,
    uncertain: 1,
  });
  expect(await db.outbox.recover(NOW + 61)).toEqual([]);
});

it('hands out what is queued in order, once, and gives back what cannot leave', async () => {
  await commit(db, inbound(ANN, NOW, text('hello')));
  const offline = { status: 'queued', failure: { code: 'send/queued-offline' } } as const;
  await db.outbox.insert(outbound(ANN, 'a', offline));
  await db.outbox.insert(outbound(ANN, 'b', offline));
  expect((await db.outbox.queued(10)).map(({ message }) => message.id)).toEqual(['a', 'b']);
  expect(await db.outbox.hasQueued(APPID, ANN)).toBe(true);

  expect((await db.outbox.claim('a'))?.message.body).toMatchObject({ status: 'sending', failure: null });
  expect(await db.outbox.claim('a')).toBeNull();
  await db.outbox.settle('a', { ...offline, event: null });
  expect((await db.outbox.queued(10)).map(({ message }) => message.id)).toEqual(['a', 'b']);
});

it('takes a cancelled message away and shows the one before', async () => {
  await commit(db, inbound(ANN, NOW, text('hello')));
  await db.outbox.insert(outbound(ANN, 'a', { status: 'queued' }));

  expect(await db.outbox.cancel(APPID, BEN, 'a')).toBe(false);
  expect(await db.outbox.cancel(APPID, ANN, 'a')).toBe(true);
  expect(await db.outbox.cancel(APPID, ANN, 'a')).toBe(false);
  expect((await db.conversations.get(APPID, ANN))?.last?.body.direction).toBe('in');
});

it('lists someone with only a draft or a star for as long as it is there', async () => {
  await db.followers.saveDetails(APPID, [detail(ANN)], NOW);
  await db.conversations.setDraft(APPID, ANN, '您好', NOW);
  expect(await list()).toEqual([ANN]);
  expect(await db.conversations.get(APPID, ANN)).toMatchObject({ draft: '您好', last: null });

  await db.conversations.setDraft(APPID, ANN, '', NOW);
  expect(await list()).toEqual([]);
});

it('reads messages by window, newest first', async () => {
  await commit(db, ...Array.from({ length: 7 }, (_, n) => inbound(ANN, NOW + n, text(String(n)))));
  const first = await db.conversations.messages(APPID, ANN, null, 3);
  const second = await db.conversations.messages(APPID, ANN, first.messages.at(-1)?.seq ?? 0, 4);

  const words = [...first.messages, ...second.messages].map(({ body }) =>
    body.content.kind === 'text' ? body.content.text : '',
  );
  expect(words).toEqual(['6', '5', '4', '3', '2', '1', '0']);
  expect([first.more, second.more]).toEqual([true, false]);
});

it('marks as left whom an error shows to have left, and as back who writes again', async () => {
  await commit(db, inbound(ANN, NOW, text('hello')));
  await db.outbox.insert(outbound(ANN, 'm'));
  const refusal = { type: 'correction', errcode: 43004, at: NOW + 5 } as const;
  await db.outbox.settle('m', { ...failed, event: refusal });
  expect(await db.followers.get(APPID, ANN)).toMatchObject({ following: false, unsubscribedAt: NOW + 5 });

  await commit(db, inbound(ANN, NOW + 9, text('back')));
  expect(await db.followers.get(APPID, ANN)).toMatchObject({ following: true });
});

it('folds windows again once per set of rules, in steps, and goes on after a stop', async () => {
  await commit(db, ...[ANN, BEN, CAI].map((who) => inbound(who, NOW, text('hi'))));

  expect(await db.conversations.refold('rules-1', 2)).toBe(true);
  expect(await db.conversations.refold('rules-1', 2)).toBe(false);
  expect(await db.meta.get('window-rules')).toBe('rules-1');
  expect(await db.conversations.refold('rules-1', 2)).toBe(false);
  expect((await db.conversations.get(APPID, ANN))?.window.grant?.remaining).toBe(5);
});

it('keeps what could not be opened, once per item, until it is released', async () => {
  await db.accounts.saveLink({ id: 'link', url: 'https://relay.example' });
  const item = { seq: 3, kind: 'message', appid: APPID, body: '<xml/>' };
  const entry = { seq: 3, appid: APPID, item, reason: 'callback/wrong-key' };
  const batch = {
    linkId: 'link',
    inbound: [],
    quarantined: [entry],
    cursor: 3,
  };
  await db.inbox.commit(batch);
  await db.inbox.commit(batch);

  const kept = await db.inbox.quarantined(APPID, 0, 10);
  expect(kept).toEqual([{ id: 1, ...entry }]);
  await db.inbox.release([1]);
  expect(await db.inbox.quarantined(APPID, 0, 10)).toEqual([]);
});
