import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { batchGetUserInfo, USERS_PER_BATCH } from '#wechat/api/users';
import type { WeChatClient } from '#wechat/client';
import type { Database } from '../db/port/database';
import { toFollowerDetail } from './follower-detail';

export interface LookUpsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
  readonly onStored: (appid: string, openids: readonly string[]) => void;
}

/**
 * Asks WeChat in the background for followers first seen by an event, many in one call. What fails is asked again by the next
 * import; the follower is on the list meanwhile, only without details.
 */
export function createLookUps({ db, clock, logger, wechatFor, onStored }: LookUpsDeps) {
  const waiting = new Map<string, Set<string>>();
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  async function drain(appid: string): Promise<void> {
    const openids = waiting.get(appid);
    while (openids && openids.size > 0 && !stopped) {
      const batch = [...openids].slice(0, USERS_PER_BATCH);
      for (const openid of batch) openids.delete(openid);
      try {
        const askedAt = clock.now();
        const infos = await batchGetUserInfo(await wechatFor(appid), batch);
        await db.followers.saveDetails(appid, infos.map(toFollowerDetail), askedAt);
        onStored(appid, batch);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        logger.warn('look-up-failed', { appid, code: error.code, followers: batch.length });
      }
    }
  }

  return {
    enqueue(who: readonly { readonly appid: string; readonly openid: string }[]): void {
      for (const { appid, openid } of who) {
        const openids = waiting.get(appid) ?? new Set();
        waiting.set(appid, openids.add(openid));
        if (!running.has(appid))
          running.set(
            appid,
            drain(appid).finally(() => running.delete(appid)),
          );
      }
    },
    async idle(appid?: string): Promise<void> {
      const wanted = () =>
        [...running].filter(([key]) => appid === undefined || key === appid).map(([, run]) => run);
      while (wanted().length > 0) await Promise.all(wanted());
    },
    stop(): void {
      stopped = true;
    },
  };
}
