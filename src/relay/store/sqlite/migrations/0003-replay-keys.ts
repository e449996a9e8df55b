/** Frozen. The keys of deliveries in an index of their own, which `ReplayKeys` fills behind the items. */
export const sql = `
CREATE TABLE replay_keys (key BLOB PRIMARY KEY) WITHOUT ROWID;
INSERT INTO replay_keys (key) SELECT replay_key FROM items ORDER BY replay_key;

CREATE TABLE keyed_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  feed_id INTEGER NOT NULL REFERENCES feeds (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  appid TEXT NOT NULL,
  received_at REAL NOT NULL,
  replay_key BLOB NOT NULL,
  query TEXT NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (feed_id, seq)
);
INSERT INTO keyed_items (id, feed_id, seq, kind, appid, received_at, replay_key, query, body)
  SELECT id, feed_id, seq, kind, appid, received_at, replay_key, query, body FROM items ORDER BY id;
DROP TABLE items;
ALTER TABLE keyed_items RENAME TO items;

CREATE TABLE indexed_keys (one INTEGER PRIMARY KEY CHECK (one = 1), through_id INTEGER NOT NULL);
INSERT INTO indexed_keys (one, through_id) SELECT 1, coalesce(max(id), 0) FROM items;
`;
