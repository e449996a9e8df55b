/** One window of the followers list under a filter and an order. */
import type { Follower } from '#shared/ipc/models';
import type { FollowerQuery } from '../port/followers';
import { followersByIds } from './follower-rows';
import { foundBy } from './follower-search';
import {
  listOf,
  probeOf,
  sizeOf,
  taggedWith,
  withOpenWindow,
  withoutEmpty,
  type FollowerSet,
} from './follower-sets';
import type { Reader } from './handle';
import { readWindow, type Term } from './listing';
import { accountIds } from './lookup';

const SORTS: Readonly<Record<FollowerQuery['sort'], { key: string; descending: boolean; index: string }>> = {
  'subscribed-desc': { key: 'subscribed_at', descending: true, index: 'followers_by_subscription' },
  'subscribed-asc': { key: 'subscribed_at', descending: false, index: 'followers_by_subscription' },
  'last-message-desc': { key: 'last_message_at', descending: true, index: 'followers_by_message' },
  name: { key: 'sort_name', descending: false, index: 'followers_by_name' },
};

/** Up to so many matches are looked up one by one and sorted; more are found while walking the list's index. */
const FEW = 20_000;

interface Plan {
  readonly accounts: readonly number[];
  /** Whether `accounts` are all there are, so that a set needs no check of the account. */
  readonly everyAccount: boolean;
  readonly following: FollowerQuery['filter']['following'];
  readonly scene: string | null;
  /** Sets that must hold the follower. */
  readonly sets: readonly FollowerSet[];
  /** The set that must not. */
  readonly excluded: FollowerSet | null;
  /** The tag whose own order is walked by subscription, unless another set is the driver. */
  readonly walkedTag: { readonly id: number; readonly set: FollowerSet } | null;
  /** Whether the only set is that of open windows. */
  readonly onlyOpen: boolean;
  /** Few enough to start from. */
  readonly driver: FollowerSet | null;
}

export function followerPage(db: Reader, query: FollowerQuery): { total: number; rows: Follower[] } {
  const plan = planFor(db, query);
  // Windows close by the second, so counts that depend on them live no longer.
  const clock = query.filter.windowOpen === null ? 0 : Math.floor(query.now);
  const total = db.cached(`followers ${JSON.stringify([query.filter, clock])}`, () => count(db, plan));
  const { key, descending, index } = SORTS[query.sort];
  const terms = plan.accounts.map((account) =>
    select(`id, ${key} AS k`, plan, account, indexFor(plan, query.sort, index), key),
  );
  const ids = readWindow(db, { terms, descending, total, offset: query.offset, limit: query.limit });
  return { total, rows: followersByIds(db, ids) };
}

function planFor(db: Reader, { filter, now }: FollowerQuery): Plan {
  const accounts = accountIds(db, filter.appid);
  const sets: FollowerSet[] = [];
  const tag = filter.tagId === null ? null : { id: filter.tagId, set: taggedWith(accounts, filter.tagId) };
  if (tag !== null) sets.push(tag.set);
  const searched = filter.text.trim() !== '';
  if (searched) sets.push(withoutEmpty(db, foundBy(db, accounts, filter.text)));
  if (filter.windowOpen === true) sets.push(withOpenWindow(accounts, now));
  const [smallest] = sets
    .map((set) => ({ set, size: sizeOf(db, set, FEW + 1) }))
    .sort((a, b) => a.size - b.size);
  return {
    accounts,
    everyAccount: filter.appid === null || accountIds(db, null).length === accounts.length,
    following: filter.following,
    scene: filter.scene,
    sets,
    excluded: filter.windowOpen === false ? withOpenWindow(accounts, now) : null,
    // A search asks for columns that stand beside no tag; the few who left have an index of their own.
    walkedTag: searched || filter.following === 'left' ? null : tag,
    onlyOpen: filter.windowOpen === true && sets.length === 1,
    driver: smallest !== undefined && smallest.size <= FEW ? smallest.set : null,
  };
}

function indexFor(plan: Plan, sort: FollowerQuery['sort'], index: string): string {
  if (sort !== 'subscribed-desc' && sort !== 'subscribed-asc') return index;
  if (plan.scene !== null) return 'followers_by_scene';
  return plan.following === 'left' ? 'followers_left' : index;
}

/** Carriers of tags with the columns of `followers` that stand beside them. */
const TAG_ORDER = `(SELECT follower_id AS id, account_id, tag_id, subscribed_at, following, scene
  FROM follower_tags INDEXED BY follower_tags_by_subscription) AS followers`;

/** Rows of one account that the plan wants: from the few, or along `index`. */
function select(what: string, plan: Plan, account: number, index: string, key = 'subscribed_at'): Term {
  const byTag = plan.driver === null || plan.driver === plan.walkedTag?.set;
  const tag = byTag && key === 'subscribed_at' ? plan.walkedTag : null;
  const conditions: Term[] = [{ sql: 'account_id = ?', values: [account] }];
  if (tag !== null) conditions.push({ sql: 'tag_id = ?', values: [tag.id] });
  if (plan.following !== 'all') {
    conditions.push({ sql: `following = ${plan.following === 'following' ? '1' : '0'}`, values: [] });
  }
  if (plan.scene !== null) conditions.push({ sql: 'scene = ?', values: [plan.scene] });
  for (const set of plan.sets) {
    if (set === tag?.set) continue;
    if (set !== plan.driver) {
      conditions.push(probeOf(set));
      continue;
    }
    const list = listOf(set);
    conditions.push({ sql: `id IN (${list.sql})`, values: list.values });
  }
  if (plan.excluded !== null) {
    const { sql, values } = probeOf(plan.excluded);
    conditions.push({ sql: `NOT ${sql}`, values });
  }
  const source =
    tag !== null
      ? TAG_ORDER
      : plan.driver !== null
        ? 'followers NOT INDEXED'
        : `followers INDEXED BY ${index}`;
  return {
    sql: `SELECT ${what} FROM ${source} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  };
}

/** Counts without walking everyone wherever a counter or one index already tells. */
function count(db: Reader, plan: Plan): number {
  const { sets, excluded, following, driver } = plan;
  // A search index may still hold those who were erased, so its few are looked up.
  const known = driver === null || plan.onlyOpen || driver === plan.walkedTag?.set;
  if (!known || plan.scene !== null || sets.length > 1) return countRows(db, plan);
  const [only] = sets;
  if (only === undefined) {
    const all = countKnown(db, plan);
    // Nobody who left has an open window.
    return excluded === null || following === 'left' ? all : all - sizeOf(db, excluded);
  }
  if (excluded !== null || !plan.everyAccount || following === 'left') return countRows(db, plan);
  const everyone = sizeOf(db, only);
  return following === 'all' || plan.onlyOpen
    ? everyone
    : everyone - countRows(db, { ...plan, following: 'left' });
}

/** Counted when they came: followers by their account's counter, those who left over their own index. */
function countKnown(db: Reader, { accounts, following }: Plan): number {
  const sum = (sql: string) => db.get<{ n: number | null }>(sql, JSON.stringify(accounts))?.n ?? 0;
  const present = () =>
    sum('SELECT sum(followers) AS n FROM accounts WHERE id IN (SELECT value FROM json_each(?))');
  const left = () =>
    sum(
      `SELECT count(*) AS n FROM followers INDEXED BY followers_left
       WHERE following = 0 AND account_id IN (SELECT value FROM json_each(?))`,
    );
  if (following === 'following') return present();
  return following === 'left' ? left() : present() + left();
}

function countRows(db: Reader, plan: Plan): number {
  const index = indexFor(plan, 'subscribed-desc', 'followers_by_subscription');
  return plan.accounts.reduce((sum, account) => {
    const { sql, values } = select('count(*) AS n', plan, account, index);
    return sum + (db.get<{ n: number }>(sql, ...values)?.n ?? 0);
  }, 0);
}
