import type { PublishedArticle } from '../state/articles';
import { fail } from './errors';
import { integerOf, jsonBody, type AccountCall, type ApiRoute } from './route';

/** Most articles of one answer. */
const MOST = 20;

/** Publishing (发布能力, materials-and-publish.md §5). */
export const publishRoutes: readonly ApiRoute[] = [
  { path: '/cgi-bin/freepublish/batchget', method: 'POST', auth: 'token', needs: 'any', handle: batchGet },
];

/** Service accounts whether verified or not, subscription accounts only when verified. */
function batchGet(call: AccountCall): unknown {
  const { account } = call;
  if (account.standing.banned) fail(48004);
  if (account.type === 'subscription' && !account.standing.verified) fail(48001);
  const body = jsonBody(call);
  const offset = integerOf(body['offset']);
  const count = integerOf(body['count']);
  if (offset === null || offset < 0 || count === null || count < 1 || count > MOST) fail(40002);
  const withContent = integerOf(body['no_content'] ?? 0) !== 1;
  const page = account.articles.slice(offset, offset + count);
  return {
    total_count: account.articles.length,
    item_count: page.length,
    item: page.map((article) => ({
      article_id: article.id,
      content: { news_item: [newsItem(article, withContent)] },
      update_time: article.updatedAt,
    })),
  };
}

function newsItem(article: PublishedArticle, withContent: boolean): object {
  return {
    title: article.title,
    author: article.author,
    digest: article.digest,
    ...(withContent ? { content: `<p>${article.digest}</p>` } : {}),
    content_source_url: '',
    thumb_media_id: '',
    show_cover_pic: 0,
    need_open_comment: 0,
    only_fans_can_comment: 0,
    url: article.url,
    is_deleted: false,
  };
}
