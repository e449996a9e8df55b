import Button from 'antd/es/button';
import { useMemo } from 'react';
import { HELP_GROUPS, type HelpArticle } from '#shared/domain/help/article';
import { searchHelp } from '#shared/domain/help/search';
import { pick } from '#shared/localized';
import { useNavigation } from '../../app/navigation';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { EmptyState } from '../../ui/empty-state';
import { SearchInput } from '../../ui/search-input';
import { SplitPane } from '../../ui/split-pane';
import { HelpArticleView } from './help-article';
import { useHelp } from './help-store';
import styles from './help.module.css';
import { helpTexts } from './texts';

function Topic({ article, open }: { readonly article: HelpArticle; readonly open: boolean }) {
  const locale = useLocale();
  return (
    <li>
      <button
        type="button"
        className={styles['topic']}
        aria-current={open ? 'true' : undefined}
        onClick={() => useHelp.setState({ articleId: article.id })}
      >
        {pick(article.question, locale)}
      </button>
    </li>
  );
}

function Topics({
  found,
  openId,
}: {
  readonly found: readonly HelpArticle[];
  readonly openId: string | null;
}) {
  const t = useTexts(helpTexts);
  return (
    <nav className={styles['topics']} aria-label={t('topics')}>
      {HELP_GROUPS.map((group) => {
        const articles = found.filter((article) => article.group === group);
        return articles.length === 0 ? null : (
          <section key={group} aria-label={t(group)}>
            <h2>{t(group)}</h2>
            <ul>
              {articles.map((article) => (
                <Topic key={article.id} article={article} open={article.id === openId} />
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

/** The answers that are in the app, to read and to search, with or without a network. */
export function HelpScreen() {
  const t = useTexts(helpTexts);
  const locale = useLocale();
  const { query, articleId } = useHelp();
  const found = useMemo(() => searchHelp(query, locale), [query, locale]);
  const open = found.find((article) => article.id === articleId) ?? found[0] ?? null;
  const openCapabilities = useNavigation((state) => state.openCapabilities);
  const clear = () => useHelp.setState({ query: '' });
  return (
    <SplitPane
      name="help"
      label={t('topics')}
      side="start"
      width={300}
      min={240}
      max={420}
      pane={
        <div className={styles['pane']}>
          <SearchInput
            className={styles['search']}
            value={query}
            label={t('search')}
            onSearch={(words) => useHelp.setState({ query: words })}
          />
          <Button className={styles['search'] ?? ''} size="small" onClick={() => openCapabilities(null)}>
            {t('capabilities')}
          </Button>
          <Topics found={found} openId={open?.id ?? null} />
        </div>
      }
    >
      {open ? (
        <div className={styles['reader']}>
          <HelpArticleView key={open.id} article={open} />
        </div>
      ) : (
        <EmptyState
          icon="search"
          title={t('none', { query })}
          text={t('noneText')}
          actions={<Button onClick={clear}>{t('clear')}</Button>}
        />
      )}
    </SplitPane>
  );
}
