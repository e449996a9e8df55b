import { isJsonObject } from '../json';
import type { Follower } from '../state/followers';
import { STAR_TAG_ID } from '../state/tags';
import { fail } from './errors';
import { jsonBody, OK, textOf, type AccountCall, type ApiRoute } from './route';

/** users-and-tags.md §1: openids a page, users a batch, bytes of a remark (fewer than). */
export const FOLLOWER_PAGE = 10_000;
const BATCH = 100;
const REMARK_BYTES = 30;

export const userRoutes: readonly ApiRoute[] = [
  {
    path: '/cgi-bin/user/get',
    method: 'GET',
    auth: 'token',
    needs: 'verified',
    handle: (call) => {
      const { followers } = call.account;
      const openids = followers.page(call.query['next_openid'] ?? '', FOLLOWER_PAGE) ?? fail(40003);
      return { total: followers.total, ...pageOf(openids) };
    },
  },
  {
    path: '/cgi-bin/user/info',
    method: 'GET',
    auth: 'token',
    needs: 'verified',
    handle: (call) => describe(find(call, call.query['openid'] ?? '')),
  },
  {
    path: '/cgi-bin/user/info/batchget',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => {
      const list = jsonBody(call)['user_list'];
      if (!Array.isArray(list) || list.length === 0) fail(40031);
      if (list.length > BATCH) fail(40032);
      return {
        user_info_list: list.map((entry: unknown) =>
          describe(find(call, isJsonObject(entry) ? textOf(entry, 'openid') : '')),
        ),
      };
    },
  },
  {
    path: '/cgi-bin/user/info/updateremark',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => {
      const body = jsonBody(call);
      const follower = call.account.followers.edit(find(call, textOf(body, 'openid')).openid) ?? fail(40003);
      if (!follower.following) fail(43004);
      const remark = body['remark'];
      if (typeof remark !== 'string' || Buffer.byteLength(remark) >= REMARK_BYTES || hasControls(remark)) {
        fail(40092);
      }
      follower.remark = remark;
      return OK;
    },
  },
];

/** A page of openids as WeChat shapes it: an empty one has no `data`, and only that one ends the paging. */
export function pageOf(openids: readonly string[]): Readonly<Record<string, unknown>> {
  if (openids.length === 0) return { count: 0, next_openid: '' };
  return { count: openids.length, data: { openid: openids }, next_openid: openids.at(-1) };
}

/** The person behind an openid of this account, following or not; 40003 for anything else. */
export function find(call: AccountCall, openid: string): Follower {
  return call.account.followers.view(openid) ?? fail(40003);
}

/** Since 2021-12-27 neither name nor picture, sex or place is given. */
function describe(follower: Follower): Readonly<Record<string, unknown>> {
  if (!follower.following) return { subscribe: 0, openid: follower.openid };
  return {
    subscribe: 1,
    openid: follower.openid,
    language: 'zh_CN',
    subscribe_time: follower.subscribeTime,
    remark: follower.remark,
    groupid: follower.blacklisted ? 1 : follower.tagIds.includes(STAR_TAG_ID) ? STAR_TAG_ID : 0,
    tagid_list: follower.tagIds,
    subscribe_scene: follower.subscribeScene,
    qr_scene: follower.qrScene,
    qr_scene_str: follower.qrSceneStr,
  };
}

function hasControls(text: string): boolean {
  return [...text].some((character) => (character.codePointAt(0) ?? 0) < 32);
}
