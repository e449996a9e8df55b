import { present } from '../answer';
import type { WeChatClient } from '../client';

/** Most followers in one `batchGetUserInfo`. */
export const USERS_PER_BATCH = 100;

export type UserLanguage = 'zh_CN' | 'zh_TW' | 'en';

/** A page of openids in WeChat's order. `nextOpenid` is null on the last page. */
export interface OpenidPage {
  readonly total: number;
  readonly openids: readonly string[];
  readonly nextOpenid: string | null;
}

interface RawPage {
  readonly total?: number;
  readonly count: number;
  readonly data?: { readonly openid?: readonly string[] };
  readonly next_openid?: string;
}

/** An empty page has no `data`; its `next_openid` may still repeat the last openid. */
export function toOpenidPage(raw: RawPage): OpenidPage {
  const openids = raw.data?.openid ?? [];
  const next = raw.next_openid ?? '';
  return {
    total: raw.total ?? openids.length,
    openids,
    nextOpenid: openids.length === 0 || next === '' ? null : next,
  };
}

/** getFans (获取关注用户列表), GET `/cgi-bin/user/get`: up to 10,000 openids after `nextOpenid`; 500 calls a day. */
export async function getFollowers(client: WeChatClient, nextOpenid?: string): Promise<OpenidPage> {
  return toOpenidPage(await client.get<RawPage>('/cgi-bin/user/get', { next_openid: nextOpenid }));
}

/**
 * What WeChat says about one user. When `subscribe` is 0 only `openid` (and sometimes `unionid`) comes with it.
 * Nickname, picture, sex and place have not been given since 2021-12-27.
 */
export interface UserInfo {
  readonly subscribe: 0 | 1;
  readonly openid: string;
  readonly language?: string;
  /** The last follow, unix seconds. */
  readonly subscribe_time?: number;
  readonly unionid?: string;
  readonly remark?: string;
  readonly groupid?: number;
  readonly tagid_list?: readonly number[];
  /** `ADD_SCENE_…`; unknown values must be accepted. */
  readonly subscribe_scene?: string;
  /** The scene of the QR code that led to the follow: a number (0 for none) or `qr_scene_str`. */
  readonly qr_scene?: number | string;
  readonly qr_scene_str?: string;
}

/** userInfo (获取用户基本信息), GET `/cgi-bin/user/info`. 40003 when the openid belongs to another account. */
export function getUserInfo(
  client: WeChatClient,
  openid: string,
  lang: UserLanguage = 'zh_CN',
): Promise<UserInfo> {
  return client.get('/cgi-bin/user/info', { openid, lang });
}

/**
 * batchUserinfo (批量获取用户基本信息), POST `/cgi-bin/user/info/batchget`.
 * @throws RangeError for more than `USERS_PER_BATCH` openids, which WeChat would refuse whole (40032)
 */
export async function batchGetUserInfo(
  client: WeChatClient,
  openids: readonly string[],
  lang: UserLanguage = 'zh_CN',
): Promise<readonly UserInfo[]> {
  if (openids.length > USERS_PER_BATCH) throw new RangeError(`at most ${USERS_PER_BATCH} users at once`);
  const user_list = openids.map((openid) => ({ openid, lang }));
  const answer = await client.post<{ user_info_list?: UserInfo[] }>('/cgi-bin/user/info/batchget', {
    user_list,
  });
  return present(answer.user_info_list);
}

/** updateRemark (设置用户备注名), POST `/cgi-bin/user/info/updateremark`: under 30 bytes of UTF-8 (40092). */
export async function updateRemark(client: WeChatClient, openid: string, remark: string): Promise<void> {
  await client.post('/cgi-bin/user/info/updateremark', { openid, remark });
}
