/** Names of the outside world to row ids. */
import { AppError } from '#shared/app-error';
import type { Reader } from './handle';

/** @throws AppError account/not-found */
export function accountId(db: Reader, appid: string): number {
  const row = db.get<{ id: number }>('SELECT id FROM accounts WHERE appid = ?', appid);
  if (!row) throw new AppError({ code: 'account/not-found' });
  return row.id;
}

/** All accounts when `appid` is null. */
export function accountIds(db: Reader, appid: string | null): number[] {
  const rows =
    appid === null
      ? db.all<{ id: number }>('SELECT id FROM accounts ORDER BY id')
      : db.all<{ id: number }>('SELECT id FROM accounts WHERE appid = ?', appid);
  return rows.map((row) => row.id);
}

export function appidsOf(db: Reader, accounts: readonly number[]): string[] {
  return db
    .all<{ appid: string }>(
      'SELECT appid FROM accounts WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(accounts),
    )
    .map((row) => row.appid);
}

export function followerId(db: Reader, appid: string, openid: string): number | null {
  const row = db.get<{ id: number }>(
    'SELECT f.id FROM followers f JOIN accounts a ON a.id = f.account_id WHERE a.appid = ? AND f.openid = ?',
    appid,
    openid,
  );
  return row?.id ?? null;
}

/** @throws AppError follower/not-found */
export function requireFollowerId(db: Reader, appid: string, openid: string): number {
  const id = followerId(db, appid, openid);
  if (id === null) throw new AppError({ code: 'follower/not-found' });
  return id;
}
