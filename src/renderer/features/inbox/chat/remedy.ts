/** Which button stands beside a message that did not go out, by its cause. */
import type { AppErrorData } from '#shared/app-error';
import type { ActionId } from '#shared/domain/errcodes/actions';
import { errcodeCard } from '#shared/domain/errcodes/catalogue';
import type { ShownContent } from '#shared/domain/message';

/**
 * `resend`: a new attempt. `edit`: back to the composer to change it. `other-image`: choose a better file.
 * `account`, `follower`: where the cause can be looked at. `wait`: nothing but the follower's next act helps.
 */
export type Remedy = 'resend' | 'edit' | 'other-image' | 'account' | 'follower' | 'wait';

/** What this page can do about an action of the errcode catalogue; the rest is advice to read. */
const BY_ACTION: Readonly<Partial<Record<ActionId, Remedy>>> = {
  retry: 'resend',
  'refresh-token-and-retry': 'resend',
  'wait-a-minute': 'resend',
  'wait-until-tomorrow': 'resend',
  'wait-for-user': 'wait',
  shorten: 'edit',
  'edit-content': 'edit',
  'change-link': 'edit',
  reupload: 'other-image',
  compress: 'other-image',
  'convert-file': 'other-image',
  'check-unfollow': 'follower',
  'resync-follower': 'follower',
  'guide-to-follow': 'follower',
  unblock: 'follower',
  'check-account-type': 'account',
  'check-verification': 'account',
  'check-expiry': 'account',
  're-authorise': 'account',
  'check-permission-sets': 'account',
  'check-appid': 'account',
  'check-secret': 'account',
};

const BY_CODE: Readonly<Record<string, Remedy>> = {
  'send/too-long': 'edit',
  'send/not-following': 'follower',
  'send/blocked': 'follower',
  'send/refusing': 'wait',
  'send/window-closed': 'wait',
  'send/account-cannot': 'account',
  'media/too-large': 'other-image',
  'media/unsupported-type': 'other-image',
  'media/overseas': 'other-image',
};

/**
 * The remedy for `failure`. What waits for the follower can be sent again as soon as `sendable`, the window's own
 * verdict, says so; and nothing is offered to be sent again before.
 */
export function remedyOf(failure: AppErrorData | null, content: ShownContent, sendable: boolean): Remedy {
  const found = failure ? (fromErrcode(failure) ?? BY_CODE[failure.code] ?? 'resend') : 'resend';
  if (found === 'wait' || found === 'resend') return sendable ? 'resend' : 'wait';
  if (found === 'edit' && content.kind !== 'text') return 'other-image';
  if (found === 'other-image' && content.kind === 'text') return 'edit';
  return found;
}

function fromErrcode(failure: AppErrorData): Remedy | null {
  const card = failure.errcode === undefined ? null : errcodeCard(failure.errcode);
  if (!card) return null;
  if (card.retry === 'later' || card.retry === 'after-token') return 'resend';
  for (const action of card.actions) {
    const remedy = BY_ACTION[action];
    if (remedy) return remedy;
  }
  return null;
}

const MINUTE = 60;
const DAY = 86_400;
/** WeChat's quotas begin anew at midnight in Beijing. */
const BEIJING = 8 * 3600;

/**
 * Until when WeChat will say the same again, unix seconds, for a refusal at `at`; null when waiting is not what helps.
 * `must`: nothing but waiting helps, so nothing is offered before.
 */
export function restsUntil(
  failure: AppErrorData | null,
  at: number,
): { readonly at: number; readonly must: boolean } | null {
  const card = failure?.errcode === undefined ? null : errcodeCard(failure.errcode);
  if (!card) return null;
  if (card.actions.includes('wait-a-minute')) return { at: at + MINUTE, must: true };
  if (!card.actions.includes('wait-until-tomorrow')) return null;
  return { at: Math.ceil((at + 1 + BEIJING) / DAY) * DAY - BEIJING, must: false };
}

/** Whether a new attempt fetches a new access token first: the one that WeChat refused was thrown away. */
export function refreshes(failure: AppErrorData | null): boolean {
  const card = failure?.errcode === undefined ? null : errcodeCard(failure.errcode);
  return card?.retry === 'after-token';
}
