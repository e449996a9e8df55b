import { afterEach, describe, expect, it, vi } from 'vitest';
import { followerFilter } from '#shared/ipc/follower-methods';
import type { ImportState, TimelineEntry } from '#shared/ipc/models';
import { hasChat } from '../../../../../src/renderer/features/followers/can-open-chat';
import { importProgress } from '../../../../../src/renderer/features/followers/import-progress';
import {
  createProfileStore,
  mergeTimeline,
} from '../../../../../src/renderer/features/followers/profile-store';
import {
  EMPTY_QUERY,
  isNarrowed,
  toFilter,
  useFollowerQuery,
} from '../../../../../src/renderer/features/followers/query-store';
import { installBridge, Refusal } from '../../support/memory-bridge';
import { APPID, follower } from '../../support/samples';

afterEach(() => vi.unstubAllGlobals());

describe('opening a chat', () => {
  it('[S3.4][S4.4] is refused to someone who never wrote and never opened a window', () => {
    expect(hasChat(follower())).toBe(false);
  });

  it('is possible once the person wrote, also when the window has closed since', () => {
    expect(hasChat(follower({ lastMessageAt: 1_700_000_000 }))).toBe(true);
    expect(hasChat(follower({ firstWords: '你好' }))).toBe(true);
  });
});

describe('the query', () => {
  it('asks main for what the contract allows', () => {
    const filter = toFilter({ ...EMPTY_QUERY, text: '  玫瑰 ', windowOpen: true }, APPID);
    expect(followerFilter.parse(filter)).toMatchObject({ text: '玫瑰', windowOpen: true, appid: APPID });
  });

  it('does not carry a tag of one account into the list of all', () => {
    expect(toFilter({ ...EMPTY_QUERY, tagId: 100 }, null).tagId).toBeNull();
  });

  it('clears the filters and keeps the order', () => {
    const { change, clear } = useFollowerQuery.getState();
    change({ text: '花', scene: 'ADD_SCENE_PAID', sort: 'name' });
    expect(isNarrowed(useFollowerQuery.getState().query)).toBe(true);
    clear();
    expect(useFollowerQuery.getState().query).toMatchObject({ text: '', scene: null, sort: 'name' });
    expect(isNarrowed(useFollowerQuery.getState().query)).toBe(false);
  });
});

describe('the progress of an import', () => {
  const state = (patch: Partial<ImportState>): ImportState => ({
    appid: APPID,
    phase: 'listing',
    total: null,
    listed: 0,
    detailed: 0,
    startedAt: null,
    finishedAt: null,
    error: null,
    ...patch,
  });

  it('counts what came before WeChat says how many there are', () => {
    expect(importProgress(state({ listed: 10_000 }))).toEqual({ done: 10_000, total: null, share: 0 });
  });

  it('[S2.14] counts the list first and then the profiles, never backwards', () => {
    const listing = importProgress(state({ total: 23_000, listed: 20_000 }));
    const details = importProgress(state({ phase: 'details', total: 23_000, listed: 23_000, detailed: 100 }));
    const end = importProgress(state({ phase: 'details', total: 23_000, listed: 23_000, detailed: 23_000 }));
    expect(listing.done).toBe(20_000);
    expect(details.done).toBe(100);
    expect(details.share).toBeGreaterThan(listing.share);
    expect(end.share).toBeCloseTo(1);
  });

  it('is complete for an account without followers', () => {
    expect(importProgress(state({ total: 0 })).share).toBe(1);
  });
});

describe('the history of a person', () => {
  const entry = (id: string, at: number): TimelineEntry => ({ id, at, kind: 'message-in', detail: null });

  it('shows an entry once, whichever page brings it', () => {
    const merged = mergeTimeline([entry('c', 3), entry('b', 2)], [entry('b', 2), entry('a', 1)]);
    expect(merged.map((item) => item.id)).toEqual(['c', 'b', 'a']);
  });

  it('is paged backwards and keeps its place when something new happens', async () => {
    const pages = new Map([
      [null, { entries: [entry('d', 4), entry('c', 3)], next: 'c' }],
      ['c', { entries: [entry('b', 2), entry('a', 1)], next: null }],
    ]);
    installBridge({
      'followers.timeline': ({ before }) => pages.get(before) ?? { entries: [], next: null },
    });
    const store = createProfileStore({ appid: APPID, openid: follower().openid });
    await store.getState().readTimeline();
    await store.getState().readOlder();
    pages.set(null, { entries: [entry('e', 5), entry('d', 4)], next: 'd' });
    await store.getState().readTimeline();
    expect(store.getState().timeline.map((item) => item.id)).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect(store.getState().next).toBeNull();
  });
});

describe('a name or note', () => {
  it('is shown as main kept it, and stays as it was when main refuses', async () => {
    let full = false;
    installBridge({
      'followers.get': () => follower(),
      'followers.update': (input) => {
        if (full) throw new Refusal({ code: 'db/disk-full' });
        return follower({ alias: input.alias ?? null });
      },
    });
    const store = createProfileStore({ appid: APPID, openid: follower().openid });
    await store.getState().read();
    await store.getState().save({ alias: '王姐' });
    expect(store.getState().follower?.alias).toBe('王姐');
    full = true;
    await expect(store.getState().save({ alias: '李姐' })).rejects.toThrow('db/disk-full');
    expect(store.getState().follower?.alias).toBe('王姐');
  });
});
