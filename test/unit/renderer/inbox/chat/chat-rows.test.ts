import { describe, expect, it } from 'vitest';
import { chatRows, unseenCount } from '../../../../../src/renderer/features/inbox/chat/chat-rows';
import { automatic, NOON, received, sent, text } from '../builders';

const rows = (messages: Parameters<typeof chatRows>[0]['messages']) =>
  chatRows({ messages, optimistic: [], more: false });

describe('chat rows', () => {
  it('starts a day with its first message only', () => {
    const tomorrow = NOON + 24 * 3600;
    const found = rows([received(1), received(2), received(3, text('c'), tomorrow)]);
    expect(found.map((row) => row.startsDay)).toEqual([true, false, true]);
  });

  it('has no heading above the first row while older messages may still come', () => {
    expect(chatRows({ messages: [received(1)], optimistic: [], more: true })[0]?.startsDay).toBe(false);
  });

  it('marks a failed message that was sent again', () => {
    const again = sent(2);
    const found = rows([
      sent(1, 'failed'),
      { ...again, body: { ...again.body, direction: 'out', retryOf: 'm1' } } as typeof again,
    ]);
    expect(found.map((row) => row.retried)).toEqual([true, false]);
  });

  it('groups bubbles of one side within five minutes', () => {
    const found = rows([
      received(1, text('a'), NOON),
      received(2, text('b'), NOON + 60),
      received(3, text('c'), NOON + 600),
      sent(4, 'sent', text('d'), NOON + 601),
    ]);
    expect(found.map((row) => row.startsGroup)).toEqual([true, false, true, true]);
    expect(found.map((row) => row.endsGroup)).toEqual([false, true, true, true]);
  });

  it('draws every event as a line that parts the bubbles around it', () => {
    const found = rows([
      received(1),
      received(2, { kind: 'event', event: { name: 'CLICK', key: 'MENU' } }),
      received(3),
    ]);
    expect(found.map((row) => row.shape)).toEqual(['bubble', 'event', 'bubble']);
    expect(found[2]?.startsGroup).toBe(true);
  });

  it('draws a message that was handed over as a line', () => {
    const found = rows([received(1), automatic(2, { kind: 'transfer', kfAccount: null })]);
    expect(found.map((row) => row.shape)).toEqual(['bubble', 'event']);
  });

  it('parts what the relay answered from what a person wrote', () => {
    const found = rows([sent(1), automatic(2, text('自动')), automatic(3, text('自动')), sent(4)]);
    expect(found.map((row) => row.startsGroup)).toEqual([true, true, false, true]);
  });

  it('shows what is being sent after everything else', () => {
    const message = { ...sent(0, 'sending'), id: 'client' };
    const found = chatRows({
      messages: [received(1)],
      optimistic: [{ clientId: 'client', message, refused: null }],
      more: false,
    });
    expect(found.map((row) => row.id)).toEqual(['m1', 'client']);
  });

  it("counts only the customer's unseen bubbles on the pill", () => {
    const found = rows([
      received(1),
      received(2),
      received(3, { kind: 'event', event: { name: 'unsubscribe' } }),
      sent(4),
      received(5),
    ]);
    expect(unseenCount(found, 'm1')).toBe(2);
    expect(unseenCount(found, 'm5')).toBe(0);
    expect(unseenCount(found, null)).toBe(0);
    expect(unseenCount(found, 'erased')).toBe(0);
  });
});
