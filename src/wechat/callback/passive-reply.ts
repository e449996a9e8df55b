import type { ReplyContent } from '#shared/relay/reply-rules';
import { buildXml, type XmlInput } from './xml';

export interface PassiveReplyAddress {
  /** The follower's openid. */
  readonly to: string;
  /** The account's original id, `gh_…`. */
  readonly from: string;
  /** Unix seconds. */
  readonly createTime: number;
}

type Nodes = Readonly<Record<string, XmlInput | readonly XmlInput[]>>;

/**
 * The XML of a passive reply (被动回复), to be sealed when the push came sealed; null when nothing is to be answered (the
 * body is then `success`). How many articles may answer a push is for `fitReply` to say. Characters that XML cannot carry
 * are left out; a text of nothing else counts as no answer, because WeChat tells the customer of an empty one that the
 * service is broken.
 */
export function buildPassiveReply(reply: ReplyContent, address: PassiveReplyAddress): string | null {
  const body = bodyOf(reply);
  if (body === null) return null;
  return buildXml({
    ToUserName: address.to,
    FromUserName: address.from,
    CreateTime: Math.floor(address.createTime),
    ...body,
  });
}

function bodyOf(reply: ReplyContent): Nodes | null {
  switch (reply.kind) {
    case 'text': {
      const text = carried(reply.text);
      return text === '' ? null : { MsgType: 'text', Content: text };
    }
    case 'image':
      return { MsgType: 'image', Image: { MediaId: reply.mediaId } };
    case 'voice':
      return { MsgType: 'voice', Voice: { MediaId: reply.mediaId } };
    case 'video':
      return {
        MsgType: 'video',
        Video: {
          MediaId: reply.mediaId,
          ...(reply.title !== undefined && { Title: carried(reply.title) }),
          ...(reply.description !== undefined && { Description: carried(reply.description) }),
        },
      };
    case 'music':
      return {
        MsgType: 'music',
        Music: {
          Title: carried(reply.title),
          Description: carried(reply.description),
          MusicUrl: reply.musicUrl,
          HQMusicUrl: reply.hqMusicUrl,
          ThumbMediaId: reply.thumbMediaId,
        },
      };
    case 'news':
      return {
        MsgType: 'news',
        ArticleCount: reply.articles.length,
        Articles: {
          item: reply.articles.map(({ title, description, picUrl, url }) => ({
            Title: carried(title),
            Description: carried(description),
            PicUrl: picUrl,
            Url: url,
          })),
        },
      };
    case 'transfer':
      return {
        MsgType: 'transfer_customer_service',
        ...(reply.kfAccount !== undefined && { TransInfo: { KfAccount: reply.kfAccount } }),
      };
    case 'none':
      return null;
  }
}

/** Line ends as XML has them, and without control characters, lone surrogates and noncharacters. */
function carried(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\p{Cs}|\p{Noncharacter_Code_Point}|[^\P{Cc}\t\n]/gu, '');
}
