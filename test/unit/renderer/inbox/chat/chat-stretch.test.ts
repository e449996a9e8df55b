import { describe, expect, it } from 'vitest';
import { chatRows } from '../../../../../src/renderer/features/inbox/chat/chat-rows';
import {
  newerAfter,
  opening,
  withAround,
  withMessage,
  withNewer,
  withNewest,
  withTarget,
} from '../../../../../src/renderer/features/inbox/chat/chat-state';
import { APPID, received, OPENID } from '../builders';

const key = { appid: APPID, openid: OPENID };
const messages = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => received(from + index));
const around = () =>
  withAround(opening(key, null), { messages: messages(10, 14), more: true, moreNewer: true }, 12);

describe('[I8] a stretch around what was found', () => {
  it('leads to the message and leaves new ones uncounted among the rows until they are loaded', () => {
    const state = withMessage(around(), received(90));
    expect(state.messages.map(({ seq }) => seq)).toEqual([10, 11, 12, 13, 14]);
    expect([state.target?.seq, state.unloaded, newerAfter(state)]).toEqual([12, 1, 14]);
    expect(withTarget(state, 12).target?.n).toBe((state.target?.n ?? 0) + 1);
  });

  it('goes on to the newest, and then is a chat like any other', () => {
    const state = withNewer(around(), { messages: messages(15, 17), moreNewer: false });
    expect(newerAfter(state)).toBeNull();
    expect(withMessage(state, received(18)).messages.at(-1)?.seq).toBe(18);
  });

  it('is left for the newest page as a whole, without a hole between them', () => {
    const state = withNewest(around(), { messages: messages(80, 84), more: true });
    expect(state.messages.map(({ seq }) => seq)).toEqual([80, 81, 82, 83, 84]);
    expect([state.moreNewer, state.target, state.stretch]).toEqual([false, null, 2]);
  });

  it('marks where the unread began when the conversation was opened', () => {
    const state = withNewest(
      { ...opening(key, null), unreadAtOpen: 2 },
      { messages: messages(1, 5), more: false },
    );
    expect(
      chatRows(state)
        .filter((row) => row.startsUnread)
        .map(({ message }) => message.seq),
    ).toEqual([4]);
    const all = withNewest(
      { ...opening(key, null), unreadAtOpen: 5 },
      { messages: messages(1, 5), more: false },
    );
    expect(chatRows(all).some((row) => row.startsUnread)).toBe(false);
  });
});
