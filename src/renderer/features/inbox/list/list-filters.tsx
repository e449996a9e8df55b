import Dropdown from 'antd/es/dropdown';
import type { KeyboardEvent } from 'react';
import type { CONVERSATION_FILTERS, CONVERSATION_ORDERS } from '#shared/ipc/conversation-methods';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { inboxTexts } from '../texts';
import type { ListQuery } from './list-state';
import styles from './list.module.css';

export type Filter = (typeof CONVERSATION_FILTERS)[number];
type Order = (typeof CONVERSATION_ORDERS)[number];

const FILTER_NAMES = {
  all: 'filterAll',
  'needs-reply': 'filterNeedsReply',
  'closing-soon': 'filterClosingSoon',
  closed: 'filterClosed',
  failed: 'filterFailed',
  starred: 'filterStarred',
} as const satisfies Record<Filter, string>;

const SHOWN: readonly Filter[] = ['all', 'needs-reply', 'closing-soon'];
const FOLDED: readonly Filter[] = ['closed', 'failed', 'starred'];
const ORDERS = {
  newest: 'orderNewest',
  'closing-first': 'orderClosing',
} as const satisfies Record<Order, string>;

interface ListFiltersProps {
  readonly query: ListQuery;
  readonly total: number | null;
  readonly onChange: (change: Partial<Pick<ListQuery, 'filter' | 'order'>>) => void;
}

/** The work queues as one row of choices, the rarer ones behind “more”; count and order below. */
export function ListFilters({ query, total, onChange }: ListFiltersProps) {
  const t = useTexts(inboxTexts);
  const folded = FOLDED.find((filter) => filter === query.filter);
  const choose = (filter: Filter) => onChange({ filter });
  return (
    <div className={styles['head']}>
      <div
        role="radiogroup"
        aria-label={t('filterLabel')}
        className={styles['filters']}
        onKeyDown={(event) => moveFocus(event)}
      >
        {SHOWN.map((filter) => (
          <button
            key={filter}
            type="button"
            role="radio"
            aria-checked={query.filter === filter}
            className={styles['filter']}
            onClick={() => choose(filter)}
          >
            {t(FILTER_NAMES[filter])}
          </button>
        ))}
        <Dropdown
          trigger={['click']}
          menu={{
            selectedKeys: [query.filter],
            items: FOLDED.map((filter) => ({ key: filter, label: t(FILTER_NAMES[filter]) })),
            onClick: ({ key }) => {
              const filter = FOLDED.find((name) => name === key);
              if (filter) choose(filter);
            },
          }}
        >
          <button type="button" role="radio" aria-checked={Boolean(folded)} className={styles['filter']}>
            {folded ? t(FILTER_NAMES[folded]) : t('filterMore')}
            <Icon name="chevronDown" size={14} />
          </button>
        </Dropdown>
      </div>
      <div className={styles['meta']}>
        <span className="num" aria-live="polite">
          {total === null ? ' ' : t('conversations', { count: total })}
        </span>
        <Dropdown
          trigger={['click']}
          placement="bottomRight"
          menu={{
            selectedKeys: [query.order],
            items: Object.entries(ORDERS).map(([key, name]) => ({ key, label: t(name) })),
            onClick: ({ key }) => onChange({ order: key === 'newest' ? 'newest' : 'closing-first' }),
          }}
        >
          <button
            type="button"
            className={styles['order']}
            aria-label={`${t('orderLabel')}: ${t(ORDERS[query.order])}`}
          >
            {t(ORDERS[query.order])}
            <Icon name="chevronDown" size={14} />
          </button>
        </Dropdown>
      </div>
    </div>
  );
}

/** ← and → go along the choices. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[at + (event.key === 'ArrowRight' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
