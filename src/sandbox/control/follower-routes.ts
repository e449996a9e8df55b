import type { FastifyInstance } from 'fastify';
import type { Stage } from '../acts/act';
import { BadAct, type ActInput } from '../acts/input';
import type { Account } from '../state/account';
import type { Follower } from '../state/followers';
import type { World } from '../state/world';
import { accountOf } from './account-routes';
import { ControlError } from './errors';
import { actBody, followerFlagsBody, restoreBody } from './schemas';
import { windowTruth } from './truth';

interface ByOpenid {
  readonly Params: { readonly appid: string; readonly openid: string };
}

/** What somebody else kept of a follower while the sandbox was off. */
interface KeptFollower {
  readonly openid: string;
  readonly following: boolean;
  /** Unix seconds. */
  readonly subscribedAt: number | null;
  readonly remaining: number;
  /** Unix seconds; 0: no window was ever opened. */
  readonly expiresAt: number;
}

const PAGE = 100;
const MAX_PAGE = 10_000;
/** Bytes: room for ten thousand followers. */
const RESTORE_LIMIT = 2 * 1024 * 1024;
/** In place of an openid: somebody who never followed so far. */
const NEW = 'new';

/** Followers: who they are, what they do, what their phones show. */
export function followerRoutes(app: FastifyInstance, world: World, stage: Stage): void {
  app.get<{ Params: { appid: string }; Querystring: { offset?: string; limit?: string } }>(
    '/__sandbox/accounts/:appid/followers',
    ({ params, query }) => {
      const { followers } = accountOf(world, params.appid);
      const openids = followers.slice(
        count(query.offset, 0, Number.MAX_SAFE_INTEGER),
        count(query.limit, PAGE, MAX_PAGE),
      );
      return {
        total: followers.total,
        followers: openids.map((openid) => describeFollower(followers.view(openid), world.clock.now())),
      };
    },
  );

  app.post<ByOpenid & { Body: ActInput }>(
    '/__sandbox/accounts/:appid/followers/:openid/act',
    { schema: { body: actBody } },
    async ({ params, body }) => {
      const account = accountOf(world, params.appid);
      const follower = actor(account, params.openid, body.type);
      try {
        return { openid: follower.openid, deliveries: await stage.act(account, follower, body) };
      } catch (error) {
        if (error instanceof BadAct) throw new ControlError(400, 'bad-act', error.message);
        throw error;
      }
    },
  );

  app.get<ByOpenid>('/__sandbox/accounts/:appid/followers/:openid/phone', ({ params }) => {
    const account = accountOf(world, params.appid);
    const follower = followerOf(account, params.openid);
    const isTyping = world.clock.now() < follower.typingUntil;
    const hint = { at: world.clock.now(), from: 'account', via: 'client', type: 'typing', body: {} };
    return isTyping ? [...follower.phone, hint] : follower.phone;
  });
  app.get<ByOpenid>('/__sandbox/accounts/:appid/followers/:openid/window', ({ params }) =>
    windowTruth(followerOf(accountOf(world, params.appid), params.openid), world.clock.now()),
  );
  app.post<ByOpenid & { Body: { refusesMessages?: boolean } }>(
    '/__sandbox/accounts/:appid/followers/:openid/flags',
    { schema: { body: followerFlagsBody } },
    ({ params, body }) => {
      const account = accountOf(world, params.appid);
      followerOf(account, params.openid);
      const follower = account.followers.edit(params.openid);
      if (follower) Object.assign(follower, body);
      return describeFollower(follower, world.clock.now());
    },
  );

  app.post<{ Params: { appid: string }; Body: { followers: readonly KeptFollower[] } }>(
    '/__sandbox/accounts/:appid/followers/restore',
    { schema: { body: restoreBody }, bodyLimit: RESTORE_LIMIT },
    ({ params, body }) => {
      const account = accountOf(world, params.appid);
      for (const kept of body.followers) restore(account, kept, world.clock.now());
      return { restored: body.followers.length };
    },
  );
}

/** Takes over what was true when an earlier sandbox ended: who follows, and which windows are open. */
function restore({ followers }: Account, kept: KeptFollower, now: number): void {
  const follower = followers.introduce(kept.openid);
  if (follower === null) throw new ControlError(400, 'invalid-openid', `${kept.openid} cannot be an openid`);
  if (!kept.following) followers.unfollow(follower);
  else if (!follower.following)
    followers.follow(follower, kept.subscribedAt ?? now, { scene: 'ADD_SCENE_OTHERS' });
  follower.window.remaining = kept.remaining;
  follower.window.expiresAt = kept.expiresAt;
  follower.window.everOpened = kept.expiresAt > 0;
}

function followerOf(account: Account, openid: string): Follower {
  const follower = account.followers.view(openid);
  if (follower === null) throw new ControlError(404, 'unknown-follower', `nobody has the openid ${openid}`);
  return follower;
}

/** Who acts: somebody known, or for a first follow anybody with an openid of the right form. */
function actor(account: Account, openid: string, act: string): Follower {
  const chosen = openid === NEW ? account.followers.mintStranger() : openid;
  const isFirst = act === 'subscribe' || act === 'scan' || act === 'SCAN';
  const follower = isFirst ? account.followers.introduce(chosen) : account.followers.edit(chosen);
  if (follower !== null) return follower;
  if (!isFirst) followerOf(account, chosen);
  throw new ControlError(400, 'invalid-openid', 'an openid has 28 letters, digits, - or _ and starts with o');
}

function describeFollower(follower: Follower | null, now: number): Readonly<Record<string, unknown>> | null {
  if (follower === null) return null;
  return {
    openid: follower.openid,
    following: follower.following,
    subscribeTime: follower.subscribeTime,
    subscribeScene: follower.subscribeScene,
    qrScene: follower.qrScene,
    qrSceneStr: follower.qrSceneStr,
    remark: follower.remark,
    tagIds: follower.tagIds,
    blacklisted: follower.blacklisted,
    refusesMessages: follower.refusesMessages,
    window: windowTruth(follower, now),
  };
}

function count(value: string | undefined, fallback: number, most: number): number {
  if (value === undefined) return fallback;
  if (!/^\d{1,15}$/.test(value))
    throw new ControlError(400, 'invalid-query', 'offset and limit are whole numbers');
  return Math.min(most, Number(value));
}
