import { present } from '../answer';
import type { WeChatClient } from '../client';
import { toOpenidPage, type OpenidPage } from './users';

export interface WeChatTag {
  readonly id: number;
  readonly name: string;
}

export interface CountedTag extends WeChatTag {
  /** Followers who carry it; WeChat updates it with delay. */
  readonly count: number;
}

/** createTag (创建标签), POST `/cgi-bin/tags/create`: name up to 30 characters (45158), 100 tags (45056). */
export async function createTag(client: WeChatClient, name: string): Promise<WeChatTag> {
  return present((await client.post<{ tag?: WeChatTag }>('/cgi-bin/tags/create', { tag: { name } })).tag);
}

/** getTags (获取标签), GET `/cgi-bin/tags/get`, system tags 0–2 included. 48001 when the account is not verified. */
export async function getTags(client: WeChatClient): Promise<readonly CountedTag[]> {
  return present((await client.get<{ tags?: CountedTag[] }>('/cgi-bin/tags/get')).tags);
}

/** updateTag (编辑标签), POST `/cgi-bin/tags/update`. 45058 for system tags. */
export async function renameTag(client: WeChatClient, id: number, name: string): Promise<void> {
  await client.post('/cgi-bin/tags/update', { tag: { id, name } });
}

/** deleteTag (删除标签), POST `/cgi-bin/tags/delete`. 45057 while more than 100,000 followers carry it. */
export async function deleteTag(client: WeChatClient, id: number): Promise<void> {
  await client.post('/cgi-bin/tags/delete', { tag: { id } });
}

/** getTagFans (获取标签下粉丝列表), POST `/cgi-bin/user/tag/get`: one page after `nextOpenid`. */
export async function getFollowersOfTag(
  client: WeChatClient,
  tagid: number,
  nextOpenid = '',
): Promise<OpenidPage> {
  return toOpenidPage(await client.post('/cgi-bin/user/tag/get', { tagid, next_openid: nextOpenid }));
}

/** batchTagging (批量为用户打标签), POST `/cgi-bin/tags/members/batchtagging`: at most 50 openids (40032), 20 tags each (45059). */
export async function tagFollowers(
  client: WeChatClient,
  tagid: number,
  openids: readonly string[],
): Promise<void> {
  await client.post('/cgi-bin/tags/members/batchtagging', { openid_list: openids, tagid });
}

/** batchUntagging (批量为用户取消标签), POST `/cgi-bin/tags/members/batchuntagging`: at most 50 openids. */
export async function untagFollowers(
  client: WeChatClient,
  tagid: number,
  openids: readonly string[],
): Promise<void> {
  await client.post('/cgi-bin/tags/members/batchuntagging', { openid_list: openids, tagid });
}

/** getTagidList (获取用户的标签), POST `/cgi-bin/tags/getidlist`. */
export async function getTagIdsOf(client: WeChatClient, openid: string): Promise<readonly number[]> {
  return present(
    (await client.post<{ tagid_list?: number[] }>('/cgi-bin/tags/getidlist', { openid })).tagid_list,
  );
}
