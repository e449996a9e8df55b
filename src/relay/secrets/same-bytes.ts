import { timingSafeEqual } from 'node:crypto';

/** Equality that takes the same time wherever the first difference is. */
export function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
