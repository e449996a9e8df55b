import { fail } from './errors';
import { jsonBody, OK, textList, textOf, type AccountCall, type ApiRoute } from './route';
import { requireOwn } from './tags';
import { pageOf } from './users';

/** users-and-tags.md §4: openids a page, openids a call. */
const PAGE = 1_000;
const BATCH = 20;

export const blacklistRoutes: readonly ApiRoute[] = [
  {
    path: '/cgi-bin/tags/members/getblacklist',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => {
      const all = call.account.followers.blacklisted();
      const begin = textOf(jsonBody(call), 'begin_openid');
      const start = begin === '' ? 0 : all.indexOf(begin) + 1;
      if (begin !== '' && start === 0) fail(40003);
      return { total: all.length, ...pageOf(all.slice(start, start + PAGE)) };
    },
  },
  {
    path: '/cgi-bin/tags/members/batchblacklist',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => setBlacklisted(call, true),
  },
  {
    path: '/cgi-bin/tags/members/batchunblacklist',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => setBlacklisted(call, false),
  },
];

function setBlacklisted(call: AccountCall, blacklisted: boolean): unknown {
  const openids = textList(jsonBody(call)['openid_list']);
  if (openids === null || openids.length === 0) fail(40031);
  if (openids.length > BATCH) fail(40032);
  for (const openid of openids) requireOwn(call, openid);
  for (const openid of openids) {
    const follower = call.account.followers.edit(openid) ?? fail(40003);
    call.account.followers.setBlacklisted(follower, blacklisted);
  }
  return OK;
}
