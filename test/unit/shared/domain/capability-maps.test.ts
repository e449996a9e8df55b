import { describe, expect, it } from 'vitest';
import { capabilityName, capabilityOf, type Capability } from '#shared/domain/capabilities';

/** What WeChat's website offers an owner, each with the row that tells who has it. */
const PLATFORM_FEATURES = {
  被关注回复: 'follow-reply',
  关键词回复: 'keyword-reply',
  收到消息回复: 'passive-reply',
  自定义菜单: 'menu',
  个性化菜单: 'conditional-menu',
  群发: 'broadcast',
  草稿箱: 'drafts',
  发表: 'publish',
  留言: 'comments',
  素材库: 'permanent-media',
  用户管理: 'followers',
  标签: 'tags',
  黑名单: 'blacklist',
  客服: 'workers',
  数据统计: 'statistics',
  公众号二维码: 'account-qr',
  模板消息: 'template-message',
  订阅通知: 'subscription-notice',
  卡券: 'coupons-create',
  微信支付: 'wechat-pay',
} as const satisfies Readonly<Record<string, Capability>>;

/**
 * The table of interfaces (wechat-api §7): unverified and verified subscription account, unverified and verified service
 * account. y yes, n no, t the documents disagree, a on application.
 */
const INTERFACES = {
  receive: 'yyyy',
  'passive-reply': 'yyyy',
  'menu-read': 'yyyy',
  'auto-reply-read': 'yyyy',
  menu: 'nyty',
  'conditional-menu': 'nyny',
  'customer-message': 'nyny',
  typing: 'nyny',
  followers: 'nyny',
  tags: 'nyny',
  blacklist: 'nyny',
  broadcast: 'nyny',
  'broadcast-list': 'nnny',
  'template-message': 'nnny',
  'one-time-subscription': 'nyny',
  'subscription-notice': 'ntny',
  'temporary-media': 'tyty',
  'permanent-media': 'tyty',
  drafts: 'tyty',
  publish: 'nyyy',
  comments: 'nyny',
  statistics: 'nyny',
  'parametric-qr': 'nnny',
  'short-keys': 'nnny',
  location: 'nnny',
  'web-authorisation': 'nnny',
  'js-sdk': 'yyyy',
  'wechat-pay': 'nnna',
  'clear-quota': 'nyny',
} as const satisfies Partial<Readonly<Record<Capability, string>>>;

const ACCOUNTS = [
  { kind: 'subscription', verified: false },
  { kind: 'subscription', verified: true },
  { kind: 'service', verified: false },
  { kind: 'service', verified: true },
] as const;

function cellOf(account: (typeof ACCOUNTS)[number], capability: Capability): string {
  const { level, limit } = capabilityOf({ ...account, region: 'mainland' }, capability);
  if (level === 'yes') return 'y';
  if (level === 'no') return 'n';
  return limit === 'must-apply' ? 'a' : 't';
}

describe('the list of capabilities', () => {
  it.each(Object.entries(PLATFORM_FEATURES))(
    '[S4.8] has a row for the platform feature %s',
    (_, capability) => {
      expect(capabilityName(capability).zh).not.toBe('');
      // Somebody can have it: a row that denies it to everyone would tell nothing.
      expect(ACCOUNTS.some((account) => cellOf(account, capability) !== 'n')).toBe(true);
    },
  );

  it.each(Object.entries(INTERFACES) as [Capability, string][])(
    '[S4.8] says of the developer interface %s what WeChat’s table says: %s',
    (capability, cells) => {
      expect(ACCOUNTS.map((account) => cellOf(account, capability)).join('')).toBe(cells);
    },
  );
});
