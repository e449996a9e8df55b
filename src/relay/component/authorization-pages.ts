import type { AuthorizationView } from '#shared/relay/protocol';
import type { Localized } from '#shared/localized';
import type { Attempt } from './attempts';
import type { Page } from '../pages/page';

function text(zh: string, en: string): Localized {
  return { zh, en };
}

const BACK = text(
  '可以关闭这个窗口，回到公众号桌面工作台。',
  'You may close this window and go back to OA Desk.',
);
const AGAIN = text('请在公众号桌面工作台里重新开始。', 'Start again in OA Desk.');

/** The start page: what is about to happen, and the way to WeChat's own page. */
export function startPage(attempt: Attempt, href: string): Page {
  return {
    title: text('授权公众号', 'Authorize an Official Account'),
    paragraphs: [
      text(
        `“${attempt.device}”上的公众号桌面工作台请求管理你的公众号。`,
        `OA Desk on “${attempt.device}” asks to manage your Official Account.`,
      ),
      text(
        '如果不是你或你的同事刚刚发起的，请关闭这个页面。',
        'If neither you nor a colleague has just begun this, close this page.',
      ),
    ],
    list: [
      text(
        '下一页是微信的官方授权页，会显示一个二维码。',
        'The next page is WeChat’s own and shows a QR code.',
      ),
      text(
        '请公众号的管理员本人用手机微信扫码；运营者不能授权。',
        'The account’s administrator must scan it with WeChat on a phone; operators cannot authorize.',
      ),
      text(
        '请用微信“扫一扫”对着屏幕扫，不能从相册选图。',
        'Scan it from the screen with the camera; a picture from the album is refused.',
      ),
      text(
        '授权后随时可以在微信公众平台“设置与开发 → 账号设置 → 授权管理”里取消。',
        'The authorization can be cancelled at any time at mp.weixin.qq.com under 设置与开发 → 账号设置 → 授权管理.',
      ),
    ],
    link: { href, label: text('前往微信授权页', 'Continue to WeChat') },
  };
}

/** What a start page or a landing page says of an attempt that is not open any more. */
export function statePage(attempt: Attempt | null): Page {
  if (attempt === null)
    return closed(text('这个链接不对或已过期', 'This link is wrong or has expired'), AGAIN);
  switch (attempt.state) {
    case 'done':
      return closed(text('授权成功', 'Authorized'), BACK);
    case 'failed':
      return failedPage(attempt.error);
    case 'expired':
      return closed(text('授权已过期', 'This took too long'), AGAIN);
    case 'cancelled':
      return closed(text('授权已取消', 'Cancelled'), AGAIN);
    case 'waiting':
    case 'opened':
    case 'redeeming':
      return {
        title: text('正在完成授权…', 'Finishing…'),
        paragraphs: [
          text('微信已确认，正在完成最后一步。', 'WeChat has confirmed; the last step is under way.'),
        ],
        reloadAfter: 2,
      };
  }
}

/** When WeChat's page cannot be reached now. */
export function unavailablePage(code: string): Page {
  return {
    title: text('暂时无法授权', 'Not possible right now'),
    paragraphs: [
      text(
        '中继暂时连不上微信，或第三方平台还没有就绪。请稍后刷新本页。',
        'The relay cannot reach WeChat, or its third-party platform is not ready. Reload this page a little later.',
      ),
      text(`错误代码：${code}`, `Error code: ${code}`),
    ],
  };
}

function failedPage(error: AuthorizationView['error']): Page {
  const code = error?.code ?? '';
  const reasons: Readonly<Record<string, Localized>> = {
    'relay/account-taken': text(
      '这个公众号已由同一中继上的另一个工作区使用，请先在那里删除它。',
      'Another workspace of this relay has this account. Delete it there first.',
    ),
    'relay/wrong-account': text(
      '授权的不是要求的那个公众号，请用它的管理员微信扫码。',
      'This was another account than the one asked for. Scan as the administrator of that one.',
    ),
  };
  return {
    title: text('授权没有完成', 'The authorization failed'),
    paragraphs: [
      ...(reasons[code] === undefined ? [] : [reasons[code]]),
      AGAIN,
      text(`错误代码：${code}`, `Error code: ${code}`),
    ],
  };
}

function closed(title: Localized, paragraph: Localized): Page {
  return { title, paragraphs: [paragraph] };
}
