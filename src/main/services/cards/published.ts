import { AppError, type AppErrorData } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { PublishedArticleRow, PublishedList } from '#shared/ipc/card-models';
import type { Input } from '#shared/ipc/contract';
import type { Logger } from '#shared/log';
import { getPublishedArticles, PUBLISHED_PAGE, type PublishedArticle } from '#wechat/api/publish';
import type { WeChatClient } from '#wechat/client';
import type { Database } from '../../db/port/database';
import { createSerial } from '../serial';

export interface PublishedDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
}

/** WeChat allows 100 calls a day: the list is asked for anew no sooner, seconds. */
const FRESH_FOR = 600;
/** The newest ones that are read: 15 of the day's calls, when all of them are new. */
const MOST = 300;

/** The account's published articles: kept here, so that they can be searched, and chosen while offline. */
export function createPublishedList({ db, clock, logger, wechatFor }: PublishedDeps) {
  const serial = createSerial();

  /** Reads until it meets what is stored: of an unchanged list one page is enough. */
  async function read(appid: string): Promise<void> {
    const client = await wechatFor(appid);
    const stored = await db.published.get(appid);
    const known = new Map(stored?.articles.map((article) => [article.articleId, article]));
    const found: PublishedArticleRow[] = [];
    let total = Infinity;
    for (let offset = 0; offset < Math.min(total, MOST); offset += PUBLISHED_PAGE) {
      const page = await getPublishedArticles(client, offset);
      const articles = page.articles.map(toRow);
      total = page.total;
      found.push(...articles);
      const unchanged = articles.every(
        ({ articleId, updatedAt }) => known.get(articleId)?.updatedAt === updatedAt,
      );
      if (articles.length > 0 && unchanged && stored && stored.total === total) {
        const ids = new Set(found.map(({ articleId }) => articleId));
        found.push(...stored.articles.filter(({ articleId }) => !ids.has(articleId)));
        break;
      }
    }
    await db.published.replace(appid, { total, readAt: clock.now(), articles: found });
  }

  async function refresh(appid: string): Promise<AppErrorData | null> {
    try {
      await read(appid);
      return null;
    } catch (error) {
      if (!(error instanceof AppError) || error.code.startsWith('db/')) throw error;
      logger.warn('published-list-failed', { appid, code: error.code });
      return error.data;
    }
  }

  return function published({ appid, refresh: wish }: Input<'cards.published'>): Promise<PublishedList> {
    // One reading at a time: a second one would spend the day's calls for the same answer.
    return serial.run(appid, async () => {
      const before = await db.published.get(appid);
      const stale = before === null || clock.now() - before.readAt > FRESH_FOR;
      const error = wish === 'now' || (wish === 'stale' && stale) ? await refresh(appid) : null;
      const list = await db.published.get(appid);
      return {
        appid,
        articles: list?.articles ?? [],
        total: list?.total ?? 0,
        readAt: list?.readAt ?? null,
        error,
      };
    });
  };
}

function toRow({ articleId, updatedAt, parts }: PublishedArticle): PublishedArticleRow {
  const [first] = parts;
  return {
    articleId,
    updatedAt,
    title: first?.title ?? '',
    digest: first?.digest ?? '',
    url: first?.url ?? '',
    parts: parts.length,
  };
}
