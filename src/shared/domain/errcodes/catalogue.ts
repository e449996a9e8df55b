/** Every errcode that WeChat documents for official accounts, explained. */
import type { ErrcodeCard } from './card';
import { MESSAGING_CARDS } from './messaging-cards';
import { parseErrmsg } from './parse-errmsg';

const SECTIONS: readonly (readonly ErrcodeCard[])[] = [MESSAGING_CARDS];

const byCode = new Map<number, ErrcodeCard>();
for (const section of SECTIONS) {
  for (const card of section) byCode.set(card.errcode, card);
}

/** The codes that have a card, ascending. */
export function knownErrcodes(): readonly number[] {
  return [...byCode.keys()].sort((a, b) => a - b);
}

/** All cards as written, for a check that no code is explained twice. */
export function allCards(): readonly ErrcodeCard[] {
  return SECTIONS.flat();
}

/** The card of a code; null when WeChat has not documented it. */
export function errcodeCard(errcode: number): ErrcodeCard | null {
  return byCode.get(errcode) ?? null;
}

/**
 * The code whose text this is, for logs and customers who quote only the words. A reply of WeChat is always judged by
 * its number instead. null when no card, or more than one, has that text.
 */
export function errcodeOfText(errmsg: string): number | null {
  const text = parseErrmsg(errmsg).text.toLowerCase();
  const found = [...byCode.values()].filter((card) => card.errmsg.toLowerCase() === text);
  return found.length === 1 ? (found[0]?.errcode ?? null) : null;
}
