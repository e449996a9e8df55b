import { hash, timingSafeEqual } from 'node:crypto';

/**
 * WeChat's signature: lower-case hex SHA-1 of the parts, sorted by plain byte order and joined without a separator.
 * URL verification and plaintext pushes sign `[Token, timestamp, nonce]`; an encrypted push signs the base64 text too.
 */
export function sign(...parts: readonly string[]): string {
  // JavaScript compares UTF-16 units, which is the order of the UTF-8 bytes where there are no surrogates, as in ASCII.
  const joined = parts.toSorted().join('');
  if (Buffer.byteLength(joined) === joined.length) return hash('sha1', joined, 'hex');
  const sorted = parts.map((part) => Buffer.from(part)).sort((a, b) => Buffer.compare(a, b));
  return hash('sha1', Buffer.concat(sorted), 'hex');
}

/**
 * Whether `given` is the signature of `parts`. Takes the same time wherever the first wrong character is.
 * `given` comes from the network: anything that is not 40 characters of text is simply not a signature.
 */
export function verifySignature(given: unknown, ...parts: readonly string[]): boolean {
  if (typeof given !== 'string') return false;
  const expected = Buffer.from(sign(...parts));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
