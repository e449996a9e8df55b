/** What the doctor finds about the verification (微信认证). */
import { entry } from '../entry';

export const DOCTOR_VERIFICATION_TEXTS = {
  'doctor/verification-ok': entry(
    ['已认证', 'Verified'],
    ['微信放行了只对认证公众号开放的接口。', 'WeChat lets through what is open to verified accounts only.'],
    [
      '不需要操作。微信没有告知到期日，请在公众平台留意年审通知。',
      'Nothing to do. WeChat has not told the end date; watch for the yearly notice at mp.weixin.qq.com.',
    ],
  ),
  'doctor/verification-ok-until': entry(
    ['已认证，有效期至 {date}', 'Verified until {date}'],
    ['微信放行了只对认证公众号开放的接口。', 'WeChat lets through what is open to verified accounts only.'],
    ['不需要操作。到期前 60 天会在这里提醒。', 'Nothing to do. You are reminded here 60 days before.'],
  ),
  'doctor/verification-ends': entry(
    ['认证还有 {days} 天到期', 'The verification ends in {days} day(s)'],
    [
      '{date} 之后，客服消息、粉丝列表等接口会被微信停用。',
      'After {date} WeChat stops customer-service messages, the follower list and more.',
    ],
    [
      '请管理员在公众平台“设置与开发 → 微信认证”完成年审。',
      'Have the administrator renew it under 设置与开发 → 微信认证 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/verification-expired': entry(
    ['微信认证已于 {date} 到期', 'The verification ended on {date}'],
    [
      '到期后，客服消息、粉丝列表等接口会被微信拒绝（48001 / 61016）。',
      'Since then WeChat refuses customer-service messages, the follower list and more (48001 / 61016).',
    ],
    [
      '请管理员在公众平台“设置与开发 → 微信认证”重新认证。',
      'Have the administrator verify the account again under 设置与开发 → 微信认证 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/verification-over': entry(
    ['认证到期日 {date} 已过', 'The verification was to end on {date}'],
    [
      '微信通知过这个到期日，但接口暂时还能用，随时可能停用。',
      'WeChat announced this date. Its interfaces still answer, but may stop at any moment.',
    ],
    [
      '请管理员在公众平台“设置与开发 → 微信认证”查看；已经年审过的话，不用理会。',
      'Have the administrator look at 设置与开发 → 微信认证 at mp.weixin.qq.com. If it was renewed, ignore this.',
    ],
  ),
  'doctor/verification-lapsed': entry(
    ['微信认证失效了', 'The verification has lapsed'],
    [
      '这个公众号以前是认证的，现在微信拒绝了只对认证公众号开放的接口：认证到期，或者被取消。',
      'The account was verified, and now WeChat refuses what is open to verified accounts: the verification has expired or was withdrawn.',
    ],
    [
      '请管理员在公众平台“设置与开发 → 微信认证”查看到期日并重新认证。',
      'Have the administrator look at 设置与开发 → 微信认证 at mp.weixin.qq.com and verify the account again.',
    ],
  ),
  'doctor/unverified': entry(
    ['没有微信认证，只能被动回复', 'Not verified: automatic replies only'],
    [
      '客服消息、粉丝列表、菜单等接口只对已认证的公众号开放。微博认证不算。',
      'Customer-service messages, the follower list, menus and more are open to verified accounts only. A Weibo verification does not count.',
    ],
    [
      '需要这些功能时，请管理员在公众平台“设置与开发 → 微信认证”申请。',
      'If you need them, have the administrator apply under 设置与开发 → 微信认证 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/unverified-overseas': entry(
    [
      '没有微信认证；境外账号可能在 30 天后被注销',
      'Not verified; overseas accounts may be closed after 30 days',
    ],
    [
      '客服消息、粉丝列表等接口只对已认证的公众号开放。境外账号由第三方机构审核。',
      'Customer-service messages, the follower list and more are open to verified accounts only. Overseas accounts are examined by a third party.',
    ],
    ['请管理员尽快在公众平台申请微信认证。', 'Have the administrator apply for verification soon.'],
  ),
} as const;
