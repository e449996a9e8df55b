import { present } from '../answer';
import type { WeChatClient } from '../client';

/** One published article (已发布的文章) as the list shows it. */
export interface PublishedArticle {
  readonly articleId: string;
  /** Unix seconds. */
  readonly updatedAt: number;
  /** Its parts in order; a message that carries the id shows the first. */
  readonly parts: readonly { readonly title: string; readonly digest: string; readonly url: string }[];
}

interface BatchGetAnswer {
  readonly total_count?: number;
  readonly item?: readonly {
    readonly article_id: string;
    readonly update_time: number;
    readonly content?: {
      readonly news_item?: readonly {
        readonly title?: string;
        readonly digest?: string;
        readonly url?: string;
        readonly is_deleted?: boolean;
      }[];
    };
  }[];
}

/** Most articles of one call. */
export const PUBLISHED_PAGE = 20;

/**
 * freepublish_batchget (获取已发布的消息列表), POST `/cgi-bin/freepublish/batchget`, newest first, without the bodies. 100 calls
 * a day; verified subscription accounts and service accounts, 48001 for others. Parts that were deleted are left out.
 */
export async function getPublishedArticles(
  client: WeChatClient,
  offset: number,
): Promise<{ readonly total: number; readonly articles: readonly PublishedArticle[] }> {
  const answer = await client.post<BatchGetAnswer>('/cgi-bin/freepublish/batchget', {
    offset,
    count: PUBLISHED_PAGE,
    no_content: 1,
  });
  const articles = (answer.item ?? []).map((item) => ({
    articleId: item.article_id,
    updatedAt: item.update_time,
    parts: (item.content?.news_item ?? [])
      .filter((part) => part.is_deleted !== true)
      .map(({ title = '', digest = '', url = '' }) => ({ title, digest, url })),
  }));
  return { total: present(answer.total_count), articles: articles.filter(({ parts }) => parts.length > 0) };
}
