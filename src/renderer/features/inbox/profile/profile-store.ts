/** The follower of the open conversation, with tags and recent timeline. */
import { create } from 'zustand';
import type { AppErrorData } from '#shared/app-error';
import type { Input, Output } from '#shared/ipc/contract';
import type { Follower, Tag, TimelineEntry } from '#shared/ipc/models';
import type { RelatedPerson } from '#shared/ipc/people-models';
import { call, subscribe } from '../../../api';
import { afterBursts } from '../../../app/bursts';
import type { Person } from '../../../app/navigation';
import { whenIdle } from '../../../ui/when-idle';
import { toAppErrorData } from '../../../ui/errors';
import { sameKey } from '../key';

const TIMELINE_PAGE = 20;

interface ProfileState {
  readonly key: Person | null;
  readonly follower: Follower | null;
  readonly tags: readonly Tag[];
  readonly timeline: readonly TimelineEntry[];
  /** Cursor of the entries before the oldest shown; null when there are none. */
  readonly next: string | null;
  readonly error: AppErrorData | null;
  readonly windows: Output<'people.windows'>;
  readonly related: readonly RelatedPerson[];
}

const EMPTY: ProfileState = {
  ...{ key: null, follower: null, tags: [], timeline: [], next: null, error: null },
  ...{ windows: [], related: [] },
};

export const useProfile = create<ProfileState>(() => EMPTY);

function change(key: Person, patch: Partial<ProfileState>): void {
  useProfile.setState((state) => (sameKey(state.key, key) ? patch : {}));
}

export function openProfile(key: Person): void {
  if (sameKey(useProfile.getState().key, key)) return;
  useProfile.setState({ ...EMPTY, key });
  // The bubbles first: the pane has a skeleton meanwhile. Whoever has gone on by then needs no reading.
  whenIdle(() => {
    if (sameKey(useProfile.getState().key, key)) void readProfile(key);
  });
}

/** Reads all of the pane again; also the way to try again. */
export async function readProfile(key: Person): Promise<void> {
  try {
    const [follower, tags, timeline, windows, related] = await Promise.all([
      call('followers.get', key),
      call('tags.list', { appid: key.appid }),
      call('followers.timeline', { ...key, before: null, limit: TIMELINE_PAGE }),
      call('people.windows', key),
      call('people.related', key),
    ]);
    change(key, {
      ...{ follower, tags, timeline: timeline.entries, next: timeline.next, error: null },
      ...{ windows, related },
    });
  } catch (error) {
    change(key, { error: toAppErrorData(error) });
  }
}

/** @throws AppError */
export async function readEarlier(): Promise<void> {
  const { key, next, timeline } = useProfile.getState();
  if (!key || next === null) return;
  const page = await call('followers.timeline', { ...key, before: next, limit: TIMELINE_PAGE });
  change(key, { timeline: [...timeline, ...page.entries], next: page.next });
}

/** Saves the shop's own words about a person. @throws AppError; what was shown stays. */
export async function updateFollower(
  key: Person,
  patch: Pick<Input<'followers.update'>, 'alias' | 'note'>,
): Promise<void> {
  const follower = await call('followers.update', { appid: key.appid, openid: key.openid, ...patch });
  change(key, { follower });
}

/** At WeChat first. @throws AppError; what was shown stays. */
export async function setRemark(key: Person, remark: string): Promise<void> {
  change(key, { follower: await call('people.setRemark', { appid: key.appid, openid: key.openid, remark }) });
}

/** At WeChat first. @throws AppError; tags that WeChat took before the failure are shown. */
export async function setTags(key: Person, tagIds: readonly number[]): Promise<void> {
  const { appid, openid } = key;
  change(key, { follower: await call('people.setTags', { appid, openid, tagIds: [...tagIds] }) });
}

/** @throws AppError */
export async function createTag(appid: string, name: string): Promise<Tag> {
  const tag = await call('people.createTag', { appid, name });
  useProfile.setState((state) => (state.key?.appid === appid ? { tags: [...state.tags, tag] } : {}));
  return tag;
}

/** @throws AppError; what was shown stays. */
export async function setBlocked(key: Person, blocked: boolean): Promise<void> {
  change(key, {
    follower: await call('people.setBlocked', { appid: key.appid, openid: key.openid, blocked }),
  });
}

// A chat in full swing changes the timeline with every message.
const refreshes = afterBursts(() => {
  const { key } = useProfile.getState();
  if (key) void readProfile(key);
});

/** Follows main's changes of this person. Returns the disposer. */
export function followProfile(): () => void {
  const concerns = (changed: { readonly appid: string; readonly openid: string | null }): boolean => {
    const { key } = useProfile.getState();
    return key?.appid === changed.appid && (changed.openid === null || changed.openid === key.openid);
  };
  const onChange = (changed: { readonly appid: string; readonly openid: string | null }) => {
    if (concerns(changed)) refreshes.soon();
  };
  const disposers = [subscribe('followers.changed', onChange), subscribe('conversations.changed', onChange)];
  return () => {
    for (const dispose of disposers) dispose();
    refreshes.cancel();
  };
}
