import type { Account } from '../state/account';
import type { PushNodes } from '../push/wire';
import type { JsonObject } from '../json';
import { base64, BadAct, nodesOf, number, text, type ActInput } from './input';
import { pictureOf, thumbOf, videoOf, voiceOf } from './media';

/** A message of a follower, ready to be pushed. */
export interface ActMessage {
  readonly msgType: string;
  readonly nodes: PushNodes;
  /** Digits after the MsgId, such as the item of a menu message. */
  readonly plainTail: Readonly<Record<string, string>>;
  /** What the follower's own phone shows. */
  readonly bubble: JsonObject;
}

export interface ActContext {
  readonly account: Account;
  readonly now: number;
  /** `http://host:port` under which the pictures of messages can be fetched. */
  readonly origin: string;
}

type Builder = (input: ActInput, context: ActContext) => Omit<ActMessage, 'msgType'>;

/** Every inbound message type of callbacks.md §5. */
const BUILDERS: Readonly<Record<string, Builder>> = {
  text: (input) => {
    const content = text(input, 'content', '你好');
    if (content === '') throw new BadAct('"content" must not be empty');
    const itemId = text(input, 'menuItemId');
    return {
      nodes: { Content: content },
      plainTail: itemId === '' ? {} : { bizmsgmenuid: digits(itemId, 'menuItemId') },
      bubble: { content },
    };
  },
  image: (input, { account, now, origin }) => {
    const media = pictureOf(account, now, base64(input, 'base64'));
    const picUrl = `${origin}/mmbiz/image/${media.id}/0`;
    return { nodes: { PicUrl: picUrl, MediaId: media.id }, plainTail: {}, bubble: { mediaId: media.id } };
  },
  voice: (input, { account, now }) => {
    const seconds = number(input, 'seconds', account.random.between(2, 8));
    const media = voiceOf(account, now, seconds);
    const wide = voiceOf(account, now, seconds);
    return {
      nodes: {
        MediaId: media.id,
        Format: text(input, 'format', 'amr'),
        Recognition: text(input, 'recognition'),
        MediaId16K: wide.id,
      },
      plainTail: {},
      bubble: { mediaId: media.id, seconds },
    };
  },
  video: videoMessage,
  shortvideo: videoMessage,
  location: (input) => {
    const latitude = number(input, 'latitude', 23.134521);
    const longitude = number(input, 'longitude', 113.358803);
    const label = text(input, 'label', '广州市天河区');
    return {
      nodes: {
        Location_X: latitude,
        Location_Y: longitude,
        Scale: number(input, 'scale', 20),
        Label: label,
      },
      plainTail: {},
      bubble: { latitude, longitude, label },
    };
  },
  link: (input) => {
    const title = text(input, 'title', '标题');
    const description = text(input, 'description', '描述');
    const url = text(input, 'url', 'https://mp.weixin.qq.com/s/x');
    return {
      nodes: { Title: title, Description: description, Url: url },
      plainTail: {},
      bubble: { title, description, url },
    };
  },
  miniprogrampage: (input, { account, now, origin }) => {
    const thumb = thumbOf(account, now);
    const title = text(input, 'title', '卡片');
    const appid = text(input, 'appid', account.miniProgramAppIds[0] ?? '');
    const pagePath = text(input, 'pagePath', 'pages/index?a=1');
    return {
      nodes: {
        Title: title,
        AppId: appid,
        PagePath: pagePath,
        ThumbUrl: `${origin}/mmbiz/image/${thumb.id}/0`,
        ThumbMediaId: thumb.id,
      },
      plainTail: {},
      bubble: { title, appid, pagePath },
    };
  },
  // Files reach the account as a type its API does not know.
  file: (input) => {
    const name = text(input, 'name', '订单.pdf');
    return { nodes: { Title: name, Description: '' }, plainTail: {}, bubble: { name } };
  },
};

/**
 * The message an act describes; null when the act is no message. `{type:'message', msgType, nodes}` makes one of any
 * type, `fromArticle: {msgDataId, idx}` marks it as written from inside an article.
 */
export function buildMessage(input: ActInput, context: ActContext): ActMessage | null {
  const free = input.type === 'message';
  const msgType = free ? text(input, 'msgType') : input.type;
  if (free && msgType === '') throw new BadAct('"msgType" is needed');
  const builder = Object.hasOwn(BUILDERS, msgType) ? BUILDERS[msgType] : undefined;
  if (!free && builder === undefined) return null;
  const extra = nodesOf(input, 'nodes');
  const built = builder?.(input, context) ?? { nodes: {}, plainTail: {}, bubble: {} };
  return { msgType, ...built, nodes: { ...built.nodes, ...extra, ...articleNodes(input) } };
}

function articleNodes(input: ActInput): PushNodes {
  const from = input['fromArticle'];
  if (typeof from !== 'object' || from === null) return {};
  const article = from as JsonObject;
  return { MsgDataId: text(article, 'msgDataId', '2650000000_1'), Idx: number(article, 'idx', 1) };
}

function videoMessage(input: ActInput, { account, now }: ActContext): Omit<ActMessage, 'msgType'> {
  const video = videoOf(account, now, number(input, 'seconds', 3));
  const thumb = thumbOf(account, now);
  return {
    nodes: { MediaId: video.id, ThumbMediaId: thumb.id },
    plainTail: {},
    bubble: { mediaId: video.id, thumbMediaId: thumb.id },
  };
}

function digits(value: string, name: string): string {
  if (!/^\d{1,18}$/.test(value)) throw new BadAct(`"${name}" must be digits`);
  return value;
}
