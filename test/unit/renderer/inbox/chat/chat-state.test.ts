import { describe, expect, it } from 'vitest';
import type { Message } from '#shared/ipc/models';
import type { ChatState } from '../../../../../src/renderer/features/inbox/chat/chat-state';
import {
  CHAT_PAGE,
  answered,
  askingOlder,
  failedToOpen,
  olderBefore,
  opening,
  openingAgain,
  refused,
  sending,
  withConversation,
  withMessage,
  withNewest,
  withOlder,
  withoutMessage,
} from '../../../../../src/renderer/features/inbox/chat/chat-state';
import { automatic, APPID, NOON, OPENID, conversation, received, sent } from '../builders';

const key = { appid: APPID, openid: OPENID };
const clientId = '0f0e0d0c-0b0a-4908-8706-050403020100';
const ids = (state: ChatState) => state.messages.map((message) => message.id);
const ready = (messages: readonly Message[], more = false) =>
  withNewest(opening(key, null), { messages: [...messages].reverse(), more });
const optimistic = (text: string) => ({
  clientId,
  message: { ...sent(0, 'sending', { kind: 'text', text }, NOON + 50), id: clientId },
  refused: null,
});

describe('open conversation', () => {
  it('shows messages oldest first although main answers newest first', () => {
    expect(ids(ready([received(1), received(2), received(3)]))).toEqual(['m1', 'm2', 'm3']);
  });

  it('puts older pages before and counts them, so that the list keeps its place', () => {
    const state = askingOlder(ready([received(5), received(6)], true));
    expect(olderBefore(state)).toBeNull();
    const full = withOlder(state, { messages: [received(4), received(3)], more: false });
    expect(ids(full)).toEqual(['m3', 'm4', 'm5', 'm6']);
    expect(full.prepended).toBe(2);
    expect(olderBefore(full)).toBeNull();
  });

  it('asks for messages before the oldest one it holds', () => {
    expect(olderBefore(ready([received(5)], true))).toBe(5);
    expect(olderBefore(opening(key, null))).toBeNull();
  });

  it('adds a new message in the order of main, whatever the order of arrival', () => {
    const state = [received(4), received(3)].reduce(withMessage, ready([received(1), received(2)]));
    expect(ids(state)).toEqual(['m1', 'm2', 'm3', 'm4']);
  });

  it('replaces a message that changed instead of showing it twice', () => {
    const state = withMessage(ready([sent(1, 'sending')]), sent(1, 'sent'));
    expect(state.messages).toHaveLength(1);
    expect(state.messages[0]?.body).toMatchObject({ status: 'sent' });
  });

  it('ignores messages of somebody else', () => {
    const state = ready([received(1)]);
    expect(withMessage(state, { ...received(2), openid: 'oSomebodyElse' })).toBe(state);
    expect(withConversation(state, conversation('oSomebodyElse'))).toBe(state);
  });

  it('does not show an older message with a hole before it', () => {
    expect(ids(withMessage(ready([received(50)], true), sent(3, 'failed')))).toEqual(['m50']);
  });

  it('joins a fresh newest page to what it holds when they overlap', () => {
    const state = withOlder(ready([received(3), received(4)], true), {
      messages: [received(2), received(1)],
      more: true,
    });
    const fresh = withNewest(state, { messages: [received(5), received(4), received(3)], more: true });
    expect(ids(fresh)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(fresh.more).toBe(true);
    expect(fresh.prepended).toBe(2);
  });

  it('starts over from the newest page when so much arrived that a hole would remain', () => {
    const state = ready([received(1), received(2)], false);
    const fresh = withNewest(state, { messages: [received(91), received(90)], more: true });
    expect(ids(fresh)).toEqual(['m90', 'm91']);
    expect(fresh.more).toBe(true);
  });

  it('forgets messages that main erased', () => {
    expect(ids(withNewest(ready([received(1), received(2)]), { messages: [], more: false }))).toEqual([]);
    expect(ids(withoutMessage(ready([sent(1, 'queued'), received(2)]), 'm1'))).toEqual(['m2']);
  });

  it('keeps showing what it has when a later reading fails', () => {
    const state = failedToOpen(ready([received(1)]), { code: 'ipc/failed' });
    expect(state.status).toBe('ready');
    expect(failedToOpen(opening(key, null), { code: 'ipc/failed' }).status).toBe('failed');
  });
});

describe('conversation seen before', () => {
  const seen = openingAgain(ready([received(1), received(2)]), null);

  it('is on screen before main answers, and takes what came meanwhile', () => {
    expect(ids(seen)).toEqual(['m1', 'm2']);
    const fresh = withNewest(seen, { messages: [received(3), received(2), received(1)], more: false });
    expect(ids(fresh)).toEqual(['m1', 'm2', 'm3']);
    expect(fresh.stretch).toBe(seen.stretch);
  });

  it('begins the list anew when nothing of what was seen is left', () => {
    const fresh = withNewest(seen, { messages: [received(91), received(90)], more: true });
    expect(ids(fresh)).toEqual(['m90', 'm91']);
    expect(fresh.stretch).toBeGreaterThan(seen.stretch);
  });

  it('marks what is unread now, not what was when it was left', () => {
    const left = withConversation(ready([received(1)]), conversation(OPENID, { unread: 1 }));
    expect(left.unreadFrom).toBe(1);
    const again = openingAgain(left, conversation(OPENID, { unread: 2 }));
    expect(again.unreadFrom).toBeNull();
    const fresh = withNewest(again, { messages: [received(3), received(2), received(1)], more: false });
    expect(fresh.unreadFrom).toBe(2);
  });

  it('keeps a page of the newest messages and knows that there are older ones', () => {
    const long = ready(Array.from({ length: 90 }, (_, index) => received(index + 1)));
    const again = openingAgain(long, null);
    expect(again.messages).toHaveLength(CHAT_PAGE);
    expect(again.messages.at(-1)?.id).toBe('m90');
    expect(again.more).toBe(true);
  });

  it('asks for nothing older and shows an error rather than what may be gone until main answers', () => {
    expect(olderBefore(openingAgain(ready([received(5)], true), null))).toBeNull();
    expect(failedToOpen(seen, { code: 'follower/not-found' }).status).toBe('failed');
  });
});

describe('optimistic bubble', () => {
  const typed = optimistic('您好');
  const stored = { ...sent(2, 'sending', { kind: 'text', text: '您好' }, NOON + 50), id: 'stored' };

  it("gives way to main's message when the answer comes first", () => {
    const state = answered(sending(ready([received(1)]), typed), clientId, stored);
    expect(state.optimistic).toEqual([]);
    expect(ids(state)).toEqual(['m1', 'stored']);
    expect(ids(withMessage(state, stored))).toEqual(['m1', 'stored']);
  });

  it('gives way when the topic comes first, and the answer adds nothing', () => {
    const state = withMessage(sending(ready([received(1)]), typed), stored);
    expect(state.optimistic).toEqual([]);
    expect(ids(answered(state, clientId, stored))).toEqual(['m1', 'stored']);
  });

  it("is recognised by its client id where main's id is the same", () => {
    const twice = sending(sending(ready([]), { ...typed, clientId: 'another' }), typed);
    const state = withMessage(twice, { ...stored, id: clientId });
    expect(state.optimistic.map((item) => item.clientId)).toEqual(['another']);
  });

  it('stays when the relay answers with the same words by itself', () => {
    const state = withMessage(
      sending(ready([received(1)]), typed),
      automatic(2, { kind: 'text', text: '您好' }),
    );
    expect(state.optimistic).toHaveLength(1);
    expect(ids(state)).toEqual(['m1', 'm2']);
  });

  it('stays while the same text of an earlier send only changes its status', () => {
    const earlier = sent(1, 'sending', { kind: 'text', text: '您好' });
    const state = withMessage(sending(ready([earlier]), typed), {
      ...earlier,
      body: {
        ...earlier.body,
        direction: 'out',
        automatic: false,
        status: 'sent',
        failure: null,
        retryOf: null,
        content: { kind: 'text', text: '您好' },
      },
    });
    expect(state.optimistic).toHaveLength(1);
  });

  it('stays in place with the reason when main refuses the call', () => {
    const state = refused(sending(ready([]), typed), clientId, { code: 'window/closed' });
    expect(state.optimistic[0]?.refused).toEqual({ code: 'window/closed' });
    expect(state.optimistic[0]?.message.body).toMatchObject({
      status: 'failed',
      failure: { code: 'window/closed' },
    });
  });
});
