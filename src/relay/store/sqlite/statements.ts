import type Database from 'libsql';

type Value = string | number | Buffer | null;

/** What the adapter uses of a prepared statement. */
export interface Sql {
  run(...values: readonly Value[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  /** The first row, with the driver's own `_metadata` beside the columns; undefined when there is none. */
  get(...values: readonly Value[]): unknown;
  /** Never of a BLOB: the driver gives it as ArrayBuffer here, though as Buffer in `get`. */
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
      all: (...values) => statement.all(values),
    };
  };
  return {
    feed: prepare('SELECT id, last_seq FROM feeds WHERE workspace = ?'),
    insertFeed: prepare('INSERT INTO feeds (workspace) VALUES (?)'),
    saveLastSeq: prepare('UPDATE feeds SET last_seq = ? WHERE id = ?'),
    insertSegment: prepare(
      'INSERT INTO segments (feed_id, first_seq, last_seq, facts, bodies) VALUES (?, ?, ?, ?, ?)',
    ),
    segmentsAfterId: prepare('SELECT id, first_seq, last_seq, facts FROM segments WHERE id > ? ORDER BY id'),
    insertBatch: prepare('INSERT INTO key_batches (width, first_key, last_key, keys) VALUES (?, ?, ?, ?)'),
    batchesAround: prepare(
      'SELECT id FROM key_batches WHERE width = ?1 AND last_key >= ?2 AND first_key <= ?2 ORDER BY id DESC',
    ),
    batch: prepare('SELECT keys FROM key_batches WHERE id = ?'),
    saveBatch: prepare('UPDATE key_batches SET first_key = ?2, last_key = ?3, keys = ?4 WHERE id = ?1'),
    deleteBatch: prepare('DELETE FROM key_batches WHERE id = ?'),
    newestKey: prepare(
      'SELECT lower(hex(max(last_key))) AS key FROM key_batches WHERE width IN (SELECT value FROM json_each(?))',
    ),
    indexedThrough: prepare('SELECT through_id FROM indexed_keys'),
    saveIndexedThrough: prepare('UPDATE indexed_keys SET through_id = ?'),
    segmentAfter: prepare(
      `SELECT first_seq, last_seq, facts, bodies FROM segments
       WHERE feed_id = ? AND last_seq > ? ORDER BY last_seq LIMIT 1`,
    ),
    factsAfter: prepare(
      `SELECT first_seq, last_seq, facts FROM segments
       WHERE feed_id = ? AND last_seq > ? ORDER BY last_seq LIMIT 1`,
    ),
    countAfter: prepare(
      `SELECT coalesce(sum(last_seq + 1 - max(first_seq, ?2 + 1)), 0) AS count FROM (
         SELECT first_seq, last_seq FROM segments
         WHERE feed_id = ?1 AND last_seq > ?2 ORDER BY last_seq LIMIT ?3
       )`,
    ),
    heldItems: prepare(
      'SELECT coalesce(sum(last_seq + 1 - first_seq), 0) AS count FROM segments WHERE feed_id = ?',
    ),
    deleteSegments: prepare('DELETE FROM segments WHERE feed_id = ? AND last_seq <= ?'),
    cutSegment: prepare(
      `UPDATE segments SET first_seq = ?2 + 1 WHERE first_seq <= ?2 AND id = (
         SELECT id FROM segments WHERE feed_id = ?1 AND last_seq > ?2 ORDER BY last_seq LIMIT 1
       )`,
    ),

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
