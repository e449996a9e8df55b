/** Cards as they are read from outside: from the page, and from a file of quick replies. */
import { z } from 'zod';
import type { Card } from './card';

/** Beyond every limit of WeChat, so that the rules of the domain refuse by name and not the schema. */
const words = z.string().max(10_000);
export const pictureId = z.string().max(64);

const music = z.object({
  kind: z.literal('music'),
  title: words,
  description: words,
  musicUrl: words,
  hqMusicUrl: words,
  pictureId,
});
const news = z.object({
  kind: z.literal('news'),
  title: words,
  description: words,
  url: words,
  picUrl: words,
  pictureId,
});
const article = z.object({
  kind: z.literal('article'),
  articleId: z.string().max(200),
  title: words,
  digest: words,
  url: words,
});
const miniprogram = z.object({
  kind: z.literal('miniprogram'),
  title: words,
  appId: z.string().max(64),
  pagePath: words,
  pictureId,
});
const menu = z.object({
  kind: z.literal('menu'),
  head: words,
  items: z
    .array(z.object({ id: z.string().regex(/^\d{1,18}$/), content: words }))
    .max(50)
    .readonly(),
  tail: words,
});

/** The kinds of card, to be spread into a union by `kind`; keys that are none of a card's are left out. */
export const CARD_SCHEMAS = [
  music,
  news,
  article,
  miniprogram,
  menu,
] as const satisfies readonly z.ZodType<Card>[];
