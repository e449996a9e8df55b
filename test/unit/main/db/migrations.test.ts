import { afterEach, beforeEach, expect, it } from 'vitest';
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
