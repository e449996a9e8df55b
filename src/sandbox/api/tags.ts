import { isJsonObject } from '../json';
import type { Follower } from '../state/followers';
import {
  MAX_FANS_TO_DELETE,
  MAX_TAG_NAME,
  MAX_TAGS,
  MAX_TAGS_PER_FOLLOWER,
  SYSTEM_TAG_IDS,
} from '../state/tags';
import { fail } from './errors';
import { integerOf, jsonBody, OK, textList, textOf, type AccountCall, type ApiRoute } from './route';
import { find, FOLLOWER_PAGE, pageOf } from './users';

/** Openids per call of tagging and untagging. */
const TAGGING_BATCH = 50;

/** users-and-tags.md §1 and §3. */
export const tagRoutes: readonly ApiRoute[] = [
  {
    path: '/cgi-bin/tags/create',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => {
      const name = nameOf(call, null);
      if (call.account.tags.own().length >= MAX_TAGS) fail(45056);
      const { id } = call.account.tags.create(name);
      return { tag: { id, name } };
    },
  },
  {
    path: '/cgi-bin/tags/get',
    method: 'GET',
    auth: 'token',
    needs: 'verified',
    handle: ({ account }) => ({
      tags: account.tags
        .listed()
        .map(({ id, name }) => ({ id, name, count: account.followers.tagCount(id) })),
    }),
  },
  {
    path: '/cgi-bin/tags/update',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => {
      const tag = call.account.tags.get(ownTagId(call)) ?? fail(45159);
      tag.name = nameOf(call, tag.id);
      return OK;
    },
  },
  {
    path: '/cgi-bin/tags/delete',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => {
      const { tags, followers } = call.account;
      const tag = tags.get(ownTagId(call)) ?? fail(45159);
      if (followers.tagCount(tag.id) > MAX_FANS_TO_DELETE) fail(45057);
      followers.dropTag(tag.id);
      tags.remove(tag.id);
      return OK;
    },
  },
  {
    path: '/cgi-bin/user/tag/get',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => {
      const body = jsonBody(call);
      const id = carriableTagId(call, body['tagid']);
      const carries = (follower: Follower): boolean => follower.tagIds.includes(id);
      const after = textOf(body, 'next_openid');
      return pageOf(call.account.followers.page(after, FOLLOWER_PAGE, carries) ?? fail(40003));
    },
  },
  {
    path: '/cgi-bin/tags/members/batchtagging',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) =>
      changeTags(call, (follower, tagId) => {
        if (follower.tagIds.includes(tagId)) return follower.tagIds;
        if (follower.tagIds.length >= MAX_TAGS_PER_FOLLOWER) return 45059;
        return [...follower.tagIds, tagId];
      }),
  },
  {
    path: '/cgi-bin/tags/members/batchuntagging',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => changeTags(call, (follower, tagId) => follower.tagIds.filter((id) => id !== tagId)),
  },
  {
    path: '/cgi-bin/tags/getidlist',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => ({ tagid_list: find(call, textOf(jsonBody(call), 'openid')).tagIds }),
  },
];

function tagBody(call: AccountCall): Readonly<Record<string, unknown>> {
  const tag = jsonBody(call)['tag'];
  return isJsonObject(tag) ? tag : fail(47001);
}

function nameOf(call: AccountCall, ownId: number | null): string {
  const name = tagBody(call)['name'];
  if (typeof name !== 'string' || name.trim() === '') fail(45157);
  if ([...name].length > MAX_TAG_NAME) fail(45158);
  if (call.account.tags.isTaken(name, ownId ?? undefined)) fail(45157);
  return name;
}

function ownTagId(call: AccountCall): number {
  const id = integerOf(tagBody(call)['id']) ?? fail(45159);
  return SYSTEM_TAG_IDS.includes(id) ? fail(45058) : id;
}

function carriableTagId(call: AccountCall, value: unknown): number {
  const id = integerOf(value);
  return id !== null && call.account.tags.canCarry(id) ? id : fail(45159);
}

/** Changes each follower of the list; when only some can be changed, the others are named with 45171. */
function changeTags(
  call: AccountCall,
  change: (follower: Follower, tagId: number) => readonly number[] | number,
): unknown {
  const body = jsonBody(call);
  const openids = textList(body['openid_list']);
  if (openids === null || openids.length === 0) fail(40031);
  if (openids.length > TAGGING_BATCH) fail(40032);
  const tagId = carriableTagId(call, body['tagid']);
  for (const openid of openids) requireOwn(call, openid);
  const refusals = new Map<string, number>();
  for (const openid of openids) {
    const follower = call.account.followers.edit(openid);
    const result = follower?.following ? change(follower, tagId) : 50005;
    if (typeof result === 'number') refusals.set(openid, result);
    else if (follower) call.account.followers.setTags(follower, result);
  }
  const [firstCode] = refusals.values();
  if (firstCode === undefined) return OK;
  if (refusals.size === new Set(openids).size) fail(firstCode);
  fail(45171, { extra: { fail_openid_list: [...refusals.keys()] } });
}

/** 49003 for an openid of another account, 40003 for one of nobody. */
export function requireOwn(call: AccountCall, openid: string): void {
  if (call.account.followers.view(openid)) return;
  const foreign = call.world.accounts().some(({ followers }) => followers.view(openid) !== null);
  fail(foreign ? 49003 : 40003);
}
