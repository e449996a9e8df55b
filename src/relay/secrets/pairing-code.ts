import { createHash, randomInt } from 'node:crypto';

/** Seconds a code can be used. */
export const PAIRING_CODE_LIFETIME = 15 * 60;

/** Digits and capitals without the pairs that people mistake for each other (0 O, 1 I L, 8 B, 5 S, 2 Z, U V). */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** A new code such as `H4KD-9MQX-C7RT`: 54 random bits, which nobody can try within its lifetime. */
export function newPairingCode(): string {
  const groups = Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join(''),
  );
  return groups.join('-');
}

/** What is stored of a code. Case, blanks and hyphens do not matter: the code is typed by hand. */
export function hashPairingCode(code: string): string {
  const bare = code.toUpperCase().replace(/[\s-]/g, '');
  return createHash('sha256').update('pairing-code:').update(bare).digest('hex');
}
