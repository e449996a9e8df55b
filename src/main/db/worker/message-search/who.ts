/** Which people and conversations a search means. */
import { matcherOf, type Matcher } from '#shared/domain/search/matching';
import type { SearchTerm } from '#shared/domain/search/query';
import { snippetOf } from '#shared/domain/search/snippet';
import type { FoundPerson } from '#shared/ipc/search-models';
import { conversationsByIds } from '../conversation-rows';
import type { Reader } from '../handle';
import { placeholderLetters } from '../follower-search';
import { matchQuery } from '../search-words';

/** More people of one name than anybody looks through. */
const MOST_PEOPLE = 2000;
const MOST_DRAFTS = 5000;

interface NamedRow {
  id: number;
  alias: string | null;
  remark: string;
  note: string | null;
}

/** Row ids of those whose alias, remark or placeholder name holds `name`. */
export function peopleNamed(db: Reader, accounts: readonly number[], name: string): number[] {
  const matcher = matcherOf([{ text: name, phrase: false, negated: false }]);
  const named = rowsOf(db, accounts, name)
    .filter(({ alias, remark }) => matcher.matches(alias ?? '') || matcher.matches(remark))
    .map(({ id }) => id);
  return [...new Set([...named, ...placeholders(db, accounts, name)])];
}

/** Those whom the page calls so because nobody named them. */
function placeholders(db: Reader, accounts: readonly number[], name: string): number[] {
  const code = placeholderLetters(name);
  if (code === undefined) return [];
  return db
    .all<{ id: number }>(
      `SELECT id FROM followers WHERE code = ? AND account_id IN (SELECT value FROM json_each(?))
         AND alias IS NULL AND remark = '' LIMIT ?`,
      code,
      JSON.stringify(accounts),
      MOST_PEOPLE,
    )
    .map(({ id }) => id);
}

/** Rows that the followers' index names for a text; what they hold is still to be checked. */
function rowsOf(db: Reader, accounts: readonly number[], text: string): NamedRow[] {
  const match = matchQuery(text);
  if (match === null) return [];
  return db.all<NamedRow>(
    `SELECT id, alias, remark, note FROM followers
     WHERE id IN (SELECT rowid FROM follower_search WHERE follower_search MATCH ? LIMIT ?)
       AND account_id IN (SELECT value FROM json_each(?))
     ORDER BY coalesce(last_message_at, 0) DESC`,
    match,
    MOST_PEOPLE,
    JSON.stringify(accounts),
  );
}

/** As the list's filters of the same names. */
export function conversationsThat(
  db: Reader,
  accounts: readonly number[],
  state: 'starred' | 'unanswered',
): number[] {
  const [index, where] =
    state === 'starred'
      ? ['conversations_starred', 'starred = 1']
      : ['conversations_needs_reply', 'done = 0 AND snoozed_until IS NULL AND needs_reply = 1'];
  return db
    .all<{ id: number }>(
      `SELECT follower_id AS id FROM conversations INDEXED BY ${index}
       WHERE account_id IN (SELECT value FROM json_each(?)) AND listed = 1 AND ${where}`,
      JSON.stringify(accounts),
    )
    .map(({ id }) => id);
}

/** People by alias, remark, note or placeholder name; those who wrote last come first. */
export function findPeople(
  db: Reader,
  accounts: readonly number[],
  terms: readonly SearchTerm[],
  limit: number,
): FoundPerson[] {
  const matcher = matcherOf(terms);
  const wanted = terms.filter((term) => !term.negated).map(({ text }) => text);
  const found = rowsOf(db, accounts, wanted.join(' '))
    .flatMap((row) => {
      const field = fieldOf(row, matcher);
      return field === null ? [] : [{ id: row.id, field, text: row[field] ?? '' }];
    })
    .slice(0, limit);
  const nameless = placeholders(db, accounts, wanted.join(' ')).slice(0, limit);
  return [...nameless.map((id) => ({ id, field: 'placeholder' as const, text: '' })), ...found].flatMap(
    ({ id, field, text }) =>
      conversationsByIds(db, [id]).map((conversation): FoundPerson => ({
        conversation,
        field,
        snippet: snippetOf(text, matcher),
      })),
  );
}

function fieldOf(row: NamedRow, matcher: Matcher): 'alias' | 'remark' | 'note' | null {
  return (['alias', 'remark', 'note'] as const).find((field) => matcher.matches(row[field] ?? '')) ?? null;
}

export function findDrafts(
  db: Reader,
  accounts: readonly number[],
  terms: readonly SearchTerm[],
  limit: number,
): FoundPerson[] {
  const matcher = matcherOf(terms);
  return db
    .all<{ id: number; draft: string }>(
      `SELECT follower_id AS id, draft FROM conversations INDEXED BY conversations_drafts
       WHERE draft IS NOT NULL AND account_id IN (SELECT value FROM json_each(?)) LIMIT ?`,
      JSON.stringify(accounts),
      MOST_DRAFTS,
    )
    .filter(({ draft }) => matcher.matches(draft))
    .slice(0, limit)
    .flatMap(({ id, draft }) =>
      conversationsByIds(db, [id]).map((conversation): FoundPerson => ({
        conversation,
        field: 'draft',
        snippet: snippetOf(draft, matcher),
      })),
    );
}
