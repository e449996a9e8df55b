import { describe, expect, it } from 'vitest';
import { displayName } from '#shared/domain/follower-identity';
import { APPID, newAccount, openidOf, subscribe, text } from '../../db/fixture';
import { HOUR, NOON, OTHER_APPID, withCounter, type Counter } from './counter';

let counter: Counter;
withCounter(
  (fresh) => (counter = fresh),
  () => counter,
);

const one = openidOf(1);
const who = { appid: APPID, openid: one };
const name = (openid: string): string => displayName({ openid, alias: null, remark: '' }, 'zh-CN');

/** A person writes, and the moment of gathering passes. */
async function writes(
  openid: string,
  words: string,
  more: { at?: number; appid?: string } = {},
): Promise<void> {
  await counter.receive({ openid, content: text(words), ...more });
  await counter.pass(1);
}

describe('a new message', () => {
  it('[I12] is told under the placeholder or the shop’s own name, in its own words, and leads to its conversation', async () => {
    await writes(one, '还有\n茉莉吗 /:rose');
    expect(counter.texts()).toEqual([`${name(one)} | 还有 茉莉吗 🌹`]);
    counter.notifier.shown[0]?.onClick();
    expect(counter.windowShown).toBe(1);
    expect(counter.state.takeTarget()).toEqual({ kind: 'conversation', ...who });
    expect(counter.state.takeTarget()).toBeNull();

    await counter.db.followers.update(APPID, one, { alias: '王女士' });
    await writes(one, '在吗');
    expect(counter.texts()).toEqual(['王女士 | （2 条未读）在吗']);
  });

  it('says nothing of its words when the owner wants that', async () => {
    counter.settings = { ...counter.settings, notifyText: false };
    await writes(one, '卡号 6222');
    await writes(one, '密码 1234');
    expect(counter.notifier.history.map(({ body }) => body)).toEqual(['发来一条新消息', '发来 2 条未读消息']);
  });

  it('names the account when there are several', async () => {
    await counter.db.accounts.save(newAccount(OTHER_APPID, { name: '河边茶馆' }));
    await writes(one, '你好', { appid: OTHER_APPID });
    expect(counter.texts()).toEqual([`${name(one)} · 河边茶馆 | 你好`]);
  });

  it('is not told of the conversation that somebody is looking at, of blocked people, of events, or when switched off', async () => {
    counter.state.setViewing(who);
    counter.focused = true;
    await writes(one, '看着呢');
    expect(counter.texts()).toEqual([]);
    counter.focused = false;
    await writes(one, '没看了');
    expect(counter.texts()).toHaveLength(1);

    const two = openidOf(2);
    await counter.receive({ openid: two, content: subscribe() });
    await counter.pass(1);
    await writes(two, '一');
    await counter.db.outbox.windowEvent(APPID, two, { type: 'block', at: counter.time.now() });
    const before = counter.notifier.history.length;
    await counter.receive({ openid: openidOf(4), content: subscribe() });
    await counter.db.marks.setMuted(APPID, openidOf(4), true, counter.time.now());
    await writes(openidOf(4), '静音的');
    await counter.receive({ openid: two, content: { kind: 'text', text: '选项', menuItemId: '1' } });
    await counter.pass(1);
    counter.settings = { ...counter.settings, notify: false };
    await writes(openidOf(3), '关了');
    expect(counter.notifier.history).toHaveLength(before);
  });

  it('is taken away once its conversation was read', async () => {
    await writes(one, '你好');
    counter.changed(who);
    await counter.settle();
    expect(counter.notifier.shown).toHaveLength(1);
    await counter.db.conversations.markRead(APPID, one);
    counter.changed(who);
    await counter.settle();
    expect(counter.notifier.shown).toEqual([]);
  });

  it('becomes one sentence with others when many people write at once', async () => {
    const crowd = [1, 2, 3, 4, 5].map((n) => ({ openid: openidOf(n), content: text(`第 ${n} 位`) }));
    await counter.receive(...crowd, ...crowd);
    await counter.pass(1);
    expect(counter.texts()).toEqual(['10 条新消息 | 来自 5 位粉丝']);
    counter.notifier.shown[0]?.onClick();
    expect(counter.state.takeTarget()).toEqual({ kind: 'needs-reply' });
  });

  it('sounds as its account does, and not more often than can be heard apart', async () => {
    counter.settings = { ...counter.settings, sounds: { [APPID]: 'bell', [OTHER_APPID]: 'none' } };
    await writes(one, '一');
    await writes(one, '二');
    await counter.pass(5);
    await writes(one, '三');
    expect(counter.played).toEqual(['bell', 'bell']);
    expect(counter.notifier.history.map(({ silent }) => silent)).toEqual([true, true, true]);
    // Without a page the system's own sound stands in.
    counter.hasPage = false;
    await counter.pass(5);
    await writes(one, '四');
    expect(counter.notifier.history.at(-1)?.silent).toBe(false);
    await counter.db.accounts.save(newAccount(OTHER_APPID));
    await counter.pass(5);
    await writes(one, '五', { appid: OTHER_APPID });
    expect(counter.notifier.history.at(-1)?.silent).toBe(true);
  });
});

describe('messages that waited', () => {
  it('while the computer was away are one summary, unless somebody is looking at the app', async () => {
    await counter.receive(
      ...[1, 1, 2].map((n) => ({ openid: openidOf(n), content: text('早上好'), at: NOON - HOUR })),
    );
    await counter.receive({ openid: openidOf(3), content: text('早'), at: NOON - 2 * HOUR });
    await counter.pass(10);
    expect(counter.texts()).toEqual(['离线期间收到 4 条消息 | 来自 3 位粉丝']);
    counter.focused = true;
    counter.state.focused();
    expect(counter.texts()).toEqual([]);
    await counter.receive({ openid: openidOf(4), content: text('早'), at: NOON - 2 * HOUR });
    await counter.pass(10);
    expect(counter.texts()).toEqual([]);
  });

  it('in the quiet hours are told in one when these end', async () => {
    const quietHours = { on: true, from: '11:00', to: '13:00', weekdays: [4] };
    counter.settings = { ...counter.settings, quietHours };
    await writes(one, '午休吗');
    await writes(one, '？');
    await writes(openidOf(2), '你好');
    expect(counter.notifier.history).toEqual([]);
    expect(counter.played).toEqual([]);
    await counter.pass(HOUR);
    expect(counter.texts()).toEqual(['免打扰期间收到 3 条消息 | 来自 2 位粉丝']);
    await writes(one, '下午好');
    expect(counter.texts().at(-1)).toContain('下午好');
  });

  it('during a pause are told when it ends or is ended, and what came after counts anew', async () => {
    counter.state.setPaused(true);
    expect(counter.state.status().pausedUntil).toBe(NOON + HOUR);
    await writes(one, '一');
    expect(counter.texts()).toEqual([]);
    counter.state.setPaused(false);
    expect(counter.texts()).toEqual(['免打扰期间收到 1 条消息 | 来自 1 位粉丝']);
    counter.state.setPaused(true);
    await writes(openidOf(2), '二');
    await counter.pass(HOUR + 60);
    expect(counter.texts()).toEqual(['免打扰期间收到 1 条消息 | 来自 1 位粉丝']);
    expect(counter.state.status().pausedUntil).toBeNull();
    // Tray and page hear of the end by itself too.
    expect(counter.told).toEqual([NOON + HOUR, null, expect.any(Number), null]);
  });
});

describe('a reply in the notification', () => {
  const reply = async (words: string): Promise<void> => {
    counter.notifier.shown.find(({ id }) => id.startsWith('message:'))?.onReply?.(words);
    await counter.settle();
  };

  it('goes out as any other, and what was told is read', async () => {
    await writes(one, '有现货吗');
    expect(counter.notifier.shown[0]?.reply).toEqual({ placeholder: '回复…' });
    await reply('  有的  ');
    expect(counter.sent).toMatchObject([{ ...who, content: { kind: 'text', text: '有的' } }]);
    expect(counter.notifier.shown).toEqual([]);
    expect(await counter.db.conversations.get(APPID, one)).toMatchObject({ unread: 0, needsReply: false });
  });

  it('[S3.9] is never called delivered or read; only what did not simply go out is told', async () => {
    await writes(one, '在吗');
    counter.outcome = 'unknown';
    await reply('在');
    counter.outcome = 'queued';
    counter.failure = { code: 'send/queued-offline' };
    await writes(openidOf(2), '在吗');
    await reply('在');
    const told = counter.notifier.history.map(({ title, body }) => `${title} ${body}`).join('\n');
    expect(told).toMatch(/不知道 .+ 有没有收到/);
    expect(told).toMatch(/还没有发给/);
    expect(told).not.toMatch(/送达|已读|已收到|delivered|read by/i);
  });

  it('[S1.17] that comes too late names the subscription notice as the way for a notice, not the chat', async () => {
    await writes(one, '什么时候到货');
    counter.outcome = 'failed';
    counter.failure = { code: 'send/window-closed', params: { reason: 'time' } };
    await counter.pass(49 * HOUR);
    await reply('到货了');
    const outcome = counter.notifier.shown.find(({ id }) => id.startsWith('outcome:'));
    expect(outcome?.title).toBe(`没有发给 ${name(one)}`);
    expect(outcome?.body).toContain('发送订阅通知');
    expect(outcome?.body).toContain('模板消息');
    outcome?.onClick();
    expect(counter.state.takeTarget()).toEqual({ kind: 'conversation', ...who });
  });

  it('that is refused is kept as a draft, behind what was written before', async () => {
    await writes(one, '在吗');
    await counter.db.conversations.setDraft(APPID, one, '稍等', counter.time.now());
    counter.refusal = 'account/frozen';
    await reply('马上来');
    expect(await counter.db.conversations.get(APPID, one)).toMatchObject({ draft: '稍等\n马上来' });
    expect(counter.texts().at(-1)).toContain('草稿');
  });

  it('of nothing but spaces sends nothing', async () => {
    await writes(one, '在吗');
    await reply('   ');
    expect(counter.sent).toEqual([]);
  });
});

it('counts what is unread and what waits', async () => {
  await writes(one, '一');
  await writes(openidOf(2), '二');
  await writes(openidOf(2), '三');
  expect(counter.counts).toEqual({ unread: 3, needsReply: 2 });
});
