import type { JsonObject } from '../json';
import type { PushNodes } from '../push/wire';
import type { GrantName } from '../state/window';
import type { ActContext } from './messages';
import { BadAct, nodesOf, number, text, type ActInput } from './input';

/** An event of a follower, ready to be pushed. */
export interface ActEvent {
  readonly event: string;
  readonly nodes: PushNodes;
  /** Written as bare digits behind the rest. */
  readonly plainTail: Readonly<Record<string, string>>;
  /** Which replies it grants. */
  readonly grants: GrantName | null;
  /** The follower waits for an answer and sees when none comes. */
  readonly expectsAnswer: boolean;
  /** Acts that the phone sends by itself afterwards, such as the pictures of a picture button. */
  readonly followedBy: readonly ActInput[];
  /** What the phone shows of it; null for nothing. */
  readonly bubble: JsonObject | null;
}

type Built = Partial<Omit<ActEvent, 'event'>>;
type Builder = (input: ActInput, context: ActContext) => Built;

const menuId = (input: ActInput): PushNodes => ({ MenuId: number(input, 'menuId', 208_396_938) });
const key = (input: ActInput, fallback: string): PushNodes => ({ EventKey: text(input, 'key', fallback) });
const nodes =
  (build: (input: ActInput, context: ActContext) => PushNodes): Builder =>
  (input, context) => ({ nodes: build(input, context) });

function scanCode(input: ActInput): Built {
  const result = text(input, 'result', 'https://www.example.com/table/3');
  return {
    nodes: {
      ...key(input, 'scan1'),
      ScanCodeInfo: { ScanType: text(input, 'scanType', 'qrcode'), ScanResult: result },
    },
    grants: 'menu',
    expectsAnswer: true,
    bubble: { key: text(input, 'key', 'scan1'), result },
  };
}

function pictures(input: ActInput, { account }: ActContext): Built {
  const count = number(input, 'count', 1);
  if (!Number.isInteger(count) || count < 1 || count > 9) throw new BadAct('"count" must be 1 to 9');
  const items = Array.from({ length: count }, () => ({ PicMd5Sum: account.random.hex(32) }));
  return {
    nodes: { ...key(input, 'pic1'), SendPicsInfo: { Count: count, PicList: { item: items } } },
    followedBy: items.map(() => ({ type: 'image' })),
  };
}

function placeChosen(input: ActInput): Built {
  const latitude = number(input, 'latitude', 23.13);
  const longitude = number(input, 'longitude', 113.36);
  const label = text(input, 'label', '广州市');
  return {
    nodes: {
      ...key(input, 'loc1'),
      SendLocationInfo: {
        Location_X: String(latitude),
        Location_Y: String(longitude),
        Scale: text(input, 'scale', '15'),
        Label: label,
        Poiname: text(input, 'poiName'),
      },
    },
    followedBy: [{ type: 'location', latitude, longitude, label, scale: 15 }],
  };
}

function subscriptionList(node: string, withScene: boolean): Builder {
  return nodes((input) => ({
    [node]: {
      List: {
        TemplateId: text(input, 'templateId', 'T1'),
        SubscribeStatusString: text(input, 'status', withScene ? 'accept' : 'reject'),
        ...(withScene ? { PopupScene: number(input, 'scene', 2) } : {}),
      },
    },
  }));
}

const authorization: Builder = nodes((input, { account }) => ({
  OpenID: text(input, 'openid'),
  AppID: account.appid,
  RevokeInfo: text(input, 'revokeInfo', '205'),
}));
const session: Builder = nodes((input, { account }) => ({
  KfAccount: text(input, 'kfAccount', account.workers.list()[0]?.account ?? 'kf001@demo_oa'),
}));
const untilTime: Builder = nodes((input, { now }) => ({
  ExpiredTime: number(input, 'expiredTime', now + 30 * 86_400),
}));
const failedAt: Builder = nodes((input, { now }) => ({
  FailTime: number(input, 'failTime', now),
  FailReason: text(input, 'failReason', 'by time'),
}));

/** Every event of callbacks.md §6 that has a shape of its own; further nodes can be given as `nodes`. */
const BUILDERS: Readonly<Record<string, Builder>> = {
  CLICK: (input) => ({
    nodes: key(input, 'TODAY'),
    grants: 'menu',
    expectsAnswer: true,
    bubble: { key: text(input, 'key', 'TODAY') },
  }),
  VIEW: nodes((input) => ({
    EventKey: text(input, 'url', text(input, 'key', 'https://www.example.com/')),
    ...menuId(input),
  })),
  view_miniprogram: nodes((input) => ({
    EventKey: text(input, 'pagePath', 'pages/index'),
    ...menuId(input),
  })),
  scancode_push: scanCode,
  scancode_waitmsg: scanCode,
  pic_sysphoto: pictures,
  pic_photo_or_album: pictures,
  pic_weixin: pictures,
  location_select: placeChosen,
  LOCATION: nodes((input) => ({
    Latitude: number(input, 'latitude', 23.137466),
    Longitude: number(input, 'longitude', 113.352425),
    Precision: number(input, 'precision', 119.38504),
  })),
  TEMPLATESENDJOBFINISH: (input) => ({
    plainTail: { MsgID: text(input, 'msgId', '200163836') },
    nodes: { Status: text(input, 'status', 'success') },
  }),
  MASSSENDJOBFINISH: (input) => ({
    plainTail: { MsgID: text(input, 'msgId', '1000001625') },
    nodes: {
      Status: text(input, 'status', 'send success'),
      TotalCount: number(input, 'totalCount', 100),
      FilterCount: number(input, 'filterCount', 80),
      SentCount: number(input, 'sentCount', 75),
      ErrorCount: number(input, 'errorCount', 5),
    },
  }),
  PUBLISHJOBFINISH: nodes((input, { account }) => ({
    PublishEventInfo: {
      publish_id: number(input, 'publishId', 2_247_503_051),
      publish_status: number(input, 'publishStatus', 0),
      article_id: text(input, 'articleId', account.articleIds[0] ?? ''),
      article_detail: {
        count: 1,
        item: { idx: 1, article_url: text(input, 'articleUrl', 'https://mp.weixin.qq.com/s/x') },
      },
    },
  })),
  subscribe_msg_popup_event: subscriptionList('SubscribeMsgPopupEvent', true),
  subscribe_msg_change_event: subscriptionList('SubscribeMsgChangeEvent', false),
  subscribe_msg_sent_event: nodes((input) => ({
    SubscribeMsgSentEvent: {
      List: {
        TemplateId: text(input, 'templateId', 'T1'),
        MsgID: text(input, 'msgId', '1700827132819554304'),
        ErrorCode: number(input, 'errorCode', 0),
        ErrorStatus: text(input, 'errorStatus', 'success'),
      },
    },
  })),
  user_info_modified: authorization,
  user_authorization_revoke: authorization,
  user_authorization_cancellation: authorization,
  kf_create_session: session,
  kf_close_session: session,
  kf_switch_session: nodes((input, { account }) => ({
    FromKfAccount: text(input, 'from', account.workers.list()[0]?.account ?? 'kf001@demo_oa'),
    ToKfAccount: text(input, 'to', account.workers.list()[1]?.account ?? 'kf002@demo_oa'),
  })),
  qualification_verify_success: untilTime,
  naming_verify_success: untilTime,
  annual_renew: untilTime,
  verify_expired: untilTime,
  qualification_verify_fail: failedAt,
  naming_verify_fail: failedAt,
  user_get_card: nodes((input, { account }) => ({
    CardId: text(input, 'cardId', account.cardIds[0] ?? 'pCard1'),
    IsGiveByFriend: 0,
    UserCardCode: text(input, 'code', '479638210515'),
    FriendUserName: '',
    OuterId: 0,
    OldUserCardCode: '',
    OuterStr: '12b',
    IsRestoreMemberCard: 0,
    IsRecommendByFriend: 0,
    SourceScene: 'SOURCE_SCENE_QRCODE',
    UnionId: '',
  })),
  user_consume_card: nodes((input, { account }) => ({
    CardId: text(input, 'cardId', account.cardIds[0] ?? 'pCard1'),
    UserCardCode: text(input, 'code', '479638210515'),
    ConsumeSource: 'FROM_API',
    LocationName: '',
    StaffOpenId: '',
    VerifyCode: '',
    RemarkAmount: '',
    OuterStr: '12b',
  })),
};

/** Names by which the control API calls some events. */
const ALIASES: Readonly<Record<string, string>> = { click: 'CLICK', view: 'VIEW' };

/**
 * The event an act describes; null when the act is no event (following, leaving and scanning are acts of their own).
 * `{type:'event', event, nodes}` makes one of any name.
 */
export function buildEvent(input: ActInput, context: ActContext): ActEvent | null {
  const free = input.type === 'event';
  const event = free ? text(input, 'event') : (ALIASES[input.type] ?? input.type);
  if (free && event === '') throw new BadAct('"event" is needed');
  const builder = Object.hasOwn(BUILDERS, event) ? BUILDERS[event] : undefined;
  if (!free && builder === undefined) return null;
  const built = builder?.(input, context) ?? {};
  return {
    event,
    plainTail: {},
    grants: null,
    expectsAnswer: false,
    followedBy: [],
    bubble: null,
    ...built,
    nodes: { ...built.nodes, ...nodesOf(input, 'nodes') },
  };
}
