import type { OutboundContent } from '#shared/domain/message';
import type { WeChatClient } from '../client';

/** The body of a customer-service message; objects and names as messages.md §2 lists them. */
export interface SendBody {
  readonly touser: string;
  readonly msgtype: string;
  readonly [object: string]: unknown;
}

/** The body that sends `content` to one follower. An optional text that is absent is left out. */
export function toSendBody(openid: string, content: OutboundContent): SendBody {
  const body = (msgtype: string, object: object): SendBody => ({
    touser: openid,
    msgtype,
    [msgtype]: object,
  });
  switch (content.kind) {
    case 'text':
      return body('text', { content: content.text });
    case 'image':
    case 'voice':
      return body(content.kind, { media_id: content.mediaId });
    case 'video':
      return body('video', {
        media_id: content.mediaId,
        thumb_media_id: content.thumbMediaId || undefined,
        title: content.title,
        description: content.description,
      });
    case 'music':
      return body('music', {
        title: content.title,
        description: content.description,
        musicurl: content.musicUrl,
        hqmusicurl: content.hqMusicUrl,
        thumb_media_id: content.thumbMediaId,
      });
    case 'news':
      return body('news', {
        articles: [
          {
            title: content.title,
            description: content.description,
            url: content.url,
            picurl: content.picUrl,
          },
        ],
      });
    case 'article':
      return body('mpnewsarticle', { article_id: content.articleId });
    case 'menu':
      return body('msgmenu', {
        head_content: content.head,
        list: content.items.map(({ id, content: text }) => ({ id, content: text })),
        tail_content: content.tail,
      });
    case 'card':
      return body('wxcard', { card_id: content.cardId });
    case 'miniprogram':
      return body('miniprogrampage', {
        title: content.title,
        appid: content.appId,
        pagepath: content.pagePath,
        thumb_media_id: content.thumbMediaId,
      });
  }
}

export interface SendOptions {
  /** Shows this worker's name and picture (`prefix@alias`). */
  readonly kfAccount?: string;
  /** Adds WeChat's grey line "内容由第三方AI生成". */
  readonly aiGenerated?: boolean;
}

/**
 * sendCustomMessage (发送客服消息), POST `/cgi-bin/message/custom/send`. WeChat gives neither an id nor a receipt, and has no
 * key by which a repeated call could be recognised: after a `NetworkError` of unknown outcome it must not be repeated.
 * 45015 and 45047 close the window, 43004 means the user does not follow.
 */
export async function sendCustomerServiceMessage(
  client: WeChatClient,
  openid: string,
  content: OutboundContent,
  options: SendOptions = {},
): Promise<void> {
  await client.post('/cgi-bin/message/custom/send', {
    ...toSendBody(openid, content),
    ...(options.kfAccount ? { customservice: { kf_account: options.kfAccount } } : {}),
    ...(options.aiGenerated ? { aimsgcontext: { is_ai_msg: 1 } } : {}),
  });
}

/**
 * typing (客服输入状态), POST `/cgi-bin/message/custom/typing`. Needs a message either way within the last 30 s (45080), not
 * twice (45081); uses no quota.
 */
export async function setTyping(client: WeChatClient, openid: string, typing: boolean): Promise<void> {
  await client.post('/cgi-bin/message/custom/typing', {
    touser: openid,
    command: typing ? 'Typing' : 'CancelTyping',
  });
}
