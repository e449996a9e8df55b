/**
 * Bytes of the keys that begin with a time, as pushes have them and automatic replies. Others are few (a notice, a tap on a
 * consent), and the filter says nothing of them.
 */
export const TIMED_WIDTHS: readonly number[] = [24, 32];

/** Keys of one generation, and bits: with three of them looked at, one key in 200 is taken for another when it is full. */
const KEYS = 256 * 1024;
const BITS = KEYS * 16;
/** Hexadecimal digits of the time in front of a key, and of one place among the bits. */
const TIME_DIGITS = 8;
const PLACE_DIGITS = 6;
const PLACES = 3;

/** A Bloom filter over those digits of a key that come from a hash or a signature. */
class Generation {
  private readonly bits = new Uint32Array(BITS / 32);
  count = 0;
  /** The time of the newest key, as its digits. */
  newest = '';

  add(key: string): void {
    this.count += 1;
    const time = key.slice(0, TIME_DIGITS);
    if (time > this.newest) this.newest = time;
    for (let n = 0; n < PLACES; n += 1) {
      const place = placeOf(key, n);
      this.bits[place >>> 5] = (this.bits[place >>> 5] ?? 0) | (1 << (place & 31));
    }
  }

  mayHold(key: string): boolean {
    for (let n = 0; n < PLACES; n += 1) {
      const place = placeOf(key, n);
      if (((this.bits[place >>> 5] ?? 0) & (1 << (place & 31))) === 0) return false;
    }
    return true;
  }

  clear(): void {
    this.bits.fill(0);
    this.count = 0;
    this.newest = '';
  }
}

/**
 * Tells most keys that no batch holds without asking SQLite. It remembers the latest quarter of a million to half a million
 * keys, in one mebibyte, and knows nothing of those from before. Keys are in hexadecimal.
 */
export class KeyFilter {
  private fresh = new Generation();
  private older = new Generation();
  /** Up to this time, as its digits, there may be keys that are not remembered. */
  private blindThrough = '';

  /** @param newest the last timed key of all batches; empty when there is none */
  reset(newest: string): void {
    this.fresh.clear();
    this.older.clear();
    this.blindThrough = newest.slice(0, TIME_DIGITS);
  }

  add(key: string): void {
    if (!isTimed(key)) return;
    if (this.fresh.count === KEYS) {
      [this.fresh, this.older] = [this.older, this.fresh];
      if (this.fresh.newest > this.blindThrough) this.blindThrough = this.fresh.newest;
      this.fresh.clear();
    }
    this.fresh.add(key);
  }

  /** False when no batch holds the key. */
  mayHold(key: string): boolean {
    const isBlind = !isTimed(key) || key.slice(0, TIME_DIGITS) <= this.blindThrough;
    return isBlind || this.fresh.mayHold(key) || this.older.mayHold(key);
  }
}

function isTimed(key: string): boolean {
  return TIMED_WIDTHS.includes(key.length / 2);
}

function placeOf(key: string, n: number): number {
  const start = TIME_DIGITS + n * PLACE_DIGITS;
  return Number.parseInt(key.slice(start, start + PLACE_DIGITS), 16) % BITS;
}
