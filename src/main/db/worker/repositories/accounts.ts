import { AppError } from '#shared/app-error';
import type {
  AccountPatch,
  AccountReads,
  AccountRecord,
  AccountWrites,
  LinkRecord,
} from '../../port/accounts';
import type { Reader, SqlValue, Writer } from '../handle';
import type { Reads, Writes } from '../repository';

interface AccountRow {
  appid: string;
  original_id: string | null;
  name: string;
  colour: number;
  kind: AccountRecord['kind'];
  verified: number;
  verification_expires_at: number | null;
  region: AccountRecord['region'];
  door: AccountRecord['door'];
  status: AccountRecord['status'];
  bound_at: number;
  relay_mode: AccountRecord['relayMode'];
  callback_url: string | null;
  api_origin: string | null;
  link_id: string | null;
  permission_sets: string | null;
  followers: number;
  unread: number;
  needs_reply: number;
  needs_reply_muted: number;
}

const COLUMNS: Readonly<Record<keyof Required<AccountPatch>, string>> = {
  originalId: 'original_id',
  name: 'name',
  colour: 'colour',
  kind: 'kind',
  verified: 'verified',
  verificationExpiresAt: 'verification_expires_at',
  region: 'region',
  door: 'door',
  status: 'status',
  boundAt: 'bound_at',
  relayMode: 'relay_mode',
  callbackUrl: 'callback_url',
  apiOrigin: 'api_origin',
  linkId: 'link_id',
  permissionSets: 'permission_sets',
};

const toRecord = (row: AccountRow): AccountRecord => ({
  appid: row.appid,
  originalId: row.original_id,
  name: row.name,
  colour: row.colour,
  kind: row.kind,
  verified: row.verified === 1,
  verificationExpiresAt: row.verification_expires_at,
  region: row.region,
  door: row.door,
  status: row.status,
  boundAt: row.bound_at,
  relayMode: row.relay_mode,
  callbackUrl: row.callback_url,
  apiOrigin: row.api_origin,
  linkId: row.link_id,
  ...(row.permission_sets === null ? {} : { permissionSets: JSON.parse(row.permission_sets) as number[] }),
  followers: row.followers,
  unread: row.unread,
  needsReply: row.needs_reply,
  needsReplyMuted: row.needs_reply_muted,
});

function find(db: Reader, appid: string): AccountRecord | null {
  const row = db.get<AccountRow>('SELECT * FROM accounts WHERE appid = ?', appid);
  return row ? toRecord(row) : null;
}

function existing(db: Reader, appid: string): AccountRecord {
  const record = find(db, appid);
  if (!record) throw new AppError({ code: 'account/not-found' });
  return record;
}

const toSql = (value: string | number | boolean | readonly number[] | null): SqlValue => {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
};

function patchAccount(db: Writer, appid: string, patch: AccountPatch): void {
  const fields = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).filter((key) => patch[key] !== undefined);
  if (fields.length === 0) return;
  db.run(
    `UPDATE accounts SET ${fields.map((key) => `${COLUMNS[key]} = ?`).join(', ')} WHERE appid = ?`,
    ...fields.map((key) => toSql(patch[key] ?? null)),
    appid,
  );
}

export const reads: Reads<AccountReads> = {
  list: (db) => db.all<AccountRow>('SELECT * FROM accounts ORDER BY id').map(toRecord),
  get: find,
  lastReceivedAt: (db, appid) =>
    db.get<{ at: number | null }>(
      `SELECT received_at AS at FROM messages
       WHERE account_id = (SELECT id FROM accounts WHERE appid = ?) AND direction = 'in'
       ORDER BY id DESC LIMIT 1`,
      appid,
    )?.at ?? null,
  links: (db) => db.all<LinkRecord>('SELECT id, url, cursor FROM relay_links ORDER BY id'),
};

export const writes: Writes<AccountWrites> = {
  save(db, { appid, ...account }) {
    db.run(
      `INSERT INTO accounts (appid, name, colour, kind, verified, region, door, status, bound_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (appid) DO NOTHING`,
      appid,
      account.name,
      account.colour,
      account.kind,
      Number(account.verified),
      account.region,
      account.door,
      account.status,
      account.boundAt,
    );
    patchAccount(db, appid, account);
    return existing(db, appid);
  },
  update(db, appid, patch) {
    patchAccount(db, appid, patch);
    return existing(db, appid);
  },
  erase(db, appid) {
    const row = db.get<{ id: number }>('SELECT id FROM accounts WHERE appid = ?', appid);
    if (!row) return;
    // The search index is no table that a foreign key can reach.
    db.run(
      'DELETE FROM follower_search WHERE rowid IN (SELECT id FROM followers WHERE account_id = ?)',
      row.id,
    );
    db.run('DELETE FROM quarantine WHERE appid = ?', appid);
    db.run('DELETE FROM relay_notices WHERE appid = ?', appid);
    db.run('DELETE FROM accounts WHERE id = ?', row.id);
  },
  saveLink(db, { id, url }) {
    db.run(
      'INSERT INTO relay_links (id, url) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET url = excluded.url',
      id,
      url,
    );
  },
  deleteLink(db, id) {
    db.run("DELETE FROM relay_notices WHERE link_id = ? AND appid = ''", id);
    db.run('DELETE FROM relay_links WHERE id = ?', id);
  },
};
