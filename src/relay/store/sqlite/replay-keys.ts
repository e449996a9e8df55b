import { KeyFilter } from './key-filter';
import { factsOf, type FactsRow } from './segment';
import type { Statements } from './statements';

/** So many keys are sorted and moved into the index together. */
const BATCH_KEYS = 2_048;
/** More keys than these are not announced. */
const MAX_ASKED = 4_096;
/** A group moves at least so many, and this many for each of its own. */
const MOVED_WITH_GROUP = 64;
const MOVED_WITH_KEY = 2;

interface Batch {
  /** In the order of the index. */
  readonly sorted: readonly string[];
  /** Those of them whose items are still there. */
  readonly present: Set<string>;
  /** How many of the sorted ones were moved. */
  moved: number;
  /** The last segment whose keys are in this batch or in one before. */
  readonly throughId: number;
}

/**
 * The keys of the deliveries that are stored. Within one second they have no order, so each would change another page of
 * their index, and a third of a message's processor time would go into writing that page. The newest are therefore kept
 * in memory, and in the segments of their items; sorted by the thousand they are moved into the index, a few with each group.
 *
 * Everything but `ask` happens inside of a group's transaction. Keys are in hexadecimal.
 */
export class ReplayKeys {
  private newest = new Set<string>();
  /** The last segment whose keys are among the newest. */
  private newestId = 0;
  private batch: Batch | null = null;
  private readonly filter = new KeyFilter();
  /** Keys that the next group will probably look up. */
  private asked: string[] = [];
  /** Keys that this group has looked up, and whether the index holds them. */
  private lookedUp = new Map<string, boolean>();
  /** Keys added since a group moved some. */
  private added = 0;
  /** Whether memory may differ from the rows: nothing was read yet, a group failed, another process wrote. */
  private isStale = true;

  constructor(private readonly sql: Statements) {}

  /** Announces a key, so that those of one group are looked up together. One that is forgotten again costs a look of its own. */
  ask(key: string): void {
    // While the database is locked groups are refused, and nobody looks anything up.
    const isKnownNew = !this.isStale && !this.filter.mayHold(key);
    if (!isKnownNew && this.asked.length < MAX_ASKED) this.asked.push(key);
  }

  /** Whether no item of this key is stored. */
  isNew(key: string): boolean {
    if (this.isStale) this.load();
    return !this.newest.has(key) && this.batch?.present.has(key) !== true && !this.isIndexed(key);
  }

  add(key: string): void {
    this.newest.add(key);
    this.added += 1;
  }

  /** @param id of the segment that holds keys which were added: greater than that of every segment before */
  saved(id: number): void {
    this.newestId = id;
  }

  /** Their items are removed. */
  remove(keys: readonly string[]): void {
    for (const key of keys) {
      this.newest.delete(key);
      this.batch?.present.delete(key);
    }
    this.sql.deleteKeys.run(JSON.stringify(keys));
    this.lookedUp = new Map();
  }

  /** To be called once in each group that may have added keys, as its last. */
  moveSome(): void {
    if (this.batch === null && this.newest.size >= BATCH_KEYS) {
      this.batch = {
        sorted: [...this.newest].sort(),
        ...{ present: this.newest, moved: 0, throughId: this.newestId },
      };
      this.newest = new Set();
    }
    if (this.batch !== null) this.move(this.batch, MOVED_WITH_GROUP + MOVED_WITH_KEY * this.added);
    this.added = 0;
    this.lookedUp = new Map();
  }

  forget(): void {
    this.isStale = true;
    this.lookedUp = new Map();
  }

  private move(batch: Batch, count: number): void {
    const keys = batch.sorted.slice(batch.moved, batch.moved + count);
    const present = keys.filter((key) => batch.present.has(key));
    for (const key of present) this.filter.add(key);
    this.sql.insertKeys.run(JSON.stringify(present));
    batch.moved += keys.length;
    if (batch.moved < batch.sorted.length) return;
    this.sql.saveIndexedThrough.run(batch.throughId);
    this.batch = null;
  }

  private isIndexed(key: string): boolean {
    if (!this.filter.mayHold(key)) return false;
    const known = this.lookedUp.get(key);
    if (known !== undefined) return known;
    const wanted = [...this.asked, key];
    this.asked = [];
    for (const one of wanted) this.lookedUp.set(one, false);
    const rows = this.sql.knownKeys.all(JSON.stringify(wanted)) as { readonly key: string }[];
    for (const row of rows) this.lookedUp.set(row.key, true);
    return this.lookedUp.get(key) === true;
  }

  private load(): void {
    const { through_id: throughId } = this.sql.indexedThrough.get() as { readonly through_id: number };
    const rows = this.sql.segmentsAfterId.all(throughId) as (FactsRow & { readonly id: number })[];
    this.newest = new Set(rows.flatMap((row) => factsOf(row).map(({ key }) => key)));
    this.newestId = rows.at(-1)?.id ?? throughId;
    this.batch = null;
    this.added = 0;
    const { key } = this.sql.newestKey.get() as { readonly key: string | null };
    this.filter.reset(key);
    this.isStale = false;
  }
}
