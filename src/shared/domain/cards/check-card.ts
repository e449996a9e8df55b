/** Whether WeChat would take a card, field by field: asked by the editor while typing, and by main before it sends. */
import { utf8Length } from '../media-limits';
import type { Card, MenuCard } from './card';
import { CARD_LIMITS, MAX_MENU_ITEMS, type FieldLimit } from './card-limits';

export type CardFieldName =
  | 'title'
  | 'description'
  | 'url'
  | 'picUrl'
  | 'musicUrl'
  | 'hqMusicUrl'
  | 'picture'
  | 'article'
  | 'appId'
  | 'pagePath'
  | 'head'
  | 'items'
  | 'whole'
  | `item:${string}`;

export type CardProblemKind =
  'missing' | 'too-long' | 'not-a-link' | 'not-an-app-id' | 'leading-slash' | 'too-many' | 'duplicate';

export interface CardProblem {
  readonly field: CardFieldName;
  readonly problem: CardProblemKind;
  /** Of `too-long` and `too-many`: what is allowed, and what there is. */
  readonly limit?: FieldLimit;
  readonly length?: number;
}

/** Length of a text in the unit of its limit. */
export function lengthIn(text: string, limit: FieldLimit): number {
  return limit.unit === 'bytes' ? utf8Length(text) : [...text].length;
}

/** Bytes of everything that a menu message says. */
export function menuBytes(card: MenuCard): number {
  return [card.head, card.tail, ...card.items.map(({ content }) => content)].reduce(
    (sum, text) => sum + utf8Length(text),
    0,
  );
}

/** Everything that is wrong, in the order of the fields; empty when the card can be sent. */
export function checkCard(card: Card): readonly CardProblem[] {
  switch (card.kind) {
    case 'music':
      return [
        ...text('title', card.title, CARD_LIMITS.title, 'needed'),
        ...text('description', card.description, CARD_LIMITS.description),
        ...link('musicUrl', card.musicUrl, 'needed'),
        ...link('hqMusicUrl', card.hqMusicUrl),
        ...picture(card.pictureId),
      ];
    case 'news':
      return [
        ...text('title', card.title, CARD_LIMITS.title, 'needed'),
        ...text('description', card.description, CARD_LIMITS.description),
        ...link('url', card.url, 'needed'),
        ...(card.pictureId === '' ? link('picUrl', card.picUrl) : []),
      ];
    case 'article':
      return card.articleId === '' ? [{ field: 'article', problem: 'missing' }] : [];
    case 'miniprogram':
      return [
        ...text('title', card.title, CARD_LIMITS.title, 'needed'),
        ...appId(card.appId),
        ...pagePath(card.pagePath),
        ...picture(card.pictureId),
      ];
    case 'menu':
      return menu(card);
  }
}

function text(
  field: CardFieldName,
  value: string,
  limit: FieldLimit,
  needed?: 'needed',
): readonly CardProblem[] {
  if (value.trim() === '') return needed ? [{ field, problem: 'missing' }] : [];
  const length = lengthIn(value, limit);
  return length > limit.max ? [{ field, problem: 'too-long', limit, length }] : [];
}

function link(field: CardFieldName, value: string, needed?: 'needed'): readonly CardProblem[] {
  const wrong = text(field, value, CARD_LIMITS.url, needed);
  if (wrong.length > 0 || value.trim() === '') return wrong;
  return isWebLink(value) ? [] : [{ field, problem: 'not-a-link' }];
}

/** Whether this is a whole http or https address with a host, without spaces. */
export function isWebLink(value: string): boolean {
  // Not by the URL class: it takes `https:x` and repairs spaces, which WeChat does not.
  return /^https?:\/\/[^\s/?#@:]+(?::\d{1,5})?(?:[/?#]\S*)?$/i.test(value.trim());
}

function picture(id: string): readonly CardProblem[] {
  return id === '' ? [{ field: 'picture', problem: 'missing' }] : [];
}

function appId(value: string): readonly CardProblem[] {
  if (value.trim() === '') return [{ field: 'appId', problem: 'missing' }];
  return /^wx[0-9a-f]{16}$/.test(value.trim()) ? [] : [{ field: 'appId', problem: 'not-an-app-id' }];
}

/** Paths stand as in app.json: `pages/index/index?id=1`, without a slash before. */
function pagePath(value: string): readonly CardProblem[] {
  const wrong = text('pagePath', value, CARD_LIMITS.pagePath, 'needed');
  if (wrong.length > 0) return wrong;
  return value.trim().startsWith('/') ? [{ field: 'pagePath', problem: 'leading-slash' }] : [];
}

function menu(card: MenuCard): readonly CardProblem[] {
  const problems: CardProblem[] = [];
  if (card.head.trim() === '') problems.push({ field: 'head', problem: 'missing' });
  if (card.items.length === 0) problems.push({ field: 'items', problem: 'missing' });
  if (card.items.length > MAX_MENU_ITEMS) {
    const limit: FieldLimit = { max: MAX_MENU_ITEMS, unit: 'characters' };
    problems.push({ field: 'items', problem: 'too-many', limit, length: card.items.length });
  }
  const seen = new Set<string>();
  for (const { id, content } of card.items) {
    const field: CardFieldName = `item:${id}`;
    const wrong = text(field, content, CARD_LIMITS.menuItem, 'needed');
    problems.push(...wrong);
    // The customer would see the same words twice, and nobody could tell which was meant.
    const words = content.trim();
    if (wrong.length === 0 && seen.has(words)) problems.push({ field, problem: 'duplicate' });
    seen.add(words);
  }
  const length = menuBytes(card);
  const limit = CARD_LIMITS.menuText;
  if (length > limit.max) problems.push({ field: 'whole', problem: 'too-long', limit, length });
  return problems;
}

/** The card without white space at the ends of its fields, as it is sent. */
export function trimmedCard<T extends Card>(card: T): T {
  const trimmed = Object.entries(card).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? value.trim() : value,
  ]);
  // Safe: every field keeps its name and its type.
  return Object.fromEntries(trimmed) as T;
}
