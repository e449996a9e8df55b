import { beforeEach, expect, it, vi } from 'vitest';
import type { Conversation } from '#shared/ipc/models';
import { useNavigation } from '../../../../../src/renderer/app/navigation';
import {
  markUnread,
  setDone,
  setPinned,
  snooze,
} from '../../../../../src/renderer/features/inbox/list/row-actions';
import { emptyList, withPage } from '../../../../../src/renderer/features/inbox/list/list-state';
import { useList } from '../../../../../src/renderer/features/inbox/list/list-store';
import { installBridge, Refusal, type MemoryBridge } from '../../support/memory-bridge';
import { conversation } from '../builders';

const query = { appid: null, filter: 'active', order: 'newest' } as const;
const [ann, ben, cai] = ['oAnnAnnAnn', 'oBenBenBen', 'oCaiCaiCai'].map((openid) => conversation(openid)) as [
  Conversation,
  Conversation,
  Conversation,
];
const rowOf = ({ openid }: Conversation) =>
  [...useList.getState().list.rows.values()].find((row) => row.openid === openid);
const opened = () => useNavigation.getState().conversation?.openid ?? null;

const said: string[] = [];
let undo: (() => void) | null;
const toast = {
  done: (text: string) => said.push(text),
  warn: (text: string) => said.push(text),
  failed: () => said.push('failed'),
  undoable: (text: string, _label: string, work: () => void) => {
    said.push(text);
    undo = work;
  },
};

let bridge: MemoryBridge;
const called = (method: string) =>
  bridge.calls.filter((one) => one.method === method).map(({ input }) => input);

beforeEach(() => {
  said.length = 0;
  undo = null;
  bridge = installBridge({
    'conversations.setPinned': () => ({}),
    'conversations.setDone': () => ({}),
    'conversations.snooze': () => ({}),
    'conversations.markUnread': () => ({}),
  });
  useList.setState({
    list: withPage(emptyList(query), 0, 0, { total: 3, rows: [ann, ben, cai] }),
    before: null,
  });
  useNavigation.setState({ screen: 'inbox', conversation: null, accountFilter: null });
});

it('shows a pin at once and takes it back when main refuses', async () => {
  const pinned = setPinned(ann, true, toast);
  expect(rowOf(ann)?.pinned).toBe(true);
  await pinned;
  expect(rowOf(ann)?.pinned).toBe(true);

  installBridge({
    'conversations.setPinned': () => {
      throw new Refusal({ code: 'db/disk-full' });
    },
  });
  await setPinned(ben, true, toast);
  expect(rowOf(ben)?.pinned).toBe(false);
  expect(said).toEqual(['failed']);
});

it('opens the next conversation when the open one is done, the one above at the end of the list', async () => {
  useNavigation.getState().openConversation(ben.appid, ben.openid);
  await setDone(ben, true, toast);
  expect(opened()).toBe(cai.openid);
  await setDone(cai, true, toast);
  expect(opened()).toBe(ben.openid);
});

it('leaves the open conversation alone when another one is done', async () => {
  useNavigation.getState().openConversation(ann.appid, ann.openid);
  await setDone(ben, true, toast);
  expect(opened()).toBe(ann.openid);
});

it('undoes done and opens what was open', async () => {
  useNavigation.getState().openConversation(ann.appid, ann.openid);
  await setDone(ann, true, toast);
  undo?.();
  await expect.poll(opened).toBe(ann.openid);
  expect(called('conversations.setDone').at(-1)).toMatchObject({ openid: ann.openid, done: false });
});

it('undoes done of a snoozed conversation by its snooze, as long as that is to come', async () => {
  const until = Date.now() / 1000 + 3600;
  await setDone({ ...ann, snoozedUntil: until }, true, toast);
  undo?.();
  await vi.waitFor(() => expect(called('conversations.snooze')).toMatchObject([{ until }]));
});

it('undoes a snooze of something done by done', async () => {
  await snooze({ ...ann, done: true }, Date.now() / 1000 + 3600, toast);
  undo?.();
  await vi.waitFor(() => expect(called('conversations.setDone')).toMatchObject([{ done: true }]));
});

it('moves nothing when main refuses to set a conversation aside', async () => {
  installBridge({
    'conversations.setDone': () => {
      throw new Refusal({ code: 'db/disk-full' });
    },
  });
  useNavigation.getState().openConversation(ben.appid, ben.openid);
  await setDone(ben, true, toast);
  expect(opened()).toBe(ben.openid);
  expect(said).toEqual(['failed']);
  expect(undo).toBeNull();
});

it('leaves a conversation that is marked unread: it would be read at once', async () => {
  useNavigation.getState().openConversation(ann.appid, ann.openid);
  await markUnread({ ...ann, unread: 0 }, toast);
  expect(opened()).toBeNull();
  expect(rowOf(ann)?.unread).toBe(1);
});
