/** Conversations and what was said in them. */
import type { CONVERSATION_FILTERS, CONVERSATION_ORDERS } from '#shared/ipc/conversation-methods';
import type { Conversation, Message } from '#shared/ipc/models';
import type { PreparedDraft } from '#shared/ipc/prepared-models';

export interface ConversationQuery {
  readonly appid: string | null;
  readonly filter: (typeof CONVERSATION_FILTERS)[number];
  readonly order: (typeof CONVERSATION_ORDERS)[number];
  readonly offset: number;
  readonly limit: number;
  readonly now: number;
}

export interface ConversationReads {
  page(query: ConversationQuery): { total: number; rows: Conversation[] };
  /** Also of a follower who never wrote; null when the follower is not known. */
  get(appid: string, openid: string): Conversation | null;
  /** What is prepared beside the text of the draft; null: nothing. */
  prepared(appid: string, openid: string): PreparedDraft | null;
  messages(
    appid: string,
    openid: string,
    before: number | null,
    limit: number,
  ): { messages: Message[]; more: boolean };
  /** Oldest first, about half of `limit` on each side of the message `seq`. */
  around(
    appid: string,
    openid: string,
    seq: number,
    limit: number,
  ): { messages: Message[]; more: boolean; moreNewer: boolean };
  /** Oldest first from behind `after`. */
  messagesAfter(
    appid: string,
    openid: string,
    after: number,
    limit: number,
  ): { messages: Message[]; moreNewer: boolean };
  message(appid: string, id: string): StoredMessage | null;
  /** What only the details of a message show. */
  origin(
    appid: string,
    id: string,
  ): {
    readonly msgId: string | null;
    readonly receivedAt: number | null;
    readonly raw: string | null;
  } | null;
}

export interface ConversationWrites {
  markRead(appid: string, openid: string): void;
  /** Without `prepared` what is prepared beside the text stays as it is. */
  setDraft(appid: string, openid: string, text: string, now: number, prepared?: PreparedDraft): void;
  setStarred(appid: string, openid: string, starred: boolean, now: number): void;
  /** Folds windows again, `limit` at a time, whose rules are not `fingerprint`; true while more remain. */
  refold(fingerprint: string, limit: number): boolean;
}

/** A message with what only main needs. */
export interface StoredMessage {
  readonly message: Message;
  /** Local media that belongs to it. */
  readonly mediaId: string | null;
  /** WeChat's media id still to be fetched. */
  readonly remoteMediaId: string | null;
}
