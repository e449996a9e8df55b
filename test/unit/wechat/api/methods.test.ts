import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blockFollowers, getBlacklist, unblockFollowers } from '../../../../src/wechat/api/blacklist';
import {
  addKfWorker,
  closeKfSession,
  createKfSession,
  deleteKfWorker,
  getKfSession,
  getKfWorkers,
  getOnlineKfAccounts,
  inviteKfWorker,
} from '../../../../src/wechat/api/kf';
import { getAutoReplyInfo, getCurrentMenu, getMenu } from '../../../../src/wechat/api/menu';
import { checkCallback, getApiDomainIps, getCallbackIps } from '../../../../src/wechat/api/network';
import { getPublishedArticles } from '../../../../src/wechat/api/publish';
import { clearAllQuotas, clearQuotaOf, getQuota, getRidInfo } from '../../../../src/wechat/api/quota';
import {
  createTag,
  deleteTag,
  getFollowersOfTag,
  getTagIdsOf,
  getTags,
  renameTag,
  tagFollowers,
  untagFollowers,
} from '../../../../src/wechat/api/tags';
import { batchGetUserInfo, getFollowers, getUserInfo, updateRemark } from '../../../../src/wechat/api/users';
import type { WeChatClient } from '../../../../src/wechat/client';
import { NetworkError } from '../../../../src/wechat/http';
import { failureOf } from '../helpers/failure-of';
import { APPID, startTestBench, type TestBench } from '../helpers/test-client';

const OK = { errcode: 0, errmsg: 'ok' };

let bench: TestBench;
beforeEach(async () => {
  bench = await startTestBench();
});
afterEach(() => bench.close());

interface Case {
  readonly title: string;
  readonly path: `/${string}`;
  readonly call: (client: WeChatClient) => Promise<unknown>;
  readonly method: 'GET' | 'POST';
  readonly sent: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
  readonly result: unknown;
}

const post = (rest: Omit<Case, 'method'>): Case => ({ ...rest, method: 'POST' });
const get = (rest: Omit<Case, 'method'>): Case => ({ ...rest, method: 'GET' });

const CASES: readonly Case[] = [
  get({
    title: 'lists workers, bound and invited',
    path: '/cgi-bin/customservice/getkflist',
    call: getKfWorkers,
    sent: {},
    answer: {
      kf_list: [
        { kf_account: 'kf1@shop', kf_nick: '小林', kf_id: '1001', kf_headimgurl: '', kf_wx: 'lin_001' },
        {
          ...{ kf_account: 'kf2@shop', kf_nick: 'Mei', kf_id: '1002', invite_wx: 'mei_002' },
          ...{ invite_expire_time: 1_700_000_000, invite_status: 'expired' },
        },
      ],
    },
    result: [
      { account: 'kf1@shop', nick: '小林', wechatId: 'lin_001', invitation: null },
      {
        ...{ account: 'kf2@shop', nick: 'Mei', wechatId: null },
        invitation: { wechatId: 'mei_002', status: 'expired', expiresAt: 1_700_000_000 },
      },
    ],
  }),
  get({
    title: 'lists workers who are at their console',
    path: '/cgi-bin/customservice/getonlinekflist',
    call: getOnlineKfAccounts,
    sent: {},
    answer: {
      kf_online_list: [
        { kf_account: 'kf1@shop', status: 1 },
        { kf_account: 'kf2@shop', status: 0 },
      ],
    },
    result: ['kf1@shop'],
  }),
  post({
    title: 'adds a worker',
    path: '/customservice/kfaccount/add',
    call: (client) => addKfWorker(client, 'kf3@shop', '阿杰'),
    sent: { kf_account: 'kf3@shop', nickname: '阿杰' },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'removes a worker',
    path: '/customservice/kfaccount/del',
    call: (client) => deleteKfWorker(client, 'kf3@shop'),
    sent: { kf_account: 'kf3@shop' },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'invites a person to be a worker',
    path: '/customservice/kfaccount/inviteworker',
    call: (client) => inviteKfWorker(client, 'kf3@shop', 'jie_1990'),
    sent: { kf_account: 'kf3@shop', invite_wx: 'jie_1990' },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'opens a session of a worker',
    path: '/customservice/kfsession/create',
    call: (client) => createKfSession(client, 'kf1@shop', 'o1'),
    sent: { kf_account: 'kf1@shop', openid: 'o1' },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'closes a session of a worker',
    path: '/customservice/kfsession/close',
    call: (client) => closeKfSession(client, 'kf1@shop', 'o1'),
    sent: { kf_account: 'kf1@shop', openid: 'o1' },
    answer: OK,
    result: undefined,
  }),
  get({
    title: 'tells that nobody serves a customer',
    path: '/customservice/kfsession/getsession',
    call: (client) => getKfSession(client, 'o1'),
    sent: { openid: 'o1' },
    answer: { createtime: 0, kf_account: '' },
    result: null,
  }),
  get({
    title: 'lists the addresses that pushes come from',
    path: '/cgi-bin/getcallbackip',
    call: getCallbackIps,
    sent: {},
    answer: { ip_list: ['106.55.206.146', '106.55.206.0/24'] },
    result: ['106.55.206.146', '106.55.206.0/24'],
  }),
  get({
    title: 'lists the addresses of the API',
    path: '/cgi-bin/get_api_domain_ip',
    call: getApiDomainIps,
    sent: {},
    answer: { ip_list: ['101.226.90.58'] },
    result: ['101.226.90.58'],
  }),
  post({
    title: 'checks the callback',
    path: '/cgi-bin/callback/check',
    call: (client) => checkCallback(client),
    sent: { action: 'all', check_operator: 'DEFAULT' },
    answer: { dns: [{ ip: '203.0.113.7', real_operator: 'UNICOM' }] },
    result: { dns: [{ ip: '203.0.113.7', real_operator: 'UNICOM' }] },
  }),
  get({
    title: 'lists the first page of followers',
    path: '/cgi-bin/user/get',
    call: (client) => getFollowers(client),
    sent: {},
    answer: { total: 3, count: 2, data: { openid: ['o1', 'o2'] }, next_openid: 'o2' },
    result: { total: 3, openids: ['o1', 'o2'], nextOpenid: 'o2' },
  }),
  get({
    title: 'ends with an empty page without data',
    path: '/cgi-bin/user/get',
    call: (client) => getFollowers(client, 'o3'),
    sent: { next_openid: 'o3' },
    answer: { total: 3, count: 0, next_openid: '' },
    result: { total: 3, openids: [], nextOpenid: null },
  }),
  get({
    title: 'tells about one user',
    path: '/cgi-bin/user/info',
    call: (client) => getUserInfo(client, 'o1', 'en'),
    sent: { openid: 'o1', lang: 'en' },
    answer: { subscribe: 0, openid: 'o1' },
    result: { subscribe: 0, openid: 'o1' },
  }),
  post({
    title: 'tells about many users',
    path: '/cgi-bin/user/info/batchget',
    call: (client) => batchGetUserInfo(client, ['o1', 'oX']),
    sent: {
      user_list: [
        { openid: 'o1', lang: 'zh_CN' },
        { openid: 'oX', lang: 'zh_CN' },
      ],
    },
    answer: {
      user_info_list: [
        { subscribe: 1, openid: 'o1', tagid_list: [2], qr_scene: 98765 },
        { subscribe: 0, openid: 'oX' },
      ],
    },
    result: [
      { subscribe: 1, openid: 'o1', tagid_list: [2], qr_scene: 98765 },
      { subscribe: 0, openid: 'oX' },
    ],
  }),
  post({
    title: 'sets a remark',
    path: '/cgi-bin/user/info/updateremark',
    call: (client) => updateRemark(client, 'o1', '张三'),
    sent: { openid: 'o1', remark: '张三' },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'creates a tag',
    path: '/cgi-bin/tags/create',
    call: (client) => createTag(client, 'VIP'),
    sent: { tag: { name: 'VIP' } },
    answer: { tag: { id: 134, name: 'VIP' } },
    result: { id: 134, name: 'VIP' },
  }),
  get({
    title: 'lists tags',
    path: '/cgi-bin/tags/get',
    call: getTags,
    sent: {},
    answer: { tags: [{ id: 2, name: '星标组', count: 0 }] },
    result: [{ id: 2, name: '星标组', count: 0 }],
  }),
  post({
    title: 'renames a tag',
    path: '/cgi-bin/tags/update',
    call: (client) => renameTag(client, 134, 'VIP2'),
    sent: { tag: { id: 134, name: 'VIP2' } },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'deletes a tag',
    path: '/cgi-bin/tags/delete',
    call: (client) => deleteTag(client, 134),
    sent: { tag: { id: 134 } },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'lists the followers who carry a tag',
    path: '/cgi-bin/user/tag/get',
    call: (client) => getFollowersOfTag(client, 134),
    sent: { tagid: 134, next_openid: '' },
    answer: { count: 2, data: { openid: ['o1', 'o2'] }, next_openid: 'o2' },
    result: { total: 2, openids: ['o1', 'o2'], nextOpenid: 'o2' },
  }),
  post({
    title: 'tags followers',
    path: '/cgi-bin/tags/members/batchtagging',
    call: (client) => tagFollowers(client, 134, ['o1']),
    sent: { openid_list: ['o1'], tagid: 134 },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'untags followers',
    path: '/cgi-bin/tags/members/batchuntagging',
    call: (client) => untagFollowers(client, 134, ['o1']),
    sent: { openid_list: ['o1'], tagid: 134 },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'lists the tags of a follower',
    path: '/cgi-bin/tags/getidlist',
    call: (client) => getTagIdsOf(client, 'o1'),
    sent: { openid: 'o1' },
    answer: { tagid_list: [134, 2] },
    result: [134, 2],
  }),
  post({
    title: 'lists blocked followers',
    path: '/cgi-bin/tags/members/getblacklist',
    call: (client) => getBlacklist(client, 'o0'),
    sent: { begin_openid: 'o0' },
    answer: { total: 23, count: 1, data: { openid: ['o1'] }, next_openid: 'o1' },
    result: { total: 23, openids: ['o1'], nextOpenid: 'o1' },
  }),
  post({
    title: 'blocks followers',
    path: '/cgi-bin/tags/members/batchblacklist',
    call: (client) => blockFollowers(client, ['o1']),
    sent: { openid_list: ['o1'] },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'unblocks followers',
    path: '/cgi-bin/tags/members/batchunblacklist',
    call: (client) => unblockFollowers(client, ['o1']),
    sent: { openid_list: ['o1'] },
    answer: OK,
    result: undefined,
  }),
  get({
    title: 'reads the menu made by API, with long ids whole',
    path: '/cgi-bin/menu/get',
    call: getMenu,
    sent: {},
    answer: { menu: { button: [{ type: 'click', name: '今日推荐', key: 'TODAY' }], menuid: 208396938 } },
    result: { menu: { button: [{ type: 'click', name: '今日推荐', key: 'TODAY' }], menuid: '208396938' } },
  }),
  get({
    title: 'has no menu when WeChat says 46003',
    path: '/cgi-bin/menu/get',
    call: getMenu,
    sent: {},
    answer: { errcode: 46003, errmsg: 'menu no exist rid: 1-2-3' },
    result: null,
  }),
  get({
    title: 'reads the menu as it stands',
    path: '/cgi-bin/get_current_selfmenu_info',
    call: getCurrentMenu,
    sent: {},
    answer: { is_menu_open: 0 },
    result: { is_menu_open: 0 },
  }),
  get({
    title: 'reads the auto-reply rules',
    path: '/cgi-bin/get_current_autoreply_info',
    call: getAutoReplyInfo,
    sent: {},
    answer: { is_add_friend_reply_open: 1, is_autoreply_open: 0 },
    result: { is_add_friend_reply_open: 1, is_autoreply_open: 0 },
  }),
  post({
    title: 'reads the quota of a path',
    path: '/cgi-bin/openapi/quota/get',
    call: (client) => getQuota(client, '/cgi-bin/message/custom/send'),
    sent: { cgi_path: '/cgi-bin/message/custom/send' },
    answer: { ...OK, quota: { daily_limit: 500000, used: 12, remain: 499988 } },
    result: { ...OK, quota: { daily_limit: 500000, used: 12, remain: 499988 } },
  }),
  post({
    title: 'clears the quota of a path',
    path: '/cgi-bin/openapi/quota/clear',
    call: (client) => clearQuotaOf(client, '/cgi-bin/user/get'),
    sent: { cgi_path: '/cgi-bin/user/get' },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'clears every quota of the account',
    path: '/cgi-bin/clear_quota',
    call: clearAllQuotas,
    sent: { appid: APPID },
    answer: OK,
    result: undefined,
  }),
  post({
    title: 'looks up what happened to a request',
    path: '/cgi-bin/openapi/rid/get',
    call: (client) => getRidInfo(client, '1-2-3'),
    sent: { rid: '1-2-3' },
    answer: { ...OK, request: { invoke_time: 1635927298, client_ip: '203.0.113.9' } },
    result: { invoke_time: 1635927298, client_ip: '203.0.113.9' },
  }),
  post({
    title: 'lists published articles, without their bodies and without parts that were deleted',
    path: '/cgi-bin/freepublish/batchget',
    call: (client) => getPublishedArticles(client, 20),
    sent: { offset: 20, count: 20, no_content: 1 },
    answer: {
      total_count: 22,
      item_count: 2,
      item: [
        {
          ...{ article_id: 'A21', update_time: 1_700_000_000 },
          content: {
            news_item: [
              { title: '春茶上市', digest: '头采', url: 'https://mp.weixin.qq.com/s/1', is_deleted: false },
              { title: '旧闻', digest: '', url: 'https://mp.weixin.qq.com/s/2', is_deleted: true },
            ],
          },
        },
        {
          ...{ article_id: 'A22', update_time: 1_600_000_000 },
          content: { news_item: [{ title: '已删', is_deleted: true }] },
        },
      ],
    },
    result: {
      total: 22,
      articles: [
        {
          ...{ articleId: 'A21', updatedAt: 1_700_000_000 },
          parts: [{ title: '春茶上市', digest: '头采', url: 'https://mp.weixin.qq.com/s/1' }],
        },
      ],
    },
  }),
];

describe('an API method', () => {
  it.each(CASES)('$title ($path)', async ({ path, call, method, sent, answer, result }) => {
    bench.server.on(path, { json: answer });
    expect(await call(bench.client)).toEqual(result);
    const [request] = bench.server.to(path);
    expect(request?.method).toBe(method);
    const query = new URLSearchParams(request?.query);
    expect(query.get('access_token')).toBe('token-1');
    query.delete('access_token');
    if (method === 'GET') {
      expect(Object.fromEntries(query)).toEqual(sent);
    } else {
      expect(query.size).toBe(0);
      expect(JSON.parse(request?.body.toString() ?? '')).toEqual(sent);
    }
  });

  it.each([
    ['/cgi-bin/getcallbackip', getCallbackIps],
    ['/cgi-bin/tags/get', getTags],
    ['/cgi-bin/freepublish/batchget', (client: WeChatClient) => getPublishedArticles(client, 0)],
    ['/cgi-bin/user/info/batchget', (client: WeChatClient) => batchGetUserInfo(client, ['o1'])],
  ] as const)('does not take an answer without its data for an empty one: %s', async (path, call) => {
    bench.server.on(path, { json: {} });
    expect((await failureOf(call(bench.client), NetworkError)).code).toBe('network/bad-response');
  });
});

describe('a batch of users', () => {
  it('is refused before it is sent when it is larger than WeChat takes', async () => {
    const openids = Array.from({ length: 101 }, (_, i) => `o${i}`);
    await failureOf(batchGetUserInfo(bench.client, openids), RangeError);
    expect(bench.server.seen).toHaveLength(0);
  });
});
