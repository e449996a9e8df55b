/**
 * The open conversation: the newest stretch of its messages without holes, older ones on demand, and what the user
 * just sent and main has not confirmed. Pure transitions; `chat-store` drives them.
 */
import type { AppErrorData } from '#shared/app-error';
import type { Output } from '#shared/ipc/contract';
import type { Conversation, Message } from '#shared/ipc/models';
import type { Person } from '../../../app/navigation';
import { sameKey } from '../key';

/** Messages per request. */
export const CHAT_PAGE = 24;
/** Messages kept of a conversation that the user left. */
const KEPT = CHAT_PAGE;
/** Seconds by which the page's idea of the server's clock may be ahead of main's. */
const CLOCK_SLACK = 30;

/** A send that main has not answered. */
export interface Optimistic {
  readonly clientId: string;
  /** Looks like main's message, so that the same bubble draws it. */
  readonly message: Message;
  /** Why the call itself was refused; nothing reached WeChat. */
  readonly refused: AppErrorData | null;
}

export interface ChatState {
  readonly key: Person;
  /** null while loading for the first time. */
  readonly conversation: Conversation | null;
  readonly messages: readonly Message[];
  /** Older messages than the first one exist. */
  readonly more: boolean;
  /** How many messages were put before the first page; keeps the place of a virtual list. */
  readonly prepended: number;
  /** `seen`: shown as it was when the user left, until main's newest page is there. */
  readonly status: 'loading' | 'seen' | 'ready' | 'failed';
  readonly loadingOlder: boolean;
  readonly error: AppErrorData | null;
  readonly optimistic: readonly Optimistic[];
  /** Newer messages than the last one exist: a stretch around something that was looked for is shown. */
  readonly moreNewer: boolean;
  readonly loadingNewer: boolean;
  /** Messages of the customer that came in meanwhile and are not loaded. */
  readonly unloaded: number;
  /** Counts up when other messages take the place of those shown: the list begins anew. */
  readonly stretch: number;
  /** The message to lead to and mark; `n` rises with every wish. */
  readonly target: { readonly seq: number; readonly n: number } | null;
  /** How many were unread when the conversation was opened; null while that is not known. */
  readonly unreadAtOpen: number | null;
  /** `seq` of the first of them. */
  readonly unreadFrom: number | null;
}

export function opening(key: Person, known: Conversation | null): ChatState {
  return {
    key,
    conversation: known,
    messages: [],
    more: false,
    prepended: 0,
    status: 'loading',
    loadingOlder: false,
    error: null,
    optimistic: [],
    moreNewer: false,
    loadingNewer: false,
    unloaded: 0,
    stretch: 0,
    target: null,
    unreadAtOpen: known?.unread ?? null,
    unreadFrom: null,
  };
}

/** Opens a conversation that the user left before; what is no longer the newest stretch is read anew. */
export function openingAgain(left: ChatState, known: Conversation | null): ChatState {
  const state: ChatState = {
    ...opening(left.key, known ?? left.conversation),
    optimistic: left.optimistic,
  };
  if (left.moreNewer || left.status === 'loading' || left.status === 'failed') return state;
  const messages = left.messages.slice(-KEPT);
  const more = left.more || messages.length < left.messages.length;
  return { ...state, status: 'seen', messages, more, unreadAtOpen: known?.unread ?? null };
}

export function failedToOpen(state: ChatState, error: AppErrorData): ChatState {
  return {
    ...state,
    status: state.status === 'ready' && state.messages.length > 0 ? 'ready' : 'failed',
    error,
    loadingOlder: false,
    loadingNewer: false,
  };
}

/** The conversation's head (name, window, draft, star) as main has it now. */
export function withConversation(state: ChatState, conversation: Conversation): ChatState {
  if (!sameKey(state.key, conversation)) return state;
  const unreadAtOpen = state.unreadAtOpen ?? conversation.unread;
  // What is known already stays the same object: nothing is drawn again for it.
  const known = JSON.stringify(state.conversation) === JSON.stringify(conversation);
  return withUnread({ ...state, conversation: known ? state.conversation : conversation, unreadAtOpen });
}

/**
 * The newest page, read first or again. What overlaps is replaced; when the page does not reach what is held
 * (much arrived at once), what is held is dropped rather than shown with a hole in it.
 */
export function withNewest(state: ChatState, page: Output<'conversations.messages'>): ChatState {
  const fresh = bySeq(page.messages);
  const held = state.moreNewer ? [] : state.messages;
  const firstFresh = fresh[0];
  const reaches = !page.more || held.some((one) => one.id === firstFresh?.id);
  const kept = firstFresh && reaches && page.more ? held.filter((one) => one.seq < firstFresh.seq) : [];
  const next: ChatState = {
    ...state,
    status: 'ready',
    error: null,
    messages: [...kept, ...fresh],
    more: kept.length > 0 ? state.more : page.more,
    prepended: kept.length > 0 ? state.prepended : 0,
    moreNewer: false,
    loadingNewer: false,
    unloaded: 0,
    stretch: state.moreNewer || (held.length > 0 && !reaches) ? state.stretch + 1 : state.stretch,
    target: state.moreNewer ? null : state.target,
  };
  return withUnread(fresh.reduce(withoutOptimistic, next));
}

export function askingOlder(state: ChatState): ChatState {
  return { ...state, loadingOlder: true };
}

/** `seq` to ask older messages before, or null when there is nothing to ask. */
export function olderBefore(state: ChatState): number | null {
  const first = state.messages[0];
  return state.status === 'ready' && state.more && !state.loadingOlder && first ? first.seq : null;
}

export function withOlder(state: ChatState, page: Output<'conversations.messages'>): ChatState {
  const first = state.messages[0];
  const older = bySeq(page.messages).filter((message) => !first || message.seq < first.seq);
  return {
    ...state,
    messages: [...older, ...state.messages],
    more: page.more,
    prepended: state.prepended + older.length,
    loadingOlder: false,
    error: null,
  };
}

/** A stretch around a message, in place of what is shown unless it is shown already. */
export function withAround(state: ChatState, page: Output<'conversations.around'>, seq: number): ChatState {
  return {
    ...state,
    status: 'ready',
    error: null,
    messages: bySeq(page.messages),
    more: page.more,
    moreNewer: page.moreNewer,
    loadingOlder: false,
    loadingNewer: false,
    unloaded: 0,
    prepended: 0,
    stretch: state.stretch + 1,
    target: { seq, n: (state.target?.n ?? 0) + 1 },
  };
}

/** Leads to a message that is loaded. */
export function withTarget(state: ChatState, seq: number): ChatState {
  return { ...state, target: { seq, n: (state.target?.n ?? 0) + 1 } };
}

/** `seq` to ask newer messages after, or null when there is nothing to ask. */
export function newerAfter(state: ChatState): number | null {
  const last = state.messages.at(-1);
  return state.status === 'ready' && state.moreNewer && !state.loadingNewer && last ? last.seq : null;
}

export function withNewer(state: ChatState, page: Output<'conversations.messagesAfter'>): ChatState {
  const last = state.messages.at(-1);
  const newer = bySeq(page.messages).filter((message) => !last || message.seq > last.seq);
  return {
    ...state,
    messages: [...state.messages, ...newer],
    moreNewer: page.moreNewer,
    unloaded: page.moreNewer ? state.unloaded : 0,
    loadingNewer: false,
    error: null,
  };
}

/** Finds the first message that was unread when the conversation was opened. */
function withUnread(state: ChatState): ChatState {
  if (state.unreadFrom !== null || !state.unreadAtOpen || state.status !== 'ready') return state;
  const theirs = state.messages.filter(
    ({ body }) => body.direction === 'in' && body.content.kind !== 'event',
  );
  const first = theirs.at(-Math.min(state.unreadAtOpen, theirs.length));
  return { ...state, unreadFrom: first?.seq ?? null };
}

/** A message that is new or changed, from a topic or from the answer of a call. */
export function withMessage(state: ChatState, message: Message): ChatState {
  if (!sameKey(state.key, message) || state.status !== 'ready') return state;
  const settled = withoutOptimistic(state, message);
  const at = settled.messages.findIndex((held) => held.id === message.id);
  if (at >= 0) {
    const messages = [...settled.messages];
    messages[at] = message;
    return { ...settled, messages };
  }
  const first = settled.messages[0];
  // An old message that is not loaded yet comes with its page.
  if (first && message.seq < first.seq && settled.more) return settled;
  const last = settled.messages.at(-1);
  if (last && message.seq > last.seq && settled.moreNewer) {
    const counts = message.body.direction === 'in' && message.body.content.kind !== 'event';
    return counts ? { ...settled, unloaded: settled.unloaded + 1 } : settled;
  }
  return { ...settled, messages: bySeq([...settled.messages, message]) };
}

export function sending(state: ChatState, optimistic: Optimistic): ChatState {
  return { ...state, optimistic: [...state.optimistic, optimistic] };
}

/** Main answered a send: its message takes the optimistic one's place, whichever of topic and answer came first. */
export function answered(state: ChatState, clientId: string, message: Message): ChatState {
  return withMessage(dropOptimistic(state, clientId), message);
}

/** Main refused the call; the bubble stays with the reason. */
export function refused(state: ChatState, clientId: string, error: AppErrorData): ChatState {
  return {
    ...state,
    optimistic: state.optimistic.map((item) =>
      item.clientId === clientId
        ? { ...item, refused: error, message: withFailure(item.message, error) }
        : item,
    ),
  };
}

export function dropOptimistic(state: ChatState, clientId: string): ChatState {
  const optimistic = state.optimistic.filter((item) => item.clientId !== clientId);
  return optimistic.length === state.optimistic.length ? state : { ...state, optimistic };
}

/** A queued message that the user took back. */
export function withoutMessage(state: ChatState, id: string): ChatState {
  return { ...state, messages: state.messages.filter((message) => message.id !== id) };
}

/** Messages of ours that have not come to an end: each will take one of the replies left. */
export function underWay(state: ChatState): number {
  const stored = state.messages.filter(
    ({ body }) => body.direction === 'out' && (body.status === 'queued' || body.status === 'sending'),
  );
  return stored.length + state.optimistic.filter((item) => item.refused === null).length;
}

function bySeq(messages: readonly Message[]): readonly Message[] {
  return [...messages].sort((a, b) => a.seq - b.seq);
}

function withFailure(message: Message, failure: AppErrorData): Message {
  if (message.body.direction !== 'out') return message;
  return { ...message, body: { ...message.body, status: 'failed', failure } };
}

/**
 * Main's topic may come before its answer. Its message names the client id as its own id; where it does not, the
 * oldest unanswered send of the same content is the one it stands for.
 */
function withoutOptimistic(state: ChatState, message: Message): ChatState {
  const { body } = message;
  if (body.direction !== 'out' || body.automatic) return state;
  if (state.messages.some((held) => held.id === message.id)) return state;
  const exact = state.optimistic.find((item) => item.clientId === message.id);
  if (exact) return dropOptimistic(state, exact.clientId);
  const same = state.optimistic.find(
    (item) =>
      item.refused === null &&
      item.message.at <= message.at + CLOCK_SLACK &&
      body.retryOf === retryOf(item.message) &&
      sameContent(item.message, message),
  );
  return same ? dropOptimistic(state, same.clientId) : state;
}

function retryOf(message: Message): string | null {
  return message.body.direction === 'out' ? message.body.retryOf : null;
}

function sameContent(a: Message, b: Message): boolean {
  const [left, right] = [a.body.content, b.body.content];
  if (left.kind === 'text' && right.kind === 'text') return left.text === right.text;
  return left.kind === right.kind;
}
