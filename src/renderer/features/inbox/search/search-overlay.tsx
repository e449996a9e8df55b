import type { InputRef } from 'antd/es/input';
import Button from 'antd/es/button';
import { useEffect, useMemo, useRef, useState } from 'react';
import { parseQuery } from '#shared/domain/search/parse-query';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { serverNow } from '../../../ui/clock';
import { EmptyState } from '../../../ui/empty-state';
import { ErrorState } from '../../../ui/error-state';
import { Icon } from '../../../ui/icon';
import { IconButton } from '../../../ui/icon-button';
import { SearchInput } from '../../../ui/search-input';
import { SkeletonList } from '../../../ui/skeleton-list';
import { useToast } from '../../../ui/toast';
import { problemWords } from './problem-words';
import type { ResultRow } from './result-rows';
import { resultRows, walk } from './result-rows';
import { SearchFilters } from './search-filters';
import { SearchHelp } from './search-help';
import { rowId, SearchResults } from './search-results';
import type { Found } from './search-store';
import { closeSearch, forgetRecent, loadMore, openHit, openPerson, search, useSearch } from './search-store';
import styles from './search.module.css';
import { searchTexts } from './texts';
import { useReplyChoice, type ReplyChoice } from './use-reply-choice';

const NO_ROWS: readonly ResultRow[] = [];

/** The search over all conversations; it keeps what was found while one of them is read. */
export function SearchOverlay() {
  const open = useSearch((state) => state.open);
  return open ? <Overlay /> : null;
}

function Overlay() {
  const t = useTexts(searchTexts);
  const locale = useLocale();
  const { text, found, status } = useSearch();
  const [help, setHelp] = useState(false);
  const [chosen, setChosen] = useState<{ readonly of: Found | null; readonly row: number }>({
    of: null,
    row: -1,
  });
  const field = useRef<InputRef>(null);
  useFocusInside(field);
  const replies = useReplyChoice();
  const rows = useMemo(() => (found ? resultRows(found) : NO_ROWS), [found]);
  // Another search begins at its first line.
  const active = chosen.of === found && chosen.row >= 0 ? chosen.row : walk(rows, -1, 1);
  const take = (next: string) => {
    void search(next);
    field.current?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      closeSearch();
      return;
    }
    if (!(event.target instanceof HTMLInputElement)) return;
    const row = rows[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      setChosen({ of: found, row: walk(rows, active, event.key === 'ArrowDown' ? 1 : -1) });
    else if (event.key === 'Enter' && row && status === 'ready') openRow(row, replies);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles['scrim']} onClick={closeSearch}>
      <section
        role="dialog"
        aria-modal
        aria-label={t('title')}
        className={styles['overlay']}
        onKeyDown={onKeyDown}
        onClick={(event) => event.stopPropagation()}
      >
        <div
          className={styles['top']}
          role="combobox"
          aria-expanded={rows.length > 0}
          aria-controls="search-results"
          aria-haspopup="listbox"
          {...(rows[active] ? { 'aria-activedescendant': rowId(active) } : {})}
        >
          <SearchInput
            className={styles['field1']}
            handle={field}
            value={text}
            label={t('field')}
            onSearch={(next) => void search(next)}
          />
          <IconButton
            icon="help"
            label={t(help ? 'hideHelp' : 'help')}
            pressed={help}
            onClick={() => setHelp(!help)}
          />
          <IconButton icon="close" label={t('close')} onClick={closeSearch} />
        </div>
        <SearchFilters text={text} chinese={locale === 'zh-CN'} onChange={take} />
        {help ? <SearchHelp onTake={take} /> : null}
        <Indexing />
        <div className={styles['body']}>
          <Body rows={rows} active={active} replies={replies} onTake={take} />
        </div>
        <p className={styles['bottom']}>
          <span role="status">
            <Total />
          </span>
          <span>{t('keys')}</span>
        </p>
      </section>
    </div>
  );
}

function openRow(row: ResultRow, replies: ReplyChoice): void {
  if (row.kind === 'reply') replies.choose(row.found);
  if (row.kind === 'person') openPerson(row.person);
  if (row.kind === 'hit') openHit(row.group, row.hit.message.seq);
  if (row.kind === 'more') openHit(row.group, row.group.hits[0]?.message.seq ?? 0);
}

function Body(props: {
  readonly rows: readonly ResultRow[];
  readonly active: number;
  readonly replies: ReplyChoice;
  readonly onTake: (text: string) => void;
}) {
  const t = useTexts(searchTexts);
  const { text, status, found, error, indexing, loadingMore } = useSearch();
  const problems = problemWords(text, t);
  if (problems.length > 0) {
    return <EmptyState icon="info" title={problems[0] ?? ''} text={problems.slice(1).join(' ')} />;
  }
  if (status === 'failed' && error) return <ErrorState error={error} onRetry={() => void search(text)} />;
  if (status === 'idle') return <Start onTake={props.onTake} />;
  if (!found) return <SkeletonList rows={6} rowHeight={56} />;
  if (props.rows.length === 0) {
    if (status === 'loading' || loadingMore) return <SkeletonList rows={6} rowHeight={56} />;
    if (found.next !== null) {
      return (
        <EmptyState
          icon="search"
          title={t('noneYetTitle')}
          text={t('noneYetText')}
          actions={<Button onClick={() => void loadMore()}>{t('searchFurther')}</Button>}
        />
      );
    }
    const { filters } = parseQuery(text, serverNow());
    return (
      <EmptyState
        icon="search"
        title={t('noneTitle')}
        text={indexing ? t('noneIndexing') : t('noneText')}
        actions={
          filters.length > 0 ? (
            <Button onClick={() => props.onTake(wordsOnly(text))}>{t('clearFilters')}</Button>
          ) : null
        }
      />
    );
  }
  return (
    <SearchResults
      rows={props.rows}
      active={props.active}
      replies={props.replies}
      onOpen={(row) => openRow(row, props.replies)}
    />
  );
}

function wordsOnly(text: string): string {
  const parts = [...parseQuery(text, serverNow()).filters].reverse();
  return parts.reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text).trim();
}

/** Before anything is asked: what was asked before, or what can be. */
function Start({ onTake }: { readonly onTake: (text: string) => void }) {
  const t = useTexts(searchTexts);
  const toast = useToast();
  const recent = useSearch((state) => state.recent);
  if (recent.length === 0) return <EmptyState icon="search" title={t('startTitle')} text={t('startText')} />;
  return (
    <div className={styles['recent']}>
      <p className={styles['section']}>
        {t('recent')}
        <Button
          size="small"
          type="text"
          onClick={() => void forgetRecent().catch((error: unknown) => toast.failed(error))}
        >
          {t('clearRecent')}
        </Button>
      </p>
      {recent.map((text) => (
        <button key={text} type="button" className={styles['recentRow']} onClick={() => onTake(text)}>
          <Icon name="clock" size={16} />
          <span className="ellipsis">{text}</span>
        </button>
      ))}
    </div>
  );
}

function Indexing() {
  const t = useTexts(searchTexts);
  const indexing = useSearch((state) => state.indexing);
  if (!indexing) return null;
  const percent = Math.floor((100 * indexing.done) / Math.max(1, indexing.total));
  return (
    <p className={styles['indexing']} role="status">
      <Icon name="clock" size={16} />
      {t('indexing', { percent })}
    </p>
  );
}

function Total() {
  const t = useTexts(searchTexts);
  const { status, found } = useSearch();
  if (status === 'loading') return `${t('searching')}…`;
  const total = found?.total;
  if (!total) return null;
  if (total.capped) return t('totalCapped', { count: total.count });
  return t(total.exact || total.count === 0 ? 'total' : 'totalAbout', { count: total.count });
}

/** The field has the focus first, and whoever had it gets it back. */
function useFocusInside(field: React.RefObject<InputRef | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus({ cursor: 'all' });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [field]);
}
