import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import { consentsLeft } from '#shared/domain/consents';
import { isOwnTag, isTagName, MAX_TAGS_PER_FOLLOWER, remarkFits } from '#shared/domain/follower-edits';
import { windowHistory } from '#shared/domain/window-history';
import type { Input, Output } from '#shared/ipc/contract';
import type { Follower, Tag } from '#shared/ipc/models';
import { blockFollowers, unblockFollowers } from '#wechat/api/blacklist';
import { createTag, getTags, tagFollowers, untagFollowers } from '#wechat/api/tags';
import { updateRemark } from '#wechat/api/users';
import type { WeChatClient } from '#wechat/client';
import type { Database } from '../db/port/database';
import type { ConfirmedChange } from '../db/port/people';
import type { Publish } from './ports';

export interface PeopleDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly publish: Publish;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
}

/** What the owner changes about one person: at WeChat first, here when WeChat has said yes. */
export interface PeopleService {
  /** @throws AppError people/remark-too-long; `wechat/*`, `network/*` */
  setRemark(input: Input<'people.setRemark'>): Promise<Follower>;
  /** The follower carries exactly these own tags afterwards. @throws AppError people/too-many-tags */
  setTags(input: Input<'people.setTags'>): Promise<Follower>;
  /** @throws AppError people/tag-name */
  createTag(input: Input<'people.createTag'>): Promise<Tag>;
  setBlocked(input: Input<'people.setBlocked'>): Promise<Follower>;
  windows(input: Input<'people.windows'>): Promise<Output<'people.windows'>>;
  consents(input: Input<'people.consents'>): Promise<Output<'people.consents'>>;
  related(input: Input<'people.related'>): Promise<Output<'people.related'>>;
}

export function createPeopleService({ db, clock, publish, wechatFor }: PeopleDeps): PeopleService {
  async function known(appid: string, openid: string): Promise<Follower> {
    const follower = await db.followers.get(appid, openid);
    if (follower === null) throw new AppError({ code: 'follower/not-found' });
    return follower;
  }

  async function confirmed(appid: string, openid: string, change: ConfirmedChange): Promise<Follower> {
    const follower = await db.people.confirmed(appid, openid, change, clock.now());
    if (follower === null) throw new AppError({ code: 'follower/not-found' });
    publish('followers.changed', { appid, openid });
    publish('conversations.changed', { appid, openid });
    return follower;
  }

  return {
    async setRemark({ appid, openid, remark: typed }) {
      const remark = typed.trim();
      if (!remarkFits(remark)) throw new AppError({ code: 'people/remark-too-long' });
      await known(appid, openid);
      await updateRemark(await wechatFor(appid), openid, remark);
      return confirmed(appid, openid, { remark });
    },

    async setTags({ appid, openid, tagIds }) {
      const wanted = [...new Set(tagIds)].filter(isOwnTag);
      if (wanted.length > MAX_TAGS_PER_FOLLOWER)
        throw new AppError({ code: 'people/too-many-tags', params: { limit: MAX_TAGS_PER_FOLLOWER } });
      const client = await wechatFor(appid);
      let carried = [...(await known(appid, openid)).tagIds];
      let follower = await known(appid, openid);
      // One call for each tag: what WeChat has confirmed is kept also when a later call fails.
      for (const id of carried.filter((tag) => isOwnTag(tag) && !wanted.includes(tag))) {
        await untagFollowers(client, id, [openid]);
        carried = carried.filter((tag) => tag !== id);
        follower = await confirmed(appid, openid, { tagIds: carried });
      }
      for (const id of wanted.filter((tag) => !carried.includes(tag))) {
        await tagFollowers(client, id, [openid]);
        carried = [...carried, id];
        follower = await confirmed(appid, openid, { tagIds: carried });
      }
      return follower;
    },

    async createTag({ appid, name: typed }) {
      const name = typed.trim();
      if (!isTagName(name)) throw new AppError({ code: 'people/tag-name' });
      const client = await wechatFor(appid);
      const { id } = await createTag(client, name);
      await db.followers.saveTags(appid, [...(await getTags(client))]);
      publish('followers.changed', { appid, openid: null });
      return { appid, id, name, count: 0 };
    },

    async setBlocked({ appid, openid, blocked }) {
      await known(appid, openid);
      const client = await wechatFor(appid);
      await (blocked ? blockFollowers(client, [openid]) : unblockFollowers(client, [openid]));
      return confirmed(appid, openid, { blocked });
    },

    async windows({ appid, openid }) {
      return windowHistory(await db.people.windowEvents(appid, openid), clock.now());
    },
    async consents({ appid, openid }) {
      return consentsLeft(await db.people.consents(appid, openid));
    },
    related: ({ appid, openid }) => db.people.related(appid, openid),
  };
}
