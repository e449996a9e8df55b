export const version = 3;
export const name = 'relay-modes';

/** Automatic replies in the chat, the rules behind them, and what relays report. */
export const sql = `
ALTER TABLE accounts ADD COLUMN relay_mode TEXT NOT NULL DEFAULT 'sealed';

-- The relay answered so by a rule; nobody here wrote it.
ALTER TABLE messages ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0;

CREATE TABLE reply_rules (
  account_id INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  -- Version that the relay is known to have; null when it has none of ours.
  synced_version INTEGER,
  edited_at REAL NOT NULL,
  content TEXT NOT NULL
);

-- Sets that gave way to another desktop's, or another desktop's that gave way to ours.
CREATE TABLE replaced_rules (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  origin TEXT NOT NULL,
  replaced_at REAL NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX replaced_rules_by_account ON replaced_rules (account_id, id);

CREATE TABLE relay_notices (
  id INTEGER PRIMARY KEY,
  link_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  -- Empty for what concerns no account.
  appid TEXT NOT NULL,
  at REAL NOT NULL,
  -- Empty while the body cannot be read.
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  dismissed INTEGER NOT NULL DEFAULT 0,
  -- A relay that was restored from a backup may give a number a second time.
  UNIQUE (link_id, seq, at, body)
);
CREATE INDEX relay_notices_by_type ON relay_notices (type, id) WHERE dismissed = 0;
CREATE INDEX relay_notices_by_appid ON relay_notices (appid, id);
`;
