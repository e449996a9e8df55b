/** Who a search text means: SELECTs of follower ids, each over an index. */
import type { Reader } from './handle';
import type { Term } from './listing';
import { matchQuery, normalised } from './search-words';

const OPENID_PREFIX = /^[A-Za-z0-9_-]{6,64}$/;
/** The letters of a placeholder name, after its word: 粉丝 K7M2, Follower K7M2. */
const PLACEHOLDER = /^(?:粉丝|follower)?\s*([2-9BCDFGHJKMNPQRSTVWXYZ]{3,4})$/i;
/** Behind every character that follows a prefix in an openid or a code. */
const AFTER = '\u{10FFFF}';

/** Matches alias, remark, note, first words, tag names, QR scenes, the beginning of an openid and the placeholder code. */
export function searchTerms(db: Reader, accounts: readonly number[], text: string): Term[] {
  const wanted = text.trim();
  const terms: Term[] = [];
  const match = matchQuery(wanted);
  if (match !== null) {
    terms.push({
      sql: 'SELECT rowid AS id FROM follower_search WHERE follower_search MATCH ?',
      values: [match],
    });
  }
  const code = PLACEHOLDER.exec(wanted)?.[1]?.toUpperCase();
  if (code !== undefined) {
    terms.push({
      sql: 'SELECT id FROM followers WHERE code >= ? AND code < ?',
      values: [code, code + AFTER],
    });
  }
  const needle = normalised(wanted);
  for (const account of accounts) {
    if (OPENID_PREFIX.test(wanted)) {
      terms.push({
        sql: 'SELECT id FROM followers WHERE account_id = ? AND openid >= ? AND openid < ?',
        values: [account, wanted, wanted + AFTER],
      });
    }
    if (needle === '') continue;
    const tags = db.all<{ tag_id: number; name: string }>(
      'SELECT tag_id, name FROM tags WHERE account_id = ?',
      account,
    );
    for (const tag of tags.filter(({ name }) => normalised(name).includes(needle))) {
      terms.push({
        sql: 'SELECT follower_id AS id FROM follower_tags WHERE account_id = ? AND tag_id = ?',
        values: [account, tag.tag_id],
      });
    }
    const scenes = db.all<{ scene: string }>('SELECT scene FROM qr_scenes WHERE account_id = ?', account);
    const found = scenes.map(({ scene }) => scene).filter((scene) => normalised(scene).includes(needle));
    if (found.length > 0) {
      terms.push({
        sql: 'SELECT id FROM followers WHERE account_id = ? AND qr_scene IN (SELECT value FROM json_each(?))',
        values: [account, JSON.stringify(found)],
      });
    }
  }
  return terms;
}
