import { AUTHORIZATION_PAGE_ORIGIN } from '#wechat/api/component';
import { parseOrigin, WECHAT_ORIGIN } from '#wechat/origin';

/**
 * Where API and authorization pages are: WeChat has a host for each, a simulator one for both.
 * @throws AppError `network/bad-origin`
 */
export function componentOrigins(wechatOrigin: string | undefined): {
  readonly wechatOrigin: string;
  readonly pageOrigin: string;
} {
  const origin = parseOrigin(wechatOrigin ?? WECHAT_ORIGIN);
  const isWeChat = new URL(origin).hostname.endsWith('.weixin.qq.com');
  return { wechatOrigin: origin, pageOrigin: isWeChat ? AUTHORIZATION_PAGE_ORIGIN : origin };
}
