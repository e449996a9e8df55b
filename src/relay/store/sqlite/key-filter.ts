/** Bits for each key at most: with three of them looked at, one key in 200 is taken for another when the filter is full. */
const BITS_PER_KEY = 16;
const KEYS = 512 * 1024;
const BITS = KEYS * BITS_PER_KEY;
/** Hexadecimal digits of the time in front of every key, and of one place among the bits. */
const TIME_DIGITS = 8;
const PLACE_DIGITS = 6;
const PLACES = 3;

/**
 * Tells most keys that are not in the index without asking SQLite: a Bloom filter of what was moved there, over those digits
 * of a key that come from a hash or a signature. Of keys older than its own it knows nothing; it forgets all but their last
 * second when it is full, and when it is told that somebody else wrote. One mebibyte, whatever the index holds.
 */
export class KeyFilter {
  private readonly bits = new Uint32Array(BITS / 32);
  private count = 0;
  /** Times, as their digits: of the newest key that only the index knows, and of the newest at all. */
  private blindThrough = '';
  private newest = '';

  /** @param newest the last key of the index; null when it is empty */
  reset(newest: string | null): void {
    this.newest = newest?.slice(0, TIME_DIGITS) ?? '';
    this.forget();
  }

  add(key: string): void {
    if (this.count === KEYS) this.forget();
    this.count += 1;
    const time = key.slice(0, TIME_DIGITS);
    if (time > this.newest) this.newest = time;
    for (let n = 0; n < PLACES; n += 1) {
      const place = placeOf(key, n);
      this.bits[place >>> 5] = (this.bits[place >>> 5] ?? 0) | (1 << (place & 31));
    }
  }

  /** False when the index does not hold the key. */
  mayHold(key: string): boolean {
    if (key.slice(0, TIME_DIGITS) <= this.blindThrough) return true;
    for (let n = 0; n < PLACES; n += 1) {
      const place = placeOf(key, n);
      if (((this.bits[place >>> 5] ?? 0) & (1 << (place & 31))) === 0) return false;
    }
    return true;
  }

  private forget(): void {
    this.blindThrough = this.newest;
    this.bits.fill(0);
    this.count = 0;
  }
}

function placeOf(key: string, n: number): number {
  const start = TIME_DIGITS + n * PLACE_DIGITS;
  return Number.parseInt(key.slice(start, start + PLACE_DIGITS), 16) % BITS;
}
