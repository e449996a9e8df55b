/** Methods about conversations, and about what is sent in them. */
import { z } from 'zod';
import { cardSchemas } from './card-models';
import { done, MAX_PAGE, page, who } from './common';
import { appid, conversation, message, openid } from './models';

/** Largest image a follower can be sent (10 MB, materials-and-publish.md §1). */
export const MAX_STAGED_BYTES = 10 * 1024 * 1024;

export const CONVERSATION_FILTERS = [
  'all',
  'needs-reply',
  'closing-soon',
  'closed',
  'failed',
  'starred',
] as const;
export const CONVERSATION_ORDERS = ['newest', 'closing-first'] as const;

export const sendableContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().min(1).max(10_000) }).strict(),
  /** `stagedId` comes from media.stage. */
  z.object({ kind: z.literal('image'), stagedId: z.string().max(64) }).strict(),
  ...cardSchemas,
]);

export const conversationMethods = {
  'conversations.page': {
    input: z
      .object({
        appid: appid.nullable(),
        filter: z.enum(CONVERSATION_FILTERS),
        order: z.enum(CONVERSATION_ORDERS),
        ...page,
      })
      .strict(),
    output: z.object({ total: z.number().int(), rows: z.array(conversation) }),
  },
  'conversations.get': { input: who, output: conversation },
  /** Newest first from `before` (a message's `seq`; null: from the end). */
  'conversations.messages': {
    input: z
      .object({
        appid,
        openid,
        before: z.number().int().nullable(),
        limit: z.number().int().min(1).max(MAX_PAGE),
      })
      .strict(),
    output: z.object({ messages: z.array(message), more: z.boolean() }),
  },
  /** `clientId` makes a repeated call a no-op: the same id always answers the same message. */
  'conversations.send': {
    input: z.object({ appid, openid, clientId: z.uuid(), content: sendableContent }).strict(),
    output: message,
  },
  /** A new, visible attempt of a failed or unknown message, on the user's own word. */
  'conversations.resend': {
    input: z.object({ appid, openid, messageId: z.string().max(64), clientId: z.uuid() }).strict(),
    output: message,
  },
  'conversations.cancelQueued': {
    input: z.object({ appid, openid, messageId: z.string().max(64) }).strict(),
    output: done,
  },
  'conversations.markRead': { input: who, output: done },
  'conversations.setDraft': {
    input: z.object({ appid, openid, text: z.string().max(10_000) }).strict(),
    output: done,
  },
  'conversations.setStarred': {
    input: z.object({ appid, openid, starred: z.boolean() }).strict(),
    output: done,
  },
  /** Fetches the media of a message now, e.g. after a failure; the result arrives by topic. */
  'conversations.fetchMedia': {
    input: z.object({ appid, openid, messageId: z.string().max(64) }).strict(),
    output: done,
  },
  /** Type-sniffs and keeps an image that the user chose, pasted or dropped; refuses with the limit named. */
  'media.stage': {
    input: z
      .object({
        appid,
        name: z.string().max(200),
        bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_STAGED_BYTES * 3),
      })
      .strict(),
    output: z.object({
      stagedId: z.string(),
      mime: z.string(),
      bytes: z.number().int(),
      url: z.string(),
    }),
  },
} as const;
