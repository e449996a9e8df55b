import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Caller, connect, startReceiver, startSandbox, until, type Receiver, type Running } from './harness';

let running: Running;
let receiver: Receiver;
beforeEach(async () => {
  running = await startSandbox({ followers: 200, live: true, livePace: 0.04 });
  receiver = await startReceiver(running.service);
});
afterEach(async () => {
  await running.close();
  await receiver.close();
});

const kinds = (): Set<string> =>
  new Set(receiver.received.map((push) => push.text('Event') ?? push.text('MsgType') ?? ''));

describe('live customers', () => {
  it('[I16] stay away until a server is configured, then fill the inbox with every kind within seconds', async () => {
    expect(receiver.received).toEqual([]);
    await connect(running, running.service, receiver);
    const expected = [
      'text',
      'image',
      'voice',
      'video',
      'location',
      'link',
      'miniprogrampage',
      'file',
      'CLICK',
      'subscribe',
      'unsubscribe',
    ];
    await until(() => expected.every((kind) => kinds().has(kind)), 15_000);
    expect(new Set(receiver.received.map((push) => push.text('FromUserName'))).size).toBeGreaterThan(11);
    const texts = receiver.received.flatMap((push) => push.text('Content') ?? []);
    expect(texts.some((text) => /[\u4e00-\u9fff]/.test(text))).toBe(true);
    expect(texts.some((text) => /^[\x20-\x7e]+$/.test(text))).toBe(true);
    expect(texts.filter((text) => /[{}|]/.test(text))).toEqual([]);
  });

  it('answer what the shop sends, by a tap when it is a menu, and leave it at that after a while', async () => {
    await connect(running, running.service, receiver);
    await until(() => receiver.received.some((push) => push.text('MsgType') === 'voice'), 15_000);
    const openid =
      receiver.received.find((push) => push.text('MsgType') === 'voice')?.text('FromUserName') ?? '';
    const lines = (): string[] =>
      receiver.received
        .filter((push) => push.text('FromUserName') === openid)
        .flatMap((push) => push.text('Content') ?? []);
    const caller = await Caller.of(running, running.service);
    for (let round = 1; round <= 5; round += 1) {
      await caller.sendText(openid, '好的，给您留着');
      await until(() => lines().length >= round, 15_000);
    }
    await caller.post('/cgi-bin/message/custom/send', {
      touser: openid,
      msgtype: 'msgmenu',
      msgmenu: { head_content: '满意吗？', list: [{ id: '101', content: '满意' }], tail_content: '' },
    });
    await until(() => lines().at(-1) === '满意', 15_000);
    const tap = receiver.received.find((push) => push.text('Content') === '满意');
    expect(tap?.text('bizmsgmenuid')).toBe('101');
    const before = lines().length;
    await caller.sendText(openid, '谢谢，再见');
    // Others go on; this customer has said everything.
    const all = receiver.received.length;
    await until(() => receiver.received.length >= all + 4, 15_000);
    expect(lines()).toHaveLength(before);
  });

  it('say the same in the same order for the same seed', async () => {
    const twin = await startSandbox({ followers: 200, live: true, livePace: 0.04 });
    const other = await startReceiver(twin.service);
    await Promise.all([connect(running, running.service, receiver), connect(twin, twin.service, other)]);
    const said = (from: Receiver): Set<string> =>
      new Set(from.received.map((push) => `${push.text('FromUserName')} ${push.text('Content')}`));
    await until(() => receiver.received.length >= 20 && other.received.length >= 20, 20_000);
    const common = [...said(receiver)].filter((line) => said(other).has(line));
    expect(common.length).toBeGreaterThan(14);
    await twin.close();
    await other.close();
  });

  it('begin without the burst and with other people in a later session', async () => {
    const later = await startSandbox({ followers: 200, live: true, livePace: 0.01, session: 1 });
    const other = await startReceiver(later.service);
    await connect(later, later.service, other);
    await until(() => other.received.length >= 15, 15_000);
    const types = other.received.map((push) => push.text('MsgType'));
    expect(types).not.toContain('file');
    expect(types).not.toContain('voice');
    await later.close();
    await other.close();
  });
});
