import type { OutboundStatus } from '#shared/domain/message';
import type { StoredMessage } from '../../port/conversations';
import type { OutboxReads, OutboxWrites, Outcome } from '../../port/outbox';
import { bringBack, relist } from '../conversation-rows';
import type { Reader, Writer } from '../handle';
import { accountId, followerId, requireFollowerId } from '../lookup';
import { messageByRowId, selectMessages } from '../message-rows';
import { indexMessage } from '../message-search/index-messages';
import type { Reads, Writes } from '../repository';
import { applyWindowEvents } from '../standing';
import { ensureConversation } from '../windows';

interface OutboundRow {
  id: number;
  follower_id: number;
  status: OutboundStatus;
  retried: number;
}

function rowOf(db: Reader, clientId: string): OutboundRow | undefined {
  return db.get<OutboundRow>(
    'SELECT id, follower_id, status, retried FROM messages WHERE client_id = ?',
    clientId,
  );
}

function stored(db: Reader, clientId: string): StoredMessage | null {
  return selectMessages(db, 'm.client_id = ?', clientId)[0] ?? null;
}

function settleRow(db: Writer, row: OutboundRow, outcome: Outcome): void {
  db.run(
    'UPDATE messages SET status = ?, failure = ?, content = coalesce(?, content) WHERE id = ?',
    outcome.status,
    outcome.failure === null ? null : JSON.stringify(outcome.failure),
    outcome.content === undefined ? null : JSON.stringify(outcome.content),
    row.id,
  );
  // The index knows what failed.
  if (outcome.status === 'failed' || outcome.status === 'unknown') indexMessage(db, row.id);
  if (outcome.event !== null) applyWindowEvents(db, row.follower_id, [outcome.event]);
  if (outcome.status === 'sent') {
    // An answer to what was there when it was sent; a message that came in since still waits.
    db.run(
      `UPDATE conversations SET needs_reply = 0 WHERE follower_id = ? AND needs_reply = 1 AND NOT EXISTS (
         SELECT 1 FROM messages WHERE follower_id = ? AND id > ? AND direction = 'in' AND is_event = 0)`,
      row.follower_id,
      row.follower_id,
      row.id,
    );
  }
  const failed = outcome.status === 'failed' || outcome.status === 'unknown';
  recountFailed(db, row.follower_id, Number(failed));
  if (failed) bringBack(db, row.follower_id);
}

function recountFailed(db: Writer, follower: number, difference: number): void {
  if (difference === 0) return;
  db.run('UPDATE conversations SET failed = max(0, failed + ?) WHERE follower_id = ?', difference, follower);
}

/** The original of a new attempt no longer counts as failed. */
function markRetried(db: Writer, originalId: string, follower: number): void {
  const { changes } = db.run(
    `UPDATE messages SET retried = 1 WHERE client_id = ? AND follower_id = ? AND retried = 0
       AND status IN ('failed', 'unknown')`,
    originalId,
    follower,
  );
  recountFailed(db, follower, -changes);
}

export const reads: Reads<OutboxReads> = {
  byClientId: (db, clientId) => stored(db, clientId)?.message ?? null,
  queued: (db, limit) => selectMessages(db, "m.status = 'queued' ORDER BY m.id LIMIT ?", limit),
  hasQueued(db, appid, openid) {
    const id = followerId(db, appid, openid);
    return (
      id !== null &&
      db.get("SELECT 1 FROM messages WHERE status = 'queued' AND +follower_id = ? LIMIT 1", id) !== undefined
    );
  },
  hasQueuedBefore(db, clientId) {
    const row = rowOf(db, clientId);
    return (
      row !== undefined &&
      db.get(
        "SELECT 1 FROM messages WHERE status = 'queued' AND +follower_id = ? AND id < ? LIMIT 1",
        row.follower_id,
        row.id,
      ) !== undefined
    );
  },
};

export const writes: Writes<OutboxWrites> = {
  insert(db, row) {
    const known = stored(db, row.clientId);
    if (known) return { message: known.message, created: false };
    const follower = requireFollowerId(db, row.appid, row.openid);
    ensureConversation(db, follower);
    const { lastId } = db.run(
      `INSERT INTO messages (account_id, follower_id, direction, at, content, client_id, status, failure, retry_of, media_id)
       VALUES (?, ?, 'out', ?, ?, ?, ?, ?, ?, ?)`,
      accountId(db, row.appid),
      follower,
      row.at,
      JSON.stringify(row.content),
      row.clientId,
      row.status,
      row.failure === null ? null : JSON.stringify(row.failure),
      row.retryOf,
      row.mediaId,
    );
    indexMessage(db, lastId);
    db.run(
      'UPDATE conversations SET listed = 1, last_message_id = ?, last_at = max(last_at, ?) WHERE follower_id = ?',
      lastId,
      row.at,
      follower,
    );
    if (row.retryOf !== null) markRetried(db, row.retryOf, follower);
    if (row.status === 'failed') recountFailed(db, follower, 1);
    return { message: messageByRowId(db, lastId).message, created: true };
  },
  claim(db, id) {
    const { changes } = db.run(
      "UPDATE messages SET status = 'sending', failure = NULL WHERE client_id = ? AND status = 'queued'",
      id,
    );
    return changes === 0 ? null : stored(db, id);
  },
  hold(db, id, failure) {
    const { changes } = db.run(
      "UPDATE messages SET failure = ? WHERE client_id = ? AND status = 'queued'",
      JSON.stringify(failure),
      id,
    );
    return changes === 0 ? null : (stored(db, id)?.message ?? null);
  },
  settle(db, id, outcome) {
    const row = rowOf(db, id);
    if (!row) throw new RangeError('no outbound message');
    if (row.status === 'sending') settleRow(db, row, outcome);
    return messageByRowId(db, row.id).message;
  },
  cancel(db, appid, openid, id) {
    const follower = followerId(db, appid, openid);
    const row = rowOf(db, id);
    if (!row || row.follower_id !== follower || row.status !== 'queued') return false;
    db.run('DELETE FROM messages WHERE id = ?', row.id);
    db.run(
      `UPDATE conversations SET last_message_id = (SELECT max(id) FROM messages WHERE follower_id = ?)
       WHERE follower_id = ?`,
      follower,
      follower,
    );
    relist(db, follower);
    return true;
  },
  recover(db, now) {
    const left = db.all<{ client_id: string }>(
      "SELECT client_id FROM messages WHERE status = 'sending' ORDER BY id",
    );
    return left.flatMap(({ client_id: id }) => {
      const row = rowOf(db, id);
      if (!row) return [];
      settleRow(db, row, {
        status: 'unknown',
        failure: { code: 'send/interrupted' },
        event: { type: 'unknown-send', at: now },
      });
      return [messageByRowId(db, row.id).message];
    });
  },
  windowEvent(db, appid, openid, event) {
    const id = followerId(db, appid, openid);
    return id === null ? null : applyWindowEvents(db, id, [event]);
  },
};
