import type { FeedItem } from '#shared/relay/protocol';
import type { InboxReads, InboxWrites, StoredMessage } from '../../port';
import { storeInbound } from '../inbound';
import { accountId } from '../lookup';
import type { Reads, Writes } from '../repository';

/** Distinct pairs, in order of first appearance. */
function distinct(pairs: readonly { readonly appid: string; readonly openid: string }[]) {
  return [...new Map(pairs.map((pair) => [`${pair.appid} ${pair.openid}`, pair])).values()];
}

export const reads: Reads<InboxReads> = {
  quarantined: (db, appid, after, limit) =>
    db
      .all<{ id: number; item: string; reason: string }>(
        'SELECT id, item, reason FROM quarantine WHERE appid = ? AND id > ? ORDER BY id LIMIT ?',
        appid,
        after,
        limit,
      )
      .map((row) => ({ id: row.id, item: JSON.parse(row.item) as FeedItem, reason: row.reason })),
};

export const writes: Writes<InboxWrites> = {
  commit(db, { linkId, inbound, quarantined, cursor }) {
    const stored: StoredMessage[] = [];
    const changed: { appid: string; openid: string }[] = [];
    const unknown: { appid: string; openid: string }[] = [];
    const accounts = new Set<string>();
    let duplicates = 0;
    for (const item of inbound) {
      const result = storeInbound(db, accountId(db, item.appid), item);
      if (result.kind === 'duplicate') duplicates += 1;
      if (result.kind === 'account-event') accounts.add(item.appid);
      if (result.kind !== 'message') continue;
      const who = { appid: item.appid, openid: result.openid };
      stored.push(result.stored);
      if (result.followerChanged) changed.push(who);
      const { content } = item.message;
      const followed = content.kind === 'event' && content.event.name === 'subscribe';
      const left = content.kind === 'event' && content.event.name === 'unsubscribe';
      if (followed || (result.newFollower && !left)) unknown.push(who);
    }
    for (const { item, reason } of quarantined) {
      db.run(
        `INSERT INTO quarantine (link_id, seq, appid, item, reason) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (link_id, seq) DO UPDATE SET reason = excluded.reason`,
        linkId ?? '',
        item.seq,
        item.appid,
        JSON.stringify(item),
        reason,
      );
    }
    if (linkId !== null && cursor !== null) {
      db.run('UPDATE relay_links SET cursor = max(cursor, ?) WHERE id = ?', cursor, linkId);
    }
    return {
      stored,
      duplicates,
      followers: distinct(changed),
      accounts: [...accounts],
      unknownFollowers: distinct(unknown),
    };
  },
  release(db, ids) {
    db.run('DELETE FROM quarantine WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  },
};
