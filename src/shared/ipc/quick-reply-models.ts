/** Quick replies as page and main hand them to each other. */
import { z } from 'zod';
import { SHOP_VARIABLES } from '../domain/quick-replies/variables';
import type { PlannedEntry } from '../domain/quick-replies/plan-import';
import type { QuickReplyBody } from '../domain/quick-replies/quick-reply';
import { pictureId } from '../domain/cards/card-schemas';
import { cardSchemas } from './card-models';
import { appid } from './models';

export const replyId = z.string().max(64);
const words = z.string().max(10_000);

export const quickReplyBody: z.ZodType<QuickReplyBody, QuickReplyBody> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: words }).strict(),
  z.object({ kind: z.literal('image'), pictureId }).strict(),
  ...cardSchemas,
]);

export const quickReply = z.object({
  id: replyId,
  appid: appid.nullable(),
  folderId: replyId.nullable(),
  name: z.string().max(200),
  shortcut: z.string().max(200),
  zh: quickReplyBody.nullable(),
  en: quickReplyBody.nullable(),
});

export const keptQuickReply = quickReply.extend({
  uses: z.number().int(),
  lastUsedAt: z.number().nullable(),
});

export const quickReplyFolder = z.object({ id: replyId, name: z.string().min(1).max(60) });

const inBothLanguages = z.object({ zh: z.string().max(300), en: z.string().max(300) }).strict();
/** What a shop says about itself, by variable. */
export const shopWords = z.partialRecord(z.enum(SHOP_VARIABLES), inBothLanguages);

export const quickReplyLibrary = z.object({
  folders: z.array(quickReplyFolder),
  /** In their own order. */
  replies: z.array(keptQuickReply),
  /** By AppID; '' holds for every account that says nothing of its own. */
  shopWords: z.record(z.string(), shopWords),
});
export type QuickReplyLibrary = z.infer<typeof quickReplyLibrary>;

const plannedEntry = z.custom<Omit<PlannedEntry, 'reply'>>(
  (value) => typeof value === 'object' && value !== null,
);

/** What an import would do; main keeps what it read until it is applied or another one is chosen. */
export const importPlan = z.object({
  planId: z.string(),
  fileName: z.string(),
  entries: z.array(plannedEntry),
});
export type ImportPlan = z.infer<typeof importPlan>;
