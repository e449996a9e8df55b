/** Articles that an account has published. */
import type { PublishedArticleRow } from '#shared/ipc/card-models';

export interface PublishedReads {
  /** null: never read. */
  get(appid: string): { total: number; readAt: number; articles: PublishedArticleRow[] } | null;
}

export interface PublishedWrites {
  /** Puts this list, newest first, in the place of the stored one. */
  replace(
    appid: string,
    list: {
      readonly total: number;
      readonly readAt: number;
      readonly articles: readonly PublishedArticleRow[];
    },
  ): void;
}
