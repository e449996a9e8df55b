/**
 * How much fits on a card, in the unit in which WeChat counts. The pages of the customer-service API print hardly any
 * figure, so each one says what it rests on; all of them lie on the safe side of what WeChat has been seen to take.
 */
import { MAX_TEXT_BYTES } from '../media-limits';

/** Characters are code points, as a person counts them; bytes are those of UTF-8. */
export type LimitUnit = 'characters' | 'bytes';

export interface FieldLimit {
  readonly max: number;
  readonly unit: LimitUnit;
}

const characters = (max: number): FieldLimit => ({ max, unit: 'characters' });
const bytes = (max: number): FieldLimit => ({ max, unit: 'bytes' });

export const CARD_LIMITS = {
  /** Titles of articles on the older page (materials-and-publish.md §4); 45003 beyond. */
  title: characters(64),
  /** Digests of articles on the older page; 45004 beyond. */
  description: characters(120),
  /** `content_source_url` of articles (≤ 1 KB); 45005 and 45006 beyond. */
  url: bytes(1024),
  /** As the address of a page. */
  pagePath: bytes(1024),
  /** One option of a menu message; 45099 beyond. The figure is not published. */
  menuItem: bytes(200),
  /** Head, options and tail together, as one text message; 45002 beyond. */
  menuText: bytes(MAX_TEXT_BYTES),
} as const satisfies Record<string, FieldLimit>;

/** Options of one menu message: not published, ten have been seen to work (messages.md §2); 45098 beyond. */
export const MAX_MENU_ITEMS = 10;

/** Size of a mini-program card's picture that WeChat suggests, in pixels. */
export const MINIPROGRAM_PICTURE = { width: 520, height: 416 } as const;
/** A music card shows its picture as a small square, in pixels. */
export const MUSIC_PICTURE = { width: 300, height: 300 } as const;
/** A link card shows its picture as a small square on the right; a large one is sharper on new screens, in pixels. */
export const NEWS_PICTURE = { width: 600, height: 600 } as const;
