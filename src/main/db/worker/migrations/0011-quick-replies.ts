export const version = 11;
export const name = 'quick-replies';

/**
 * Quick replies with their folders and pictures, and the list of published articles that cards choose from. A reply
 * without an account is for every account; one with `deleted_at` can still be brought back.
 */
export const sql = `
CREATE TABLE quick_reply_folders (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  position INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE quick_replies (
  id TEXT PRIMARY KEY,
  account_id INTEGER REFERENCES accounts(id) ON DELETE CASCADE,
  folder_id TEXT REFERENCES quick_reply_folders(id) ON DELETE SET NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  shortcut TEXT NOT NULL,
  zh TEXT,
  en TEXT,
  uses INTEGER NOT NULL DEFAULT 0,
  last_used_at REAL,
  deleted_at REAL
) WITHOUT ROWID;
CREATE INDEX quick_replies_account ON quick_replies (account_id);
CREATE INDEX quick_replies_folder ON quick_replies (folder_id);

CREATE TABLE quick_reply_pictures (
  id TEXT PRIMARY KEY,
  mime TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  created_at REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE published_lists (
  account_id INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  total INTEGER NOT NULL,
  read_at REAL NOT NULL
);

CREATE TABLE published_articles (
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  article_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  digest TEXT NOT NULL,
  url TEXT NOT NULL,
  parts INTEGER NOT NULL,
  updated_at REAL NOT NULL,
  PRIMARY KEY (account_id, article_id)
) WITHOUT ROWID;
`;
