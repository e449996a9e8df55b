import Dropdown from 'antd/es/dropdown';
import { memo, useEffect, useRef, type KeyboardEvent } from 'react';
import { CONVERSATION_ORDERS, type CONVERSATION_FILTERS } from '#shared/ipc/conversation-methods';
import { useAccounts } from '../../../app/accounts-store';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { formatNumber } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { inboxTexts } from '../texts';
import type { ListChoice, ListQuery } from './list-state';
import styles from './list.module.css';
import { listTexts } from './texts';

export type Filter = (typeof CONVERSATION_FILTERS)[number];
type Order = (typeof CONVERSATION_ORDERS)[number];

const FILTER_NAMES = {
  active: 'filterActive',
  all: 'filterAll',
  'needs-reply': 'filterNeedsReply',
  'closing-soon': 'filterClosingSoon',
  closed: 'filterClosed',
  failed: 'filterFailed',
  starred: 'filterStarred',
  snoozed: 'filterSnoozed',
  done: 'filterDone',
} as const satisfies Record<Filter, string>;

const SHOWN: readonly Filter[] = ['active', 'needs-reply', 'closing-soon'];
const FOLDED: readonly Filter[] = ['closed', 'failed', 'starred', 'snoozed', 'done', 'all'];
const ORDERS = {
  newest: 'orderNewest',
  'closing-first': 'orderClosing',
} as const satisfies Record<Order, string>;

interface ListFiltersProps {
  readonly query: ListQuery;
  readonly total: number | null;
  readonly onChoose: (choice: ListChoice) => void;
}

/** The work queues as one row of choices, the rarer ones behind “more”; count and order below. */
export const ListFilters = memo(function ListFilters({ query, total, onChoose }: ListFiltersProps) {
  const t = useTexts(inboxTexts);
  const l = useTexts(listTexts);
  const locale = useLocale();
  const waiting = useWaiting(query.appid);
  // What is snoozed has an order of its own: by when it comes back.
  const orderName = (order: Order) =>
    order === 'newest' && query.filter === 'snoozed' ? l('orderReturns') : t(ORDERS[order]);
  const filters = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In a narrow list the choices scroll: the one that holds has to be seen.
    filters.current
      ?.querySelector('[aria-checked="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [query.filter, locale]);
  const folded = FOLDED.find((filter) => filter === query.filter);
  const choose = (filter: Filter) => onChoose({ filter });
  return (
    <div className={styles['head']}>
      <div
        ref={filters}
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
            {filter === 'needs-reply' && waiting > 0 ? (
              <span className={styles['count']}>{formatNumber(waiting, locale)}</span>
            ) : null}
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
            items: CONVERSATION_ORDERS.map((key) => ({ key, label: orderName(key) })),
            onClick: ({ key }) => onChoose({ order: key === 'newest' ? 'newest' : 'closing-first' }),
          }}
        >
          <button
            type="button"
            className={styles['order']}
            aria-label={`${t('orderLabel')}: ${orderName(query.order)}`}
          >
            {orderName(query.order)}
            <Icon name="chevronDown" size={14} />
          </button>
        </Dropdown>
      </div>
    </div>
  );
});

/** Conversations that wait for a reply, muted ones included: as many as the queue has rows. */
function useWaiting(appid: string | null): number {
  return useAccounts((state) =>
    state.accounts
      .filter((account) => appid === null || account.appid === appid)
      .reduce((sum, account) => sum + account.needsReply + account.needsReplyMuted, 0),
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
