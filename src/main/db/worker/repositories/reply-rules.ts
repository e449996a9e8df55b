import type { ReplyRuleSet } from '#shared/relay/reply-rules';
import type { ReplacedRules, RuleReads, RulesOrigin, RulesRecord, RuleWrites } from '../../port/reply-rules';
import type { Reader, Writer } from '../handle';
import { accountId } from '../lookup';
import type { Reads, Writes } from '../repository';

interface RulesRow {
  synced_version: number | null;
  edited_at: number;
  content: string;
}
interface ReplacedRow {
  id: number;
  origin: RulesOrigin;
  replaced_at: number;
  content: string;
}

function find(db: Reader, appid: string): RulesRecord | null {
  const row = db.get<RulesRow>(
    `SELECT r.synced_version, r.edited_at, r.content FROM reply_rules r JOIN accounts a ON a.id = r.account_id
     WHERE a.appid = ?`,
    appid,
  );
  if (!row) return null;
  return {
    appid,
    rules: JSON.parse(row.content) as ReplyRuleSet,
    syncedVersion: row.synced_version,
    editedAt: row.edited_at,
  };
}

const toReplaced = (row: ReplacedRow): ReplacedRules => ({
  id: row.id,
  origin: row.origin,
  replacedAt: row.replaced_at,
  rules: JSON.parse(row.content) as ReplyRuleSet,
});

const REPLACED = `SELECT p.id, p.origin, p.replaced_at, p.content
  FROM replaced_rules p JOIN accounts a ON a.id = p.account_id WHERE a.appid = ?`;

function keep(db: Writer, account: number, rules: ReplyRuleSet, origin: RulesOrigin, at: number): void {
  db.run(
    'INSERT INTO replaced_rules (account_id, version, origin, replaced_at, content) VALUES (?, ?, ?, ?, ?)',
    account,
    rules.version,
    origin,
    at,
    JSON.stringify(rules),
  );
}

export const reads: Reads<RuleReads> = {
  get: find,
  replaced: (db, appid, limit) =>
    db.all<ReplacedRow>(`${REPLACED} ORDER BY p.id DESC LIMIT ?`, appid, limit).map(toReplaced),
  replacedById(db, appid, id) {
    const row = db.get<ReplacedRow>(`${REPLACED} AND p.id = ?`, appid, id);
    return row ? toReplaced(row) : null;
  },
};

export const writes: Writes<RuleWrites> = {
  put(db, change) {
    const account = accountId(db, change.appid);
    const stored = find(db, change.appid);
    if ((stored?.rules.version ?? null) !== change.over) return false;
    if (stored && change.keep) keep(db, account, stored.rules, change.keep.origin, change.keep.at);
    if (change.keepOther) keep(db, account, change.keepOther.rules, 'relay', change.keepOther.at);
    db.run(
      `INSERT INTO reply_rules (account_id, version, synced_version, edited_at, content) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (account_id) DO UPDATE SET version = excluded.version, synced_version = excluded.synced_version,
         edited_at = excluded.edited_at, content = excluded.content`,
      account,
      change.rules.version,
      change.syncedVersion,
      change.editedAt,
      JSON.stringify(change.rules),
    );
    return true;
  },
  synced(db, appid, stored, version) {
    db.run(
      'UPDATE reply_rules SET synced_version = ? WHERE account_id = ? AND version = ?',
      version,
      accountId(db, appid),
      stored,
    );
  },
};
