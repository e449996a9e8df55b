/** The open conversation: reads it, follows it, and sends for it. */
import { create } from 'zustand';
import type { OutboundContent } from '#shared/domain/message';
import type { Input } from '#shared/ipc/contract';
import type { Conversation, Message } from '#shared/ipc/models';
import { call, subscribe } from '../../../api';
import type { Person } from '../../../app/navigation';
import { serverNow } from '../../../ui/clock';
import { toAppErrorData } from '../../../ui/errors';
import { keyOf, sameKey } from '../key';
import type { ChatState } from './chat-state';
import type { OutgoingCard } from './outgoing-card';
import { cardContentOf, cardMediaOf } from './outgoing-card';
import {
  CHAT_PAGE,
  answered,
  askingOlder,
  dropOptimistic,
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
  newerAfter,
  withAround,
  withNewer,
  withoutMessage,
  withTarget,
} from './chat-state';

type Sendable = Input<'conversations.send'>['content'];
/** Messages around one that was looked for. */
const AROUND = 60;

/** A staged file: what the optimistic bubble shows, and what main sends. */
interface OutgoingFile {
  readonly kind: 'image' | 'voice' | 'video';
  readonly stagedId: string;
  readonly url: string;
  readonly mime: string;
  readonly bytes: number;
  /** Of a video. */
  readonly title?: string;
}
type Outgoing = { readonly kind: 'text'; readonly text: string } | OutgoingFile | OutgoingCard;

export const useChat = create<{ readonly chat: ChatState | null }>(() => ({ chat: null }));

/** Conversations that the user left, last one last: on return they are on screen at once, with every send that came to nothing. */
const left = new Map<string, ChatState>();
/** Of those without such sends so many are kept. */
const KEPT_CHATS = 20;

/** Applies a transition to the conversation, open or left. */
function change(key: Person, transition: (chat: ChatState) => ChatState): void {
  const { chat } = useChat.getState();
  if (sameKey(chat?.key ?? null, key)) {
    useChat.setState({ chat: chat && transition(chat) });
    return;
  }
  const held = left.get(keyOf(key));
  if (held) left.set(keyOf(key), transition(held));
}

function keepLeft(chat: ChatState): void {
  left.set(keyOf(chat.key), chat);
  const settled = [...left].filter(([, { optimistic }]) => optimistic.length === 0);
  for (const [name] of settled.slice(0, -KEPT_CHATS)) left.delete(name);
}

/** What is shown of a conversation until main answers; `known` is the list's row of it. */
function taken(key: Person, known: Conversation | null): ChatState {
  const held = left.get(keyOf(key));
  left.delete(keyOf(key));
  return held ? openingAgain(held, known) : opening(key, known);
}

/** Opens a conversation; `known` is the list's row of it, shown until main's answer. */
export function openChat(key: Person, known: Conversation | null): void {
  closeChat();
  useChat.setState({ chat: taken(key, known) });
  // The bubbles first: main answers in this order.
  void readNewest(key);
  void readConversation(key);
}

export function closeChat(): void {
  const { chat } = useChat.getState();
  if (chat) keepLeft(chat);
  useChat.setState({ chat: null });
}

/** Reads the newest page; also the way to try again after a failure. */
export async function readNewest(key: Person): Promise<void> {
  try {
    const page = await call('conversations.messages', { ...key, before: null, limit: CHAT_PAGE });
    change(key, (chat) => withNewest(chat, page));
  } catch (error) {
    change(key, (chat) => failedToOpen(chat, toAppErrorData(error)));
  }
}

/** @returns after main's head of the conversation is on screen, or the failure is. */
export async function readConversation(key: Person): Promise<void> {
  try {
    const conversation = await call('conversations.get', key);
    change(key, (chat) => withConversation(chat, conversation));
  } catch (error) {
    change(key, (chat) => failedToOpen(chat, toAppErrorData(error)));
  }
}

/** Opens a conversation at a message, or leads to it in the open one. */
export async function openChatAt(key: Person, known: Conversation | null, seq: number): Promise<void> {
  const { chat } = useChat.getState();
  if (!sameKey(chat?.key ?? null, key)) {
    closeChat();
    const { optimistic } = taken(key, known);
    useChat.setState({ chat: { ...opening(key, known), optimistic } });
    void readConversation(key);
  } else if (chat?.messages.some((message) => message.seq === seq)) {
    change(key, (now) => withTarget(now, seq));
    return;
  }
  try {
    const page = await call('conversations.around', { ...key, seq, limit: AROUND });
    change(key, (now) => withAround(now, page, seq));
  } catch (error) {
    change(key, (now) => failedToOpen(now, toAppErrorData(error)));
  }
}

export async function loadNewer(): Promise<void> {
  const { chat } = useChat.getState();
  const after = chat && newerAfter(chat);
  if (!chat || after === null) return;
  const { key } = chat;
  change(key, (now) => ({ ...now, loadingNewer: true }));
  try {
    const page = await call('conversations.messagesAfter', { ...key, after, limit: CHAT_PAGE });
    change(key, (now) => withNewer(now, page));
  } catch (error) {
    change(key, (now) => failedToOpen(now, toAppErrorData(error)));
  }
}

export async function loadOlder(): Promise<void> {
  const { chat } = useChat.getState();
  const before = chat && olderBefore(chat);
  if (!chat || before === null) return;
  const { key } = chat;
  change(key, askingOlder);
  try {
    const page = await call('conversations.messages', { ...key, before, limit: CHAT_PAGE });
    change(key, (now) => withOlder(now, page));
  } catch (error) {
    change(key, (now) => failedToOpen(now, toAppErrorData(error)));
  }
}

/** Shows the bubble at once and sends. The outcome arrives in the store: main's message, or the refusal. */
export async function sendMessage({ appid, openid }: Person, outgoing: Outgoing): Promise<void> {
  // Callers hand over whole conversations, and main refuses a call that says more than it needs.
  const key = { appid, openid };
  await attempt(key, crypto.randomUUID(), optimisticMessage(key, outgoing, null), sendableOf(outgoing));
}

/** Asks again for a send that main refused; the same client id, so that nothing can be sent twice. */
export async function retryRefused(clientId: string): Promise<void> {
  const { chat } = useChat.getState();
  const item = chat?.optimistic.find((held) => held.clientId === clientId);
  const sendable = pendingSends.get(clientId);
  if (!chat || !item || !sendable) return;
  change(chat.key, (now) => dropOptimistic(now, clientId));
  const message: Message =
    item.message.body.direction === 'out'
      ? { ...item.message, body: { ...item.message.body, status: 'sending', failure: null } }
      : item.message;
  await attempt(chat.key, clientId, message, sendable);
}

export function discardRefused(clientId: string): void {
  pendingSends.delete(clientId);
  useChat.setState(({ chat }) => ({ chat: chat && dropOptimistic(chat, clientId) }));
}

/** A new attempt of a failed or unknown message, visible as its own bubble. */
export async function resendMessage(message: Message): Promise<void> {
  const key = { appid: message.appid, openid: message.openid };
  const clientId = crypto.randomUUID();
  if (message.body.direction !== 'out') return;
  const copy: Message = {
    ...message,
    id: clientId,
    at: serverNow(),
    body: { ...message.body, status: 'sending', failure: null, retryOf: message.id },
  };
  change(key, (chat) => sending(chat, { clientId, message: copy, refused: null }));
  try {
    const stored = await call('conversations.resend', { ...key, messageId: message.id, clientId });
    change(key, (chat) => answered(chat, clientId, stored));
  } catch (error) {
    // Nothing was sent, so nothing new stays on screen: the old bubble keeps its place and its buttons.
    change(key, (chat) => dropOptimistic(chat, clientId));
    throw error;
  }
}

/** @throws AppError when it left already. */
export async function cancelQueued(message: Message): Promise<void> {
  const key = { appid: message.appid, openid: message.openid };
  await call('conversations.cancelQueued', { ...key, messageId: message.id });
  change(key, (chat) => withoutMessage(chat, message.id));
}

/** Fetches media now; the result arrives by topic. @throws AppError when main cannot ask. */
export async function fetchMedia(message: Message): Promise<void> {
  const key = { appid: message.appid, openid: message.openid };
  await call('conversations.fetchMedia', { ...key, messageId: message.id });
}

/** @throws AppError; the star is shown as it was. */
export async function setStarred(conversation: Conversation, starred: boolean): Promise<void> {
  const { appid, openid } = conversation;
  change(conversation, (chat) => withConversation(chat, { ...conversation, starred }));
  try {
    await call('conversations.setStarred', { appid, openid, starred });
  } catch (error) {
    change(conversation, (chat) => withConversation(chat, conversation));
    throw error;
  }
}

/** Follows main's changes of whatever conversation is open. Returns the disposer. */
export function followChat(): () => void {
  return subscribe('conversations.changed', (payload) => {
    const key = useChat.getState().chat?.key;
    if (!key || payload.appid !== key.appid) return;
    if (payload.openid === null) {
      void readConversation(key);
      // Whoever reads an old stretch is not taken away from it.
      if (!useChat.getState().chat?.moreNewer) void readNewest(key);
      return;
    }
    if (payload.openid !== key.openid) return;
    const { message } = payload;
    if (message) change(key, (chat) => withMessage(chat, message));
    void readConversation(key);
  });
}

/** What to hand to main again if a refused send is retried; only of this page's life. */
const pendingSends = new Map<string, Sendable>();

async function attempt(key: Person, clientId: string, message: Message, content: Sendable): Promise<void> {
  pendingSends.set(clientId, content);
  const { chat } = useChat.getState();
  if (chat?.moreNewer && sameKey(chat.key, key)) void readNewest(key);
  change(key, (chat) => sending(chat, { clientId, message: { ...message, id: clientId }, refused: null }));
  try {
    const stored = await call('conversations.send', { ...key, clientId, content });
    pendingSends.delete(clientId);
    change(key, (chat) => answered(chat, clientId, stored));
  } catch (error) {
    change(key, (chat) => refused(chat, clientId, toAppErrorData(error)));
  }
}

function sendableOf(outgoing: Outgoing): Sendable {
  switch (outgoing.kind) {
    case 'card':
      return outgoing.card;
    case 'text':
      return outgoing;
    case 'image':
    case 'voice':
      return { kind: outgoing.kind, stagedId: outgoing.stagedId };
    case 'video': {
      const { stagedId, title } = outgoing;
      return { kind: 'video', stagedId, ...(title ? { title } : {}) };
    }
  }
}

function contentOf(outgoing: Outgoing): OutboundContent {
  switch (outgoing.kind) {
    case 'card':
      return cardContentOf(outgoing);
    case 'text':
      return outgoing;
    case 'image':
    case 'voice':
      return { kind: outgoing.kind, mediaId: '' };
    case 'video':
      return {
        ...{ kind: 'video', mediaId: '', thumbMediaId: '' },
        ...(outgoing.title ? { title: outgoing.title } : {}),
      };
  }
}

function optimisticMessage(key: Person, outgoing: Outgoing, retryOf: string | null): Message {
  return {
    id: '',
    appid: key.appid,
    openid: key.openid,
    at: serverNow(),
    seq: Number.MAX_SAFE_INTEGER,
    body: {
      direction: 'out',
      content: contentOf(outgoing),
      automatic: false,
      status: 'sending',
      failure: null,
      retryOf,
    },
    media:
      outgoing.kind === 'card'
        ? cardMediaOf(outgoing)
        : outgoing.kind === 'text'
          ? { state: 'none', url: null, mime: null, bytes: null }
          : { state: 'ready', url: outgoing.url, mime: outgoing.mime, bytes: outgoing.bytes },
  };
}
