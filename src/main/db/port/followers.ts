/** Followers, their timelines and tags. */
import type { FOLLOWER_SORTS, FollowerFilter } from '#shared/ipc/follower-methods';
import type { Follower, Tag, TimelineEntry } from '#shared/ipc/models';

/** One follower as user/info and batchget return it; only what WeChat still provides (since 2021-12-27). */
export interface FollowerDetail {
  readonly openid: string;
  readonly subscribed: boolean;
  readonly subscribedAt: number | null;
  readonly unionid: string | null;
  readonly remark: string;
  readonly tagIds: readonly number[];
  readonly scene: string | null;
  readonly qrScene: string | null;
  /** Legacy group 1 is the blacklist. */
  readonly blocked: boolean;
}

export interface FollowerQuery {
  readonly filter: FollowerFilter;
  readonly sort: (typeof FOLLOWER_SORTS)[number];
  readonly offset: number;
  readonly limit: number;
  readonly now: number;
}

export interface FollowerReads {
  page(query: FollowerQuery): { total: number; rows: Follower[] };
  get(appid: string, openid: string): Follower | null;
  /** Newest first. `next` goes back in as `before`. */
  timeline(
    appid: string,
    openid: string,
    before: string | null,
    limit: number,
  ): { entries: TimelineEntry[]; next: string | null };
  tags(appid: string | null): Tag[];
}

export interface FollowerWrites {
  /** null when the follower is not known. */
  update(
    appid: string,
    openid: string,
    patch: { readonly alias?: string | null; readonly note?: string | null },
  ): Follower | null;
  /**
   * Stores what WeChat answered. `askedAt` is when the question left: what an event has changed since then stays.
   * A follower that turns out to have left is marked, and the timeline says so.
   */
  saveDetails(appid: string, details: readonly FollowerDetail[], askedAt: number): Follower[];
  saveTags(
    appid: string,
    tags: readonly { readonly id: number; readonly name: string; readonly count: number }[],
  ): void;
}
