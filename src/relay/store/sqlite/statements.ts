import type Database from 'libsql';

type Value = string | number | Buffer | null;

/** What the adapter uses of a prepared statement. */
export interface Sql {
  run(...values: readonly Value[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  /** The first row, with the driver's own `_metadata` beside the columns; undefined when there is none. */
  get(...values: readonly Value[]): unknown;
  all(...values: readonly Value[]): unknown[];
}

/** Every statement of the adapter, prepared once. */
export function prepareStatements(db: Database.Database) {
  const prepare = (text: string): Sql => {
    // As one list: the driver takes a lone Buffer for a set of named parameters, and aborts the process over it.
    const statement = db.prepare<[readonly Value[]]>(text);
    return {
      run: (...values) => statement.run(values),
      get: (...values) => statement.get(values),
      all: (...values) => statement.all(values).map(withBuffer),
    };
  };
  return {
    feed: prepare('SELECT id, last_seq FROM feeds WHERE workspace = ?'),
    insertFeed: prepare('INSERT INTO feeds (workspace) VALUES (?)'),
    saveLastSeq: prepare('UPDATE feeds SET last_seq = ? WHERE id = ?'),
    insertItem: prepare(
      `INSERT INTO items (feed_id, seq, kind, appid, received_at, replay_key, query, body)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS (SELECT 1 FROM replay_keys WHERE key = ?6)`,
    ),
    keysAfter: prepare('SELECT id, lower(hex(replay_key)) AS key FROM items WHERE id > ? ORDER BY id'),
    insertKeys: prepare('INSERT OR IGNORE INTO replay_keys SELECT unhex(value) FROM json_each(?)'),
    deleteKeys: prepare('DELETE FROM replay_keys WHERE key IN (SELECT unhex(value) FROM json_each(?))'),
    indexedThrough: prepare('SELECT through_id FROM indexed_keys'),
    saveIndexedThrough: prepare('UPDATE indexed_keys SET through_id = ?'),
    itemSizes: prepare(
      `SELECT seq, length(body) AS size FROM items
       WHERE feed_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    ),
    items: prepare(
      `SELECT seq, kind, appid, received_at, query, body FROM items
       WHERE feed_id = ? AND seq > ? AND seq <= ? ORDER BY seq`,
    ),
    backlog: prepare(
      `SELECT count(*) AS count, min(received_at) AS oldest_at FROM (
         SELECT received_at FROM items WHERE feed_id = ? AND seq > ? ORDER BY seq LIMIT ?
       )`,
    ),
    heldItems: prepare('SELECT count(*) AS count FROM items WHERE feed_id = ?'),
    oldestItems: prepare(
      `SELECT seq, received_at, lower(hex(replay_key)) AS key FROM items WHERE feed_id = ? AND seq <= ? ORDER BY seq LIMIT ?`,
    ),
    deleteItems: prepare('DELETE FROM items WHERE feed_id = ? AND seq <= ?'),

    entry: prepare(
      `SELECT key, value, revision FROM entries
       WHERE collection = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)`,
    ),
    entries: prepare(
      `SELECT key, value, revision FROM entries
       WHERE collection = ? AND key >= ? AND key < ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY key`,
    ),
    nextRevision: prepare('UPDATE revision SET latest = latest + 1 RETURNING latest'),
    insertEntry: prepare(
      `INSERT INTO entries (collection, key, value, revision, expires_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    ),
    updateEntry: prepare(
      `UPDATE entries SET value = ?, revision = ?, expires_at = ?
       WHERE collection = ? AND key = ? AND revision = ? AND (expires_at IS NULL OR expires_at > ?)`,
    ),
    deleteEntry: prepare('DELETE FROM entries WHERE collection = ? AND key = ?'),
    deleteEntryAt: prepare('DELETE FROM entries WHERE collection = ? AND key = ? AND revision = ?'),
    deleteExpired: prepare('DELETE FROM entries WHERE expires_at <= ?'),

    dataVersion: prepare('PRAGMA data_version'),
    usedBytes: prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
       FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`,
    ),

    saveProbe: prepare(
      `INSERT INTO settings (name, value) VALUES ('probe', zeroblob(?1))
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    ),
  };
}

export type Statements = ReturnType<typeof prepareStatements>;

/** The driver gives a BLOB as Buffer in `get`, but as ArrayBuffer in `all`; `body` is the only one that is asked for there. */
function withBuffer(row: unknown): unknown {
  const { body } = row as { body?: unknown };
  if (body instanceof ArrayBuffer) (row as { body: unknown }).body = Buffer.from(body);
  return row;
}
