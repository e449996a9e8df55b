/** Cards as the page hands them to main, and what main tells about articles and pictures. */
import { z } from 'zod';
import type { Card } from '../domain/cards/card';
import { appErrorData, appid } from './models';

/** Beyond every limit of WeChat, so that the rules of the domain refuse by name and not the schema. */
const words = z.string().max(10_000);
export const pictureId = z.string().max(64);

const music = z
  .object({
    kind: z.literal('music'),
    title: words,
    description: words,
    musicUrl: words,
    hqMusicUrl: words,
    pictureId,
  })
  .strict();
const news = z
  .object({
    kind: z.literal('news'),
    title: words,
    description: words,
    url: words,
    picUrl: words,
    pictureId,
  })
  .strict();
const article = z
  .object({
    kind: z.literal('article'),
    articleId: z.string().max(200),
    title: words,
    digest: words,
    url: words,
  })
  .strict();
const miniprogram = z
  .object({
    kind: z.literal('miniprogram'),
    title: words,
    appId: z.string().max(64),
    pagePath: words,
    pictureId,
  })
  .strict();
const menu = z
  .object({
    kind: z.literal('menu'),
    head: words,
    items: z
      .array(z.object({ id: z.string().regex(/^\d{1,18}$/), content: words }).strict())
      .max(50)
      .readonly(),
    tail: words,
  })
  .strict();

/** The kinds of card, to be spread into a union by `kind`. */
export const cardSchemas = [
  music,
  news,
  article,
  miniprogram,
  menu,
] as const satisfies readonly z.ZodType<Card>[];

/** An article of the account's list of published ones. */
export const publishedArticle = z.object({
  articleId: z.string(),
  title: z.string(),
  digest: z.string(),
  url: z.string(),
  /** How many articles were published together; a message shows the first. */
  parts: z.number().int(),
  updatedAt: z.number(),
});
export type PublishedArticleRow = z.infer<typeof publishedArticle>;

export const publishedList = z.object({
  appid,
  articles: z.array(publishedArticle),
  /** How many the account has; the list holds the newest. */
  total: z.number().int(),
  /** When WeChat was last asked with success, unix seconds; null: never. */
  readAt: z.number().nullable(),
  /** Why the list could not be read now; what is stored is shown all the same. */
  error: appErrorData.nullable(),
});
export type PublishedList = z.infer<typeof publishedList>;

export const PICTURE_USES = ['image', 'thumb', 'article-picture'] as const;

export const stagedPicture = z.object({
  pictureId: z.string(),
  mime: z.string(),
  bytes: z.number().int(),
  url: z.string(),
});
export type StagedPicture = z.infer<typeof stagedPicture>;
