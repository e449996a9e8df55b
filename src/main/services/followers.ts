import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Follower, ImportState } from '#shared/ipc/models';
import type { Logger } from '#shared/log';
import { getUserInfo } from '#wechat/api/users';
import type { WeChatClient } from '#wechat/client';
import type { Database } from '../db/port/database';
import { toFollowerDetail } from './follower-detail';
import { APP_STOPS, runFollowerImport } from './follower-import';
import { createLookUps } from './follower-look-ups';
import type { FollowersService } from './interfaces';
import type { Publish } from './ports';

export interface FollowersDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
}

/** The page is told at most this often, seconds. */
const PROGRESS_EVERY = 0.2;

interface RunningImport {
  readonly abort: AbortController;
  readonly ended: Promise<ImportState>;
}

export function createFollowersService(deps: FollowersDeps): FollowersService {
  const { db, clock, logger, publish, wechatFor } = deps;
  const imports = new Map<string, RunningImport>();
  const lookUps = createLookUps({
    ...deps,
    onStored: (appid, openids) => {
      const only = openids.length === 1 ? openids[0] : undefined;
      publish('followers.changed', { appid, openid: only ?? null });
    },
  });

  async function known(appid: string, openid: string): Promise<Follower> {
    const follower = await db.followers.get(appid, openid);
    if (follower === null) throw new AppError({ code: 'follower/not-found' });
    return follower;
  }

  function progressOf(appid: string): (state: ImportState) => void {
    let toldAt = Number.NEGATIVE_INFINITY;
    let phase = '';
    return (state) => {
      const now = clock.now();
      if (state.phase === phase && now - toldAt < PROGRESS_EVERY) return;
      toldAt = now;
      phase = state.phase;
      publish('import.changed', state);
      publish('followers.changed', { appid, openid: null });
    };
  }

  function start(appid: string): RunningImport {
    const abort = new AbortController();
    const ended = runFollowerImport(
      { db, clock, logger, wechatFor, onProgress: progressOf(appid) },
      appid,
      abort.signal,
    )
      .catch((error: unknown) => {
        // The account may have been erased meanwhile; otherwise the next start goes on where this one broke off.
        logger.error('import-broke-off', { appid, error });
        return brokenOff(appid, error);
      })
      .finally(() => {
        imports.delete(appid);
        publish('accounts.changed', { appid });
      });
    const running = { abort, ended };
    imports.set(appid, running);
    return running;
  }

  return {
    page: (input) => db.followers.page({ ...input, now: clock.now() }),
    get: known,
    timeline: ({ appid, openid, before, limit }) => db.followers.timeline(appid, openid, before, limit),
    async update({ appid, openid, alias, note }) {
      const follower = await db.followers.update(appid, openid, {
        ...(alias === undefined ? {} : { alias: alias?.trim() || null }),
        ...(note === undefined ? {} : { note: note?.trim() || null }),
      });
      if (follower === null) throw new AppError({ code: 'follower/not-found' });
      publish('followers.changed', { appid, openid });
      publish('conversations.changed', { appid, openid });
      return follower;
    },
    tags: (appid) => db.followers.tags(appid),
    importState: async (appid) => (await db.imports.get(appid)).state,
    async startImport(appid) {
      await wechatFor(appid);
      if (!imports.has(appid)) start(appid);
      const { state } = await db.imports.get(appid);
      return state.phase === 'listing' || state.phase === 'details'
        ? state
        : { ...state, phase: 'listing', error: null };
    },
    async pauseImport(appid) {
      const running = imports.get(appid);
      if (!running) return (await db.imports.get(appid)).state;
      running.abort.abort();
      return running.ended;
    },
    async resumeInterrupted() {
      for (const appid of await db.imports.interrupted()) if (!imports.has(appid)) start(appid);
    },
    async lookUp(appid, openid) {
      const client = await wechatFor(appid);
      const askedAt = clock.now();
      await db.followers.saveDetails(appid, [toFollowerDetail(await getUserInfo(client, openid))], askedAt);
      publish('followers.changed', { appid, openid });
      return known(appid, openid);
    },
    enqueueLookUps: lookUps.enqueue,
    async idle(appid) {
      for (const [key, running] of imports) if (appid === undefined || key === appid) await running.ended;
      await lookUps.idle(appid);
    },
    async stop() {
      lookUps.stop();
      const ending = [...imports.values()];
      for (const running of ending) running.abort.abort(APP_STOPS);
      await Promise.all(ending.map((running) => running.ended));
      await lookUps.idle();
    },
  };
}

function brokenOff(appid: string, error: unknown): ImportState {
  const reason = error instanceof AppError ? error.data : { code: 'import/interrupted' };
  return {
    ...{ appid, phase: 'failed', total: null, listed: 0, detailed: 0 },
    ...{ startedAt: null, finishedAt: null, error: reason },
  };
}
