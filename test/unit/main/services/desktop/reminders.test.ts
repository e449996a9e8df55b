import { describe, expect, it } from 'vitest';
import { displayName } from '#shared/domain/follower-identity';
import { APPID, openidOf, text } from '../../db/fixture';
import { Counter, HOUR, NOON, withCounter } from './counter';

let counter: Counter;
withCounter(
  (fresh) => (counter = fresh),
  () => counter,
);

const one = openidOf(1);
const who = { appid: APPID, openid: one };
const titles = (): string[] =>
  counter.notifier.history.filter(({ id }) => !/^(message:|many$)/.test(id)).map(({ title }) => title);
const shown = () => counter.notifier.shown.filter(({ id }) => !/^(message:|many$)/.test(id));

/** The app quits and starts again, at the same moment. */
async function restart(): Promise<void> {
  const { path, time, settings } = counter;
  await counter.close();
  counter = await new Counter(path, time, settings).open();
  await counter.pass(1);
}

describe('[I5] reminders', () => {
  it('[I5] come 24, 4 and 1 hours before the window closes, each once, and lead to the conversation', async () => {
    await counter.receive({ openid: one, content: text('有货吗') });
    await counter.pass(23 * HOUR);
    expect(titles()).toEqual([]);
    await counter.pass(2 * HOUR);
    expect(titles()).toHaveLength(1);
    await counter.pass(20 * HOUR);
    expect(titles()).toHaveLength(2);
    await counter.pass(2 * HOUR);
    const name = displayName({ openid: one, alias: null, remark: '' }, 'zh-CN');
    expect(titles()).toEqual(Array(3).fill(`${name} 还在等回复`));
    expect(shown()).toHaveLength(1);
    expect(shown()[0]?.body).toMatch(/还能回复 1 小时，周六 12:00 关闭；还剩 5 条。/);
    shown()[0]?.onClick();
    expect(counter.state.takeTarget()).toEqual({ kind: 'conversation', ...who });
    await counter.pass(5 * HOUR);
    expect(titles()).toHaveLength(3);
  });

  it('[I5] stop with the reply, which takes the reminder away, and begin anew with the next message', async () => {
    await counter.receive({ openid: one, content: text('有货吗') });
    await counter.pass(25 * HOUR);
    expect(shown()).toHaveLength(1);
    await counter.answer(who);
    expect(shown()).toEqual([]);
    await counter.pass(30 * HOUR);
    expect(titles()).toHaveLength(1);
    await counter.receive({ openid: one, content: text('那我来拿') });
    await counter.pass(25 * HOUR);
    expect(titles()).toHaveLength(2);
  });

  it('[I5] are not repeated after a restart, and the last one is made up for', async () => {
    await counter.receive({ openid: one, content: text('有货吗') });
    await counter.pass(25 * HOUR);
    expect(titles()).toHaveLength(1);
    await restart();
    await counter.pass(HOUR);
    expect(titles()).toEqual([]);
    // The computer is off while four hours and one hour come up.
    const { path, settings } = counter;
    const { time } = counter;
    await counter.close();
    await time.pass(21.5 * HOUR, async () => undefined);
    counter = await new Counter(path, time, settings).open();
    await counter.pass(1);
    expect(titles()).toHaveLength(1);
    expect(shown()[0]?.body).toContain('29 分钟');
    await restart();
    expect(titles()).toEqual([]);
  });

  it('[I5] wait for the morning when the window does, and are told once then', async () => {
    const quietHours = { on: true, from: '11:00', to: '15:00', weekdays: [5] };
    counter.settings = { ...counter.settings, quietHours };
    await counter.receive({ openid: one, content: text('有货吗') });
    await counter.pass(26 * HOUR);
    expect(titles()).toEqual([]);
    await counter.pass(HOUR + 60);
    expect(titles()).toHaveLength(1);
    expect(shown()[0]?.silent).toBe(false);
  });

  it('[I5] come without sound when the quiet would outlast the window', async () => {
    const quietHours = { on: true, from: '07:00', to: '13:00', weekdays: [6] };
    counter.settings = { ...counter.settings, quietHours };
    await counter.receive({ openid: one, content: text('有货吗') });
    await counter.pass(44 * HOUR + 60);
    expect(titles()).toHaveLength(2);
    expect(shown()[0]?.silent).toBe(true);
  });

  it('[I5] are not given when switched off, or of a conversation that somebody is looking at', async () => {
    counter.settings = { ...counter.settings, remind: false };
    await counter.receive({ openid: one, content: text('有货吗') });
    await counter.pass(25 * HOUR);
    expect(titles()).toEqual([]);
    counter.settings = { ...counter.settings, remind: true };
    counter.state.setViewing(who);
    counter.focused = true;
    await counter.pass(HOUR);
    expect(titles()).toEqual([]);
  });

  it('[I5] leave a snoozed conversation alone until it is back, when that is an hour before its window closes', async () => {
    await counter.receive({ openid: one, content: text('有货吗') });
    const until = NOON + 30 * HOUR;
    await counter.db.marks.snooze(APPID, one, until, counter.time.now());
    await counter.pass(29 * HOUR);
    expect(titles()).toEqual([]);
    await counter.pass(HOUR);
    await counter.db.marks.endSnoozes(counter.time.now());
    await counter.pass(600);
    expect(titles()).toHaveLength(1);
    expect(shown()[0]?.body).toContain('还能回复 18 小时');
    await counter.pass(15 * HOUR);
    expect(titles()).toHaveLength(2);
  });

  it('[I5] warn of a window that closes before a snooze ends, or within the hour after it', async () => {
    for (const [n, hours] of [47.5, 72].entries()) {
      const other = openidOf(n + 2);
      await counter.receive({ openid: other, content: text('有货吗') });
      await counter.db.marks.snooze(APPID, other, counter.time.now() + hours * HOUR, counter.time.now());
      const before = titles().length;
      await counter.pass(24 * HOUR + 600);
      await counter.pass(20 * HOUR);
      await counter.pass(3 * HOUR);
      expect(titles().length - before).toBe(3);
      await counter.pass(3 * HOUR);
    }
  });

  it('[I5] of many people are one, which opens the queue of what closes soon', async () => {
    await counter.receive(...[1, 2, 3, 4, 5].map((n) => ({ openid: openidOf(n), content: text('在吗') })));
    await counter.pass(24 * HOUR + 60);
    expect(titles()).toEqual(['5 位粉丝还在等回复']);
    shown()[0]?.onClick();
    // Nothing closes within hours yet: everyone who waits is shown, the first to close on top.
    expect(counter.state.takeTarget()).toEqual({ kind: 'needs-reply' });
    await counter.pass(20 * HOUR);
    expect(titles()).toHaveLength(2);
    shown()[0]?.onClick();
    expect(counter.state.takeTarget()).toEqual({ kind: 'closing-soon' });
  });
});

describe('[I5] the digest', () => {
  const digest = { on: true, closes: '18:00', opens: '09:00', weekdays: [1, 2, 3, 4, 5, 6, 7] };

  it('[I5] says before closing time who waits and what closes before the shop opens, once a day', async () => {
    counter.settings = { ...counter.settings, digest };
    await counter.receive({ openid: one, content: text('前天问过'), at: NOON - 40 * HOUR });
    await counter.receive({ openid: openidOf(2), content: text('刚问的') });
    await counter.pass(5 * HOUR);
    expect(shown().filter(({ id }) => id === 'digest')).toEqual([]);
    await counter.pass(HOUR / 2 + 120);
    const [told] = shown().filter(({ id }) => id === 'digest');
    expect(told?.title).toBe('打烊前：2 个会话在等回复');
    expect(told?.body).toMatch(/^其中 1 个到下次开门（周五 09:00）前就不能回复了。$/);
    told?.onClick();
    expect(counter.state.takeTarget()).toEqual({ kind: 'closing-soon' });
    await restart();
    expect(shown().filter(({ id }) => id === 'digest')).toEqual([]);
    await counter.pass(24 * HOUR);
    expect(counter.notifier.history.filter(({ id }) => id === 'digest')).toHaveLength(1);
  });

  it('[I5] is left out when nobody waits, on days off, and when switched off', async () => {
    counter.settings = { ...counter.settings, digest };
    await counter.pass(24 * HOUR);
    await counter.receive({ openid: one, content: text('在吗') });
    counter.settings = { ...counter.settings, digest: { ...digest, weekdays: [1] } };
    await counter.pass(7 * HOUR);
    counter.settings = { ...counter.settings, digest: { ...digest, on: false } };
    await counter.pass(24 * HOUR);
    expect(counter.notifier.history.filter(({ id }) => id === 'digest')).toEqual([]);
  });
});
