/**
 * What the insert menu makes: messages with several fields, as a person writes them. Pictures are local here (`pictureId`);
 * the media id or the address that WeChat wants for them exists only when the message leaves.
 */

export interface MusicCard {
  readonly kind: 'music';
  readonly title: string;
  readonly description: string;
  readonly musicUrl: string;
  /** Played on Wi-Fi; empty: the ordinary one. */
  readonly hqMusicUrl: string;
  /** The thumbnail, which WeChat wants; empty while none is chosen. */
  readonly pictureId: string;
}

/** An external link (图文消息, external): one article. */
export interface NewsCard {
  readonly kind: 'news';
  readonly title: string;
  readonly description: string;
  readonly url: string;
  /** Address of the picture; empty when one is chosen from this computer, or when there is none. */
  readonly picUrl: string;
  /** A picture of this computer; empty: none. */
  readonly pictureId: string;
}

/** An article that the account has published (已发布的文章). */
export interface ArticleCard {
  readonly kind: 'article';
  readonly articleId: string;
  /** What the list said of it; WeChat is told the id alone. */
  readonly title: string;
  readonly digest: string;
  readonly url: string;
}

export interface MiniprogramCard {
  readonly kind: 'miniprogram';
  readonly title: string;
  readonly appId: string;
  readonly pagePath: string;
  readonly pictureId: string;
}

export interface MenuItem {
  /** Comes back as `bizmsgmenuid` when it is tapped: digits. */
  readonly id: string;
  readonly content: string;
}

/** A menu message (菜单消息): options that the customer answers by a tap. */
export interface MenuCard {
  readonly kind: 'menu';
  readonly head: string;
  readonly items: readonly MenuItem[];
  readonly tail: string;
}

export type Card = MusicCard | NewsCard | ArticleCard | MiniprogramCard | MenuCard;
export type CardKind = Card['kind'];

/** In the order of the insert menu. */
export const CARD_KINDS = ['menu', 'article', 'news', 'miniprogram', 'music'] as const satisfies CardKind[];

export function isCardKind(kind: string): kind is CardKind {
  return (CARD_KINDS as readonly string[]).includes(kind);
}

/** First id of a menu message's options; WeChat's own example begins there. */
const FIRST_ITEM_ID = 101;

/** An option without words, with an id that no other option has. */
export function newMenuItem(items: readonly MenuItem[]): MenuItem {
  const highest = items.reduce((most, { id }) => Math.max(most, Number(id)), FIRST_ITEM_ID - 1);
  return { id: String(highest + 1), content: '' };
}

/** A card of a kind with nothing written on it. */
export function emptyCard(kind: CardKind): Card {
  switch (kind) {
    case 'music':
      return { kind, title: '', description: '', musicUrl: '', hqMusicUrl: '', pictureId: '' };
    case 'news':
      return { kind, title: '', description: '', url: '', picUrl: '', pictureId: '' };
    case 'article':
      return { kind, articleId: '', title: '', digest: '', url: '' };
    case 'miniprogram':
      return { kind, title: '', appId: '', pagePath: '', pictureId: '' };
    case 'menu': {
      const first = newMenuItem([]);
      return { kind, head: '', items: [first, newMenuItem([first])], tail: '' };
    }
  }
}

/** The local picture of a card; null when it has none. */
export function pictureOf(card: Card): string | null {
  if (card.kind === 'article' || card.kind === 'menu') return null;
  return card.pictureId === '' ? null : card.pictureId;
}
