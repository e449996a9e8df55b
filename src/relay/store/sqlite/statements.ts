import type Database from 'libsql';

type Value = string | number | Buffer;

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
      all: (...values) => statement.all(values).map(withBuffers),
    };
  };
  return {
    insertMessage: prepare(
      `INSERT INTO messages (workspace_id, seq, appid, received_at, replay_key, query, body)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (replay_key) DO NOTHING`,
    ),
    lastSeq: prepare('SELECT last_seq FROM workspaces WHERE id = ?'),
    saveLastSeq: prepare('UPDATE workspaces SET last_seq = ? WHERE id = ?'),
    feedSizes: prepare(
      `SELECT seq, length(body) AS size FROM messages
       WHERE workspace_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
    ),
    feed: prepare(
      `SELECT seq, appid, received_at, query, body FROM messages
       WHERE workspace_id = ? AND seq > ? AND seq <= ? ORDER BY seq`,
    ),

    device: prepare('SELECT id, workspace_id FROM devices WHERE token_hash = ?'),
    insertDevice: prepare(
      'INSERT INTO devices (workspace_id, name, token_hash, paired_at) VALUES (?, ?, ?, ?)',
    ),
    acknowledge: prepare(
      `UPDATE devices SET acked_seq = max(acked_seq,
         min(?, (SELECT last_seq FROM workspaces WHERE id = devices.workspace_id)))
       WHERE id = ?`,
    ),
    ackedSeq: prepare('SELECT acked_seq FROM devices WHERE id = ?'),

    firstWorkspace: prepare('SELECT id FROM workspaces ORDER BY id LIMIT 1'),
    workspaceByName: prepare('SELECT id FROM workspaces WHERE name = ?'),
    insertWorkspace: prepare('INSERT INTO workspaces (name) VALUES (?)'),
    insertCode: prepare('INSERT INTO pairing_codes (code_hash, workspace_id, expires_at) VALUES (?, ?, ?)'),
    liveCodes: prepare('SELECT code_hash, workspace_id FROM pairing_codes WHERE expires_at > ?'),
    deleteCode: prepare('DELETE FROM pairing_codes WHERE code_hash = ?'),
    deleteExpiredCodes: prepare('DELETE FROM pairing_codes WHERE expires_at <= ?'),

    accountByAppid: prepare('SELECT workspace_id, key FROM accounts WHERE appid = ?'),
    accountByKey: prepare('SELECT key, workspace_id, appid, mode, sealed_token FROM accounts WHERE key = ?'),
    insertAccount: prepare(
      'INSERT INTO accounts (appid, workspace_id, key, mode, sealed_token) VALUES (?, ?, ?, ?, ?)',
    ),
    updateAccount: prepare('UPDATE accounts SET mode = ?, sealed_token = ? WHERE appid = ?'),
    deleteAccount: prepare('DELETE FROM accounts WHERE appid = ? AND workspace_id = ?'),

    /** What every device has read; zero for a workspace without devices. */
    readFloors: prepare(
      `SELECT id, coalesce((SELECT min(acked_seq) FROM devices WHERE workspace_id = workspaces.id), 0) AS floor
       FROM workspaces`,
    ),
    deleteRead: prepare(
      `DELETE FROM messages WHERE id IN (
         SELECT id FROM (
           SELECT id, received_at FROM messages WHERE workspace_id = ? AND seq <= ? ORDER BY seq LIMIT ?
         ) WHERE received_at < ?)`,
    ),
    countUnread: prepare(
      `SELECT count(*) AS count FROM (
         SELECT received_at FROM messages WHERE workspace_id = ? AND seq > ? ORDER BY seq LIMIT ?
       ) WHERE received_at < ?`,
    ),
    usedBytes: prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
       FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`,
    ),

    setting: prepare('SELECT value FROM settings WHERE name = ?'),
    insertSetting: prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    saveProbe: prepare(
      `INSERT INTO settings (name, value) VALUES ('probe', zeroblob(?1))
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    ),
  };
}

export type Statements = ReturnType<typeof prepareStatements>;

/** The driver gives BLOBs as Buffer in `get`, but as ArrayBuffer in `all`. */
function withBuffers(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof ArrayBuffer ? Buffer.from(value) : value,
    ]),
  );
}
