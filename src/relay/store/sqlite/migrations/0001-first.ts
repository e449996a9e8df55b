/** Frozen. A later change of the schema is a new file with the next number. */
export const sql = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE workspaces (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  last_seq INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE pairing_codes (
  code_hash BLOB PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  expires_at REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE devices (
  id INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  name TEXT NOT NULL,
  token_hash BLOB NOT NULL UNIQUE,
  paired_at REAL NOT NULL,
  acked_seq INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX devices_by_workspace ON devices (workspace_id, acked_seq);

CREATE TABLE accounts (
  appid TEXT PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  key TEXT NOT NULL UNIQUE,
  mode TEXT NOT NULL,
  sealed_token BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
  seq INTEGER NOT NULL,
  appid TEXT NOT NULL,
  received_at REAL NOT NULL,
  replay_key BLOB NOT NULL UNIQUE,
  query TEXT NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (workspace_id, seq)
);
`;
