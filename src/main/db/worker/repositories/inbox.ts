import type { StoredMessage } from '../../port/conversations';
import type { AutomaticItem, InboundItem, InboxReads, InboxWrites } from '../../port/inbox';
import { storeAutomatic } from '../automatic';
import type { Writer } from '../handle';
import { storeInbound } from '../inbound';
import { accountId } from '../lookup';
import { storeNotice } from '../notice-rows';
import type { Reads, Writes } from '../repository';

/** Distinct pairs, in order of first appearance. */
function distinct(pairs: readonly { readonly appid: string; readonly openid: string }[]) {
  return [...new Map(pairs.map((pair) => [`${pair.appid} ${pair.openid}`, pair])).values()];
}

export const reads: Reads<InboxReads> = {
  quarantined: (db, appid, after, limit) =>
    db
      .all<{ id: number; seq: number; item: string; reason: string }>(
        'SELECT id, seq, item, reason FROM quarantine WHERE appid = ? AND id > ? ORDER BY id LIMIT ?',
        appid,
        after,
        limit,
      )
      .map((row) => ({ ...row, appid, item: JSON.parse(row.item) as unknown })),
};

/** What a commit has done so far. */
class Outcome {
  readonly stored: StoredMessage[] = [];
  readonly changed: { appid: string; openid: string }[] = [];
  readonly unknown: { appid: string; openid: string }[] = [];
  readonly accounts = new Set<string>();
  duplicates = 0;
  notices = 0;

  constructor(private readonly db: Writer) {}

  takeInbound(item: InboundItem): void {
    const result = storeInbound(this.db, accountId(this.db, item.appid), item);
    if (result.kind === 'duplicate') this.duplicates += 1;
    if (result.kind === 'account-event') this.accounts.add(item.appid);
    if (result.kind !== 'message') return;
    const who = { appid: item.appid, openid: result.openid };
    this.stored.push(result.stored);
    if (result.followerChanged) this.changed.push(who);
    const { content } = item.message;
    const followed = content.kind === 'event' && content.event.name === 'subscribe';
    const left = content.kind === 'event' && content.event.name === 'unsubscribe';
    if (followed || (result.newFollower && !left)) this.unknown.push(who);
  }

  takeAutomatic(item: AutomaticItem): void {
    const result = storeAutomatic(this.db, accountId(this.db, item.appid), item);
    if (result === null) {
      this.duplicates += 1;
      return;
    }
    this.stored.push(result.stored);
    if (!result.newFollower) return;
    const who = { appid: item.appid, openid: item.openid };
    this.changed.push(who);
    this.unknown.push(who);
  }
}

export const writes: Writes<InboxWrites> = {
  commit(db, { linkId, inbound, automatic = [], notices = [], quarantined, cursor }) {
    const outcome = new Outcome(db);
    // In the order of the feed, which is the order on screen: an answer stands below what it answers.
    for (const item of [...inbound, ...automatic].sort((one, other) => one.seq - other.seq)) {
      if ('message' in item) outcome.takeInbound(item);
      else outcome.takeAutomatic(item);
    }
    for (const item of notices) {
      const { isNew, account } = storeNotice(db, linkId ?? '', item);
      if (isNew) outcome.notices += 1;
      else outcome.duplicates += 1;
      if (account !== null) outcome.accounts.add(account);
    }
    for (const { seq, appid, item, reason } of quarantined) {
      db.run(
        `INSERT INTO quarantine (link_id, seq, appid, item, reason) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (link_id, seq) DO UPDATE SET reason = excluded.reason`,
        linkId ?? '',
        seq,
        appid,
        JSON.stringify(item),
        reason,
      );
    }
    if (linkId !== null && cursor !== null) {
      db.run('UPDATE relay_links SET cursor = max(cursor, ?) WHERE id = ?', cursor, linkId);
    }
    return {
      stored: outcome.stored,
      duplicates: outcome.duplicates,
      notices: outcome.notices,
      followers: distinct(outcome.changed),
      accounts: [...outcome.accounts],
      unknownFollowers: distinct(outcome.unknown),
    };
  },
  release(db, ids) {
    db.run('DELETE FROM quarantine WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  },
};
