import { BASE64_URL, createRandom, hash32, mix32 } from '../random';

/**
 * Openids of one account: 28 characters, `o`, a part all followers of the account share, and a part that is the
 * follower's number under a keyed permutation. So a million followers need no table: an openid is computed from
 * the number and the number is read back from the openid.
 */
export interface OpenidCodec {
  encode(index: number): string;
  /** The follower's number; null when the text is no openid of this account. */
  decode(openid: string): number | null;
}

/** What every openid of WeChat looks like (users-and-tags.md §5). */
export const OPENID_PATTERN = /^o[A-Za-z0-9_-]{27}$/;

const PREFIX_LENGTH = 6;
const NUMBER_LENGTH = 6;
const CHECK_LENGTH = 15;
const ROUNDS = 4;

/** Openids for the account with this number in a world with this seed. */
export function createOpenidCodec(seed: number, accountNumber: number): OpenidCodec {
  const prefix = `o${createRandom('openid', seed, accountNumber).chars(PREFIX_LENGTH, BASE64_URL)}`;
  const key = hash32('openid-key', seed, accountNumber);
  const roundKeys = Array.from({ length: ROUNDS }, (_, round) => mix32(key + round * 0x9e37));

  const permute = (value: number, keys: readonly number[]): number => {
    let left = value >>> 16;
    let right = value & 0xffff;
    for (const roundKey of keys) {
      const next = left ^ (mix32(right ^ roundKey) & 0xffff);
      left = right;
      right = next;
    }
    // The halves are swapped at the end, so that the same network with reversed keys undoes it.
    return ((right << 16) | left) >>> 0;
  };
  const check = (index: number): string => {
    let text = '';
    let word = 0;
    for (let i = 0; i < CHECK_LENGTH; i += 1) {
      if (i % 5 === 0) word = mix32(key ^ mix32(index + i * 0x1000193));
      text += BASE64_URL.charAt((word >>> ((i % 5) * 6)) & 63);
    }
    return text;
  };
  const encode = (index: number): string => {
    const hidden = permute(index, roundKeys);
    let text = '';
    for (let shift = 30; shift >= 0; shift -= 6)
      text += BASE64_URL.charAt(Math.floor(hidden / 2 ** shift) & 63);
    return prefix + text + check(index);
  };
  const decode = (openid: string): number | null => {
    if (!OPENID_PATTERN.test(openid) || !openid.startsWith(prefix)) return null;
    let hidden = 0;
    for (let i = 0; i < NUMBER_LENGTH; i += 1) {
      hidden = hidden * 64 + BASE64_URL.indexOf(openid.charAt(prefix.length + i));
    }
    if (hidden >= 2 ** 32) return null;
    const index = permute(hidden, [...roundKeys].reverse());
    return encode(index) === openid ? index : null;
  };
  return { encode, decode };
}
