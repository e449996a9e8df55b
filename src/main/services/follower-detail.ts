import type { UserInfo } from '#wechat/api/users';
import type { FollowerDetail } from '../db/port/followers';

/** Legacy group 1 is the blacklist (users-and-tags §2). */
const BLACKLIST_GROUP = 1;

/** What the API still returns of a follower; nickname, avatar, sex and place are gone since 2021-12-27. */
export function toFollowerDetail(info: UserInfo): FollowerDetail {
  return {
    openid: info.openid,
    subscribed: info.subscribe === 1,
    subscribedAt: info.subscribe_time ?? null,
    unionid: info.unionid ?? null,
    remark: info.remark ?? '',
    tagIds: info.tagid_list ?? [],
    scene: info.subscribe_scene ?? null,
    qrScene: info.qr_scene_str || (info.qr_scene ? String(info.qr_scene) : null),
    blocked: info.groupid === BLACKLIST_GROUP,
  };
}
