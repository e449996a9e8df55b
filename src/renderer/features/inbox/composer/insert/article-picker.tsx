import Button from 'antd/es/button';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { foldText } from '#shared/domain/replies/fold-text';
import type { ArticleCard } from '#shared/domain/cards/card';
import type { AppErrorData } from '#shared/app-error';
import type { PublishedArticleRow, PublishedList } from '#shared/ipc/card-models';
import { call } from '../../../../api';
import { useLocale } from '../../../../i18n/i18n';
import { useTexts } from '../../../../i18n/texts';
import { useNow } from '../../../../ui/clock';
import { EmptyState } from '../../../../ui/empty-state';
import { ErrorCard, ErrorState } from '../../../../ui/error-state';
import { toAppErrorData } from '../../../../ui/errors';
import { formatAgo, formatDay } from '../../../../ui/format';
import { SearchInput } from '../../../../ui/search-input';
import { SkeletonList } from '../../../../ui/skeleton-list';
import styles from './insert.module.css';
import { insertTexts } from './texts';

const MINUTE_MS = 60_000;
const ROW_HEIGHT = 56;

interface Reading {
  readonly list: PublishedList | null;
  readonly error: AppErrorData | null;
  readonly busy: boolean;
}

/** The account's published articles; what was read before is there at once, also offline. */
function usePublished(appid: string): Reading & { readonly refresh: () => void } {
  const [reading, setReading] = useState<Reading>({ list: null, error: null, busy: true });
  const asked = useRef(0);
  const ask = useCallback(
    (refresh: 'stale' | 'now'): Promise<void> => {
      asked.current += 1;
      const turn = asked.current;
      setReading((now) => ({ ...now, busy: true }));
      return call('cards.published', { appid, refresh }).then(
        (list) => {
          if (turn === asked.current) setReading({ list, error: list.error, busy: false });
        },
        (error: unknown) => {
          if (turn === asked.current)
            setReading((now) => ({ ...now, error: toAppErrorData(error), busy: false }));
        },
      );
    },
    [appid],
  );
  useEffect(() => {
    let gone = false;
    // What is stored first: asking WeChat may take a while, or be impossible.
    void call('cards.published', { appid, refresh: 'never' }).then(
      (list) => {
        if (!gone && list.readAt !== null) setReading((now) => (now.list ? now : { ...now, list }));
      },
      () => undefined,
    );
    void ask('stale');
    return () => {
      gone = true;
      asked.current += 1;
    };
  }, [appid, ask]);
  return { ...reading, refresh: () => void ask('now') };
}

export function ArticlePicker(props: {
  readonly appid: string;
  readonly card: ArticleCard;
  readonly error?: string | undefined;
  readonly onChange: (card: ArticleCard) => void;
}) {
  const { card } = props;
  const t = useTexts(insertTexts);
  const locale = useLocale();
  const now = useNow(MINUTE_MS);
  const [search, setSearch] = useState('');
  const { list, error, busy, refresh } = usePublished(props.appid);
  const articles = list?.articles ?? [];
  const wanted = foldText(search.trim());
  const found = articles.filter(({ title, digest }) => foldText(`${title}\n${digest}`).includes(wanted));
  const when = list?.readAt == null ? '' : formatAgo(list.readAt, now, locale);

  const choose = ({ articleId, title, digest, url }: PublishedArticleRow): void =>
    props.onChange({ kind: 'article', articleId, title, digest, url });

  const body = () => {
    if (list === null || (busy && list.readAt === null))
      return error && !busy ? (
        <ErrorState error={error} onRetry={refresh} />
      ) : (
        <SkeletonList rows={5} rowHeight={ROW_HEIGHT} />
      );
    if (list.readAt === null && error) return <ErrorState error={error} onRetry={refresh} />;
    if (articles.length === 0)
      return (
        <EmptyState
          icon="article"
          title={t('articleEmpty')}
          text={t('articleEmptyText')}
          actions={<Button onClick={refresh}>{t('articleRefresh')}</Button>}
        />
      );
    if (found.length === 0)
      return (
        <EmptyState
          icon="search"
          title={t('articleNoMatch')}
          actions={<Button onClick={() => setSearch('')}>{t('articleClear')}</Button>}
        />
      );
    return <ArticleList articles={found} chosen={card.articleId} onChoose={choose} />;
  };
  const values = { when, total: list?.total ?? 0, shown: articles.length };
  return (
    <div className={styles['picker']}>
      <div className={styles['pickerTools']}>
        <SearchInput value={search} label={t('articleSearch')} onSearch={setSearch} />
        <Button disabled={busy} onClick={refresh}>
          {t('articleRefresh')}
        </Button>
      </div>
      {error && list?.readAt != null ? (
        <div className={styles['pickerError']}>
          <p className={styles['note']}>{t('articleStale', { when })}</p>
          <ErrorCard error={error} />
        </div>
      ) : null}
      <div className={styles['pickerBody']} aria-busy={busy}>
        {body()}
      </div>
      <p className={styles['note']} data-error={props.error !== undefined || undefined}>
        {props.error ??
          (list?.readAt == null
            ? ' '
            : t(articles.length < list.total ? 'articleRecent' : 'articleRead', values))}
      </p>
    </div>
  );
}

/** One tab stop; arrows choose. */
function ArticleList(props: {
  readonly articles: readonly PublishedArticleRow[];
  readonly chosen: string;
  readonly onChoose: (article: PublishedArticleRow) => void;
}) {
  const { articles, chosen } = props;
  const t = useTexts(insertTexts);
  const locale = useLocale();
  const now = useNow(MINUTE_MS);
  const place = articles.findIndex(({ articleId }) => articleId === chosen);
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(articles.length - 1, place + step));
    const article = articles[next];
    if (!article) return;
    props.onChoose(article);
    const row = event.currentTarget.children.item(next);
    if (row instanceof HTMLElement) row.focus();
  };
  return (
    <ul className={styles['articles']} role="listbox" aria-label={t('articleList')} onKeyDown={onKeyDown}>
      {articles.map((article, index) => (
        <li
          key={article.articleId}
          role="option"
          aria-selected={article.articleId === chosen}
          tabIndex={index === Math.max(0, place) ? 0 : -1}
          className={styles['articleRow']}
          onClick={() => props.onChoose(article)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            props.onChoose(article);
          }}
        >
          <span className={styles['articleTitle']}>{article.title}</span>
          <span className={styles['articleDigest']}>
            {article.parts > 1 ? `${t('articleParts', { count: article.parts })} · ` : ''}
            {article.digest}
          </span>
          <span className={`${styles['articleDate']} num`}>{formatDay(article.updatedAt, now, locale)}</span>
        </li>
      ))}
    </ul>
  );
}
