import { batchesOf, holds, without } from './key-batch';
import { KeyFilter, TIMED_WIDTHS } from './key-filter';
import { factsOf, type FactsRow } from './segment';
import type { Statements } from './statements';

/** From so many on, the newest are stored: mostly as one batch, since a group adds few of its own. */
const STORED_FROM = 2_048;

/**
 * The keys of the deliveries that are stored. Within one second they have no order, so in a table of keys each would change
 * another page, and a third of a message's processor time would go into writing that page. The newest are therefore kept in
 * memory, and in the segments of their items; by the thousand they are stored as batches. A filter tells which of them
 * need not be looked for there.
 *
 * Everything happens inside of a group's transaction. Keys are in hexadecimal.
 */
export class ReplayKeys {
  private newest = new Set<string>();
  /** The last segment whose keys are among the newest. */
  private newestId = 0;
  private readonly filter = new KeyFilter();
  /** Whether memory may differ from the rows: nothing was read yet, a group failed, another process wrote. */
  private isStale = true;

  constructor(private readonly sql: Statements) {}

  /** Whether no item of this key is stored. */
  isNew(key: string): boolean {
    if (this.isStale) this.load();
    return !this.newest.has(key) && (!this.filter.mayHold(key) || this.batchWith(key) === null);
  }

  add(key: string): void {
    this.newest.add(key);
  }

  /** @param id of the segment that holds keys which were added: greater than that of every segment before */
  saved(id: number): void {
    this.newestId = id;
  }

  /** Their items are removed. */
  remove(keys: readonly string[]): void {
    if (this.isStale) this.load();
    const read = new Map<number, Buffer>();
    const gone = new Map<number, Set<string>>();
    for (const key of keys) {
      this.newest.delete(key);
      const id = this.filter.mayHold(key) ? this.batchWith(key, read) : null;
      if (id !== null) gone.set(id, (gone.get(id) ?? new Set()).add(key));
    }
    for (const [id, some] of gone) {
      const left = without(this.keysIn(id, read), some);
      if (left === null) this.sql.deleteBatch.run(id);
      else this.sql.saveBatch.run(id, left.first, left.last, left.keys);
    }
  }

  /** To be called once in each group that may have added keys, as its last. */
  storeSome(): void {
    if (this.newest.size < STORED_FROM) return;
    for (const { width, first, last, keys } of batchesOf(this.newest))
      this.sql.insertBatch.run(width, first, last, keys);
    this.sql.saveIndexedThrough.run(this.newestId);
    for (const key of this.newest) this.filter.add(key);
    this.newest = new Set();
  }

  forget(): void {
    this.isStale = true;
  }

  /** The row whose batch holds the key; null when none does. @param read batches that were read, by row */
  private batchWith(key: string, read = new Map<number, Buffer>()): number | null {
    const bytes = Buffer.from(key, 'hex');
    const around = this.sql.batchesAround.all(bytes.length, bytes) as { readonly id: number }[];
    return around.find(({ id }) => holds(this.keysIn(id, read), bytes))?.id ?? null;
  }

  private keysIn(id: number, read: Map<number, Buffer>): Buffer {
    const present = read.get(id);
    if (present !== undefined) return present;
    const { keys } = this.sql.batch.get(id) as { readonly keys: Buffer };
    read.set(id, keys);
    return keys;
  }

  private load(): void {
    const { through_id: throughId } = this.sql.indexedThrough.get() as { readonly through_id: number };
    const rows = this.sql.segmentsAfterId.all(throughId) as (FactsRow & { readonly id: number })[];
    this.newest = new Set(rows.flatMap((row) => factsOf(row).map(({ key }) => key)));
    this.newestId = rows.at(-1)?.id ?? throughId;
    const { key } = this.sql.newestKey.get(JSON.stringify(TIMED_WIDTHS)) as { readonly key: string };
    this.filter.reset(key);
    this.isStale = false;
  }
}
