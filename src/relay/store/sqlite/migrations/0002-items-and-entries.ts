/** Frozen. A later change of the schema is a new file with the next number. */
export const sql = `
CREATE TABLE feeds (
  id INTEGER PRIMARY KEY,
  workspace TEXT NOT NULL UNIQUE,
  last_seq INTEGER NOT NULL DEFAULT 0
);
INSERT INTO feeds (id, workspace, last_seq) SELECT id, CAST(id AS TEXT), last_seq FROM workspaces;

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feeds (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  appid TEXT NOT NULL,
  received_at REAL NOT NULL,
  replay_key BLOB NOT NULL UNIQUE,
  query TEXT NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (feed_id, seq)
);
INSERT INTO items (id, feed_id, seq, kind, appid, received_at, replay_key, query, body)
  SELECT id, workspace_id, seq, 'message', appid, received_at, replay_key, query, body FROM messages;

CREATE TABLE entries (
  collection TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  revision INTEGER NOT NULL,
  expires_at REAL,
  PRIMARY KEY (collection, key)
) WITHOUT ROWID;
CREATE INDEX entries_by_expiry ON entries (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE revision (id INTEGER PRIMARY KEY CHECK (id = 1), latest INTEGER NOT NULL);
INSERT INTO revision (id, latest) VALUES (1, 1);

INSERT INTO entries (collection, key, value, revision)
  SELECT 'workspaces', CAST(id AS TEXT), json_object('name', name), 1 FROM workspaces;
INSERT INTO entries (collection, key, value, revision)
  SELECT 'devices', workspace_id || '.' || id,
    json_object('name', name, 'tokenHash', lower(hex(token_hash)), 'pairedAt', paired_at), 1 FROM devices;
INSERT INTO entries (collection, key, value, revision)
  SELECT 'device-tokens', lower(hex(token_hash)),
    json_object('workspaceId', CAST(workspace_id AS TEXT), 'deviceId', CAST(id AS TEXT)), 1 FROM devices;
INSERT INTO entries (collection, key, value, revision)
  SELECT 'device-progress', workspace_id || '.' || id,
    json_object('acked', acked_seq, 'seenAt', NULL), 1 FROM devices;
INSERT INTO entries (collection, key, value, revision, expires_at)
  SELECT 'pairing-codes', lower(hex(code_hash)),
    json_object('workspaceId', CAST(workspace_id AS TEXT), 'expiresAt', expires_at), 1, expires_at
  FROM pairing_codes;
INSERT INTO entries (collection, key, value, revision)
  SELECT 'accounts', appid,
    json_object('workspaceId', CAST(workspace_id AS TEXT), 'key', key, 'mode', mode,
      'sealed', lower(hex(sealed_token))), 1 FROM accounts;
INSERT INTO entries (collection, key, value, revision)
  SELECT 'account-keys', key, json_object('appid', appid), 1 FROM accounts;
INSERT INTO entries (collection, key, value, revision)
  SELECT 'settings', 'master-key', json_object('fingerprint', lower(hex(value))), 1
  FROM settings WHERE name = 'key-fingerprint';

DROP TABLE messages;
DROP TABLE accounts;
DROP TABLE devices;
DROP TABLE pairing_codes;
DROP TABLE workspaces;
DELETE FROM settings WHERE name = 'key-fingerprint';
`;
