/** Frozen. Items of a feed that are written together become one row; the numbers of rows stay, `indexed_keys` counts by them. */
export const sql = `
CREATE TABLE segments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  feed_id INTEGER NOT NULL REFERENCES feeds (id),
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  facts TEXT NOT NULL,
  bodies BLOB NOT NULL,
  UNIQUE (feed_id, last_seq)
);
INSERT INTO segments (id, feed_id, first_seq, last_seq, facts, bodies)
  SELECT id, feed_id, seq, seq,
    json_array(json_array(kind, appid, received_at, lower(hex(replay_key)), query, length(CAST(body AS BLOB)))), body
  FROM items ORDER BY id;
UPDATE sqlite_sequence SET seq = max(seq, (SELECT seq FROM sqlite_sequence WHERE name = 'items'))
  WHERE name = 'segments';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'segments', seq FROM sqlite_sequence
  WHERE name = 'items' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'segments');
DROP TABLE items;
`;
