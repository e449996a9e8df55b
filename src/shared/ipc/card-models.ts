/** Cards as the page hands them to main, and what main tells about articles and pictures. */
import { z } from 'zod';
import { CARD_SCHEMAS } from '../domain/cards/card-schemas';
import { appErrorData, appid } from './models';

const [music, news, article, miniprogram, menu] = CARD_SCHEMAS;

/** The kinds of card as the page hands them over, to be spread into a union by `kind`. */
export const cardSchemas = [
  music.strict(),
  news.strict(),
  article.strict(),
  miniprogram.strict(),
  menu.strict(),
] as const;

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
