/** Frozen. Replay keys of one length, by the thousand and sorted, become one row; `indexed_keys` goes on counting. */
export const sql = `
CREATE TABLE key_batches (
  id INTEGER PRIMARY KEY,
  width INTEGER NOT NULL,
  first_key BLOB NOT NULL,
  last_key BLOB NOT NULL,
  keys BLOB NOT NULL
);
INSERT INTO key_batches (width, first_key, last_key, keys)
  SELECT width, min(key), max(key), unhex(group_concat(hex(key), '' ORDER BY key)) FROM (
    SELECT key, length(key) AS width,
      (row_number() OVER (PARTITION BY length(key) ORDER BY key) - 1) / 2048 AS batch
    FROM replay_keys
  ) GROUP BY width, batch;
CREATE INDEX key_batches_by_key ON key_batches (width, last_key, first_key);
DROP TABLE replay_keys;
`;
