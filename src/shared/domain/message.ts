/**
 * The message model of the whole product. Inbound content follows callbacks of WeChat one to one;
 * what is not known here is kept raw as `unsupported`, never dropped.
 * Ids that WeChat sends as 64-bit integers are strings.
 */

/** What a follower or WeChat sent to the account. */
export type InboundContent =
  | { readonly kind: 'text'; readonly text: string; readonly menuItemId?: string }
  | { readonly kind: 'image'; readonly mediaId: string; readonly picUrl: string }
  | {
      readonly kind: 'voice';
      readonly mediaId: string;
      readonly format: string;
      readonly mediaId16k?: string;
      /** WeChat's own speech recognition; often empty. */
      readonly recognition?: string;
    }
  | {
      readonly kind: 'video';
      readonly mediaId: string;
      readonly thumbMediaId: string;
      /** `shortvideo` (小视频) rather than `video`. */
      readonly short: boolean;
    }
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly scale: number;
      readonly label: string;
    }
  | { readonly kind: 'link'; readonly title: string; readonly description: string; readonly url: string }
  | {
      readonly kind: 'miniprogram';
      readonly title: string;
      readonly appId: string;
      readonly pagePath: string;
      readonly thumbUrl: string;
      readonly thumbMediaId: string;
    }
  | { readonly kind: 'event'; readonly event: EventContent }
  | { readonly kind: 'unsupported'; readonly msgType: string; readonly raw: string };

/** An event as WeChat names it; `name` is normalised to the spelling of the official pages. */
export type EventContent =
  | { readonly name: 'subscribe'; readonly scene: string | null; readonly ticket: string | null }
  | { readonly name: 'unsubscribe' }
  | { readonly name: 'SCAN'; readonly scene: string; readonly ticket: string | null }
  | {
      readonly name: 'LOCATION';
      readonly latitude: number;
      readonly longitude: number;
      readonly precision: number;
    }
  | { readonly name: 'CLICK'; readonly key: string }
  | { readonly name: 'VIEW'; readonly url: string; readonly menuId: string | null }
  | { readonly name: 'view_miniprogram'; readonly pagePath: string; readonly menuId: string | null }
  | {
      readonly name: 'scancode_push' | 'scancode_waitmsg';
      readonly key: string;
      readonly scanType: string;
      readonly scanResult: string;
    }
  | {
      readonly name: 'pic_sysphoto' | 'pic_photo_or_album' | 'pic_weixin';
      readonly key: string;
      readonly count: number;
    }
  | {
      readonly name: 'location_select';
      readonly key: string;
      readonly latitude: number;
      readonly longitude: number;
      readonly label: string;
      readonly poiName: string;
    }
  | { readonly name: 'TEMPLATESENDJOBFINISH'; readonly msgId: string; readonly status: string }
  | {
      readonly name: 'MASSSENDJOBFINISH';
      readonly msgId: string;
      readonly status: string;
      readonly totalCount: number;
      readonly filterCount: number;
      readonly sentCount: number;
      readonly errorCount: number;
    }
  | {
      readonly name: 'PUBLISHJOBFINISH';
      readonly publishId: string;
      readonly publishStatus: number;
      readonly articleId: string | null;
    }
  | {
      readonly name: 'subscribe_msg_popup_event' | 'subscribe_msg_change_event';
      readonly items: readonly {
        readonly templateId: string;
        readonly status: string;
        readonly scene: string | null;
      }[];
    }
  | {
      readonly name: 'subscribe_msg_sent_event';
      readonly items: readonly {
        readonly templateId: string;
        readonly msgId: string;
        readonly errorCode: number;
        readonly errorStatus: string;
      }[];
    }
  | {
      readonly name: 'user_info_modified' | 'user_authorization_revoke' | 'user_authorization_cancellation';
      readonly openid: string;
      readonly appId: string;
      /** Codes of the H5 data withdrawn, e.g. `205` nickname and avatar. */
      readonly revoked: readonly string[];
    }
  | { readonly name: 'kf_create_session' | 'kf_close_session'; readonly kfAccount: string }
  | { readonly name: 'kf_switch_session'; readonly fromKfAccount: string; readonly toKfAccount: string }
  | {
      readonly name:
        | 'qualification_verify_success'
        | 'qualification_verify_fail'
        | 'naming_verify_success'
        | 'naming_verify_fail'
        | 'annual_renew'
        | 'verify_expired';
      /** Expiry or failure time, unix seconds. */
      readonly time: number;
      readonly reason: string | null;
    }
  | {
      readonly name: 'card';
      readonly cardEvent: string;
      readonly cardId: string | null;
      readonly userCardCode: string | null;
    }
  | { readonly name: 'other'; readonly event: string; readonly key: string | null };

/** One callback after decryption and conversion. */
export interface InboundMessage {
  /** `gh_…`, the account's original id. */
  readonly toUserName: string;
  /** The follower's openid. */
  readonly fromUserName: string;
  /** WeChat's CreateTime, unix seconds. */
  readonly createTime: number;
  /** MsgId of a message; null for events. */
  readonly msgId: string | null;
  /** The same for every redelivery of one push, different for every push. */
  readonly dedupeKey: string;
  readonly content: InboundContent;
  /** The decrypted XML, kept so that a later version can read what this one could not. */
  readonly raw: string;
}

/** What the account sends through the customer-service API. */
export type OutboundContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image' | 'voice'; readonly mediaId: string }
  | {
      readonly kind: 'video';
      readonly mediaId: string;
      readonly thumbMediaId: string;
      readonly title?: string;
      readonly description?: string;
    }
  | {
      readonly kind: 'music';
      readonly title: string;
      readonly description: string;
      readonly musicUrl: string;
      readonly hqMusicUrl: string;
      readonly thumbMediaId: string;
    }
  | {
      readonly kind: 'news';
      readonly title: string;
      readonly description: string;
      readonly url: string;
      readonly picUrl: string;
    }
  /** WeChat is told the id alone; what the list of published articles said of it is for the chat. */
  | {
      readonly kind: 'article';
      readonly articleId: string;
      readonly title?: string;
      readonly digest?: string;
      readonly url?: string;
    }
  | {
      readonly kind: 'menu';
      readonly head: string;
      readonly items: readonly { readonly id: string; readonly content: string }[];
      readonly tail: string;
    }
  | { readonly kind: 'card'; readonly cardId: string }
  | {
      readonly kind: 'miniprogram';
      readonly title: string;
      readonly appId: string;
      readonly pagePath: string;
      readonly thumbMediaId: string;
    };

/** One article (图文) of a reply. */
export interface ReplyArticle {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly picUrl: string;
}

/** What the account shows a follower: messages that the app sends, and what only a passive reply (被动回复) can be. */
export type ShownContent =
  | OutboundContent
  /** `thumbMediaId` has no place in a passive reply. */
  | {
      readonly kind: 'video-reply';
      readonly mediaId: string;
      readonly title: string;
      readonly description: string;
    }
  /** Several articles; only follows and menu taps are answered so. */
  | { readonly kind: 'articles'; readonly articles: readonly ReplyArticle[] }
  /** The message was handed over to WeChat's own customer-service console; null: to whoever is free there. */
  | { readonly kind: 'transfer'; readonly kfAccount: string | null }
  | { readonly kind: 'unsupported'; readonly msgType: string; readonly raw: string };

const ONLY_SHOWN: ReadonlySet<ShownContent['kind']> = new Set([
  'video-reply',
  'articles',
  'transfer',
  'unsupported',
]);

/** Whether the customer-service API can send this content. */
export function isSendable(content: ShownContent): content is OutboundContent {
  return !ONLY_SHOWN.has(content.kind);
}

/** WeChat reports neither delivery nor reading, so no such status exists. */
export const OUTBOUND_STATUSES = ['queued', 'sending', 'sent', 'failed', 'unknown'] as const;
export type OutboundStatus = (typeof OUTBOUND_STATUSES)[number];
