import type { TakeoverReads, TakeoverWrites } from '../../port/takeovers';
import { accountId } from '../lookup';
import type { Reads, Writes } from '../repository';

export const reads: Reads<TakeoverReads> = {
  get: (db, appid) =>
    db.get<{ content: string }>(
      'SELECT t.content FROM takeovers t JOIN accounts a ON a.id = t.account_id WHERE a.appid = ?',
      appid,
    )?.content ?? null,
};

export const writes: Writes<TakeoverWrites> = {
  put(db, appid, content) {
    db.run(
      `INSERT INTO takeovers (account_id, content) VALUES (?, ?)
       ON CONFLICT (account_id) DO UPDATE SET content = excluded.content`,
      accountId(db, appid),
      content,
    );
  },
};
