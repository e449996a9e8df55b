/** Every errcode that WeChat documents for official accounts, explained. */
import { ACCESS } from './access';
import { ACCESS_CARDS } from './access-cards';
import { ARTICLES } from './articles';
import type { ErrcodeCard } from './card';
import { COUPONS_AND_STATISTICS } from './coupons-and-statistics';
import { MEDIA } from './media';
import { MENU } from './menu';
import { MESSAGING } from './messaging';
import { MESSAGING_CARDS } from './messaging-cards';
import { NOTICES } from './notices';
import { PARAMETERS } from './parameters';
import { parseErrmsg } from './parse-errmsg';
import { PLATFORM } from './platform';
import { PLATFORM_CARDS } from './platform-cards';
import { TAGS } from './tags';
import { WORKERS } from './workers';

const CARDS: readonly ErrcodeCard[] = [
  ...MESSAGING_CARDS,
  ...ACCESS_CARDS,
  ...PLATFORM_CARDS,
  ...ACCESS,
  ...PARAMETERS,
  ...MEDIA,
  ...ARTICLES,
  ...MESSAGING,
  ...NOTICES,
  ...WORKERS,
  ...TAGS,
  ...MENU,
  ...COUPONS_AND_STATISTICS,
  ...PLATFORM,
];

const byCode = new Map(CARDS.map((card) => [card.errcode, card]));

/** Every card as written. */
export function allCards(): readonly ErrcodeCard[] {
  return CARDS;
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
  const found = CARDS.filter((card) => card.errmsg.toLowerCase() === text);
  return found.length === 1 ? (found[0]?.errcode ?? null) : null;
}
