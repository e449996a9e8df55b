/**
 * The sandbox's own random numbers: the same parts give the same numbers on every machine, so that a seed
 * reproduces a whole world. Not for secrets of real accounts.
 */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  /** One element; the list must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** `length` characters out of `alphabet`. */
  chars(length: number, alphabet: string): string;
  hex(length: number): string;
  bytes(length: number): Buffer;
}

export const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Mixes a 32-bit number so that neighbouring inputs give unrelated outputs. */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit hash of the parts, in order. */
export function hash32(...parts: readonly (string | number)[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    const text = `${typeof part}:${part};`;
    for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h = mix32(h);
  }
  return h >>> 0;
}

/** A stream of random numbers named by `parts`; streams with different names are independent. */
export function createRandom(...parts: readonly (string | number)[]): Random {
  let a = hash32('a', ...parts);
  let b = hash32('b', ...parts);
  let c = hash32('c', ...parts);
  let counter = 1;
  const next32 = (): number => {
    // sfc32: small, fast and passes the usual statistical suites.
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i += 1) next32();
  const next = (): number => next32() / 4_294_967_296;
  const between = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const chars = (length: number, alphabet: string): string => {
    let text = '';
    for (let i = 0; i < length; i += 1) text += alphabet.charAt(Math.floor(next() * alphabet.length));
    return text;
  };
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('cannot pick from an empty list');
      return list[Math.floor(next() * list.length)] as T;
    },
    chars,
    hex: (length) => chars(length, '0123456789abcdef'),
    bytes: (length) => {
      const buffer = Buffer.alloc(length);
      for (let i = 0; i < length; i += 1) buffer[i] = next32() & 0xff;
      return buffer;
    },
  };
}
