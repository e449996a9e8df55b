/**
 * A segment: items of one feed that came to the disk together, as one row. `facts` is a JSON list with an entry for each item,
 * `bodies` holds their bodies one after another. Their numbers follow each other without a gap, up to `last_seq`. What was
 * removed from the front of a segment lies before `first_seq` and is gone with the row.
 */
import type { ItemKind, StoredItem } from '../port';

/** An item, and its replay key in hexadecimal. */
export interface KeyedItem extends StoredItem {
  readonly key: string;
}

/** What is known of an item without its body. */
export interface ItemFacts extends Omit<KeyedItem, 'body'> {
  /** Where the body lies among the bodies. */
  readonly start: number;
  readonly end: number;
}

export interface FactsRow {
  readonly first_seq: number;
  readonly last_seq: number;
  readonly facts: string;
}

export interface SegmentRow extends FactsRow {
  readonly bodies: Buffer;
}

type PackedFacts = readonly [
  kind: ItemKind,
  appid: string,
  receivedAt: number,
  key: string,
  query: string,
  bytes: number,
];

/** `items` have numbers that follow each other. */
export function pack(items: readonly KeyedItem[]): { readonly facts: string; readonly bodies: Buffer } {
  const facts = items.map(({ kind, appid, receivedAt, key, query, body }): PackedFacts => {
    return [kind, appid, receivedAt, key, query, body.length];
  });
  return { facts: JSON.stringify(facts), bodies: Buffer.concat(items.map(({ body }) => body)) };
}

/** The items that were not removed, in order. */
export function factsOf({
  first_seq: firstSeq,
  last_seq: lastSeq,
  facts: text,
}: FactsRow): readonly ItemFacts[] {
  const packed = JSON.parse(text) as readonly PackedFacts[];
  let start = 0;
  return packed
    .map(([kind, appid, receivedAt, key, query, bytes], index) => {
      const seq = lastSeq - packed.length + 1 + index;
      const facts = { seq, kind, appid, receivedAt, key, query, start, end: start + bytes };
      start += bytes;
      return facts;
    })
    .filter(({ seq }) => seq >= firstSeq);
}

/** The items that were not removed, in order. */
export function itemsOf(row: SegmentRow): readonly StoredItem[] {
  return factsOf(row).map(({ seq, kind, appid, receivedAt, query, start, end }) => {
    return { seq, kind, appid, receivedAt, query, body: row.bodies.subarray(start, end) };
  });
}
