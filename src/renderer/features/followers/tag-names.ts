/** Names of tags by account, for rows of every account on screen. */
import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import type { Tag } from '#shared/ipc/models';
import { call, subscribe } from '../../api';
import { useAccounts } from '../../app/accounts-store';

interface TagsState {
  readonly byAccount: ReadonlyMap<string, readonly Tag[]>;
}

export const useTagsStore = create<TagsState>(() => ({ byAccount: new Map() }));

/** Ids that WeChat reserves: no group, blocklist, starred. */
const SYSTEM_TAGS = new Set([0, 1]);

async function readTags(appid: string): Promise<void> {
  const tags = await call('tags.list', { appid });
  const byAccount = new Map(useTagsStore.getState().byAccount);
  byAccount.set(appid, tags);
  useTagsStore.setState({ byAccount });
}

/** Reads the tags of every account and again after an import. `onError` hears what could not be read. */
export function useTagsOfAccounts(onError: (error: unknown) => void): void {
  const key = useAccounts((state) => state.accounts.map((account) => account.appid).join(' '));
  useEffect(() => {
    for (const appid of key.split(' ').filter(Boolean)) readTags(appid).catch(onError);
    return subscribe('import.changed', (state) => {
      if (state.phase === 'done') readTags(state.appid).catch(onError);
    });
  }, [key, onError]);
}

const NO_TAGS: readonly Tag[] = [];

export function useTags(appid: string | null): readonly Tag[] {
  return useTagsStore((state) => (appid === null ? NO_TAGS : (state.byAccount.get(appid) ?? NO_TAGS)));
}

/** The names of a person's tags; an id whose name is not known yet is left out until it is. */
export function useTagNames(appid: string, ids: readonly number[]): readonly string[] {
  const tags = useTags(appid);
  return useMemo(() => {
    const shown = ids.filter((id) => !SYSTEM_TAGS.has(id));
    return shown.flatMap((id) => tags.find((tag) => tag.id === id)?.name ?? []);
  }, [ids, tags]);
}
