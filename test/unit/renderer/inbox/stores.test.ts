import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '#shared/ipc/bridge';
import type { MethodName, TopicName } from '#shared/ipc/names';
import type { Message } from '#shared/ipc/models';
import {
  closeChat,
  followChat,
  loadOlder,
  openChat,
  resendMessage,
  retryRefused,
  sendMessage,
  useChat,
} from '../../../../src/renderer/features/inbox/chat/chat-store';
import {
  askList,
  followList,
  seeRows,
  useList,
} from '../../../../src/renderer/features/inbox/list/list-store';
import { APPID, NOON, OPENID, conversation, received, sent } from './builders';

type Handler = (input: Record<string, unknown>) => unknown;

/** A bridge that answers from `handlers`, like main would, and can broadcast. */
function bridge(handlers: Partial<Record<MethodName, Handler>>) {
  const listeners = new Map<TopicName, Set<(payload: unknown) => void>>();
  const calls: { method: MethodName; input: Record<string, unknown> }[] = [];
  const oadesk = {
    invoke: async (method: MethodName, input: Record<string, unknown>) => {
      calls.push({ method, input });
      const handler = handlers[method];
      if (!handler) return { ok: false, error: { code: 'ipc/unknown-method' } };
      try {
        return { ok: true, value: await handler(input) };
      } catch {
        return { ok: false, error: { code: 'send/window-closed' } };
      }
    },
    subscribe: (topic: TopicName, listener: (payload: unknown) => void) => {
      const held = listeners.get(topic) ?? new Set();
      listeners.set(topic, held.add(listener));
      return () => held.delete(listener);
    },
  };
  vi.stubGlobal('window', { oadesk: oadesk as unknown as Bridge });
  return {
    calls,
    broadcast: (topic: TopicName, payload: unknown) =>
      listeners.get(topic)?.forEach((listener) => listener(payload)),
  };
}

const key = { appid: APPID, openid: OPENID };
const other = { appid: APPID, openid: 'oSomebodyElse' };
const chat = () => useChat.getState().chat;
const shown = () => chat()?.messages.map((message) => message.id) ?? [];
const opened = () => expect.poll(() => chat()?.status).toBe('ready');
const reading = (messages: readonly Message[]): Partial<Record<MethodName, Handler>> => ({
  'conversations.get': (input) => conversation(String(input['openid'])),
  'conversations.messages': ({ before }) =>
    before === null ? { messages: [...messages].reverse(), more: true } : { messages: [], more: false },
});

describe('the open chat', () => {
  beforeEach(() => closeChat());

  it('shows a bubble at once and main’s message in its place, whichever of topic and answer comes first', async () => {
    let answer = (_message: Message): void => undefined;
    const main = bridge({
      ...reading([received(1)]),
      'conversations.send': () => new Promise((resolve) => (answer = resolve)),
    });
    const stop = followChat();
    openChat(key, null);
    await opened();
    const done = sendMessage(key, { kind: 'text', text: '您好' });
    expect(chat()?.optimistic).toHaveLength(1);
    const stored = { ...sent(2, 'sending', { kind: 'text', text: '您好' }), at: Date.now() / 1000 };
    main.broadcast('conversations.changed', { ...key, message: stored });
    expect(chat()?.optimistic).toHaveLength(0);
    answer({ ...stored, body: sent(2).body });
    await done;
    expect(shown()).toEqual(['m1', 'm2']);
    stop();
  });

  it('keeps a refused message with its reason, also when the user leaves and returns', async () => {
    bridge({ ...reading([received(1)]), 'conversations.send': () => Promise.reject(new Error()) });
    openChat(key, null);
    await opened();
    const done = sendMessage(key, { kind: 'text', text: '不能丢' });
    openChat(other, null);
    await done;
    expect(chat()?.optimistic).toEqual([]);
    openChat(key, null);
    await opened();
    expect(chat()?.optimistic[0]?.refused).toEqual({ code: 'send/window-closed' });
    expect(chat()?.optimistic[0]?.message.body.content).toEqual({ kind: 'text', text: '不能丢' });
  });

  it('shows a conversation seen before at once, and reads its bubbles before anything else', async () => {
    const main = bridge(reading([received(1)]));
    openChat(key, null);
    await opened();
    openChat(other, null);
    await opened();
    openChat(key, null);
    expect(shown()).toEqual(['m1']);
    expect(main.calls.at(-2)).toMatchObject({ method: 'conversations.messages', input: key });
    await opened();
  });

  it('tries a refused message again under the same client id, so that it cannot be sent twice', async () => {
    let refuse = true;
    const main = bridge({
      ...reading([]),
      'conversations.send': () => {
        if (refuse) throw new Error();
        return sent(1, 'sent', { kind: 'text', text: 'x' });
      },
    });
    openChat(other, null);
    await opened();
    await sendMessage(other, { kind: 'text', text: 'x' });
    refuse = false;
    await retryRefused(chat()?.optimistic[0]?.clientId ?? '');
    const ids = main.calls
      .filter((call) => call.method === 'conversations.send')
      .map((call) => call.input['clientId']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(chat()?.optimistic).toEqual([]);
  });

  it('sends a failed message again as a new attempt and leaves the old one in place', async () => {
    const failed = sent(1, 'failed');
    bridge({
      ...reading([failed]),
      'conversations.resend': ({ messageId }) => {
        const { body } = sent(2);
        return { ...sent(2), body: { ...body, retryOf: messageId } };
      },
    });
    openChat(key, null);
    await opened();
    await resendMessage(failed);
    expect(shown()).toEqual(['m1', 'm2']);
    expect(chat()?.messages[0]?.body).toMatchObject({ status: 'failed' });
    expect(chat()?.messages[1]?.body).toMatchObject({ retryOf: 'm1' });
  });

  it('drops the answer for a conversation that was left', async () => {
    let answer = (_value: unknown): void => undefined;
    bridge({
      ...reading([]),
      'conversations.messages': ({ openid }) =>
        openid === OPENID ? new Promise((resolve) => (answer = resolve)) : { messages: [], more: false },
    });
    openChat(key, null);
    openChat(other, null);
    await opened();
    answer({ messages: [received(1)], more: false });
    await Promise.resolve();
    expect(shown()).toEqual([]);
  });

  it('asks for an older page once, however often the top is reached', async () => {
    const main = bridge(reading([received(7)]));
    openChat(key, null);
    await opened();
    await Promise.all([loadOlder(), loadOlder(), loadOlder()]);
    const older = main.calls.filter(
      (call) => call.method === 'conversations.messages' && call.input['before'] !== null,
    );
    expect(older.map((call) => call.input['before'])).toEqual([7]);
  });
});

describe('the conversation list', () => {
  const query = { appid: null, filter: 'all', order: 'newest' } as const;

  it('reads a page of a million at a time and each page once', async () => {
    const main = bridge({
      'conversations.page': ({ offset, limit }) => ({
        total: 1_000_000,
        rows: Array.from({ length: Number(limit) }, (_, index) =>
          conversation(`oPerson${Number(offset) + index}`, { lastAt: NOON }),
        ),
      }),
    });
    askList(query);
    await expect.poll(() => useList.getState().list.rows.size).toBe(50);
    seeRows({ first: 500_000, last: 500_020 });
    seeRows({ first: 500_001, last: 500_021 });
    await expect.poll(() => useList.getState().list.rows.size).toBe(100);
    expect(main.calls).toHaveLength(2);
    expect(useList.getState().list.rows.get(500_000)?.openid).toBe('oPerson500000');
  });

  it('reads where a fling ends, and not everything that it passed', async () => {
    const answers: (() => void)[] = [];
    const main = bridge({
      'conversations.page': ({ offset }) =>
        new Promise((resolve) => {
          const rows = Array.from({ length: 50 }, (_, n) => conversation(`oPerson${Number(offset) + n}`));
          answers.push(() => resolve({ total: 100_000, rows }));
        }),
    });
    askList(query);
    await expect.poll(() => answers.length).toBe(1);
    answers.shift()?.();
    await expect.poll(() => useList.getState().list.total).toBe(100_000);
    for (let first = 1_000; first <= 90_000; first += 500) seeRows({ first, last: first + 12 });
    for (let turn = 0; turn < 10; turn += 1) {
      for (const answer of answers.splice(0)) answer();
      await Promise.resolve();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect(useList.getState().list.rows.get(90_005)?.openid).toBe('oPerson90005');
    expect(main.calls.length).toBeLessThanOrEqual(6);
  });

  it('answers a burst of changes by one reading', async () => {
    const main = bridge({ 'conversations.page': () => ({ total: 1, rows: [conversation()] }) });
    const stop = followList();
    askList(query);
    await expect.poll(() => useList.getState().list.total).toBe(1);
    for (let index = 0; index < 50; index += 1) main.broadcast('conversations.changed', key);
    await expect.poll(() => main.calls.length).toBe(2);
    stop();
  });

  it('shows an error instead of an endless loading, and recovers', async () => {
    bridge({});
    askList(query);
    await expect.poll(() => useList.getState().list.error?.code).toBe('ipc/unknown-method');
    bridge({ 'conversations.page': () => ({ total: 0, rows: [] }) });
    askList(query);
    await expect.poll(() => useList.getState().list.total).toBe(0);
    expect(useList.getState().list.error).toBeNull();
  });
});
