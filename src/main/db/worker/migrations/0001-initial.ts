export const version = 1;
export const name = 'initial';

export const sql = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE relay_links (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  cursor INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  appid TEXT NOT NULL UNIQUE,
  original_id TEXT,
  name TEXT NOT NULL,
  colour INTEGER NOT NULL,
  kind TEXT NOT NULL,
  verified INTEGER NOT NULL,
  verification_expires_at REAL,
  region TEXT NOT NULL,
  door TEXT NOT NULL,
  status TEXT NOT NULL,
  bound_at REAL NOT NULL,
  callback_url TEXT,
  api_origin TEXT,
  link_id TEXT,
  followers INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  needs_reply INTEGER NOT NULL DEFAULT 0
);

-- Things WeChat tells about the account itself: verification, mass sends, publications.
CREATE TABLE account_events (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  dedupe_key TEXT NOT NULL,
  at REAL NOT NULL,
  content TEXT NOT NULL,
  raw TEXT NOT NULL,
  UNIQUE (account_id, dedupe_key)
);

CREATE TABLE followers (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  openid TEXT NOT NULL,
  code TEXT NOT NULL,
  following INTEGER NOT NULL,
  blocked INTEGER NOT NULL DEFAULT 0,
  -- When an event last said whether this person follows; older answers of WeChat do not overwrite it.
  state_at REAL NOT NULL DEFAULT 0,
  subscribed_at REAL,
  unsubscribed_at REAL,
  scene TEXT,
  qr_scene TEXT,
  unionid TEXT,
  alias TEXT,
  remark TEXT NOT NULL DEFAULT '',
  note TEXT,
  tag_ids TEXT NOT NULL DEFAULT '[]',
  first_contact_at REAL,
  last_message_at REAL,
  first_words TEXT,
  -- People without a name sort behind all names.
  sort_name TEXT NOT NULL DEFAULT '\u{10FFFF}',
  detailed_at REAL,
  UNIQUE (account_id, openid)
);
CREATE INDEX followers_by_subscription ON followers (account_id, subscribed_at, id, following);
CREATE INDEX followers_by_message ON followers (account_id, last_message_at, id, following);
CREATE INDEX followers_by_name ON followers (account_id, sort_name, id, following);
CREATE INDEX followers_by_scene ON followers (account_id, scene, subscribed_at, id, following);
CREATE INDEX followers_by_code ON followers (code);
CREATE INDEX followers_left ON followers (account_id, subscribed_at, id) WHERE following = 0;
CREATE INDEX followers_by_qr_scene ON followers (account_id, qr_scene) WHERE qr_scene IS NOT NULL;

CREATE TRIGGER followers_counted AFTER INSERT ON followers WHEN new.following = 1 BEGIN
  UPDATE accounts SET followers = followers + 1 WHERE id = new.account_id;
END;
CREATE TRIGGER followers_recounted AFTER UPDATE OF following ON followers WHEN new.following <> old.following BEGIN
  UPDATE accounts SET followers = followers + new.following - old.following WHERE id = new.account_id;
END;
CREATE TRIGGER followers_uncounted AFTER DELETE ON followers WHEN old.following = 1 BEGIN
  UPDATE accounts SET followers = followers - 1 WHERE id = old.account_id;
END;

-- Distinct QR scenes, so that a search looks through a few hundred names and not a million rows.
CREATE TABLE qr_scenes (
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  scene TEXT NOT NULL,
  PRIMARY KEY (account_id, scene)
) WITHOUT ROWID;

CREATE TABLE tags (
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (account_id, tag_id)
) WITHOUT ROWID;
CREATE TABLE follower_tags (
  account_id INTEGER NOT NULL,
  tag_id INTEGER NOT NULL,
  follower_id INTEGER NOT NULL REFERENCES followers(id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, tag_id, follower_id)
) WITHOUT ROWID;
CREATE INDEX follower_tags_by_follower ON follower_tags (follower_id);

-- Words and CJK pairs of what a shop or a follower wrote; rowid is the follower's id.
CREATE VIRTUAL TABLE follower_search USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', detail = full
);

CREATE TABLE timeline (
  id INTEGER PRIMARY KEY,
  follower_id INTEGER NOT NULL REFERENCES followers(id) ON DELETE CASCADE,
  at REAL NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT
);
CREATE INDEX timeline_by_follower ON timeline (follower_id, at, id);

CREATE TABLE media (
  id TEXT PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  direction TEXT NOT NULL,
  remote_id TEXT,
  state TEXT NOT NULL,
  mime TEXT,
  bytes INTEGER,
  name TEXT,
  created_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX media_pending ON media (created_at) WHERE state = 'pending' AND direction = 'in';

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  follower_id INTEGER NOT NULL REFERENCES followers(id) ON DELETE CASCADE,
  direction TEXT NOT NULL,
  at REAL NOT NULL,
  is_event INTEGER NOT NULL DEFAULT 0,
  content TEXT NOT NULL,
  media_id TEXT,
  -- Inbound.
  dedupe_key TEXT,
  received_at REAL,
  -- Outbound.
  client_id TEXT,
  status TEXT,
  failure TEXT,
  retry_of TEXT,
  -- A failed or unknown message that was tried again no longer counts as failed.
  retried INTEGER NOT NULL DEFAULT 0,
  raw TEXT
);
CREATE INDEX messages_by_follower ON messages (follower_id, id);
CREATE INDEX messages_by_time ON messages (follower_id, at, id) WHERE is_event = 0;
CREATE UNIQUE INDEX messages_once ON messages (account_id, dedupe_key) WHERE dedupe_key IS NOT NULL;
CREATE UNIQUE INDEX messages_by_client_id ON messages (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX messages_by_media ON messages (media_id) WHERE media_id IS NOT NULL;
CREATE INDEX messages_under_way ON messages (status, id) WHERE status IN ('queued', 'sending');

CREATE TABLE conversations (
  follower_id INTEGER PRIMARY KEY REFERENCES followers(id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL,
  -- 0: only a window is known, nothing to show in the inbox.
  listed INTEGER NOT NULL DEFAULT 0,
  last_at REAL NOT NULL DEFAULT 0,
  last_message_id INTEGER,
  unread INTEGER NOT NULL DEFAULT 0,
  needs_reply INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0,
  draft TEXT,
  -- Cache of the folded log in window_events. expires: null while no reply is possible whatever the time.
  window_record TEXT NOT NULL,
  window_expires_at REAL,
  window_remaining INTEGER NOT NULL DEFAULT 0,
  window_at REAL NOT NULL DEFAULT 0,
  window_events INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX conversations_newest ON conversations (account_id, last_at, follower_id, window_expires_at) WHERE listed = 1;
CREATE INDEX conversations_closing ON conversations (account_id, window_expires_at, follower_id, listed)
  WHERE window_expires_at IS NOT NULL;
CREATE INDEX conversations_needs_reply ON conversations (account_id, last_at, follower_id, window_expires_at)
  WHERE listed = 1 AND needs_reply = 1;
CREATE INDEX conversations_failed ON conversations (account_id, last_at, follower_id, window_expires_at)
  WHERE listed = 1 AND failed > 0;
CREATE INDEX conversations_starred ON conversations (account_id, last_at, follower_id, window_expires_at)
  WHERE listed = 1 AND starred = 1;

CREATE TRIGGER conversations_recounted AFTER UPDATE OF unread, needs_reply ON conversations
WHEN new.unread <> old.unread OR new.needs_reply <> old.needs_reply BEGIN
  UPDATE accounts SET unread = unread + new.unread - old.unread,
    needs_reply = needs_reply + new.needs_reply - old.needs_reply
  WHERE id = new.account_id;
END;

-- What window_record is folded from.
CREATE TABLE window_events (
  follower_id INTEGER NOT NULL REFERENCES followers(id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (follower_id, n)
) WITHOUT ROWID;

CREATE TABLE import_progress (
  account_id INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  phase TEXT NOT NULL,
  -- Phase to go on with after a pause, a failure or a kill.
  step TEXT NOT NULL,
  total INTEGER,
  listed INTEGER NOT NULL,
  detailed INTEGER NOT NULL,
  started_at REAL,
  finished_at REAL,
  error TEXT,
  next_openid TEXT,
  detail_after TEXT
);

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  link_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  appid TEXT NOT NULL,
  item TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (link_id, seq)
);
CREATE INDEX quarantine_by_appid ON quarantine (appid, id);
`;
