import { decryptEnvelope } from '#wechat/callback/envelope';
import { verifySignature } from '#wechat/callback/signature';
import { parseXml, xmlText, type XmlNode } from '#wechat/callback/xml';
import { AppError } from '#shared/app-error';
import type { JsonObject } from '../json';
import type { Account } from '../state/account';
import type { MediaKind } from '../state/media';
import { envelopeAppid, type CallbackTarget } from './target';
import type { Push } from './wire';

export type ReadReply =
  /** `success` or nothing: no answer is wanted. */
  | { readonly kind: 'none'; readonly text: string }
  /** `bubble` null: handed to somebody else, or too long; nothing shows on the phone. */
  | {
      readonly kind: 'reply';
      readonly text: string;
      readonly type: string;
      readonly bubble: JsonObject | null;
    }
  | { readonly kind: 'malformed'; readonly text: string; readonly reason: string };

/** Bytes of a text; a longer one is dropped. */
const TEXT_BYTES = 2048;
/** Messages that may be answered with one article only; other triggers with eight (callbacks.md §7). */
const ONE_ARTICLE_TRIGGERS = ['text', 'image', 'voice', 'video', 'news', 'location'];
const MAX_ARTICLES = 8;

/** Why a reply cannot be taken; shown to the developer, not on the phone. */
class Malformed extends Error {}

/** Reads what an account's server answered to a push, in the server's mode. */
export function readReply(
  account: Account,
  server: CallbackTarget,
  push: Push,
  answer: string,
  now: number,
): ReadReply {
  const trimmed = answer.trim();
  if (trimmed === '' || trimmed === 'success') return { kind: 'none', text: trimmed };
  let text = answer;
  try {
    text = open(account, server, answer);
    const node = parse(text);
    if (required(node, 'ToUserName') !== push.openid) throw new Malformed('ToUserName is not the follower');
    if (required(node, 'FromUserName') !== account.originalId) {
      throw new Malformed('FromUserName is not the account');
    }
    if (!/^\d+$/.test(required(node, 'CreateTime'))) throw new Malformed('CreateTime is not a number');
    const type = required(node, 'MsgType');
    return { kind: 'reply', text, type, bubble: bubbleOf(account, push, type, node, now) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', text, reason: error.message };
    throw error;
  }
}

function parse(text: string): XmlNode {
  try {
    return parseXml(text);
  } catch (error) {
    if (error instanceof AppError) throw new Malformed(`not a reply: ${error.code}`);
    throw error;
  }
}

/** The plain reply: in safe mode it must come encrypted and signed, in compatible mode it may. */
function open(account: Account, server: CallbackTarget, answer: string): string {
  const node = parse(answer);
  const encrypt = xmlText(node, 'Encrypt');
  if (server.mode === 'plain' || (server.mode === 'compatible' && encrypt === null)) return answer;
  if (encrypt === null) throw new Malformed('the reply is not encrypted');
  const timestamp = required(node, 'TimeStamp');
  const nonce = required(node, 'Nonce');
  if (!verifySignature(required(node, 'MsgSignature'), server.token, timestamp, nonce, encrypt)) {
    throw new Malformed('the signature is wrong');
  }
  try {
    return decryptEnvelope({
      encodingAESKey: server.encodingAESKey,
      appid: envelopeAppid(account, server),
      encrypt,
    });
  } catch (error) {
    if (error instanceof AppError) throw new Malformed(`the envelope cannot be opened: ${error.code}`);
    throw error;
  }
}

function bubbleOf(account: Account, push: Push, type: string, node: XmlNode, now: number): JsonObject | null {
  switch (type) {
    case 'text': {
      const content = required(node, 'Content');
      return Buffer.byteLength(content) > TEXT_BYTES ? null : { content };
    }
    case 'image':
      return { mediaId: mediaOf(account, child(node, 'Image'), 'MediaId', ['image'], now) };
    case 'voice':
      return { mediaId: mediaOf(account, child(node, 'Voice'), 'MediaId', ['voice'], now) };
    case 'video': {
      const video = child(node, 'Video');
      return {
        mediaId: mediaOf(account, video, 'MediaId', ['video'], now),
        title: xmlText(video, 'Title') ?? '',
        description: xmlText(video, 'Description') ?? '',
      };
    }
    case 'music': {
      const music = child(node, 'Music');
      return {
        title: xmlText(music, 'Title') ?? '',
        description: xmlText(music, 'Description') ?? '',
        musicUrl: xmlText(music, 'MusicUrl') ?? '',
        hqMusicUrl: xmlText(music, 'HQMusicUrl') ?? '',
        thumbMediaId: mediaOf(account, music, 'ThumbMediaId', ['thumb', 'image'], now),
      };
    }
    case 'news':
      return { articles: articlesOf(push, node) };
    case 'transfer_customer_service':
    case 'transfer_biz_ai_ivr':
      return null;
    default:
      throw new Malformed(`unknown MsgType ${type}`);
  }
}

function articlesOf(push: Push, node: XmlNode): readonly JsonObject[] {
  const items = itemsOf(child(node, 'Articles'));
  if (Number(required(node, 'ArticleCount')) !== items.length || items.length === 0) {
    throw new Malformed('ArticleCount does not fit the articles');
  }
  if (items.length > MAX_ARTICLES) throw new Malformed('more than eight articles');
  const articles = items.map((item) => ({
    title: required(item, 'Title'),
    description: xmlText(item, 'Description') ?? '',
    picUrl: xmlText(item, 'PicUrl') ?? '',
    url: required(item, 'Url'),
  }));
  return ONE_ARTICLE_TRIGGERS.includes(push.msgType) ? articles.slice(0, 1) : articles;
}

function itemsOf(articles: XmlNode): readonly XmlNode[] {
  if (typeof articles === 'string') return [];
  const item = articles['item'];
  if (item === undefined) return [];
  return Array.isArray(item) ? (item as readonly XmlNode[]) : [item as XmlNode];
}

function mediaOf(
  account: Account,
  node: XmlNode,
  tag: string,
  kinds: readonly MediaKind[],
  now: number,
): string {
  const id = required(node, tag);
  const media = account.media.get(id, now);
  if (media === null || !kinds.includes(media.kind))
    throw new Malformed(`${tag} is no media of this account`);
  return id;
}

function child(node: XmlNode, tag: string): XmlNode {
  const value = typeof node === 'string' ? undefined : node[tag];
  if (value === undefined || Array.isArray(value)) throw new Malformed(`${tag} is missing`);
  return value as XmlNode;
}

function required(node: XmlNode, tag: string): string {
  return xmlText(node, tag) || missing(tag);
}

function missing(tag: string): never {
  throw new Malformed(`${tag} is missing`);
}
