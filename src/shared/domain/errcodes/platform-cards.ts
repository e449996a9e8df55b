/** The refusals that a shop meets after binding an account by scanning. */
import { fullCard } from './card';
import { PLATFORM_CODES_PAGE } from './links';

const PLATFORM_CALL = ['通过第三方平台调用接口时', 'On a call through a third-party platform'] as const;

export const PLATFORM_CARDS = [
  fullCard({
    errcode: 61003,
    errmsg: 'component is not authorized by this account',
    meaning: ['公众号已取消授权', 'The account no longer authorises the platform'],
    cause: ['管理员取消了授权，或者从未授权给这个平台', 'The administrator withdrew it, or never gave it'],
    trigger: PLATFORM_CALL,
    why: [
      '授权由公众号管理员决定，可随时取消',
      'The account’s administrator decides, and may cancel at any time',
    ],
    checklist: [
      ['请管理员重新扫码授权', 'Ask the administrator to scan and authorise again'],
      ['历史消息仍保留，重新授权后继续', 'History is kept and work goes on afterwards'],
    ],
    actions: ['re-authorise'],
    retry: 'after-fix',
    link: PLATFORM_CODES_PAGE,
  }),
  fullCard({
    errcode: 61004,
    errmsg: 'access clientip is not registered',
    meaning: ['服务器 IP 不在平台白名单', 'The server’s address is not on the platform’s whitelist'],
    cause: [
      '第三方平台的白名单里没有这台服务器的出口 IP（{ip}）',
      'The third-party platform does not list this server’s outgoing address ({ip})',
    ],
    trigger: PLATFORM_CALL,
    why: ['平台的每一次调用都检查来源 IP', 'Every call of a platform is checked for its source'],
    checklist: [
      ['查明中继服务器的出口 IP', 'Find the outgoing address of the relay’s server'],
      [
        '由平台管理员加到开放平台的“白名单 IP 地址列表”',
        'Let the platform’s operator add it to 白名单IP地址列表 at open.weixin.qq.com',
      ],
    ],
    actions: ['copy-ip', 'open-platform'],
    retry: 'after-fix',
    link: PLATFORM_CODES_PAGE,
  }),
  fullCard({
    errcode: 61007,
    errmsg: 'api is unauthorized to component',
    meaning: ['没有授予这项权限', 'This permission was not granted'],
    cause: [
      '授权时没有勾选这个接口所在的权限集',
      'The permission set of this interface was not ticked while authorising',
    ],
    trigger: PLATFORM_CALL,
    why: ['平台只能使用管理员勾选的权限', 'A platform may use only what the administrator ticked'],
    checklist: [
      ['查看缺少哪个权限集', 'See which permission set is missing'],
      ['请管理员重新扫码，勾选它', 'Ask the administrator to scan again and tick it'],
    ],
    actions: ['check-permission-sets', 're-authorise'],
    retry: 'after-fix',
    link: PLATFORM_CODES_PAGE,
  }),
  fullCard({
    errcode: 61016,
    errmsg: 'function category of API need be confirmed by component',
    meaning: ['权限待确认，或认证缺失、过期', 'Permission unconfirmed, or verification missing or expired'],
    cause: [
      '公众号没有微信认证或认证已过期，或者这个权限集还在待确认状态',
      'The account is not verified or its verification has expired, or the permission set still awaits confirmation',
    ],
    trigger: PLATFORM_CALL,
    why: [
      '这些接口只对认证有效的账号开放',
      'These interfaces are open to accounts with a valid verification only',
    ],
    checklist: [
      ['确认是已认证的服务号', 'Make sure that it is a verified service account'],
      [
        '查看微信认证的到期日，过期请年审',
        'Look at the expiry date of the verification and renew it if needed',
      ],
      ['请管理员重新授权一次', 'Ask the administrator to authorise again'],
    ],
    actions: ['check-verification', 'check-expiry', 're-authorise'],
    retry: 'after-fix',
    link: PLATFORM_CODES_PAGE,
  }),
];
