/** Additions after which the entries move to a new map. */
const RENEW_EVERY = 512;

/**
 * A map through which entries pass: each stays for a moment, in the order of coming. V8 leads from every table that a map has
 * outgrown or cleared to the next one, so one that has grown old keeps all later ones alive, with all that they hold, until
 * the next full collection. A new map begins without such a past.
 */
export class PassingMap<K, V> {
  private map = new Map<K, V>();
  private added = 0;

  get size(): number {
    return this.map.size;
  }

  get(key: K): V | undefined {
    return this.map.get(key);
  }

  set(key: K, value: V): void {
    this.added += 1;
    if (this.added % RENEW_EVERY === 0) this.map = new Map(this.map);
    this.map.set(key, value);
  }

  delete(key: K): boolean {
    return this.map.delete(key);
  }

  /** Oldest first. */
  entries(): IterableIterator<[K, V]> {
    return this.map.entries();
  }

  values(): IterableIterator<V> {
    return this.map.values();
  }
}
