/** What the follower list is asked for; kept while other screens are open. */
import { create } from 'zustand';
import type { FOLLOWER_SORTS, FollowerFilter } from '#shared/ipc/follower-methods';

export type FollowerSort = (typeof FOLLOWER_SORTS)[number];

/** The filter without the account, which the switcher decides. */
export type FollowerQuery = Omit<FollowerFilter, 'appid'> & { readonly sort: FollowerSort };

export const EMPTY_QUERY: FollowerQuery = {
  text: '',
  following: 'following',
  tagId: null,
  scene: null,
  windowOpen: null,
  sort: 'subscribed-desc',
};

interface QueryState {
  readonly query: FollowerQuery;
  change(patch: Partial<FollowerQuery>): void;
  /** Everything but the order. */
  clear(): void;
}

export const useFollowerQuery = create<QueryState>((set) => ({
  query: EMPTY_QUERY,
  change: (patch) => set((state) => ({ query: { ...state.query, ...patch } })),
  clear: () => set((state) => ({ query: { ...EMPTY_QUERY, following: 'all', sort: state.query.sort } })),
}));

/** Whether anything narrows the list beyond following or not. */
export function isNarrowed(query: FollowerQuery): boolean {
  return (
    query.text.trim() !== '' || query.tagId !== null || query.scene !== null || query.windowOpen !== null
  );
}

/** What main is asked. */
export function toFilter(query: FollowerQuery, appid: string | null): FollowerFilter {
  return {
    appid,
    text: query.text.trim(),
    following: query.following,
    tagId: appid === null ? null : query.tagId,
    scene: query.scene,
    windowOpen: query.windowOpen,
  };
}
