/**
 * A face and a name for followers. Since 2021-12-27 WeChat gives neither nickname nor avatar, so both are derived from
 * the openid: stable, different from neighbour to neighbour, and never the bare openid or a blank (I12).
 */
import type { Locale, Localized } from '../localized';
import { pick } from '../localized';

/** No 0/O, 1/I/L, and no vowels that could spell a word. */
const CODE_ALPHABET = '23456789BCDFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 4;

const FOLLOWER: Localized = { zh: '粉丝', en: 'Follower' };

/** Says once why there are no nicknames (S3.15). */
export const NO_NICKNAME_NOTE: Localized = {
  zh: '自 2021 年 12 月 27 日起，微信不再向公众号提供粉丝的昵称和头像。您可以给每位粉丝起一个自己认得的名字。',
  en: 'Since 27 December 2021 WeChat no longer gives accounts the nickname and picture of a follower. You can give each one a name of your own.',
};

export interface NamedFollower {
  readonly openid: string;
  /** The shop's own name for this person. */
  readonly alias: string | null;
  /** WeChat's remark (备注名). */
  readonly remark: string;
}

/** A name such as 粉丝 K7M2 / Follower K7M2: the same for the same openid, for ever. */
export function placeholderName(openid: string, locale: Locale): string {
  return `${pick(FOLLOWER, locale)} ${codeOf(openid)}`;
}

/** The shop's alias, else WeChat's remark, else the placeholder. */
export function displayName(follower: NamedFollower, locale: Locale): string {
  for (const name of [follower.alias, follower.remark]) {
    const visible = visibleText(name ?? '');
    if (visible !== '' && visible !== follower.openid) return visible;
  }
  return placeholderName(follower.openid, locale);
}

/** A drawing for a follower without a picture. */
export interface Identicon {
  /** 0 to 11, an index into a palette. */
  readonly hue: number;
  /** Five rows of five cells, symmetric left to right; row by row. */
  readonly cells: readonly boolean[];
}

export const IDENTICON_HUES = 12;
const SIDE = 5;
const HALF = 3;

export function identicon(openid: string): Identicon {
  const hue = hash(openid, 2) % IDENTICON_HUES;
  // Patterns that are nearly empty or nearly full look alike: take the next one.
  for (let seed = 3; ; seed++) {
    const bits = hash(openid, seed);
    const cells = Array.from({ length: SIDE * SIDE }, (_, index) => {
      const column = index % SIDE;
      const mirrored = column < HALF ? column : SIDE - 1 - column;
      return ((bits >>> (Math.floor(index / SIDE) * HALF + mirrored)) & 1) === 1;
    });
    const filled = cells.filter(Boolean).length;
    if (filled >= 8 && filled <= 18) return { hue, cells };
  }
}

function codeOf(openid: string): string {
  let rest = hash(openid, 1);
  let code = '';
  for (let i = 0; i < CODE_LENGTH; i++) {
    code += CODE_ALPHABET[rest % CODE_ALPHABET.length] ?? '';
    rest = Math.floor(rest / CODE_ALPHABET.length);
  }
  return code;
}

/** Characters that draw nothing, or turn the direction of text around, do not make a name. */
function visibleText(text: string): string {
  const cleaned = text
    .replace(/[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '')
    .trim();
  return /[^\s\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u.test(cleaned) ? cleaned : '';
}

/** FNV-1a over UTF-16 units with a final mix: 32 unsigned bits, spread evenly. Not for secrets. */
function hash(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  value ^= value >>> 16;
  return value >>> 0;
}
