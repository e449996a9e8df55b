/** Methods about followers. */
import { z } from 'zod';
import { byAppid, MAX_PAGE, page, who } from './common';
import { appid, follower, importState, openid, tag, timelineEntry } from './models';

export const FOLLOWER_SORTS = ['subscribed-desc', 'subscribed-asc', 'last-message-desc', 'name'] as const;

export const followerFilter = z
  .object({
    /** null: all accounts. */
    appid: appid.nullable(),
    /** Matches alias, remark, tag name, QR scene, first words, openid; two Chinese characters are enough. */
    text: z.string().max(100),
    following: z.enum(['all', 'following', 'left']),
    tagId: z.number().int().nullable(),
    scene: z.string().max(64).nullable(),
    windowOpen: z.boolean().nullable(),
  })
  .strict();
export type FollowerFilter = z.infer<typeof followerFilter>;

export const followerMethods = {
  'followers.page': {
    input: z.object({ filter: followerFilter, sort: z.enum(FOLLOWER_SORTS), ...page }).strict(),
    output: z.object({ total: z.number().int(), rows: z.array(follower) }),
  },
  'followers.get': { input: who, output: follower },
  'followers.timeline': {
    input: z
      .object({
        appid,
        openid,
        before: z.string().max(64).nullable(),
        limit: z.number().int().min(1).max(MAX_PAGE),
      })
      .strict(),
    output: z.object({ entries: z.array(timelineEntry), next: z.string().nullable() }),
  },
  'followers.update': {
    input: z
      .object({
        appid,
        openid,
        alias: z.string().max(40).nullable().optional(),
        note: z.string().max(2000).nullable().optional(),
      })
      .strict(),
    output: follower,
  },
  'followers.importState': { input: byAppid, output: importState },
  'followers.startImport': { input: byAppid, output: importState },
  'followers.pauseImport': { input: byAppid, output: importState },
  'tags.list': { input: z.object({ appid: appid.nullable() }).strict(), output: z.array(tag) },
} as const;
