/** Permission sets (权限集) that an administrator grants to a third-party platform, and what each one opens. */
import type { Localized } from '../localized';
import type { Capability } from './capabilities';

export interface PermissionSet {
  readonly id: number;
  readonly name: Localized;
  /** One platform at a time: granting it elsewhere takes it away here. */
  readonly exclusive: boolean;
  /** What stops working here without it, unless another set opens it too. */
  readonly opens: readonly Capability[];
}

function set(id: number, zh: string, en: string, opens: readonly Capability[] = []): PermissionSet {
  return { id, name: { zh, en }, exclusive: [4, 24, 34, 54].includes(id), opens };
}

export const PERMISSION_SETS: readonly PermissionSet[] = [
  set(1, '消息管理', 'Messages', [
    'receive',
    'passive-reply',
    'keyword-reply',
    'follow-reply',
    'customer-message',
    'customer-image',
    'customer-voice',
    'customer-video',
    'typing',
    'temporary-media',
  ]),
  set(2, '用户管理', 'Users', ['followers', 'remark', 'tags', 'blacklist', 'statistics']),
  set(3, '账号服务', 'Account service', ['parametric-qr', 'identity-qr', 'short-keys', 'temporary-media']),
  set(4, '网页服务', 'Web service', ['web-authorisation', 'js-sdk']),
  set(5, '微信小店', 'Store'),
  set(6, '微信多客服', 'Customer-service workers', ['workers', 'customer-message']),
  set(7, '群发与通知', 'Broadcasts and notices', [
    'broadcast',
    'broadcast-list',
    'publish',
    'comments',
    'template-message',
    'template-link',
    'one-time-subscription',
  ]),
  set(8, '微信卡券', 'Cards', ['coupons-view', 'coupons-create', 'coupon-qr']),
  set(9, '微信扫一扫', 'Scan'),
  set(10, '微信连 WIFI', 'Wi-Fi'),
  set(11, '素材管理', 'Materials', ['permanent-media', 'drafts', 'temporary-media']),
  set(12, '微信摇周边', 'Shake nearby'),
  set(13, '微信门店', 'Shops'),
  set(14, '微信支付', 'WeChat Pay', ['wechat-pay']),
  set(15, '菜单管理', 'Menus', ['menu', 'menu-click-event', 'menu-read', 'conditional-menu']),
  set(16, '获取认证状态及信息', 'Verification status'),
  set(22, '城市服务', 'City services'),
  set(23, '广告管理', 'Ads'),
  set(24, '开放平台账号管理', 'Open-platform account'),
  set(26, '微信电子发票', 'E-invoices'),
  set(27, '快速注册小程序', 'Register mini programs'),
  set(33, '小程序关联管理', 'Linked mini programs'),
  set(34, '微信商品库', 'Product library'),
  set(35, '微信卡路里', 'Calories'),
  set(44, '好物圈', 'Good things'),
  set(46, '微信一物一码', 'One code per item'),
  set(47, '微信财政电子票据', 'Fiscal e-receipts'),
  set(54, '服务号对话管理', 'Guides and advisors'),
  set(66, '微信服务市场管理', 'Service market'),
  set(89, '服务号订阅通知', 'Subscription notices', ['subscription-notice']),
  set(100, '综合权限集 100', 'Combined set 100', [
    'followers',
    'remark',
    'tags',
    'blacklist',
    'permanent-media',
    'temporary-media',
    'drafts',
    'customer-message',
    'template-message',
  ]),
  set(101, '综合权限集 101', 'Combined set 101', ['customer-message', 'template-message']),
  set(113, '就医助手', 'Medical assistant'),
  set(121, '公众号购物订单', 'Shopping orders'),
];

const byId = new Map(PERMISSION_SETS.map((entry) => [entry.id, entry]));

/** The eight sets that the product asks for: messages, menu, web, broadcast and notice, user, account, asset, coupon. */
export const REQUESTED_SETS: readonly number[] = [1, 15, 4, 7, 2, 3, 11, 8];

/** All that is asked for when an account is authorized: those, customer-service workers, and subscription notices. */
export const PRODUCT_SETS: readonly number[] = [...REQUESTED_SETS, 6, 89];

/** Enough to chat, when the owner wants nothing else. */
export const CHAT_ONLY_SETS: readonly number[] = [1];

/** A set by its id; null for sets of mini programs and ids without a name, which are ignored. */
export function permissionSet(id: number): PermissionSet | null {
  return byId.get(id) ?? null;
}

/** Whether the granted sets open a capability. Capabilities that no set names need none. */
export function isOpenedBy(granted: readonly number[], capability: Capability): boolean {
  const openers = PERMISSION_SETS.filter((entry) => entry.opens.includes(capability));
  return openers.length === 0 || openers.some((entry) => granted.includes(entry.id));
}

/** The requested sets that were not granted, each with what is closed because of it (S2.13). */
export function missingSets(
  granted: readonly number[],
  requested: readonly number[] = REQUESTED_SETS,
): readonly { readonly set: PermissionSet; readonly closes: readonly Capability[] }[] {
  return requested.flatMap((id) => {
    const entry = byId.get(id);
    if (entry === undefined || granted.includes(id)) return [];
    return [{ set: entry, closes: entry.opens.filter((capability) => !isOpenedBy(granted, capability)) }];
  });
}
