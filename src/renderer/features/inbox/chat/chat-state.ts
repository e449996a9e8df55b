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
export const CHAT_PAGE = 40;
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
  readonly status: 'loading' | 'ready' | 'failed';
  readonly loadingOlder: boolean;
  readonly error: AppErrorData | null;
  readonly optimistic: readonly Optimistic[];
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
  };
}

export function failedToOpen(state: ChatState, error: AppErrorData): ChatState {
  return {
    ...state,
    status: state.messages.length > 0 ? state.status : 'failed',
    error,
    loadingOlder: false,
  };
}

/** The conversation's head (name, window, draft, star) as main has it now. */
export function withConversation(state: ChatState, conversation: Conversation): ChatState {
  return sameKey(state.key, conversation) ? { ...state, conversation } : state;
}

/**
 * The newest page, read first or again. What overlaps is replaced; when the page does not reach what is held
 * (much arrived at once), what is held is dropped rather than shown with a hole in it.
 */
export function withNewest(state: ChatState, page: Output<'conversations.messages'>): ChatState {
  const fresh = bySeq(page.messages);
  const firstFresh = fresh[0];
  const reaches = !page.more || state.messages.some((held) => held.id === firstFresh?.id);
  const kept =
    firstFresh && reaches && page.more ? state.messages.filter((held) => held.seq < firstFresh.seq) : [];
  const next: ChatState = {
    ...state,
    status: 'ready',
    error: null,
    messages: [...kept, ...fresh],
    more: kept.length > 0 ? state.more : page.more,
    prepended: kept.length > 0 ? state.prepended : 0,
  };
  return fresh.reduce(withoutOptimistic, next);
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
