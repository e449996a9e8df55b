/** Methods about conversations, and about what is sent in them. */
import { z } from 'zod';
import { cardSchemas } from './card-models';
import { done, MAX_PAGE, page, who } from './common';
import { appid, conversation, message, openid } from './models';
import { foundDraft, preparedDraft, stagedId } from './prepared-models';

/** Largest file a follower can be sent (image and video: 10 MB, materials-and-publish.md §1). */
export const MAX_STAGED_BYTES = 10 * 1024 * 1024;

/** `active`: neither done nor snoozed, as the queues after it; `all` and `starred` hold those as well. */
export const CONVERSATION_FILTERS = [
  'active',
  'all',
  'needs-reply',
  'closing-soon',
  'closed',
  'failed',
  'starred',
  'snoozed',
  'done',
] as const;
export const CONVERSATION_ORDERS = ['newest', 'closing-first'] as const;

export const sendableContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().min(1).max(10_000) }).strict(),
  /** `stagedId` comes from media.stage. */
  z.object({ kind: z.enum(['image', 'voice']), stagedId }).strict(),
  /** WeChat shows a video with the picture that was staged as its poster. */
  z
    .object({
      kind: z.literal('video'),
      stagedId,
      title: z.string().max(64).optional(),
    })
    .strict(),
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
  /** `text` holds every text that is written; without `prepared` what is prepared beside it stays as it is. */
  'conversations.setDraft': {
    input: z
      .object({ appid, openid, text: z.string().max(10_000), prepared: preparedDraft.optional() })
      .strict(),
    output: done,
  },
  /** What was prepared beside the text of the draft and not sent; a file that is gone is there without an address. */
  'conversations.prepared': { input: who, output: foundDraft },
  'conversations.setStarred': {
    input: z.object({ appid, openid, starred: z.boolean() }).strict(),
    output: done,
  },
  /** Fetches the media of a message now, e.g. after a failure; the result arrives by topic. */
  'conversations.fetchMedia': {
    input: z.object({ appid, openid, messageId: z.string().max(64) }).strict(),
    output: done,
  },
  /** The customer sees that an answer is being written; main asks WeChat as rarely as it allows, and a refusal is only logged. */
  'conversations.typing': {
    input: z.object({ appid, openid, typing: z.boolean() }).strict(),
    output: done,
  },
  /**
   * Type-sniffs and keeps a file that the user chose, pasted or dropped: an image, voice or video; refuses with the limit
   * named. `thumb`: a JPEG of at most 64 KB that a card needs; `posterOf`: the same, for a staged video.
   */
  'media.stage': {
    input: z
      .object({
        appid,
        name: z.string().max(200),
        bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_STAGED_BYTES * 3),
        as: z.union([z.literal('thumb'), z.object({ posterOf: stagedId }).strict()]).optional(),
      })
      .strict(),
    output: z.object({
      stagedId: z.string(),
      kind: z.enum(['image', 'voice', 'video', 'thumb']),
      mime: z.string(),
      bytes: z.number().int(),
      /** How long a voice lasts; null for the rest. */
      seconds: z.number().nullable(),
      url: z.string(),
    }),
  },
  /** Forgets a staged file that was not sent after all. */
  'media.unstage': { input: z.object({ appid, stagedId }).strict(), output: done },
} as const;
