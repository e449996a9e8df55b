export const version = 6;
export const name = 'set-aside';

/** Conversations are pinned, muted, snoozed and done; lists and counts leave out what is set aside. */
export const sql = `
ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN snoozed_until REAL;
-- When a snooze ended: the conversation stands in the list as if something had arrived then.
ALTER TABLE conversations ADD COLUMN returned_at REAL;
-- The later of last_at and returned_at. No generated column: an index on one covers nothing.
ALTER TABLE conversations ADD COLUMN order_at REAL NOT NULL DEFAULT 0;
UPDATE conversations SET order_at = last_at;
CREATE TRIGGER conversations_ordered AFTER UPDATE OF last_at, returned_at ON conversations
WHEN new.order_at <> max(new.last_at, coalesce(new.returned_at, 0)) BEGIN
  UPDATE conversations SET order_at = max(new.last_at, coalesce(new.returned_at, 0)) WHERE follower_id = new.follower_id;
END;
CREATE TRIGGER conversations_ordered_first AFTER INSERT ON conversations WHEN new.last_at > 0 BEGIN
  UPDATE conversations SET order_at = new.last_at WHERE follower_id = new.follower_id;
END;

-- unread and needs_reply count what is neither done nor snoozed nor muted; muted conversations that wait stand apart.
ALTER TABLE accounts ADD COLUMN needs_reply_muted INTEGER NOT NULL DEFAULT 0;
-- Lengths of the two longest lists: all that is listed, and what of it is neither done nor snoozed.
ALTER TABLE accounts ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN active INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET listed =
  (SELECT count(*) FROM conversations c WHERE c.account_id = accounts.id AND c.listed = 1);
UPDATE accounts SET active = listed;

-- The end of each index covers what filters and orders ask, its own condition included, so that no count reads a row.
DROP INDEX conversations_newest;
DROP INDEX conversations_closing;
DROP INDEX conversations_needs_reply;
DROP INDEX conversations_failed;
DROP INDEX conversations_starred;
CREATE INDEX conversations_active ON conversations (account_id, order_at, follower_id, pinned, window_expires_at,
  listed, done, snoozed_until)
  WHERE listed = 1 AND done = 0 AND snoozed_until IS NULL;
CREATE INDEX conversations_done ON conversations (account_id, order_at, follower_id, pinned, window_expires_at,
  listed, done)
  WHERE listed = 1 AND done = 1;
CREATE INDEX conversations_snoozed ON conversations (snoozed_until, follower_id, account_id, pinned)
  WHERE snoozed_until IS NOT NULL;
CREATE INDEX conversations_pinned ON conversations (account_id, order_at, follower_id) WHERE pinned = 1;
CREATE INDEX conversations_needs_reply ON conversations (account_id, order_at, follower_id, pinned, window_expires_at,
  listed, done, snoozed_until, needs_reply)
  WHERE listed = 1 AND done = 0 AND snoozed_until IS NULL AND needs_reply = 1;
CREATE INDEX conversations_failed ON conversations (account_id, order_at, follower_id, pinned, window_expires_at,
  listed, done, snoozed_until, failed)
  WHERE listed = 1 AND done = 0 AND snoozed_until IS NULL AND failed > 0;
CREATE INDEX conversations_starred ON conversations (account_id, order_at, follower_id, pinned, window_expires_at,
  listed, starred)
  WHERE listed = 1 AND starred = 1;
CREATE INDEX conversations_closing ON conversations (account_id, window_expires_at, follower_id, listed, pinned, done,
  snoozed_until, needs_reply, failed, starred, window_remaining, order_at) WHERE window_expires_at IS NOT NULL;

DROP TRIGGER conversations_recounted;
CREATE TRIGGER conversations_recounted
AFTER UPDATE OF unread, needs_reply, muted, done, snoozed_until, listed ON conversations
WHEN new.unread <> old.unread OR new.needs_reply <> old.needs_reply OR new.muted <> old.muted
  OR new.done <> old.done OR new.snoozed_until IS NOT old.snoozed_until OR new.listed <> old.listed BEGIN
  UPDATE accounts SET
    unread = unread
      + (new.done = 0 AND new.snoozed_until IS NULL AND new.muted = 0) * new.unread
      - (old.done = 0 AND old.snoozed_until IS NULL AND old.muted = 0) * old.unread,
    needs_reply = needs_reply
      + (new.done = 0 AND new.snoozed_until IS NULL AND new.muted = 0) * new.needs_reply
      - (old.done = 0 AND old.snoozed_until IS NULL AND old.muted = 0) * old.needs_reply,
    needs_reply_muted = needs_reply_muted
      + (new.done = 0 AND new.snoozed_until IS NULL AND new.muted = 1) * new.needs_reply
      - (old.done = 0 AND old.snoozed_until IS NULL AND old.muted = 1) * old.needs_reply,
    listed = listed
      + new.listed
      - old.listed,
    active = active
      + (new.done = 0 AND new.snoozed_until IS NULL AND new.listed = 1)
      - (old.done = 0 AND old.snoozed_until IS NULL AND old.listed = 1)
  WHERE id = new.account_id;
END;
CREATE TRIGGER conversations_counted AFTER INSERT ON conversations WHEN new.listed = 1 BEGIN
  UPDATE accounts SET
    unread = unread
      + (new.done = 0 AND new.snoozed_until IS NULL AND new.muted = 0) * new.unread,
    needs_reply = needs_reply
      + (new.done = 0 AND new.snoozed_until IS NULL AND new.muted = 0) * new.needs_reply,
    needs_reply_muted = needs_reply_muted
      + (new.done = 0 AND new.snoozed_until IS NULL AND new.muted = 1) * new.needs_reply,
    listed = listed
      + new.listed,
    active = active
      + (new.done = 0 AND new.snoozed_until IS NULL AND new.listed = 1)
  WHERE id = new.account_id;
END;
CREATE TRIGGER conversations_discounted AFTER DELETE ON conversations WHEN old.listed = 1 BEGIN
  UPDATE accounts SET
    unread = unread
      - (old.done = 0 AND old.snoozed_until IS NULL AND old.muted = 0) * old.unread,
    needs_reply = needs_reply
      - (old.done = 0 AND old.snoozed_until IS NULL AND old.muted = 0) * old.needs_reply,
    needs_reply_muted = needs_reply_muted
      - (old.done = 0 AND old.snoozed_until IS NULL AND old.muted = 1) * old.needs_reply,
    listed = listed
      - old.listed,
    active = active
      - (old.done = 0 AND old.snoozed_until IS NULL AND old.listed = 1)
  WHERE id = old.account_id;
END;
`;
