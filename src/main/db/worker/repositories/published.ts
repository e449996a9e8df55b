import type { PublishedArticleRow } from '#shared/ipc/card-models';
import type { PublishedReads, PublishedWrites } from '../../port/published';
import { accountId } from '../lookup';
import type { Reads, Writes } from '../repository';

interface ArticleRow {
  article_id: string;
  title: string;
  digest: string;
  url: string;
  parts: number;
  updated_at: number;
}

const toArticle = (row: ArticleRow): PublishedArticleRow => ({
  articleId: row.article_id,
  title: row.title,
  digest: row.digest,
  url: row.url,
  parts: row.parts,
  updatedAt: row.updated_at,
});

export const reads: Reads<PublishedReads> = {
  get(db, appid) {
    const list = db.get<{ account_id: number; total: number; read_at: number }>(
      'SELECT l.* FROM published_lists l JOIN accounts a ON a.id = l.account_id WHERE a.appid = ?',
      appid,
    );
    if (!list) return null;
    const rows = db.all<ArticleRow>(
      'SELECT * FROM published_articles WHERE account_id = ? ORDER BY position',
      list.account_id,
    );
    return { total: list.total, readAt: list.read_at, articles: rows.map(toArticle) };
  },
};

export const writes: Writes<PublishedWrites> = {
  replace(db, appid, { total, readAt, articles }) {
    const account = accountId(db, appid);
    db.run(
      `INSERT INTO published_lists (account_id, total, read_at) VALUES (?, ?, ?)
       ON CONFLICT (account_id) DO UPDATE SET total = excluded.total, read_at = excluded.read_at`,
      ...[account, total, readAt],
    );
    db.run('DELETE FROM published_articles WHERE account_id = ?', account);
    for (const [position, article] of articles.entries()) {
      db.run(
        `INSERT OR REPLACE INTO published_articles (account_id, article_id, position, title, digest, url, parts, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        account,
        article.articleId,
        position,
        article.title,
        article.digest,
        article.url,
        article.parts,
        article.updatedAt,
      );
    }
  },
};
