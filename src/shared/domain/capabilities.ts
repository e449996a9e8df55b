/**
 * What an account may do, by kind, verification and region: the permission table of the official pages as data.
 * Where those pages disagree the level is `try`: the call is made and 48001 is taken as "not available".
 */
import type { Localized } from '../localized';

export interface AccountTraits {
  readonly kind: 'service' | 'subscription';
  /** Qualification verified by WeChat (微信认证); a Weibo verification does not count. Personal accounts are unverified. */
  readonly verified: boolean;
  readonly region: 'mainland' | 'overseas';
}

export type CapabilityLevel = 'yes' | 'no' | 'try';

/** Why a level is not a plain yes. */
export type CapabilityLimit =
  'needs-verification' | 'verified-service-only' | 'not-overseas' | 'documents-disagree' | 'must-apply';

/** Levels for: unverified subscription, verified subscription, unverified service, verified service. */
type Cells = readonly [s0: Cell, s1: Cell, v0: Cell, v1: Cell];
/** y yes, n no, t documents disagree, a on application. */
type Cell = 'y' | 'n' | 't' | 'a';

interface Entry {
  readonly name: Localized;
  readonly cells: Cells;
  /** Not for accounts of entities outside the mainland. */
  readonly mainlandOnly?: true;
}

const EVERYONE: Cells = ['y', 'y', 'y', 'y'];
const VERIFIED: Cells = ['n', 'y', 'n', 'y'];
const VERIFIED_SERVICE: Cells = ['n', 'n', 'n', 'y'];
const VERIFIED_OR_TRY: Cells = ['t', 'y', 't', 'y'];

const name = (zh: string, en: string): Localized => ({ zh, en });

const TABLE = {
  receive: { name: name('接收消息和事件', 'Receive messages and events'), cells: EVERYONE },
  'passive-reply': {
    name: name('被动回复（自动回复）', 'Passive replies (automatic replies)'),
    cells: EVERYONE,
  },
  'keyword-reply': { name: name('关键词回复', 'Keyword replies'), cells: EVERYONE },
  'follow-reply': { name: name('关注后回复', 'Reply after a follow'), cells: EVERYONE },
  'menu-read': { name: name('查看菜单', 'Read the menu'), cells: EVERYONE },
  'auto-reply-read': { name: name('查看自动回复规则', 'Read the automatic replies'), cells: EVERYONE },
  'account-qr': { name: name('公众号二维码', 'The account’s own QR code'), cells: EVERYONE },
  'js-sdk': { name: name('网页 JS-SDK', 'JS-SDK in pages'), cells: EVERYONE },
  menu: { name: name('自定义菜单', 'Custom menu'), cells: ['n', 'y', 't', 'y'] },
  'menu-click-event': { name: name('菜单点击事件', 'Menu click events'), cells: ['n', 'y', 't', 'y'] },
  'conditional-menu': { name: name('个性化菜单', 'Conditional menus'), cells: VERIFIED },
  'customer-message': { name: name('客服消息', 'Customer-service messages'), cells: VERIFIED },
  'customer-image': { name: name('客服消息：图片', 'Customer-service messages: images'), cells: VERIFIED },
  'customer-voice': {
    name: name('客服消息：语音', 'Customer-service messages: voice'),
    cells: VERIFIED,
    mainlandOnly: true,
  },
  'customer-video': {
    name: name('客服消息：视频', 'Customer-service messages: video'),
    cells: VERIFIED,
    mainlandOnly: true,
  },
  'customer-music': {
    name: name('客服消息：音乐', 'Customer-service messages: music'),
    cells: VERIFIED,
    mainlandOnly: true,
  },
  typing: { name: name('“正在输入”状态', 'Typing sign'), cells: VERIFIED },
  workers: {
    name: name('多客服人员和会话', 'Customer-service workers and sessions'),
    cells: ['n', 't', 'n', 'y'],
  },
  followers: { name: name('粉丝列表和资料', 'Followers and their profiles'), cells: VERIFIED },
  remark: { name: name('粉丝备注', 'Remarks on followers'), cells: ['n', 't', 'n', 'y'] },
  tags: { name: name('标签', 'Tags'), cells: VERIFIED },
  blacklist: { name: name('黑名单', 'Blacklist'), cells: VERIFIED },
  broadcast: { name: name('群发（按标签或全部）', 'Broadcast by tag or to all'), cells: VERIFIED },
  'broadcast-list': { name: name('群发（按名单）', 'Broadcast to a list'), cells: VERIFIED_SERVICE },
  'template-message': { name: name('模板消息', 'Template messages'), cells: VERIFIED_SERVICE },
  'template-link': {
    name: name('模板消息跳转', 'Links in template messages'),
    cells: VERIFIED_SERVICE,
    mainlandOnly: true,
  },
  'one-time-subscription': {
    name: name('一次性订阅消息', 'One-time subscription messages'),
    cells: VERIFIED,
  },
  'subscription-notice': { name: name('订阅通知', 'Subscription notices'), cells: ['n', 't', 'n', 'y'] },
  'temporary-media': { name: name('临时素材', 'Temporary media'), cells: VERIFIED_OR_TRY },
  'permanent-media': { name: name('永久素材', 'Permanent media'), cells: VERIFIED_OR_TRY },
  drafts: { name: name('草稿箱', 'Drafts'), cells: VERIFIED_OR_TRY },
  publish: { name: name('发布文章', 'Publish articles'), cells: ['n', 'y', 'y', 'y'] },
  comments: { name: name('留言管理', 'Comments'), cells: VERIFIED },
  statistics: { name: name('数据统计', 'Statistics'), cells: VERIFIED },
  'parametric-qr': { name: name('带参数二维码', 'Parametric QR codes'), cells: VERIFIED_SERVICE },
  'identity-qr': { name: name('身份识别二维码', 'QR codes that identify visitors'), cells: VERIFIED_SERVICE },
  'short-keys': { name: name('短链', 'Short keys'), cells: VERIFIED_SERVICE },
  location: { name: name('用户地理位置', 'Locations of users'), cells: VERIFIED_SERVICE },
  'web-authorisation': { name: name('网页授权', 'Web authorisation'), cells: VERIFIED_SERVICE },
  'coupons-view': { name: name('查看卡券', 'See coupons'), cells: VERIFIED },
  'coupons-create': {
    name: name('创建和投放卡券', 'Create and give out coupons'),
    cells: ['n', 'n', 'n', 'a'],
  },
  'coupon-qr': { name: name('卡券带参二维码', 'Parametric coupon QR codes'), cells: ['n', 'n', 'n', 'a'] },
  'wechat-pay': { name: name('微信支付', 'WeChat Pay'), cells: ['n', 'n', 'n', 'a'] },
  'clear-quota': { name: name('清零调用次数', 'Reset the API quota'), cells: VERIFIED },
} as const satisfies Record<string, Entry>;

export type Capability = keyof typeof TABLE;
const entries: Readonly<Record<Capability, Entry>> = TABLE;

export const CAPABILITIES = Object.keys(TABLE) as readonly Capability[];

export interface CapabilityState {
  readonly level: CapabilityLevel;
  /** null for a plain yes. */
  readonly limit: CapabilityLimit | null;
}

/** Whether an account may use a capability, and why not. */
export function capabilityOf(account: AccountTraits, capability: Capability): CapabilityState {
  const { cells, mainlandOnly } = entries[capability];
  const [s0, s1, v0, v1] = cells;
  const ofKind = account.kind === 'service' ? { no: v0, yes: v1 } : { no: s0, yes: s1 };
  const cell = account.verified ? ofKind.yes : ofKind.no;
  if (cell === 'n') {
    if (ofKind.yes !== 'n') return { level: 'no', limit: 'needs-verification' };
    return { level: 'no', limit: 'verified-service-only' };
  }
  if (mainlandOnly && account.region === 'overseas') return { level: 'no', limit: 'not-overseas' };
  if (cell === 't') return { level: 'try', limit: 'documents-disagree' };
  if (cell === 'a') return { level: 'try', limit: 'must-apply' };
  return { level: 'yes', limit: null };
}

export function capabilityName(capability: Capability): Localized {
  return entries[capability].name;
}

const LIMIT_TEXTS: Readonly<Record<CapabilityLimit, Localized>> = {
  'needs-verification': name('需要先完成微信认证', 'Needs a verified account'),
  'verified-service-only': name('仅已认证的服务号可用', 'For verified service accounts only'),
  'not-overseas': name('境外主体的账号不可用', 'Not for accounts of entities outside the mainland'),
  'documents-disagree': name(
    '微信文档说法不一，可以试用；微信拒绝时视为不可用',
    'WeChat’s pages disagree: you may try, and a refusal means it is not available',
  ),
  'must-apply': name('需要在公众平台单独申请开通', 'Must be applied for at mp.weixin.qq.com'),
};

/** Why a capability is missing or uncertain, for a greyed entry or a tooltip. */
export function limitText(limit: CapabilityLimit): Localized {
  return LIMIT_TEXTS[limit];
}

/** What the owner of an overseas account should know beforehand (S1.18). */
export const OVERSEAS_WARNINGS: readonly Localized[] = [
  name(
    '中国大陆手机号 (+86) 注册的微信用户不能关注境外公众号',
    'People whose WeChat is registered with a mainland number (+86) cannot follow overseas accounts',
  ),
  name('接口只能发送图片，不能发送语音和视频', 'Only images can be sent by API, no voice or video'),
  name('模板消息不能点击跳转', 'Template messages cannot be tapped to open a page'),
  name('认证由第三方审核机构办理', 'Verification is done by a third-party auditor'),
  name('未认证的账号可能在 30 天后被注销', 'Unverified accounts may be cancelled after 30 days'),
];

/** What travels in WeChat's own encrypted envelope, and what is protected by TLS alone. */
export const ENVELOPE: Readonly<
  Record<'callback' | 'passive-reply' | 'api-call', { readonly encrypted: boolean; readonly note: Localized }>
> = {
  callback: {
    encrypted: true,
    note: name('安全模式下，微信推送的内容是加密的', 'In the safe mode WeChat encrypts what it pushes'),
  },
  'passive-reply': {
    encrypted: true,
    note: name(
      '安全模式下，被动回复必须用同样的方式加密',
      'In the safe mode a passive reply must be encrypted the same way',
    ),
  },
  'api-call': {
    encrypted: false,
    note: name(
      '客服消息等接口调用只走 HTTPS，不需要再加密',
      'Calls such as customer-service messages go by HTTPS and need no further encryption',
    ),
  },
};
