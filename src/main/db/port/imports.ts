/** The import of an account’s followers, from page to page. */
import type { AppErrorData } from '#shared/app-error';
import type { ImportState } from '#shared/ipc/models';
import type { FollowerDetail } from './followers';

export interface ImportPlan {
  readonly state: ImportState;
  /** Last openid of the last stored page of user/get; null: from the start. */
  readonly nextOpenid: string | null;
  /** Last openid whose details are stored; null: from the start. */
  readonly detailAfter: string | null;
}

export interface ImportReads {
  get(appid: string): ImportPlan;
  /** Up to `limit` openids in order after `after` whose details this run has not asked yet. */
  pending(appid: string, after: string | null, limit: number): string[];
  /** Imports that a stop of the app interrupted. */
  interrupted(): string[];
}

export interface ImportWrites {
  /** Begins a run, or goes on with the one that was paused, failed or interrupted. */
  begin(appid: string, now: number): ImportPlan;
  /** Stores one page of user/get and the cursor in one transaction. `done`: it was the last page. */
  savePage(
    appid: string,
    page: {
      readonly total: number;
      readonly openids: readonly string[];
      readonly nextOpenid: string;
      readonly done: boolean;
    },
    askedAt: number,
  ): ImportPlan;
  /** Stores details of one batch and moves the cursor behind `asked` in one transaction. */
  saveBatch(
    appid: string,
    asked: readonly string[],
    details: readonly FollowerDetail[],
    askedAt: number,
  ): ImportPlan;
  finish(
    appid: string,
    phase: 'paused' | 'done' | 'failed',
    error: AppErrorData | null,
    now: number,
  ): ImportPlan;
}
