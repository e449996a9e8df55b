/**
 * The automatic replies of one account, as the desktop keeps them and the relay obeys them: PUT and GET
 * /v1/accounts/:appid/rules. Limits are those of passive replies (被动回复); `src/shared/domain/replies` decides by them.
 */
import { z } from 'zod';
import { utf8Length } from '../domain/media-limits';

/** WeChat drops longer texts. Bytes of UTF-8. */
export const REPLY_TEXT_BYTES = 2_048;
export const REPLY_RULES_MAX = 500;
export const REPLY_ARTICLES_MAX = 8;
/** Hours; the relay keeps the marks of "once per N hours" for a month. */
export const ONCE_PER_HOURS_MAX = 720;

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const mediaId = z.string().min(1).max(256);
const title = z.string().max(256);
const description = z.string().max(1_024);
const link = z
  .string()
  .max(2_048)
  .regex(/^https?:\/\//);

const keyword = z
  .object({
    /**
     * `regex` is RE2 syntax and runs in linear time. `equals` ignores blanks around the text. All ignore case; `equals` and
     * `contains` also take full-width letters, digits and signs for their ASCII forms.
     */
    match: z.enum(['equals', 'contains', 'regex']),
    text: z.string().min(1).max(256),
  })
  .strict();

export const replyTrigger = z.discriminatedUnion('on', [
  /** Someone follows; `scenes` restricts it to QR codes with one of these scenes, also when a follower scans one (SCAN). */
  z
    .object({
      on: z.literal('follow'),
      scenes: z.array(z.string().min(1).max(64)).min(1).max(100).optional(),
    })
    .strict(),
  /** Any one of the keywords in a text message. */
  z.object({ on: z.literal('keyword'), keywords: z.array(keyword).min(1).max(50) }).strict(),
  /** A tap on a menu button of type click with one of these keys. */
  z.object({ on: z.literal('menu'), keys: z.array(z.string().min(1).max(128)).min(1).max(100) }).strict(),
  z
    .object({
      on: z.literal('type'),
      types: z
        .array(z.enum(['text', 'image', 'voice', 'video', 'location', 'link', 'miniprogram']))
        .min(1)
        .max(7),
    })
    .strict(),
  /** Any message of a customer that no other rule answers. */
  z.object({ on: z.literal('default') }).strict(),
]);
export type ReplyTrigger = z.infer<typeof replyTrigger>;

export const replyContent = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('text'),
      text: z
        .string()
        .min(1)
        .refine((text) => utf8Length(text) <= REPLY_TEXT_BYTES),
    })
    .strict(),
  z.object({ kind: z.literal('image'), mediaId }).strict(),
  z.object({ kind: z.literal('voice'), mediaId }).strict(),
  z
    .object({
      kind: z.literal('video'),
      mediaId,
      title: title.optional(),
      description: description.optional(),
    })
    .strict(),
  z
    .object({
      kind: z.literal('music'),
      title,
      description,
      musicUrl: link,
      hqMusicUrl: link,
      thumbMediaId: mediaId,
    })
    .strict(),
  /** Only the first article is shown as the answer to a message; up to eight after a follow or a menu tap. */
  z
    .object({
      kind: z.literal('news'),
      articles: z
        .array(
          z
            .object({ title: title.min(1), description, picUrl: z.union([link, z.literal('')]), url: link })
            .strict(),
        )
        .min(1)
        .max(REPLY_ARTICLES_MAX),
    })
    .strict(),
  /** Hands the message over to WeChat's own customer-service console. */
  z.object({ kind: z.literal('transfer'), kfAccount: z.string().min(1).max(64).optional() }).strict(),
  /** Answers nothing, and keeps lower rules from answering. */
  z.object({ kind: z.literal('none') }).strict(),
]);
export type ReplyContent = z.infer<typeof replyContent>;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const replyRule = z
  .object({
    id,
    name: z.string().max(60),
    enabled: z.boolean(),
    /** The highest answers; of equal ones the first in the list. `default` rules come after all others. */
    priority: z.number().int().min(-1_000).max(1_000),
    trigger: replyTrigger,
    /** When the rule holds, in the time zone of the set; always when left out. */
    hours: z
      .object({
        /** 1 Monday … 7 Sunday: the day on which the span begins. */
        weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
        from: timeOfDay,
        /** Exclusive; at or before `from` it lies on the next day. */
        to: timeOfDay,
      })
      .strict()
      .optional(),
    /** Answers one person at most once in this many hours; lower rules then get their turn. */
    oncePerHours: z.number().int().min(1).max(ONCE_PER_HOURS_MAX).optional(),
    reply: replyContent,
  })
  .strict();
export type ReplyRule = z.infer<typeof replyRule>;

export const replyRuleSet = z
  .object({
    /** Rises with every change; the relay refuses an older one (`relay/older-rules`). */
    version: z.number().int().min(1),
    /** IANA name such as `Asia/Shanghai`. */
    timeZone: z.string().min(1).max(64),
    rules: z.array(replyRule).max(REPLY_RULES_MAX),
  })
  .strict()
  .refine(({ rules }) => new Set(rules.map((rule) => rule.id)).size === rules.length);
export type ReplyRuleSet = z.infer<typeof replyRuleSet>;
