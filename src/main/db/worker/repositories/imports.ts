import type { AppErrorData } from '#shared/app-error';
import type { ImportState } from '#shared/ipc/models';
import type { ImportPlan, ImportReads, ImportWrites } from '../../port/imports';
import { saveDetails } from '../follower-details';
import { insertStub } from '../follower-rows';
import type { Reader, Writer } from '../handle';
import { accountId } from '../lookup';
import type { Reads, Writes } from '../repository';
import { applyAnsweredStanding } from '../standing';

interface ProgressRow {
  phase: ImportState['phase'];
  step: 'listing' | 'details';
  total: number | null;
  listed: number;
  detailed: number;
  started_at: number | null;
  finished_at: number | null;
  error: string | null;
  next_openid: string | null;
  detail_after: string | null;
}

function rowOf(db: Reader, account: number): ProgressRow | undefined {
  return db.get<ProgressRow>('SELECT * FROM import_progress WHERE account_id = ?', account);
}

function planOf(db: Reader, appid: string): ImportPlan {
  const row = rowOf(db, accountId(db, appid));
  return {
    state: {
      appid,
      phase: row?.phase ?? 'idle',
      total: row?.total ?? null,
      listed: row?.listed ?? 0,
      detailed: row?.detailed ?? 0,
      startedAt: row?.started_at ?? null,
      finishedAt: row?.finished_at ?? null,
      error: row?.error ? (JSON.parse(row.error) as AppErrorData) : null,
    },
    nextOpenid: row?.next_openid ?? null,
    detailAfter: row?.detail_after ?? null,
  };
}

/** One openid of user/get: a new row, or the news that someone marked as left follows again. */
function list(db: Writer, account: number, openid: string, askedAt: number): void {
  if (insertStub(db, account, openid, { following: true, stateAt: 0 }) !== null) return;
  const left = db.get<{ id: number }>(
    'SELECT id FROM followers WHERE account_id = ? AND openid = ? AND following = 0',
    account,
    openid,
  );
  if (left) applyAnsweredStanding(db, left.id, true, askedAt, null);
}

export const reads: Reads<ImportReads> = {
  get: planOf,
  pending: (db, appid, after, limit) =>
    db
      .all<{ openid: string }>(
        'SELECT openid FROM followers WHERE account_id = ? AND openid > ? AND following = 1 ORDER BY openid LIMIT ?',
        accountId(db, appid),
        after ?? '',
        limit,
      )
      .map((row) => row.openid),
  interrupted: (db) =>
    db
      .all<{ appid: string }>(
        `SELECT a.appid FROM import_progress p JOIN accounts a ON a.id = p.account_id
         WHERE p.phase IN ('listing', 'details') AND a.status = 'bound' ORDER BY a.id`,
      )
      .map((row) => row.appid),
};

export const writes: Writes<ImportWrites> = {
  begin(db, appid, now) {
    const account = accountId(db, appid);
    const row = rowOf(db, account);
    if (row && row.phase !== 'done') {
      db.run(
        'UPDATE import_progress SET phase = step, error = NULL, finished_at = NULL WHERE account_id = ?',
        account,
      );
    } else {
      db.run(
        `INSERT OR REPLACE INTO import_progress (account_id, phase, step, listed, detailed, started_at)
         VALUES (?, 'listing', 'listing', 0, 0, ?)`,
        account,
        now,
      );
    }
    return planOf(db, appid);
  },
  savePage(db, appid, page, askedAt) {
    const account = accountId(db, appid);
    for (const openid of page.openids) list(db, account, openid, askedAt);
    const step = page.done ? 'details' : 'listing';
    db.run(
      `UPDATE import_progress SET phase = ?, step = ?, total = ?, listed = listed + ?, next_openid = ?
       WHERE account_id = ?`,
      step,
      step,
      page.total,
      page.openids.length,
      page.nextOpenid === '' ? null : page.nextOpenid,
      account,
    );
    return planOf(db, appid);
  },
  saveBatch(db, appid, asked, details, askedAt) {
    const account = accountId(db, appid);
    saveDetails(db, account, details, askedAt);
    db.run(
      'UPDATE import_progress SET detailed = detailed + ?, detail_after = ? WHERE account_id = ?',
      asked.length,
      asked.at(-1) ?? null,
      account,
    );
    return planOf(db, appid);
  },
  finish(db, appid, phase, error, now) {
    db.run(
      'UPDATE import_progress SET phase = ?, error = ?, finished_at = ? WHERE account_id = ?',
      phase,
      error === null ? null : JSON.stringify(error),
      phase === 'done' ? now : null,
      accountId(db, appid),
    );
    return planOf(db, appid);
  },
};
