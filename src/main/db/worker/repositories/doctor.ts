import type { DoctorReads } from '../../port/doctor';
import { accountId } from '../lookup';
import type { Reads, Writes } from '../repository';

export const reads: Reads<DoctorReads> = {
  signs(db, appid) {
    const account = accountId(db, appid);
    const message = db.get<{ at: number | null }>(
      'SELECT max(last_message_at) AS at FROM followers WHERE account_id = ?',
      account,
    );
    const event = db.get<{ at: number | null }>(
      'SELECT max(at) AS at FROM account_events WHERE account_id = ?',
      account,
    );
    const quarantine = db.all<{ reason: string; count: number; last: number | null }>(
      `SELECT reason, count(*) AS count, max(json_extract(item, '$.receivedAt')) AS last
       FROM quarantine WHERE appid = ? GROUP BY reason ORDER BY count(*) DESC, reason`,
      appid,
    );
    const verification = db.get<{ name: string; at: number }>(
      `SELECT json_extract(content, '$.event.name') AS name, at FROM account_events
       WHERE account_id = ? AND json_extract(content, '$.event.name') IN
         ('qualification_verify_success', 'naming_verify_success', 'annual_renew', 'verify_expired')
       ORDER BY at DESC, id DESC LIMIT 1`,
      account,
    );
    const times = [message?.at, event?.at].filter((at) => typeof at === 'number');
    return {
      lastMessageAt: times.length > 0 ? Math.max(...times) : null,
      quarantine: quarantine.map(({ reason, count, last }) => ({ reason, count, lastAt: last })),
      verificationEvent: verification ?? null,
    };
  },
};

export const writes: Writes<object> = {};
