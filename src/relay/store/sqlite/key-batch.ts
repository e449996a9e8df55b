/**
 * A batch: replay keys of one length, sorted, as one row. Nothing of it lies in an order of its own between the pages of the
 * database, so that a thousand keys change a dozen pages and not hundreds.
 */
export interface KeyBatch {
  /** Bytes of each key. */
  readonly width: number;
  readonly first: Buffer;
  readonly last: Buffer;
  /** The keys, one after another. */
  readonly keys: Buffer;
}

/** Keys of a batch at most, so that looking one up reads little. */
const MAX_KEYS = 4_096;

/** Batches of all these keys. @param keys in hexadecimal */
export function batchesOf(keys: Iterable<string>): readonly KeyBatch[] {
  const byWidth = new Map<number, string[]>();
  for (const key of keys) {
    const width = key.length / 2;
    const same = byWidth.get(width);
    if (same === undefined) byWidth.set(width, [key]);
    else same.push(key);
  }
  return [...byWidth].flatMap(([width, same]) => {
    const sorted = Buffer.from(same.sort().join(''), 'hex');
    const size = width * MAX_KEYS;
    return Array.from({ length: Math.ceil(sorted.length / size) }, (_, index) =>
      batchOf(width, sorted.subarray(index * size, (index + 1) * size)),
    );
  });
}

/** What is left of a batch's keys without these, of which there is one; null when nothing is. @param gone in hexadecimal */
export function without(keys: Buffer, gone: ReadonlySet<string>): KeyBatch | null {
  const [{ length } = ''] = gone;
  const width = length / 2;
  const left: Buffer[] = [];
  for (let at = 0; at < keys.length; at += width)
    if (!gone.has(keys.toString('hex', at, at + width))) left.push(keys.subarray(at, at + width));
  return left.length === 0 ? null : batchOf(width, Buffer.concat(left));
}

function batchOf(width: number, keys: Buffer): KeyBatch {
  return { width, first: keys.subarray(0, width), last: keys.subarray(-width), keys };
}

/** Whether one of the keys is this one, which is as long as they are. */
export function holds(keys: Buffer, key: Buffer): boolean {
  const width = key.length;
  let low = 0;
  for (let high = keys.length / width; low < high;) {
    const middle = (low + high) >>> 1;
    const order = keys.compare(key, 0, width, middle * width, (middle + 1) * width);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}
