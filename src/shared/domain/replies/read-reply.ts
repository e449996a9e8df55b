/** A passive reply (被动回复) as the account's chat shows it; the inverse of writing one. */
import { AppError } from '../../app-error';
import type { UnixSeconds } from '../clock';
import type { NodeReader, XmlNode } from '../inbound/xml-node';
import { readNode } from '../inbound/xml-node';
import type { ReplyArticle, ShownContent } from '../message';

export interface PassiveReply {
  /** The follower who was answered. */
  readonly openid: string;
  /** The account's original id, `gh_…`. */
  readonly originalId: string;
  readonly createTime: UnixSeconds;
  readonly content: ShownContent;
}

/**
 * Reads the content of `<xml>`. A type that is not known is kept raw, so that nothing a customer was told is lost.
 * @throws AppError `message/malformed` when ToUserName, FromUserName, CreateTime or MsgType is missing
 */
export function readReply(root: XmlNode, raw: string): PassiveReply {
  const node = readNode(root);
  const createTime = Number(required(node, 'CreateTime'));
  if (!Number.isSafeInteger(createTime) || createTime < 0) throw malformed('CreateTime');
  const msgType = required(node, 'MsgType');
  return {
    // Sender and receiver have changed places.
    openid: required(node, 'ToUserName'),
    originalId: required(node, 'FromUserName'),
    createTime,
    content: contentOf(msgType.toLowerCase(), node) ?? { kind: 'unsupported', msgType, raw },
  };
}

function contentOf(msgType: string, node: NodeReader): ShownContent | null {
  switch (msgType) {
    case 'text':
      return { kind: 'text', text: node.text('Content') };
    case 'image':
      return { kind: 'image', mediaId: node.child('Image').text('MediaId') };
    case 'voice':
      return { kind: 'voice', mediaId: node.child('Voice').text('MediaId') };
    case 'video': {
      const video = node.child('Video');
      return {
        kind: 'video-reply',
        mediaId: video.text('MediaId'),
        title: video.text('Title'),
        description: video.text('Description'),
      };
    }
    case 'music': {
      const music = node.child('Music');
      return {
        kind: 'music',
        title: music.text('Title'),
        description: music.text('Description'),
        musicUrl: music.text('MusicUrl'),
        hqMusicUrl: music.text('HQMusicUrl'),
        thumbMediaId: music.text('ThumbMediaId'),
      };
    }
    case 'news':
      return news(node.child('Articles').children('item').map(articleOf));
    case 'transfer_customer_service':
      return { kind: 'transfer', kfAccount: node.child('TransInfo').optional('KfAccount') };
    default:
      return null;
  }
}

function articleOf(item: NodeReader): ReplyArticle {
  return {
    title: item.text('Title'),
    description: item.text('Description'),
    url: item.text('Url'),
    picUrl: item.text('PicUrl'),
  };
}

function news(articles: readonly ReplyArticle[]): ShownContent | null {
  const [first] = articles;
  if (first === undefined) return null;
  return articles.length === 1 ? { kind: 'news', ...first } : { kind: 'articles', articles };
}

function required(node: NodeReader, tag: string): string {
  const text = node.optional(tag);
  if (text === null) throw malformed(tag);
  return text;
}

function malformed(tag: string): AppError {
  return new AppError({ code: 'message/malformed', params: { node: tag } });
}
