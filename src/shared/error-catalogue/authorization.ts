/** Authorizing an account by scanning. */
import { entry } from './entry';

export const AUTHORIZATION_TEXTS = {
  'relay/no-component': entry(
    ['这个中继没有第三方平台', 'This relay has no third-party platform'],
    [
      '扫码授权要用微信开放平台的第三方平台，这个中继的运营者没有注册。',
      'Scanning needs a third-party platform at open.weixin.qq.com, which the relay’s operator has not registered.',
    ],
    [
      '请改用手动连接，功能完全一样；或换一个支持扫码的中继。',
      'Connect manually, which does the same, or use a relay that has a platform.',
    ],
  ),
  'relay/component-not-ready': entry(
    ['第三方平台还没就绪', 'The third-party platform is not ready'],
    [
      '微信每十分钟向平台推送一次票据，中继还没有收到有效的一张。',
      'WeChat sends the platform a ticket every ten minutes, and the relay has no valid one yet.',
    ],
    [
      '请等十分钟后再试；一直这样，请中继的运营者检查平台设置。也可以改用手动连接。',
      'Wait ten minutes and try again. If it stays so, let the relay’s operator check the platform, or connect manually.',
    ],
  ),
  'relay/not-authorized': entry(
    ['授权已取消', 'The authorization was cancelled'],
    [
      '公众号管理员在微信后台取消了授权，或授权已失效。',
      'The administrator took it back at mp.weixin.qq.com, or it has ended.',
    ],
    [
      '请管理员重新扫码授权；本机的数据都还在。',
      'Let the administrator authorize again. Your data is still here.',
    ],
  ),
  'relay/wrong-account': entry(
    ['授权了别的公众号', 'Another account was authorized'],
    [
      '扫码的管理员选择的不是要重新授权的那个公众号。',
      'The administrator who scanned chose another account than the one to be authorized again.',
    ],
    ['请由这个公众号的管理员重新扫码。', 'Scan again as the administrator of this account.'],
  ),
  'relay/not-official-account': entry(
    ['这是小程序，不是公众号', 'This is a mini program, not an Official Account'],
    [
      '授权时选择了小程序。本程序只管理服务号和订阅号。',
      'A mini program was chosen. This app serves service and subscription accounts only.',
    ],
    ['请重新授权，并选择公众号。', 'Authorize again and choose an Official Account.'],
  ),
  'relay/unknown-authorization': entry(
    ['授权请求已失效', 'This attempt is over'],
    [
      '授权页面有时效，已经过期或已经用过。',
      'The page works for a limited time; it has expired or was used.',
    ],
    ['请重新开始授权。', 'Start the authorization again.'],
  ),
  'relay/busy': entry(
    ['中继正忙', 'The relay is busy'],
    ['另一个中继正在处理同一件事。', 'Another relay is working on the same thing.'],
    ['请稍后再试。', 'Try again in a moment.'],
  ),
  'account/unverified': entry(
    ['这个公众号没有认证', 'This account is not verified'],
    [
      '微信只向已认证的公众号开放粉丝列表和客服消息。微博认证不算微信认证。',
      'WeChat opens followers and customer-service messages to verified accounts only. Verified by Weibo does not count.',
    ],
    [
      '请先完成微信认证再扫码；或改用手动连接，只做被动回复。',
      'Verify the account first, then scan again; or connect it manually for passive replies only.',
    ],
  ),
  'account/unsupported-kind': entry(
    ['这种账号不能连接', 'This kind of account cannot be connected'],
    [
      '它不是服务号或订阅号，可能是企业号、视频号或小店。',
      'It is no service or subscription account; it may be an enterprise account, a channel or a store.',
    ],
    [
      '企业号请使用企业微信；否则请重新授权并选择公众号。',
      'Enterprise accounts belong to WeCom. Otherwise authorize again and choose an Official Account.',
    ],
  ),
} as const;
