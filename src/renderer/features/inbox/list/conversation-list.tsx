import {
  memo,
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type MouseEvent,
  type RefObject,
} from 'react';
import type { Account, Conversation } from '#shared/ipc/models';
import { useAccounts } from '../../../app/accounts-store';
import { useNavigation } from '../../../app/navigation';
import { useTexts } from '../../../i18n/texts';
import { ErrorState } from '../../../ui/error-state';
import { Icon } from '../../../ui/icon';
import { SkeletonList } from '../../../ui/skeleton-list';
import { VirtualList, type VirtualListHandle } from '../../../ui/virtual-list';
import type { RowRange } from '../../../ui/virtual-scroll';
import { keyOf, sameKey } from '../key';
import { inboxTexts } from '../texts';
import { ConversationRow } from './conversation-row';
import { EmptyList } from './empty-list';
import { ListFilters } from './list-filters';
import { RowMenu, type MenuPlace } from './row-menu';
import { SnoozeDialog } from './snooze-dialog';
import { indexOf, movedBy, type ListChoice, type ListQuery, type ListState } from './list-state';
import { askList, chooseInList, refreshListSoon, seeRows, useList } from './list-store';
import styles from './list.module.css';

const ROW_HEIGHT = 60;
/** From the row's corner to a menu that no pointer asked for, pixels. */
const MENU_INDENT = 16;
/** Filters and orders that depend on time change without any message: they are read again this often. */
const TIMED_MS = 20_000;
const TIMED: ReadonlySet<ListQuery['filter']> = new Set(['closing-soon', 'closed']);

/** Queues, rows by window, and the state of the connection. */
export function ConversationList() {
  const t = useTexts(inboxTexts);
  const { list, before } = useShownList();
  const selected = useNavigation((state) => state.conversation);
  const { query } = list;
  useTimedRefresh(TIMED.has(query.filter) || query.order === 'closing-first');
  const activeIndex = selected ? indexOf(list, selected) : null;
  const { appid } = query;
  const choose = useCallback((choice: ListChoice) => chooseInList(choice, appid), [appid]);
  return (
    <section className={styles['list']} aria-label={t('listLabel')}>
      <ListFilters query={query} total={list.total} onChoose={choose} />
      <OfflineStrip />
      <div className={styles['body']}>
        {list.total === null && list.error ? (
          <ErrorState error={list.error} onRetry={() => askList(query)} />
        ) : list.total === null ? (
          <SkeletonList rows={9} rowHeight={ROW_HEIGHT} />
        ) : list.total === 0 ? (
          <EmptyList query={query} onShow={(filter) => choose({ filter })} />
        ) : (
          <Rows
            key={list.generation}
            list={list}
            before={before}
            total={list.total}
            activeIndex={activeIndex}
          />
        )}
      </div>
      <SnoozeDialog />
    </section>
  );
}

/** The list as it is drawn: what was asked for at once, and what arrives by itself when no key waits for the page. */
function useShownList() {
  const now = useList();
  const later = useDeferredValue(now);
  return now.before === null ? now : later;
}

const Rows = memo(function Rows(props: {
  readonly list: ListState;
  /** The list before main's last change. */
  readonly before: ListState | null;
  readonly total: number;
  readonly activeIndex: number | null;
}) {
  const t = useTexts(inboxTexts);
  const { list, before } = props;
  const accounts = useAccounts((state) => state.settled);
  const selected = useNavigation((state) => state.conversation);
  const open = useNavigation((state) => state.openConversation);
  const handle = useRef<VirtualListHandle>(null);
  useKeepPlace(handle, list, before);
  const merged = list.query.appid === null && accounts.length > 1;
  const onOpen = useCallback((row: Conversation) => open(row.appid, row.openid), [open]);

  const { activeIndex } = props;
  const selectedName = selected ? keyOf(selected) : null;
  const scrolledTo = useRef(selectedName);
  useEffect(() => {
    // Only a new choice scrolls: rows that move under the selection must not pull the list along.
    if (scrolledTo.current === selectedName || activeIndex === null) return;
    scrolledTo.current = selectedName;
    handle.current?.reveal(activeIndex);
    // Whoever moves by J and K with the focus nowhere gets it here, where the menu key works.
    if (document.activeElement === document.body) handle.current?.focus();
  }, [selectedName, activeIndex]);

  const accountOf = (row: Conversation): Account | null =>
    accounts.find((account) => account.appid === row.appid) ?? null;
  const nameOf = (index: number): string | null => {
    const row = list.rows.get(index);
    return row ? keyOf(row) : null;
  };
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const openMenu = (event: MouseEvent) => {
    const place = menuPlace(event, activeIndex, list.rows);
    if (!place) return;
    event.preventDefault();
    setMenu(place);
  };
  const closeMenu = useCallback(() => {
    setMenu(null);
    handle.current?.focus();
  }, []);
  return (
    <>
      <RowMenu place={menu} onClose={closeMenu} />
      <VirtualList
        handle={handle}
        total={props.total}
        rowHeight={ROW_HEIGHT}
        role="listbox"
        label={t('listLabel')}
        activeDescendant={activeIndex === null ? null : rowId(activeIndex)}
        nameOf={nameOf}
        onContextMenu={openMenu}
        onRange={onRange}
      >
        {(index) => {
          const row = list.rows.get(index);
          if (!row) return <SkeletonRow label={t('rowLoading')} />;
          return (
            <ConversationRow
              id={rowId(index)}
              row={row}
              selected={sameKey(row, selected)}
              account={merged ? accountOf(row) : null}
              canReply={accountOf(row)?.verified ?? true}
              position={index + 1}
              total={props.total}
              onOpen={onOpen}
            />
          );
        }}
      </VirtualList>
    </>
  );
});

function onRange({ first, end }: RowRange): void {
  seeRows({ first, last: end - 1 });
}

/** Under the pointer; by the menu key beside the row that is chosen. */
function menuPlace(
  event: MouseEvent,
  active: number | null,
  rows: ReadonlyMap<number, Conversation>,
): MenuPlace | null {
  const under = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  const index = under ? Number(under.getAttribute('data-row')) : active;
  const row = index === null ? undefined : rows.get(index);
  if (!row || index === null) return null;
  if (under) return { row, x: event.clientX, y: event.clientY };
  const box = document.getElementById(rowId(index))?.getBoundingClientRect();
  return box ? { row, x: box.left + MENU_INDENT, y: box.bottom - MENU_INDENT } : null;
}

function rowId(index: number): string {
  return `conversation-${index}`;
}

function SkeletonRow({ label }: { readonly label: string }) {
  return (
    <div className={styles['row']} aria-label={label} role="option" aria-selected={false}>
      <span className={styles['blank']} />
    </div>
  );
}

/** Rows that come or go above the first visible one must not move what the user looks at. */
function useKeepPlace(
  handle: RefObject<VirtualListHandle | null>,
  list: ListState,
  before: ListState | null,
): void {
  useLayoutEffect(() => {
    const anchor = handle.current?.anchor();
    if (!anchor || !before || anchor.atTop) return;
    const moved = movedBy(before, list, anchor.row);
    if (moved !== 0) handle.current?.shift(moved);
  }, [handle, before, list]);
}

function useTimedRefresh(timed: boolean): void {
  useEffect(() => {
    if (!timed) return undefined;
    const timer = setInterval(refreshListSoon, TIMED_MS);
    return () => clearInterval(timer);
  }, [timed]);
}

/** Says that nothing new can arrive, and for which accounts. */
function OfflineStrip() {
  const t = useTexts(inboxTexts);
  const appid = useList((state) => state.list.query.appid);
  const accounts = useAccounts((state) => state.accounts);
  const shown = accounts.filter((account) => appid === null || account.appid === appid);
  const offline = shown.filter((account) => account.connection.state === 'offline');
  if (offline.length === 0) return null;
  const names = offline.map((account) => account.name).join('、');
  return (
    <p className={styles['strip']} role="status">
      <Icon name="offline" size={16} />
      <span>{offline.length === shown.length ? t('offlineStrip') : t('offlineStripSome', { names })}</span>
    </p>
  );
}
