/** What a search answers. */
import { z } from 'zod';
import { conversation, message } from './models';
import { keptQuickReply } from './quick-reply-models';

/** Offsets of what was found, in UTF-16 units of the text beside it. */
const ranges = z.array(z.tuple([z.number().int(), z.number().int()]).readonly()).readonly();
const snippet = z.object({ text: z.string(), ranges });

/** Words, filters and all, as they are typed. */
export const searchText = z.string().max(500);

const searchHit = z.object({
  message,
  /** Of a message without words, e.g. an image: empty. */
  snippet,
});
export type SearchHit = z.infer<typeof searchHit>;

/** What was found in one conversation. */
export const searchGroup = z.object({
  conversation,
  /** Newest first; the first few. */
  hits: z.array(searchHit),
  count: z.number().int(),
  /** There are more than `count`. */
  capped: z.boolean(),
});
export type SearchGroup = z.infer<typeof searchGroup>;

/** Somebody whose alias, remark or note was found, or a conversation whose draft was. */
export const foundPerson = z.object({
  conversation,
  field: z.enum(['alias', 'remark', 'note', 'placeholder', 'draft']),
  snippet,
});
export type FoundPerson = z.infer<typeof foundPerson>;

/** A quick reply whose name, shortcut or words were found. */
const foundQuickReply = z.object({
  reply: keptQuickReply,
  name: snippet,
  /** Of a variant that is not there: null. */
  zh: snippet.nullable(),
  en: snippet.nullable(),
});
export type FoundQuickReply = z.infer<typeof foundQuickReply>;

export const searchPage = z.object({
  /** By the newest message that was found. */
  groups: z.array(searchGroup),
  /** Give it as `before` for older ones; null: this is the end. */
  next: z.number().int().nullable(),
  /** On the first page only. `exact` false: there are at most, or where capped at least, so many. */
  total: z.object({ count: z.number().int(), capped: z.boolean(), exact: z.boolean() }).nullable(),
  people: z.array(foundPerson),
  drafts: z.array(foundPerson),
  quickReplies: z.array(foundQuickReply),
});
export type SearchPage = z.infer<typeof searchPage>;

export const chatSearch = z.object({
  /** Newest first. */
  hits: z.array(z.object({ id: z.string(), seq: z.number().int() })),
  /** There are older ones. */
  capped: z.boolean(),
});
export type ChatSearch = z.infer<typeof chatSearch>;

/** Messages of before the index existed; newest are indexed first. */
export const indexProgress = z.object({ done: z.number().int(), total: z.number().int() });
export type IndexProgress = z.infer<typeof indexProgress>;
