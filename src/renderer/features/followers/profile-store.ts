/** One person: the record, and the timeline as far as it was read. */
import { useEffect, useState } from 'react';
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { AppErrorData } from '#shared/app-error';
import type { Input } from '#shared/ipc/contract';
import type { Follower, TimelineEntry } from '#shared/ipc/models';
import { call, subscribe } from '../../api';
import type { Person } from '../../app/navigation';
import { toAppErrorData } from '../../ui/errors';

const PAGE = 50;

export interface ProfileState {
  readonly follower: Follower | null;
  readonly error: AppErrorData | null;
  readonly timeline: readonly TimelineEntry[];
  /** Where the next older page begins; null: all is here. */
  readonly next: string | null;
  readonly timelineLoaded: boolean;
  readonly timelineBusy: boolean;
  readonly timelineError: AppErrorData | null;
  read(): Promise<void>;
  readTimeline(): Promise<void>;
  readOlder(): Promise<void>;
  /** @throws AppError when it could not be kept. */
  save(patch: Pick<Input<'followers.update'>, 'alias' | 'note'>): Promise<void>;
}

/** New entries first, and what was paged in before kept behind them. */
export function mergeTimeline(
  newest: readonly TimelineEntry[],
  known: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const ids = new Set(newest.map((entry) => entry.id));
  return [...newest, ...known.filter((entry) => !ids.has(entry.id))];
}

export function createProfileStore(person: Person): UseBoundStore<StoreApi<ProfileState>> {
  const { appid, openid } = person;
  return create<ProfileState>((set, get) => ({
    follower: null,
    error: null,
    timeline: [],
    next: null,
    timelineLoaded: false,
    timelineBusy: false,
    timelineError: null,
    read: async () => {
      try {
        set({ follower: await call('followers.get', { appid, openid }), error: null });
      } catch (error) {
        set({ error: toAppErrorData(error) });
      }
    },
    readTimeline: async () => {
      try {
        const page = await call('followers.timeline', { appid, openid, before: null, limit: PAGE });
        const first = !get().timelineLoaded;
        set({
          timeline: mergeTimeline(page.entries, get().timeline),
          timelineLoaded: true,
          timelineError: null,
          ...(first ? { next: page.next } : {}),
        });
      } catch (error) {
        set({ timelineError: toAppErrorData(error) });
      }
    },
    readOlder: async () => {
      const { next, timelineBusy } = get();
      if (next === null || timelineBusy) return;
      set({ timelineBusy: true, timelineError: null });
      try {
        const page = await call('followers.timeline', { appid, openid, before: next, limit: PAGE });
        set({ timeline: mergeTimeline(get().timeline, page.entries), next: page.next });
      } catch (error) {
        set({ timelineError: toAppErrorData(error) });
      } finally {
        set({ timelineBusy: false });
      }
    },
    save: async (patch) => {
      set({ follower: await call('followers.update', { appid, openid, ...patch }) });
    },
  }));
}

/** The store of one person for as long as the pane shows them. Mount with a key per person. */
export function useProfileStore(person: Person): UseBoundStore<StoreApi<ProfileState>> {
  const [store] = useState(() => createProfileStore(person));
  const { appid, openid } = person;
  useEffect(() => {
    const { read, readTimeline } = store.getState();
    void read();
    void readTimeline();
    const concerns = (change: { readonly appid: string; readonly openid: string | null }) =>
      change.appid === appid && (change.openid === null || change.openid === openid);
    const disposers = [
      subscribe('followers.changed', (change) => {
        if (concerns(change)) void read();
      }),
      subscribe('conversations.changed', (change) => {
        if (!concerns(change)) return;
        void read();
        void readTimeline();
      }),
    ];
    return () => {
      for (const dispose of disposers) dispose();
    };
  }, [store, appid, openid]);
  return store;
}
