import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port/database';
import {
  createConversationMarksService,
  type ConversationMarksService,
} from '#main/services/conversation-marks';
import type { TopicName } from '#shared/ipc/names';
import { silentLogger } from '#shared/log';
import { APPID, commit, inbound, KEY, newAccount, openidOf, temporaryFolder, text } from '../db/fixture';

const NOON = 1_790_000_000;
const [ANN, BEN] = [1, 2].map(openidOf) as [string, string];
let now = NOON;
let path: string;
let db: Database;
let marks: ConversationMarksService;
let told: string[];
let remove: () => Promise<void>;

function start(): Promise<void> {
  marks = createConversationMarksService({
    db,
    clock: { now: () => now },
    logger: silentLogger,
    publish: (topic: TopicName, payload: unknown) => {
      told.push(`${topic} ${JSON.stringify(payload)}`);
    },
  });
  return marks.start();
}

beforeEach(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  path = `${folder.path}/desk.db`;
  db = openInlineDatabase({ path, key: KEY });
  now = NOON;
  told = [];
  await db.accounts.save(newAccount());
  await commit(db, inbound(ANN, NOON, text('one')), inbound(BEN, NOON + 1, text('two')));
  await start();
});
afterEach(async () => {
  vi.useRealTimers();
  await marks.stop();
  await db.close();
  await remove();
});

const snoozedUntil = async (openid: string) => (await db.conversations.get(APPID, openid))?.snoozedUntil;
const changed = (openid: string) => `conversations.changed ${JSON.stringify({ appid: APPID, openid })}`;

it('brings a snoozed conversation back by itself at its time and tells the page', async () => {
  now = Date.now() / 1000;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await marks.snooze({ appid: APPID, openid: ANN, until: now + 100 });
  told = [];
  // The clock of the server goes its own way; a timer is only a reason to look.
  for (const seconds of [60, 40]) {
    now += seconds;
    await vi.advanceTimersByTimeAsync(seconds * 1000);
  }
  vi.useRealTimers();
  await expect.poll(() => snoozedUntil(ANN)).toBeNull();
  await expect.poll(() => told).toContain(changed(ANN));
  expect(told).toContain(`accounts.changed ${JSON.stringify({ appid: APPID })}`);
});

it('brings back at the start what came due while the app was closed', async () => {
  await marks.snooze({ appid: APPID, openid: ANN, until: now + 3600 });
  await marks.snooze({ appid: APPID, openid: BEN, until: now + 7200 });
  await marks.stop();
  await db.close();

  db = openInlineDatabase({ path, key: KEY });
  now += 3600;
  await start();
  expect(await snoozedUntil(ANN)).toBeNull();
  expect(await snoozedUntil(BEN)).toBe(NOON + 7200);
});

it('looks again when the server’s clock is set or the computer woke up', async () => {
  await marks.snooze({ appid: APPID, openid: ANN, until: now + 86_400 });
  now += 86_400;
  marks.timeChanged();
  await expect.poll(() => snoozedUntil(ANN)).toBeNull();
});

it('refuses a snooze until a time that has passed', async () => {
  await expect(marks.snooze({ appid: APPID, openid: ANN, until: now })).rejects.toMatchObject({
    code: 'snooze/past',
  });
  expect(await snoozedUntil(ANN)).toBeNull();
});

it('tells the page of every mark, so that list, chat and badge agree', async () => {
  const who = { appid: APPID, openid: ANN };
  await marks.setPinned({ ...who, pinned: true });
  await marks.setMuted({ ...who, muted: true });
  await marks.setDone({ ...who, done: true });
  await marks.markUnread(who);
  expect(told.filter((line) => line === changed(ANN))).toHaveLength(4);
  expect(await db.conversations.get(APPID, ANN)).toMatchObject({ pinned: true, muted: true, done: true });
});
