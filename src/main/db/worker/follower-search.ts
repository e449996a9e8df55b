/** Who a search text means. */
import { normalised } from '#shared/domain/search/fold';
import { taggedWith, type Alternative, type FollowerSet } from './follower-sets';
import type { Reader, SqlValue } from './handle';
import { matchQuery } from './search-words';

const OPENID_PREFIX = /^[A-Za-z0-9_-]{6,64}$/;
/** The letters of a placeholder name, after its word: 粉丝 K7M2, Follower K7M2. */
const PLACEHOLDER = /^(?:粉丝|follower)?\s*([2-9BCDFGHJKMNPQRSTVWXYZ]{3,4})$/i;
/** Behind every character that follows a prefix in an openid or a code. */
const AFTER = '\u{10FFFF}';

/** The letters of the placeholder name that `text` is, or begins; undefined when it is none. */
export function placeholderLetters(text: string): string | undefined {
  return PLACEHOLDER.exec(text.trim())?.[1]?.toUpperCase();
}

/** Matches alias, remark, note, first words, tag names, QR scenes, the beginning of an openid and the placeholder code. */
export function foundBy(db: Reader, accounts: readonly number[], text: string): FollowerSet {
  const wanted = text.trim();
  const found: Alternative[] = [];
  const match = matchQuery(wanted);
  if (match !== null) {
    const sql = 'SELECT rowid AS id FROM follower_search WHERE follower_search MATCH ?';
    found.push({ ids: { sql, values: [match] }, probe: { sql: `id IN (${sql})`, values: [match] } });
  }
  const code = placeholderLetters(wanted);
  if (code !== undefined) found.push(columns('code >= ? AND code < ?', code, code + AFTER));
  const needle = normalised(wanted);
  for (const account of accounts) {
    if (OPENID_PREFIX.test(wanted)) {
      found.push(columns('account_id = ? AND openid >= ? AND openid < ?', account, wanted, wanted + AFTER));
    }
    if (needle === '') continue;
    const tags = db.all<{ tag_id: number; name: string }>(
      'SELECT tag_id, name FROM tags WHERE account_id = ?',
      account,
    );
    for (const tag of tags.filter(({ name }) => normalised(name).includes(needle))) {
      found.push(...taggedWith([account], tag.tag_id));
    }
    const scenes = db
      .all<{ scene: string }>('SELECT scene FROM qr_scenes WHERE account_id = ?', account)
      .map(({ scene }) => scene)
      .filter((scene) => normalised(scene).includes(needle));
    if (scenes.length > 0) {
      found.push(
        columns(
          'account_id = ? AND qr_scene IS NOT NULL AND qr_scene IN (SELECT value FROM json_each(?))',
          account,
          JSON.stringify(scenes),
        ),
      );
    }
  }
  return found;
}

/** A set that one index of `followers` lists. */
function columns(condition: string, ...values: SqlValue[]): Alternative {
  return {
    ids: { sql: `SELECT id FROM followers WHERE ${condition}`, values },
    probe: { sql: condition, values },
  };
}
