import type { WeChatClient } from '../client';
import { toOpenidPage, type OpenidPage } from './users';

/** getBlacklist (获取公众号的黑名单列表), POST `/cgi-bin/tags/members/getblacklist`: 1,000 openids after `beginOpenid`. */
export async function getBlacklist(client: WeChatClient, beginOpenid = ''): Promise<OpenidPage> {
  return toOpenidPage(await client.post('/cgi-bin/tags/members/getblacklist', { begin_openid: beginOpenid }));
}

/** batchBlacklist (拉黑用户), POST `/cgi-bin/tags/members/batchblacklist`: at most 20 openids (40032). */
export async function blockFollowers(client: WeChatClient, openids: readonly string[]): Promise<void> {
  await client.post('/cgi-bin/tags/members/batchblacklist', { openid_list: openids });
}

/** batchUnblacklist (取消拉黑用户), POST `/cgi-bin/tags/members/batchunblacklist`: at most 20 openids. */
export async function unblockFollowers(client: WeChatClient, openids: readonly string[]): Promise<void> {
  await client.post('/cgi-bin/tags/members/batchunblacklist', { openid_list: openids });
}
