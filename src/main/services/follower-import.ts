import { AppError, type AppErrorData } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { ImportState } from '#shared/ipc/models';
import type { Logger } from '#shared/log';
import { getTags } from '#wechat/api/tags';
import { batchGetUserInfo, getFollowers, USERS_PER_BATCH } from '#wechat/api/users';
import type { WeChatClient } from '#wechat/client';
import type { Database } from '../db/port/database';
import type { ImportPlan } from '../db/port/imports';
import { toFollowerDetail } from './follower-detail';
import { withRetries } from './retry';

export interface FollowerImportDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
  /** Told after every stored page or batch, and once at the end. */
  readonly onProgress: (state: ImportState) => void;
}

/** Abort reason when the app ends: the import stays interrupted, so that the next start goes on with it. */
export const APP_STOPS = 'app-stops';

/**
 * One import (users-and-tags §7): pages of openids, then details a hundred at a time. The cursor of each phase is stored with
 * the rows it covers, so an import that was killed anywhere goes on without loss or repeats.
 * @param signal aborting it pauses after the step under way; with APP_STOPS as reason nothing is written any more
 * @returns the state it ended in: `done`, `paused` or `failed`; it rejects only with `db/*`
 */
export async function runFollowerImport(
  deps: FollowerImportDeps,
  appid: string,
  signal: AbortSignal,
): Promise<ImportState> {
  const { db, clock, onProgress } = deps;
  let plan = await db.imports.begin(appid, clock.now());
  onProgress(plan.state);
  let failure: AppErrorData | null = null;
  try {
    const client = await deps.wechatFor(appid);
    await db.followers.saveTags(appid, [...(await withRetries(() => getTags(client), signal))]);
    plan = await listAll(deps, client, plan, signal);
    plan = await describeAll(deps, client, plan, signal);
  } catch (error) {
    if (!signal.aborted) {
      if (!(error instanceof AppError) || error.code.startsWith('db/')) throw error;
      deps.logger.warn('import-failed', { appid, code: error.code });
      failure = error.data;
    }
  }
  if (signal.reason === APP_STOPS) return plan.state;
  const phase = failure ? 'failed' : plan.state.phase === 'done' ? 'done' : 'paused';
  const ended = await db.imports.finish(appid, phase, failure, clock.now());
  onProgress(ended.state);
  return ended.state;
}

async function listAll(
  { db, clock, onProgress }: FollowerImportDeps,
  client: WeChatClient,
  begun: ImportPlan,
  signal: AbortSignal,
): Promise<ImportPlan> {
  let plan = begun;
  while (plan.state.phase === 'listing' && !signal.aborted) {
    const askedAt = clock.now();
    const after = plan.nextOpenid ?? undefined;
    const page = await withRetries(() => getFollowers(client, after), signal);
    plan = await db.imports.savePage(
      client.appid,
      {
        total: page.total,
        openids: page.openids,
        nextOpenid: page.nextOpenid ?? '',
        done: page.nextOpenid === null,
      },
      askedAt,
    );
    onProgress(plan.state);
  }
  return plan;
}

async function describeAll(
  { db, clock, onProgress }: FollowerImportDeps,
  client: WeChatClient,
  listed: ImportPlan,
  signal: AbortSignal,
): Promise<ImportPlan> {
  let plan = listed;
  while (plan.state.phase === 'details' && !signal.aborted) {
    const openids = await db.imports.pending(client.appid, plan.detailAfter, USERS_PER_BATCH);
    if (openids.length === 0) return { ...plan, state: { ...plan.state, phase: 'done' } };
    const askedAt = clock.now();
    const infos = await withRetries(() => batchGetUserInfo(client, openids), signal);
    plan = await db.imports.saveBatch(client.appid, openids, infos.map(toFollowerDetail), askedAt);
    onProgress(plan.state);
  }
  return plan;
}
