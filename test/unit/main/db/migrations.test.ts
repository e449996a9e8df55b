import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Reader, Writer } from '#main/db/worker/handle';
import { MIGRATIONS } from '#main/db/worker/migrations/all';
import { openConnection } from '#main/db/worker/open';
import { KEY, temporaryFolder } from './fixture';

let path: string;
let remove: () => Promise<void>;

beforeEach(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  path = `${folder.path}/desk.db`;
});
afterEach(() => remove());

function versionOf(migrations = MIGRATIONS): number | undefined {
  const connection = openConnection({ path, key: KEY, migrations });
  const found = connection.read((db) => db.get<{ user_version: number }>('PRAGMA user_version'));
  connection.close();
  return found?.user_version;
}

it('numbers migrations one after another', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  expect(MIGRATIONS.every(({ name }) => /^[a-z0-9-]+$/.test(name))).toBe(true);
});

it.each(MIGRATIONS)('takes the schema before $version to $version and is not run again', ({ version }) => {
  versionOf(MIGRATIONS.slice(0, version - 1));
  expect(versionOf(MIGRATIONS.slice(0, version))).toBe(version);
  expect(versionOf(MIGRATIONS.slice(0, version))).toBe(version);
});

it('1 initial: keeps foreign keys whole and ends without a trace of an erased account', () => {
  const connection = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, 1) });
  connection.write((db) => {
    db.run(
      "INSERT INTO accounts (id, appid, name, colour, kind, verified, region, door, status, bound_at) VALUES (1, 'wx', 'n', 0, 'service', 1, 'mainland', 'manual', 'bound', 0)",
    );
    db.run("INSERT INTO followers (id, account_id, openid, code, following) VALUES (1, 1, 'o', 'K7M2', 1)");
    db.run(
      "INSERT INTO messages (account_id, follower_id, direction, at, content) VALUES (1, 1, 'in', 0, '{}')",
    );
    db.run("INSERT INTO conversations (follower_id, account_id, window_record) VALUES (1, 1, '{}')");
    db.run("INSERT INTO window_events (follower_id, n, event) VALUES (1, 1, '{}')");
    db.run('INSERT INTO follower_tags (account_id, tag_id, follower_id) VALUES (1, 2, 1)');
    db.run("INSERT INTO timeline (follower_id, at, kind) VALUES (1, 0, 'imported')");
  });
  expect(connection.read((db) => db.get('SELECT followers FROM accounts'))).toEqual({ followers: 1 });
  expect(() =>
    connection.write((db) =>
      db.run("INSERT INTO followers (account_id, openid, code, following) VALUES (9, 'x', '', 1)"),
    ),
  ).toThrow();

  connection.write((db) => db.run('DELETE FROM accounts'));
  for (const table of [
    'followers',
    'messages',
    'conversations',
    'window_events',
    'follower_tags',
    'timeline',
  ]) {
    expect(connection.read((db) => db.get(`SELECT count(*) AS n FROM ${table}`))).toEqual({ n: 0 });
  }
  connection.close();
});

it('2 tag-order: sets beside every tag what its carrier is listed by, and keeps it so', () => {
  const before = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, 1) });
  before.write((db) => {
    db.run(
      "INSERT INTO accounts (id, appid, name, colour, kind, verified, region, door, status, bound_at) VALUES (1, 'wx', 'n', 0, 'service', 1, 'mainland', 'manual', 'bound', 0)",
    );
    db.run(
      `INSERT INTO followers (id, account_id, openid, code, following, subscribed_at, scene) VALUES
         (1, 1, 'a', 'K7M2', 1, 100, 'ADD_SCENE_QR_CODE'), (2, 1, 'b', 'K7M3', 0, 200, NULL),
         (3, 1, 'c', 'K7M4', 1, NULL, NULL)`,
    );
    db.run('INSERT INTO follower_tags VALUES (1, 101, 1), (1, 101, 2), (1, 101, 3), (1, 102, 1)');
  });
  before.close();

  const after = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, 2) });
  const tags = () =>
    after.read((db) =>
      db.all<Record<string, unknown>>(
        'SELECT tag_id, follower_id, subscribed_at, following, scene FROM follower_tags ORDER BY tag_id, follower_id',
      ),
    );
  const row = (tag: number, id: number, at: number | null, following: number, scene: string | null) => ({
    tag_id: tag,
    follower_id: id,
    subscribed_at: at,
    following,
    scene,
  });
  const second = row(101, 2, 200, 0, null);
  expect(tags()).toEqual([
    row(101, 1, 100, 1, 'ADD_SCENE_QR_CODE'),
    second,
    row(101, 3, null, 1, null),
    row(102, 1, 100, 1, 'ADD_SCENE_QR_CODE'),
  ]);

  after.write((db) => {
    db.run("UPDATE followers SET subscribed_at = 300, scene = 'ADD_SCENE_SEARCH' WHERE id = 3");
    db.run('UPDATE followers SET following = 0 WHERE id = 1');
    db.run('INSERT INTO follower_tags (account_id, tag_id, follower_id) VALUES (1, 102, 3)');
  });
  expect(tags()).toEqual([
    row(101, 1, 100, 0, 'ADD_SCENE_QR_CODE'),
    second,
    row(101, 3, 300, 1, 'ADD_SCENE_SEARCH'),
    row(102, 1, 100, 0, 'ADD_SCENE_QR_CODE'),
    row(102, 3, 300, 1, 'ADD_SCENE_SEARCH'),
  ]);
  after.close();
});

it('3 relay-modes: takes every account for sealed and every message for one that a person wrote', () => {
  const before = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, 2) });
  before.write((db) => {
    db.run(
      "INSERT INTO accounts (id, appid, name, colour, kind, verified, region, door, status, bound_at) VALUES (1, 'wx', 'n', 0, 'service', 1, 'mainland', 'manual', 'bound', 0)",
    );
    db.run("INSERT INTO followers (id, account_id, openid, code, following) VALUES (1, 1, 'o', 'K7M2', 1)");
    db.run(
      "INSERT INTO messages (account_id, follower_id, direction, at, content, status) VALUES (1, 1, 'out', 0, '{}', 'sent')",
    );
  });
  before.close();

  const after = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, 3) });
  expect(after.read((db) => db.get('SELECT relay_mode FROM accounts'))).toEqual({ relay_mode: 'sealed' });
  expect(after.read((db) => db.get('SELECT status, automatic FROM messages'))).toEqual({
    status: 'sent',
    automatic: 0,
  });
  after.write((db) => {
    db.run("INSERT INTO reply_rules (account_id, version, edited_at, content) VALUES (1, 1, 0, '{}')");
    db.run(
      "INSERT INTO replaced_rules (account_id, version, origin, replaced_at, content) VALUES (1, 1, 'here', 0, '{}')",
    );
    db.run('DELETE FROM accounts');
  });
  for (const table of ['reply_rules', 'replaced_rules'])
    expect(after.read((db) => db.get(`SELECT count(*) AS n FROM ${table}`))).toEqual({ n: 0 });
  after.close();
});

it('6 set-aside: keeps every conversation in the inbox, counted as before, and moves the counts from then on', () => {
  const before = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, 5) });
  before.write((db) => {
    db.run(
      "INSERT INTO accounts (id, appid, name, colour, kind, verified, region, door, status, bound_at) VALUES (1, 'wx', 'n', 0, 'service', 1, 'mainland', 'manual', 'bound', 0)",
    );
    db.run("INSERT INTO followers (id, account_id, openid, code, following) VALUES (1, 1, 'o', 'K7M2', 1)");
    db.run(
      "INSERT INTO conversations (follower_id, account_id, window_record, listed, last_at) VALUES (1, 1, '{}', 1, 100)",
    );
    db.run('UPDATE conversations SET unread = 2, needs_reply = 1');
  });
  before.close();

  const after = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, 6) });
  const row = () => after.read((db) => db.get('SELECT pinned, muted, done, order_at FROM conversations'));
  const counts = () =>
    after.read((db) => db.get('SELECT unread, needs_reply, needs_reply_muted, listed, active FROM accounts'));
  expect(row()).toEqual({ pinned: 0, muted: 0, done: 0, order_at: 100 });
  expect(counts()).toEqual({ unread: 2, needs_reply: 1, needs_reply_muted: 0, listed: 1, active: 1 });
  after.write((db) => db.run('UPDATE conversations SET muted = 1, returned_at = 200'));
  expect(row()).toEqual({ pinned: 0, muted: 1, done: 0, order_at: 200 });
  expect(counts()).toEqual({ unread: 0, needs_reply: 0, needs_reply_muted: 1, listed: 1, active: 1 });
  after.write((db) => db.run('UPDATE conversations SET done = 1'));
  expect(counts()).toEqual({ unread: 0, needs_reply: 0, needs_reply_muted: 0, listed: 1, active: 0 });
  after.write((db) => db.run('UPDATE conversations SET done = 0, muted = 0'));
  after.write((db) => db.run('DELETE FROM followers'));
  expect(counts()).toEqual({ unread: 0, needs_reply: 0, needs_reply_muted: 0, listed: 0, active: 0 });
  after.close();
});

it('leaves the schema as it was when a migration fails', () => {
  versionOf();
  const broken = {
    version: MIGRATIONS.length + 1,
    name: 'broken',
    sql: 'CREATE TABLE half (a); SELECT nothing FROM nowhere;',
  };
  expect(() => versionOf([...MIGRATIONS, broken])).toThrow();

  expect(versionOf()).toBe(MIGRATIONS.length);
  const connection = openConnection({ path, key: KEY });
  expect(connection.read((db) => db.get("SELECT 1 FROM sqlite_master WHERE name = 'half'"))).toBeUndefined();
  connection.close();
});

it('7 people: finds what was written and what failed before, without touching it', () => {
  const before = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, 6) });
  before.write((db) => {
    db.run(
      "INSERT INTO accounts (id, appid, name, colour, kind, verified, region, door, status, bound_at) VALUES (1, 'wx', 'n', 0, 'service', 1, 'mainland', 'manual', 'bound', 0)",
    );
    db.run(
      "INSERT INTO followers (id, account_id, openid, code, following, unionid) VALUES (1, 1, 'o', 'K7M2', 1, 'u1')",
    );
    db.run(
      "INSERT INTO messages (account_id, follower_id, direction, at, content) VALUES (1, 1, 'in', 5, '{}')",
    );
    db.run(
      "INSERT INTO messages (account_id, follower_id, direction, at, content, status) VALUES (1, 1, 'out', 9, '{}', 'failed')",
    );
  });
  before.close();

  const after = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, 7) });
  const at = (sql: string) => after.read((db) => db.all(sql));
  expect(
    at(
      "SELECT at FROM messages INDEXED BY messages_written WHERE account_id = 1 AND direction = 'in' AND is_event = 0",
    ),
  ).toEqual([{ at: 5 }]);
  expect(
    at("SELECT at FROM messages INDEXED BY messages_failed WHERE account_id = 1 AND status = 'failed'"),
  ).toEqual([{ at: 9 }]);
  expect(at("SELECT openid FROM followers INDEXED BY followers_by_unionid WHERE unionid = 'u1'")).toEqual([
    { openid: 'o' },
  ]);
  after.close();
});

/** A file as version `version` left it, with an account, a follower and their conversation in it. */
function fileOf(version: number, fill: (db: Writer) => void): void {
  const before = openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, version) });
  before.write((db) => {
    db.run(
      "INSERT INTO accounts (id, appid, name, colour, kind, verified, region, door, status, bound_at) VALUES (1, 'wx', 'n', 0, 'service', 1, 'mainland', 'manual', 'bound', 0)",
    );
    db.run("INSERT INTO followers (id, account_id, openid, code, following) VALUES (1, 1, 'o', 'K7M2', 1)");
    db.run(
      "INSERT INTO conversations (follower_id, account_id, window_record, draft) VALUES (1, 1, '{}', '写到一半')",
    );
    fill(db);
  });
  before.close();
}

const upTo = (version: number) =>
  openConnection({ path, key: KEY, migrations: MIGRATIONS.slice(0, version) });
const counted = (db: Reader, table: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n;

it('8 reminders: keeps conversations and starts with none reminded; a reminder goes with its follower', () => {
  fileOf(7, (db) => db.run('UPDATE conversations SET needs_reply = 1, window_expires_at = 172800'));
  const after = upTo(8);
  expect(
    after.read((db) => db.get('SELECT draft, needs_reply, window_expires_at FROM conversations')),
  ).toEqual({
    draft: '写到一半',
    needs_reply: 1,
    window_expires_at: 172_800,
  });
  expect(after.read((db) => counted(db, 'reminders'))).toBe(0);
  after.write((db) => {
    db.run('INSERT INTO reminders (follower_id, window_ends_at, lead) VALUES (1, 172800, 3600)');
    db.run('DELETE FROM followers');
  });
  expect(after.read((db) => counted(db, 'reminders'))).toBe(0);
  after.close();
});

it('9 message-search: keeps every message and says from where on they are still to be indexed', () => {
  const message =
    "INSERT INTO messages (id, account_id, follower_id, direction, at, content) VALUES (?, 1, 1, 'in', 5, '{}')";
  fileOf(8, (db) => {
    for (const id of [1, 2, 7]) db.run(message, id);
  });
  const after = upTo(9);
  expect(after.read((db) => db.all('SELECT id, content FROM messages'))).toEqual(
    [1, 2, 7].map((id) => ({ id, content: '{}' })),
  );
  expect(after.read((db) => db.get("SELECT value FROM meta WHERE key = 'message-search'"))).toEqual({
    value: '{"rest":7,"total":7}',
  });
  expect(
    after.read((db) =>
      db.all(
        'SELECT draft FROM conversations INDEXED BY conversations_drafts WHERE account_id = 1 AND draft IS NOT NULL',
      ),
    ),
  ).toEqual([{ draft: '写到一半' }]);
  after.write((db) => {
    db.run("INSERT INTO message_search (rowid, words) VALUES (7, '蛋糕')");
    db.run('DELETE FROM messages WHERE id = 7');
  });
  const found = "SELECT rowid FROM message_search WHERE message_search MATCH '蛋糕'";
  expect(after.read((db) => db.all(found))).toEqual([]);
  after.close();
});

it('9 message-search: has nothing to index in a file without messages', () => {
  fileOf(8, () => undefined);
  const after = upTo(9);
  expect(after.read((db) => counted(db, "meta WHERE key = 'message-search'"))).toBe(0);
  after.close();
});

const MEDIA =
  "INSERT INTO media (id, account_id, direction, state, mime, bytes, created_at) VALUES ('m1', 1, 'in', 'ready', 'audio/amr', 600, 5)";

it('10 voice-waves: keeps media as they are; a wave goes with its voice', () => {
  fileOf(9, (db) => db.run(MEDIA));
  const after = upTo(10);
  expect(after.read((db) => db.get('SELECT id, state, mime, bytes FROM media'))).toEqual({
    ...{ id: 'm1', state: 'ready', mime: 'audio/amr', bytes: 600 },
  });
  after.write((db) => {
    db.run("INSERT INTO voice_waves (media_id, peaks, seconds) VALUES ('m1', x'00ff', 2)");
    db.run('DELETE FROM media');
  });
  expect(after.read((db) => counted(db, 'voice_waves'))).toBe(0);
  after.close();
});

it('11 quick-replies: starts with an empty library beside everything that was there; folders and accounts take nothing that others need', () => {
  fileOf(10, (db) => db.run(MEDIA));
  const after = upTo(11);
  for (const [table, rows] of [
    ['accounts', 1],
    ['conversations', 1],
    ['media', 1],
    ['quick_replies', 0],
    ['published_articles', 0],
  ] as const)
    expect(
      after.read((db) => counted(db, table)),
      table,
    ).toBe(rows);
  after.write((db) => {
    db.run("INSERT INTO quick_reply_folders (id, name, position) VALUES ('f', '到店', 0)");
    const reply =
      "INSERT INTO quick_replies (id, account_id, folder_id, position, name, shortcut) VALUES (?, ?, 'f', 0, ?, '')";
    db.run(reply, 'shared', null, '地址');
    db.run(reply, 'own', 1, '本店');
    db.run('INSERT INTO published_lists (account_id, total, read_at) VALUES (1, 0, 0)');
    db.run("DELETE FROM quick_reply_folders WHERE id = 'f'");
  });
  const replies = () => after.read((db) => db.all('SELECT id, folder_id FROM quick_replies ORDER BY id'));
  expect(replies()).toEqual(['own', 'shared'].map((id) => ({ id, folder_id: null })));
  after.write((db) => db.run('DELETE FROM accounts'));
  expect(replies()).toEqual([{ id: 'shared', folder_id: null }]);
  expect(after.read((db) => counted(db, 'published_lists'))).toBe(0);
  after.close();
});

it('12 prepared-drafts: keeps the text of every draft; what is prepared beside it goes with its follower', () => {
  fileOf(11, (db) => db.run(MEDIA));
  const after = upTo(12);
  expect(after.read((db) => db.get('SELECT draft FROM conversations'))).toEqual({ draft: '写到一半' });
  after.write((db) => {
    db.run("INSERT INTO prepared_drafts (follower_id, content, waiting) VALUES (1, '{}', 1)");
    db.run("INSERT INTO prepared_files (media_id, follower_id) VALUES ('m1', 1)");
  });
  after.write((db) => db.run('DELETE FROM prepared_drafts'));
  expect(after.read((db) => counted(db, 'prepared_files'))).toBe(0);
  after.write((db) => {
    db.run("INSERT INTO prepared_drafts (follower_id, content, waiting) VALUES (1, '{}', 1)");
    db.run('DELETE FROM followers');
  });
  expect(after.read((db) => counted(db, 'prepared_drafts'))).toBe(0);
  after.close();
});
