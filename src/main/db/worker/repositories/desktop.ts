import type { DesktopReads, DesktopWrites } from '../../port/desktop';
import { conversationsByIds } from '../conversation-rows';
import type { Reader } from '../handle';
import { followerId } from '../lookup';
import type { Reads, Writes } from '../repository';

/** Of an account's conversations: those that owe a reply and were not put away. */
const OWED = 'c.account_id = a.id AND c.listed = 1 AND c.needs_reply = 1 AND c.done = 0 AND c.muted = 0';
const ACCOUNTS = 'a.appid IN (SELECT value FROM json_each(?))';

interface WaitingRow {
  id: number;
  window_ends_at: number | null;
  lead: number | null;
}

function idsOf(db: Reader, who: readonly { readonly appid: string; readonly openid: string }[]): number[] {
  return who.flatMap(({ appid, openid }) => followerId(db, appid, openid) ?? []);
}

export const reads: Reads<DesktopReads> = {
  conversations: (db, who) => conversationsByIds(db, idsOf(db, who)),
  waiting(db, { appids, leads, now, limit }) {
    // One range of the index for each lead: within it every reminder that is owed is of that lead.
    const ranges = [0, ...leads].sort((one, other) => one - other);
    const rows = ranges.slice(1).flatMap((lead, index) =>
      db.all<WaitingRow>(
        `SELECT c.follower_id AS id, r.window_ends_at, r.lead
         FROM accounts a JOIN conversations c ON ${OWED} LEFT JOIN reminders r ON r.follower_id = c.follower_id
         WHERE ${ACCOUNTS} AND c.window_expires_at > ? AND c.window_expires_at <= ?
           AND (r.lead IS NULL OR r.lead > ? OR r.window_ends_at <> c.window_expires_at)
         ORDER BY c.window_expires_at LIMIT ?`,
        JSON.stringify(appids),
        now + (ranges[index] ?? 0),
        now + lead,
        lead,
        limit,
      ),
    );
    rows.length = Math.min(rows.length, limit);
    const reminded = new Map(rows.map((row) => [row.id, row]));
    const ids = rows.map(({ id }) => id);
    return conversationsByIds(db, ids).map((conversation, index) => {
      const row = reminded.get(ids[index] ?? 0);
      const given = row && row.window_ends_at !== null && row.lead !== null;
      return {
        conversation,
        reminded: given ? { windowEndsAt: row.window_ends_at ?? 0, lead: row.lead ?? 0 } : null,
      };
    });
  },
  closingBefore: (db, appids, now, until) =>
    db.get<{ n: number }>(
      `SELECT count(*) AS n FROM accounts a JOIN conversations c ON ${OWED}
       WHERE ${ACCOUNTS} AND c.snoozed_until IS NULL AND c.window_expires_at > ? AND c.window_expires_at <= ?`,
      JSON.stringify(appids),
      now,
      until,
    )?.n ?? 0,
};

export const writes: Writes<DesktopWrites> = {
  remember(db, given) {
    for (const { appid, openid, windowEndsAt, lead } of given) {
      const id = followerId(db, appid, openid);
      if (id === null) continue;
      db.run(
        'INSERT OR REPLACE INTO reminders (follower_id, window_ends_at, lead) VALUES (?, ?, ?)',
        id,
        windowEndsAt,
        lead,
      );
    }
  },
};
