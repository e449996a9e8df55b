/** What main tells the page of relays: automatic replies, paired devices, and what relays report. */
import { z } from 'zod';
import { deviceView } from '../relay/protocol';
import { REPLY_RULES_MAX, replyContent, replyRule, replyRuleSet } from '../relay/reply-rules';
import { appErrorData, appid } from './models';

export const autoReplies = z.object({
  appid,
  /** null: none were ever saved. */
  rules: replyRuleSet.nullable(),
  sync: z.object({
    /**
     * `off`: the relay answers nothing, because the account is sealed or not bound. `waiting`: the relay does not have
     * this version yet. `refused`: it did not take it, and trying again does not help.
     */
    state: z.enum(['off', 'waiting', 'synced', 'refused']),
    error: appErrorData.nullable(),
  }),
  /** Sets that gave way when two computers edited, newest first. */
  replaced: z.array(
    z.object({
      id: z.number().int(),
      version: z.number().int(),
      /** Where it stood: on this computer, or at the relay, put there by another one. */
      origin: z.enum(['here', 'relay']),
      replacedAt: z.number(),
      rules: z.number().int(),
    }),
  ),
});
export type AutoReplies = z.infer<typeof autoReplies>;

/** Rules before they have a version. */
const draft = z.object({
  timeZone: z.string().min(1).max(64),
  rules: z
    .array(replyRule)
    .max(REPLY_RULES_MAX)
    .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length),
});

export const autoRepliesSave = draft
  .extend({
    appid,
    /** The version that was edited; when another one has taken its place meanwhile, that one is kept as replaced. */
    basedOn: z.number().int().nullable(),
  })
  .strict();

/** What a follower does, as far as rules listen to it. */
const heard = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().max(10_000) }).strict(),
  z.object({ type: z.enum(['image', 'voice', 'video', 'location', 'link', 'miniprogram']) }).strict(),
  z.object({ type: z.literal('follow'), scene: z.string().max(64).nullable() }).strict(),
  z.object({ type: z.literal('scan'), scene: z.string().max(64) }).strict(),
  z.object({ type: z.literal('menu'), button: z.string().max(128) }).strict(),
]);
export type Heard = z.infer<typeof heard>;

export const explainInput = z
  .object({
    appid,
    /** Rules to try; the saved ones when absent. */
    draft: draft.strict().optional(),
    heard,
    /** Unix seconds; now when absent. */
    at: z.number().min(0).max(253_402_300_799).optional(),
  })
  .strict();

export const explanation = z.object({
  chosen: z.object({ ruleId: z.string(), reply: replyContent }).nullable(),
  /** Every rule in the order in which they are asked. Nobody counts as answered before. */
  verdicts: z.array(
    z.object({
      ruleId: z.string(),
      outcome: z.enum(['answers', 'disabled', 'trigger', 'hours', 'once-per', 'lower-priority']),
    }),
  ),
});

/** One pairing of this computer with a relay. */
export const byLink = z.object({ linkId: z.string().max(64) }).strict();
export const pairedRelay = z.object({
  linkId: z.string(),
  /** Origin of the relay. */
  url: z.string(),
  /** The accounts here that receive through it. */
  appids: z.array(appid),
});
export type PairedRelay = z.infer<typeof pairedRelay>;

export const relayDevices = z.array(deviceView);
export const invitation = z.object({ code: z.string(), expiresAt: z.number() });
export type Invitation = z.infer<typeof invitation>;

export const ownerNotice = z.object({
  id: z.number().int(),
  at: z.number(),
  /** Host of the relay that reports it. */
  relay: z.string(),
  /** `unread-expiring`: a device has not fetched items that will be removed. `unread-removed`: they were. */
  type: z.enum(['unread-expiring', 'unread-removed']),
  device: z.string(),
  count: z.number(),
  /** With `unread-expiring`, unix seconds. */
  removeAt: z.number().nullable(),
  reason: z.enum(['age', 'size']).nullable(),
});
export type OwnerNotice = z.infer<typeof ownerNotice>;
