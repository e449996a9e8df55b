import Button from 'antd/es/button';
import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { Follower } from '#shared/ipc/models';
import { useNavigation } from '../../app/navigation';
import { useTexts } from '../../i18n/texts';
import { EmptyState } from '../../ui/empty-state';
import { ErrorCard, ErrorState } from '../../ui/error-state';
import { SkeletonList } from '../../ui/skeleton-list';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list';
import type { RowRange } from '../../ui/virtual-scroll';
import { FollowerRow, SkeletonRow } from './follower-row';
import styles from './followers.module.css';
import { isNarrowed, useFollowerQuery } from './query-store';
import { followersTexts } from './texts';
import type { FollowerList } from './use-followers';

const ROW_HEIGHT = 40;
const COLUMNS = [
  ['name', 'colName'],
  ['tags', 'colTags'],
  ['scene', 'colScene'],
  ['since', 'colSince'],
  ['last', 'colLast'],
  ['window', 'colWindow'],
] as const;

function Head() {
  const t = useTexts(followersTexts);
  return (
    <div className={styles['headBox']} aria-hidden>
      <div className={`${styles['cells']} ${styles['head']}`}>
        {COLUMNS.map(([column, text]) => (
          <span key={column} data-col={column}>
            {t(text)}
          </span>
        ))}
      </div>
    </div>
  );
}

function Empty() {
  const t = useTexts(followersTexts);
  const { query, clear } = useFollowerQuery();
  if (isNarrowed(query)) {
    return (
      <EmptyState
        icon="search"
        title={t('noneTitle')}
        text={t('noneText')}
        actions={<Button onClick={clear}>{t('clearFilters')}</Button>}
      />
    );
  }
  const left = query.following === 'left';
  return (
    <EmptyState
      icon="followers"
      title={t(left ? 'emptyLeftTitle' : 'emptyTitle')}
      text={t(left ? 'emptyLeftText' : 'emptyText')}
    />
  );
}

/**
 * Keeps the row at the top of the screen where it is while rows come in or go above it. Returns what to call when the
 * list has moved.
 */
function useAnchor(list: FollowerList, handle: RefObject<VirtualListHandle | null>): () => void {
  const seen = useRef<{ readonly row: number; readonly follower: Follower } | null>(null);
  const { cache, view } = list;
  const remember = useCallback(() => {
    const anchor = handle.current?.anchor();
    const follower = anchor && cache.row(anchor.row);
    seen.current = anchor && follower ? { row: anchor.row, follower } : null;
  }, [cache, handle]);
  useLayoutEffect(() => {
    const before = seen.current;
    const anchor = handle.current?.anchor();
    if (before && anchor && !anchor.atTop && before.row === anchor.row) {
      const { appid, openid } = before.follower;
      const now = cache.find((row) => row.appid === appid && row.openid === openid);
      if (now !== null && now !== before.row) handle.current?.shift(now - before.row);
    }
    remember();
  }, [cache, view.revision, handle, remember]);
  return remember;
}

export function FollowerTable(props: { readonly list: FollowerList; readonly merged: boolean }) {
  const t = useTexts(followersTexts);
  const { cache, view } = props.list;
  const open = useNavigation((state) => state.follower);
  const openFollower = useNavigation((state) => state.openFollower);
  const closeFollower = useNavigation((state) => state.closeFollower);
  const [active, setActive] = useState(-1);
  const handle = useRef<VirtualListHandle>(null);
  const remember = useAnchor(props.list, handle);
  const onRange = useCallback(
    (range: RowRange) => {
      remember();
      cache.want(range);
    },
    [cache, remember],
  );
  useLayoutEffect(() => cache.want({ first: 0, end: 1 }), [cache]);

  const show = (row: number) => {
    const follower = cache.row(row);
    setActive(row);
    if (follower) openFollower(follower.appid, follower.openid);
  };
  const nameOf = (row: number): string | null => {
    const follower = cache.row(row);
    return follower ? `${follower.appid}/${follower.openid}` : null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const total = view.total ?? 0;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = Math.min(Math.max(0, active + step), total - 1);
      setActive(next);
      handle.current?.reveal(next);
      // With the profile open, the arrows browse.
      if (open) show(next);
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      show(active);
    } else if (event.key === 'Escape' && open) {
      closeFollower();
    }
  };

  const body = () => {
    if (view.total === null) {
      if (view.error) return <ErrorState error={view.error} onRetry={() => cache.retry()} />;
      return <SkeletonList rows={12} rowHeight={ROW_HEIGHT} />;
    }
    if (view.total === 0) return <Empty />;
    return (
      <VirtualList
        handle={handle}
        total={view.total}
        rowHeight={ROW_HEIGHT}
        role="grid"
        label={t('table')}
        nameOf={nameOf}
        onRange={onRange}
        onKeyDown={onKeyDown}
      >
        {(row) => {
          const follower = cache.row(row);
          if (!follower) return <SkeletonRow index={row} />;
          return (
            <FollowerRow
              follower={follower}
              index={row}
              merged={props.merged}
              active={row === active}
              selected={open?.appid === follower.appid && open.openid === follower.openid}
              onOpen={show}
            />
          );
        }}
      </VirtualList>
    );
  };
  return (
    <div className={styles['table']}>
      <Head />
      {view.error && view.total !== null ? (
        <div className={styles['bannerError']}>
          <ErrorCard error={view.error} onRetry={() => cache.retry()} />
        </div>
      ) : null}
      <div className={styles['rows']}>{body()}</div>
    </div>
  );
}
