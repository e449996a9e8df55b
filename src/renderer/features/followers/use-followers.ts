import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { FollowerFilter } from '#shared/ipc/follower-methods';
import type { Follower } from '#shared/ipc/models';
import { call, subscribe } from '../../api';
import { PageCache, type PageCacheView } from './page-cache';
import type { FollowerSort } from './query-store';

/** While an import runs main reports change after change: the rows on screen are read again at most this often. */
const REFRESH_MS = 1000;

export interface FollowerList {
  readonly cache: PageCache<Follower>;
  readonly view: PageCacheView;
}

/** The rows of one query, kept fresh by topic. */
export function useFollowers(filter: FollowerFilter, sort: FollowerSort): FollowerList {
  const { appid } = filter;
  const key = JSON.stringify([filter, sort]);
  const cache = useMemo(() => {
    const [keyFilter, keySort] = JSON.parse(key) as [FollowerFilter, FollowerSort];
    return new PageCache<Follower>((offset, limit) =>
      call('followers.page', { filter: keyFilter, sort: keySort, offset, limit }),
    );
  }, [key]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refreshSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        cache.refresh();
      }, REFRESH_MS);
    };
    const dispose = subscribe('followers.changed', (change) => {
      if (appid === null || change.appid === appid) refreshSoon();
    });
    return () => {
      dispose();
      clearTimeout(timer);
    };
  }, [cache, appid]);

  const view = useSyncExternalStore(cache.subscribe, cache.view);
  return { cache, view };
}
