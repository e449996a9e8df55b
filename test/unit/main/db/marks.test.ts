import { beforeEach, expect, it } from 'vitest';
import type { ConversationQuery } from '#main/db/port/conversations';
import type { Database } from '#main/db/port/database';
import { APPID, commit, inbound, openidOf, subscribe, text } from './fixture';
import { useDatabase } from './use-database';

const NOW = 1_790_000_000;
const HOUR = 3600;
const DAY = 86_400;
const [ANN, BEN, CAI, DAN] = [1, 2, 3, 4].map(openidOf) as [string, string, string, string];
let db: Database;
useDatabase((opened) => (db = opened));
beforeEach(async () => {
  await commit(
    db,
    inbound(ANN, NOW - 47 * HOUR, text('closing soon')),
    inbound(BEN, NOW - 50 * HOUR, text('closed')),
    inbound(CAI, NOW - 1 * HOUR, text('fresh')),
    inbound(DAN, NOW - 30 * HOUR, text('yesterday')),
  );
});

async function list(
  filter: ConversationQuery['filter'] = 'active',
  query: Partial<ConversationQuery> = {},
): Promise<string[]> {
  const page = await db.conversations.page({
    ...{ appid: null, filter, order: 'newest', offset: 0, limit: 100, now: NOW },
    ...query,
  });
  if (query.limit === undefined) expect(page.total).toBe(page.rows.length + (query.offset ?? 0));
  return page.rows.map((row) => row.openid);
}

it('keeps what is pinned on top of every order and filter', async () => {
  await db.marks.setPinned(APPID, BEN, true, NOW);
  await db.marks.setPinned(APPID, DAN, true, NOW);

  expect(await list()).toEqual([DAN, BEN, CAI, ANN]);
  expect(await list('active', { order: 'closing-first' })).toEqual([DAN, BEN, ANN, CAI]);
  expect(await list('all')).toEqual([DAN, BEN, CAI, ANN]);
  expect(await list('needs-reply')).toEqual([DAN, BEN, CAI, ANN]);
  expect(await list('closed')).toEqual([BEN]);
  expect(await list('active', { offset: 1, limit: 2 })).toEqual([BEN, CAI]);
  expect(await list('active', { order: 'closing-first', offset: 1, limit: 2 })).toEqual([BEN, ANN]);

  await db.marks.setPinned(APPID, DAN, false, NOW);
  expect(await list()).toEqual([BEN, CAI, DAN, ANN]);
});

it('takes what is done out of every queue until the person writes again', async () => {
  await db.marks.setDone(APPID, ANN, true, NOW);

  expect(await list()).toEqual([CAI, DAN, BEN]);
  for (const filter of ['needs-reply', 'closing-soon', 'closed', 'failed'] as const)
    expect(await list(filter)).not.toContain(ANN);
  expect(await list('done')).toEqual([ANN]);
  expect(await list('all')).toEqual([CAI, DAN, ANN, BEN]);
  expect(await db.accounts.get(APPID)).toMatchObject({ unread: 3, needsReply: 3 });

  await commit(db, inbound(ANN, NOW, text('one more thing')));
  expect(await list()).toEqual([ANN, CAI, DAN, BEN]);
  expect(await list('done')).toEqual([]);
  expect(await db.accounts.get(APPID)).toMatchObject({ unread: 5, needsReply: 4 });
});

it('leaves what is done alone when the person only taps or scans', async () => {
  await db.marks.setDone(APPID, ANN, true, NOW);
  await commit(db, inbound(ANN, NOW, subscribe()));
  expect(await list('done')).toEqual([ANN]);
});

it('brings a conversation back when a message to it failed, so that nobody overlooks it', async () => {
  await db.outbox.insert({
    ...{ appid: APPID, openid: ANN, clientId: 'm', at: NOW, content: { kind: 'text', text: 'yes' } },
    ...{ status: 'sending', failure: null, retryOf: null, mediaId: null },
  });
  await db.marks.setDone(APPID, ANN, true, NOW);
  await db.outbox.settle('m', { status: 'failed', failure: { code: 'send/window-closed' }, event: null });

  expect(await list('failed')).toEqual([ANN]);
  expect(await list()).toContain(ANN);
});

it('takes what is snoozed out of the inbox and lists it by what comes back first', async () => {
  await db.marks.snooze(APPID, CAI, NOW + 2 * DAY, NOW);
  await db.marks.snooze(APPID, ANN, NOW + DAY, NOW);

  expect(await list()).toEqual([DAN, BEN]);
  expect(await list('snoozed')).toEqual([ANN, CAI]);
  expect(await list('snoozed', { order: 'closing-first' })).toEqual([ANN, CAI]);
  expect(await db.accounts.get(APPID)).toMatchObject({ unread: 2, needsReply: 2 });
  expect(await db.marks.nextReturn()).toBe(NOW + DAY);
});

it('brings what was snoozed back at its time, above what is older, and says so until something happens', async () => {
  await db.marks.snooze(APPID, BEN, NOW + HOUR, NOW);
  expect(await db.marks.endSnoozes(NOW + HOUR - 1)).toEqual([]);
  expect(await db.marks.endSnoozes(NOW + HOUR)).toEqual([{ appid: APPID, openid: BEN }]);

  expect(await list()).toEqual([BEN, CAI, DAN, ANN]);
  const back = await db.conversations.get(APPID, BEN);
  expect(back).toMatchObject({ snoozedUntil: null, returnedAt: NOW + HOUR, lastAt: NOW - 50 * HOUR });
  expect(await db.marks.nextReturn()).toBeNull();

  await commit(db, inbound(BEN, NOW + 2 * HOUR, text('hello?')));
  expect((await db.conversations.get(APPID, BEN))?.returnedAt).toBeNull();
});

it('ends a snooze when the person writes, and when it is called off', async () => {
  await db.marks.snooze(APPID, ANN, NOW + DAY, NOW);
  await commit(db, inbound(ANN, NOW, text('now please')));
  expect(await db.conversations.get(APPID, ANN)).toMatchObject({ snoozedUntil: null, returnedAt: null });

  await db.marks.snooze(APPID, BEN, NOW + DAY, NOW);
  await db.marks.snooze(APPID, BEN, null, NOW);
  expect(await list('snoozed')).toEqual([]);
  expect(await list()).toContain(BEN);
});

it('knows only one of done and snoozed at a time', async () => {
  await db.marks.snooze(APPID, ANN, NOW + DAY, NOW);
  await db.marks.setDone(APPID, ANN, true, NOW);
  expect(await db.conversations.get(APPID, ANN)).toMatchObject({ done: true, snoozedUntil: null });
  await db.marks.snooze(APPID, ANN, NOW + DAY, NOW);
  expect(await db.conversations.get(APPID, ANN)).toMatchObject({ done: false, snoozedUntil: NOW + DAY });
});

it('counts what is muted apart, and again when it is not muted any more', async () => {
  await db.marks.setMuted(APPID, ANN, true, NOW);
  expect(await db.accounts.get(APPID)).toMatchObject({ unread: 3, needsReply: 3, needsReplyMuted: 1 });
  await commit(db, inbound(ANN, NOW, text('again')));
  expect(await db.accounts.get(APPID)).toMatchObject({ unread: 3, needsReply: 3, needsReplyMuted: 1 });
  expect(await list('needs-reply')).toContain(ANN);

  await db.marks.setMuted(APPID, ANN, false, NOW);
  expect(await db.accounts.get(APPID)).toMatchObject({ unread: 5, needsReply: 4, needsReplyMuted: 0 });
});

it('counts a conversation that was marked unread as one message', async () => {
  await db.conversations.markRead(APPID, ANN);
  await db.marks.markUnread(APPID, ANN);
  await db.marks.markUnread(APPID, ANN);
  expect((await db.conversations.get(APPID, ANN))?.unread).toBe(1);
  expect((await db.accounts.get(APPID))?.unread).toBe(4);
});

it('lists a person who never wrote as soon as they are pinned, and no longer when they are not', async () => {
  const silent = openidOf(9);
  await commit(
    db,
    inbound(silent, NOW, { kind: 'event', event: { name: 'VIEW', url: 'https://a.cn', menuId: null } }),
  );
  expect(await list('all')).not.toContain(silent);
  await db.marks.setPinned(APPID, silent, true, NOW);
  expect((await list())[0]).toBe(silent);
  await db.marks.setPinned(APPID, silent, false, NOW);
  expect(await list('all')).not.toContain(silent);
});

it('[I5] lists what closes within four hours or with the next reply, soonest first', async () => {
  for (const n of [1, 2, 3, 4]) {
    await db.outbox.insert({
      ...{ appid: APPID, openid: CAI, clientId: `m${n}`, at: NOW, content: { kind: 'text', text: 'yes' } },
      ...{ status: 'sending', failure: null, retryOf: null, mediaId: null },
    });
    await db.outbox.settle(`m${n}`, { status: 'sent', failure: null, event: { type: 'sent', at: NOW } });
  }
  expect(await list('closing-soon', { order: 'closing-first' })).toEqual([ANN, CAI]);
  expect(await list('closing-soon')).toEqual([CAI, ANN]);
});
