import type Database from 'libsql';

/** Every statement of the adapter, prepared once. */
export function prepareStatements(db: Database.Database) {
  return {
    insertMessage: db.prepare(
      `INSERT INTO messages (workspace_id, seq, appid, received_at, replay_key, query, body)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (replay_key) DO NOTHING`,
    ),
    lastSeq: db.prepare('SELECT last_seq FROM workspaces WHERE id = ?'),
    saveLastSeq: db.prepare('UPDATE workspaces SET last_seq = ? WHERE id = ?'),
    feedSizes: db.prepare(
      `SELECT seq, length(body) AS size FROM messages
       WHERE workspace_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
    ),
    feed: db.prepare(
      `SELECT seq, appid, received_at, query, body FROM messages
       WHERE workspace_id = ? AND seq > ? AND seq <= ? ORDER BY seq`,
    ),

    device: db.prepare('SELECT id, workspace_id FROM devices WHERE token_hash = ?'),
    insertDevice: db.prepare(
      'INSERT INTO devices (workspace_id, name, token_hash, paired_at) VALUES (?, ?, ?, ?)',
    ),
    acknowledge: db.prepare(
      `UPDATE devices SET acked_seq = max(acked_seq,
         min(?, (SELECT last_seq FROM workspaces WHERE id = devices.workspace_id)))
       WHERE id = ?`,
    ),
    ackedSeq: db.prepare('SELECT acked_seq FROM devices WHERE id = ?'),

    firstWorkspace: db.prepare('SELECT id FROM workspaces ORDER BY id LIMIT 1'),
    workspaceByName: db.prepare('SELECT id FROM workspaces WHERE name = ?'),
    insertWorkspace: db.prepare('INSERT INTO workspaces (name) VALUES (?)'),
    insertCode: db.prepare(
      'INSERT INTO pairing_codes (code_hash, workspace_id, expires_at) VALUES (?, ?, ?)',
    ),
    liveCodes: db.prepare('SELECT code_hash, workspace_id FROM pairing_codes WHERE expires_at > ?'),
    deleteCode: db.prepare('DELETE FROM pairing_codes WHERE code_hash = ?'),
    deleteExpiredCodes: db.prepare('DELETE FROM pairing_codes WHERE expires_at <= ?'),

    accountByAppid: db.prepare('SELECT workspace_id, key FROM accounts WHERE appid = ?'),
    accountByKey: db.prepare(
      'SELECT key, workspace_id, appid, mode, sealed_token FROM accounts WHERE key = ?',
    ),
    insertAccount: db.prepare(
      'INSERT INTO accounts (appid, workspace_id, key, mode, sealed_token) VALUES (?, ?, ?, ?, ?)',
    ),
    updateAccount: db.prepare('UPDATE accounts SET mode = ?, sealed_token = ? WHERE appid = ?'),
    deleteAccount: db.prepare('DELETE FROM accounts WHERE appid = ? AND workspace_id = ?'),

    /** What every device has read; zero for a workspace without devices. */
    readFloors: db.prepare(
      `SELECT id, coalesce((SELECT min(acked_seq) FROM devices WHERE workspace_id = workspaces.id), 0) AS floor
       FROM workspaces`,
    ),
    deleteRead: db.prepare(
      `DELETE FROM messages WHERE id IN (
         SELECT id FROM (
           SELECT id, received_at FROM messages WHERE workspace_id = ? AND seq <= ? ORDER BY seq LIMIT ?
         ) WHERE received_at < ?)`,
    ),
    countUnread: db.prepare(
      `SELECT count(*) AS count FROM (
         SELECT received_at FROM messages WHERE workspace_id = ? AND seq > ? ORDER BY seq LIMIT ?
       ) WHERE received_at < ?`,
    ),
    usedBytes: db.prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
       FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`,
    ),

    setting: db.prepare('SELECT value FROM settings WHERE name = ?'),
    insertSetting: db.prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    saveProbe: db.prepare(
      `INSERT INTO settings (name, value) VALUES ('probe', zeroblob(?1))
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    ),
  };
}

export type Statements = ReturnType<typeof prepareStatements>;
