import type { Localized } from '#shared/localized';
import type { RefusalReason } from './authorize';

export type Language = keyof Localized;

const text = (zh: string, en: string): Localized => ({ zh, en });

/** The sandbox's own words; only `referer` and `used-pre-auth-code` are known from WeChat's page. */
export const PAGE_TEXTS = {
  title: text('授权给第三方平台', 'Authorize a third-party platform'),
  sandbox: text(
    '这是沙盒的页面，模拟微信的授权页；不会连接微信。',
    'A page of the sandbox. It stands in for WeChat’s authorization page and talks to no one at WeChat.',
  ),
  platform: text('第三方平台', 'Platform'),
  scan: text('请管理员用手机微信扫描二维码', 'The administrator scans this code with WeChat on a phone'),
  drawing: text(
    '示意图，不能扫描：请用右边的按钮代替手机。',
    'A drawing that no phone can read: use the buttons instead of a phone.',
  ),
  expires: text('二维码有效至', 'The code is good until'),
  account: text('要授权的账号', 'Account to authorize'),
  sets: text('权限集', 'Permission sets'),
  exclusive: text('互斥：同一时间只能授权给一个平台', 'exclusive: one platform at a time'),
  administrator: text('以管理员身份扫码并确认', 'Scan as the administrator and confirm'),
  operator: text('以运营者身份扫码', 'Scan as an operator'),
  otherKind: text('用其他类型的账号扫码', 'Scan with an account of another kind'),
  refuse: text('拒绝', 'Refuse'),
  refused: text('已拒绝授权，可以关闭此页面。', 'The authorization was refused. This page can be closed.'),
  confirmed: text('已完成授权，可以关闭此页面。', 'The account is authorized. This page can be closed.'),
  service: text('服务号', 'service account'),
  subscription: text('公众号', 'subscription account'),
  verified: text('已认证', 'verified'),
  unverified: text('未认证', 'unverified'),
} as const satisfies Readonly<Record<string, Localized>>;

export const REFUSALS: Readonly<Record<RefusalReason, Localized>> = {
  'unknown-component': text(
    '第三方平台不存在：component_appid 无效',
    'There is no such platform: component_appid is wrong',
  ),
  'bad-pre-auth-code': text('预授权码无效', 'The pre-authorization code is not valid'),
  'used-pre-auth-code': text('预授权码重复使用', 'The pre-authorization code has been used already'),
  expired: text(
    '二维码已过期，请返回授权入口页重新开始',
    'The code has expired: start again from the page that led here',
  ),
  'bad-redirect-uri': text('redirect_uri 缺失或不是网址', 'redirect_uri is missing or no web address'),
  referer: text(
    '请确认授权入口页所在域名，与授权后回调URL的域名相同',
    '请确认授权入口页所在域名，与授权后回调URL的域名相同 (the page that links here and redirect_uri must be on the same host)',
  ),
  'nothing-to-authorize': text(
    'auth_type 所要求的账号类型在沙盒中不存在',
    'The sandbox has no account of the kind that auth_type asks for',
  ),
  'only-administrator': text(
    '只有管理员可以确认授权，运营者不能',
    'Only the administrator can confirm, operators cannot',
  ),
  'other-kind': text(
    '该账号类型不能授权：请使用公众号或服务号',
    'An account of this kind cannot be authorized here: use an Official Account',
  ),
  'other-account': text(
    '此授权链接只允许指定的账号授权',
    'This link is for one particular account, and this is another one',
  ),
  unpublished: text(
    '该平台未全网发布，只有授权测试公众号列表中的账号可以授权',
    'The platform is not published: only accounts of its test list can authorize it',
  ),
  'account-barred': text('账号已被封禁或冻结，不能授权', 'The account is banned or frozen'),
  'no-sets': text('请至少选择一个权限集', 'Tick at least one permission set'),
};

/** English when the browser asks for it before or above Chinese, Chinese otherwise. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '').split(',').flatMap((wish) => {
    const [, tag, quality = '1'] = /^\s*(en|zh)\b[\w-]*\s*(?:;\s*q=([\d.]+))?/i.exec(wish) ?? [];
    return tag === undefined ? [] : [{ language: tag.toLowerCase(), quality: Number(quality) }];
  });
  // Stable: of equal wishes the first one counts.
  wishes.sort((a, b) => b.quality - a.quality);
  return wishes[0]?.language === 'en' ? 'en' : 'zh';
}
