import { isJsonObject, type JsonObject } from '../json';
import type { Account } from '../state/account';
import type { MediaKind } from '../state/media';
import { fail } from './errors';
import { textOf } from './route';

/** A customer-service message that is well formed; what it refers to is looked at later. */
export interface CustomMessage {
  readonly type: string;
  /** What the phone shows. */
  readonly bubble: JsonObject;
  /** Raises what depends on the account's own things and on lengths: media, articles, cards, programs. */
  readonly checkContent: (account: Account, now: number) => void;
}

/** Characters of titles and descriptions, bytes of addresses: the figures of the older article pages. */
const TITLE_CHARACTERS = 64;
const DESCRIPTION_CHARACTERS = 120;
const URL_BYTES = 1024;
/** Bytes of a text (the page gives none; long-lived clients split here), and of an item of a menu message. */
const TEXT_BYTES = 2048;
const MENU_ITEMS = 10;
const MENU_ITEM_BYTES = 200;

type Reader = (content: JsonObject) => Omit<CustomMessage, 'type'>;

/** Every msgtype of messages.md §2; the object of a type carries the type's name. */
const READERS: Readonly<Record<string, Reader>> = {
  text: (content) => {
    const text = content['content'];
    if (typeof text !== 'string') fail(45162);
    if (text === '') fail(44004);
    return {
      bubble: { content: text },
      checkContent: () => {
        if (Buffer.byteLength(text) > TEXT_BYTES) fail(45002);
      },
    };
  },
  image: (content) => mediaMessage(content, 'image'),
  voice: (content) => mediaMessage(content, 'voice'),
  video: (content) => {
    const mediaId = mediaIdOf(content, 'media_id');
    const thumb = textOf(content, 'thumb_media_id');
    return {
      bubble: {
        mediaId,
        thumbMediaId: thumb,
        title: textOf(content, 'title'),
        description: textOf(content, 'description'),
      },
      checkContent: (account, now) => {
        requireMedia(account, mediaId, ['video'], now);
        if (thumb !== '') requireMedia(account, thumb, ['thumb', 'image'], now);
      },
    };
  },
  music: (content) => {
    const thumb = mediaIdOf(content, 'thumb_media_id');
    return {
      bubble: {
        title: textOf(content, 'title'),
        description: textOf(content, 'description'),
        musicUrl: textOf(content, 'musicurl'),
        hqMusicUrl: textOf(content, 'hqmusicurl'),
        thumbMediaId: thumb,
      },
      checkContent: (account, now) => {
        requireMedia(account, thumb, ['thumb', 'image'], now);
        requireSizes(content, ['musicurl', 'hqmusicurl']);
      },
    };
  },
  news: (content) => {
    const articles = content['articles'];
    if (!Array.isArray(articles) || !articles.every(isJsonObject)) fail(45162);
    const [article] = articles;
    if (article === undefined) fail(44003);
    return {
      bubble: {
        title: textOf(article, 'title'),
        description: textOf(article, 'description'),
        url: textOf(article, 'url'),
        picUrl: textOf(article, 'picurl'),
      },
      checkContent: () => {
        if (articles.length > 1) fail(45008);
        requireSizes(article, ['url', 'picurl']);
      },
    };
  },
  // Articles by media_id went with the draft box; no such media can exist.
  mpnews: (content) => {
    const mediaId = mediaIdOf(content, 'media_id');
    return { bubble: { mediaId }, checkContent: () => fail(40007) };
  },
  mpnewsarticle: (content) => {
    const articleId = textOf(content, 'article_id');
    return {
      bubble: { articleId },
      checkContent: (account) => {
        if (!account.articleIds.includes(articleId)) fail(53600);
      },
    };
  },
  msgmenu: (content) => {
    const list = content['list'];
    if (!Array.isArray(list) || list.length === 0 || !list.every(isJsonObject)) fail(45162);
    const items = list.map((item) => ({ id: textOf(item, 'id'), content: textOf(item, 'content') }));
    if (items.some((item) => item.id === '' || item.content === '')) fail(45162);
    return {
      bubble: {
        head: textOf(content, 'head_content'),
        items,
        tail: textOf(content, 'tail_content'),
      },
      checkContent: () => {
        if (items.length > MENU_ITEMS) fail(45098);
        if (items.some((item) => Buffer.byteLength(item.content) > MENU_ITEM_BYTES)) fail(45099);
        const words = [textOf(content, 'head_content'), textOf(content, 'tail_content')];
        const all = [...words, ...items.map((item) => item.content)].join('');
        if (Buffer.byteLength(all) > TEXT_BYTES) fail(45002);
      },
    };
  },
  wxcard: (content) => {
    const cardId = textOf(content, 'card_id');
    return {
      bubble: { cardId },
      checkContent: (account) => {
        if (!account.cardIds.includes(cardId)) fail(40073);
      },
    };
  },
  miniprogrampage: (content) => {
    const appid = textOf(content, 'appid');
    const pagePath = textOf(content, 'pagepath');
    const thumb = mediaIdOf(content, 'thumb_media_id');
    return {
      bubble: { title: textOf(content, 'title'), appid, pagePath, thumbMediaId: thumb },
      checkContent: (account, now) => {
        requireMedia(account, thumb, ['thumb', 'image'], now);
        if (!account.miniProgramAppIds.includes(appid)) fail(40166);
        if (pagePath === '' || pagePath.startsWith('/')) fail(40165);
        requireSizes(content, ['pagepath']);
      },
    };
  },
};

/** Types an overseas account cannot send by API. */
const MAINLAND_ONLY = ['voice', 'video', 'music'];

/** Raises 40008 for an unknown type, 45162 for a missing or wrong object, 41006, 44003, 44004, and 48008 by region. */
export function readMessage(body: JsonObject, account: Account): CustomMessage {
  const type = textOf(body, 'msgtype');
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (reader === undefined) fail(40008);
  const content = body[type];
  if (!isJsonObject(content)) fail(45162);
  const message = { type, ...reader(content) };
  if (account.region === 'overseas' && MAINLAND_ONLY.includes(type)) fail(48008);
  return message;
}

function mediaMessage(content: JsonObject, kind: MediaKind): Omit<CustomMessage, 'type'> {
  const mediaId = mediaIdOf(content, 'media_id');
  return {
    bubble: { mediaId },
    checkContent: (account, now) => requireMedia(account, mediaId, [kind], now),
  };
}

/** Raises 45002: the API names no field. */
function requireSizes(content: JsonObject, addresses: readonly string[]): void {
  const characters = (key: string): number => [...textOf(content, key)].length;
  if (characters('title') > TITLE_CHARACTERS || characters('description') > DESCRIPTION_CHARACTERS)
    fail(45002);
  if (addresses.some((key) => Buffer.byteLength(textOf(content, key)) > URL_BYTES)) fail(45002);
}

function mediaIdOf(content: JsonObject, key: string): string {
  return textOf(content, key) || fail(41006);
}

function requireMedia(account: Account, id: string, kinds: readonly MediaKind[], now: number): void {
  const media = account.media.get(id, now);
  if (media === null || !kinds.includes(media.kind)) fail(40007);
}
