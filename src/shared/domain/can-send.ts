/**
 * May the account write to this follower now, and if not, what it may do instead. Drawn by the composer and asked again
 * by the service just before a send.
 */
import type { Localized } from '../localized';
import type { UnixSeconds } from './clock';
import type { ClosedReason, WindowRecord } from './window';
import { windowState } from './window';

export interface SenderAccount {
  readonly kind: 'service' | 'subscription';
  readonly verified: boolean;
}

/** Legal ways on when a customer-service message is not allowed. */
export const NEXT_ACTS = [
  'wait-for-message',
  'passive-reply',
  'one-time-subscription',
  'subscription-notice',
  'template-message',
  'monthly-broadcast',
  'guide-to-follow',
  'ask-to-allow-messages',
  'unblock',
  'verify-account',
] as const;
export type NextAct = (typeof NEXT_ACTS)[number];

/** Why an act is out of reach. */
export const OBSTACLES = [
  'needs-verification',
  'needs-service-account',
  'not-following',
  'refusing',
  'no-consent',
  'no-notice-consent',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** What this follower agreed to and what was not spent yet. */
export interface Consents {
  /** One-time subscriptions (一次性订阅). */
  readonly oneTime: number;
  /** Accepted prompts of subscription notices (订阅通知). */
  readonly notices: number;
}
const NO_CONSENTS: Consents = { oneTime: 0, notices: 0 };

export interface NextStep {
  readonly act: NextAct;
  /** null: possible now. */
  readonly obstacle: Obstacle | null;
  /** How many the follower's consents allow; absent where none is needed or none is there. */
  readonly stock?: number;
}

export type SendVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: ClosedReason | 'account-cannot';
      /** Never empty, possible steps first; at least one is possible. */
      readonly next: readonly NextStep[];
    };

/** Whether a customer-service message may leave now; otherwise the reason and the legal next steps (I3). */
export function canSend(
  record: WindowRecord,
  now: UnixSeconds,
  account: SenderAccount,
  consents: Consents = NO_CONSENTS,
): SendVerdict {
  const state = windowState(record, now);
  if (!account.verified) {
    const steps: NextStep[] = [{ act: 'verify-account', obstacle: null }];
    if (record.following && !record.blocked) steps.push({ act: 'passive-reply', obstacle: null });
    if (!record.following) steps.push({ act: 'guide-to-follow', obstacle: null });
    if (record.blocked) steps.push({ act: 'unblock', obstacle: 'needs-verification' });
    steps.push(
      { act: 'one-time-subscription', obstacle: 'needs-verification' },
      { act: 'template-message', obstacle: 'needs-verification' },
      { act: 'monthly-broadcast', obstacle: 'needs-verification' },
    );
    return { ok: false, reason: 'account-cannot', next: steps };
  }
  if (state.open) return { ok: true };
  const next = stepsFor(state.reason, account, consents).sort(
    (a, b) => Number(a.obstacle !== null) - Number(b.obstacle !== null),
  );
  return { ok: false, reason: state.reason, next };
}

function stepsFor(reason: ClosedReason, account: SenderAccount, consents: Consents): NextStep[] {
  const serviceOnly: Obstacle | null = account.kind === 'service' ? null : 'needs-service-account';
  const oneTime = { act: 'one-time-subscription', ...stocked(consents.oneTime, 'no-consent') } as const;
  const notice = stocked(consents.notices, 'no-notice-consent');
  switch (reason) {
    case 'never-opened':
    case 'time':
    case 'count':
      return [
        oneTime,
        { act: 'subscription-notice', ...(serviceOnly === null ? notice : { obstacle: serviceOnly }) },
        { act: 'template-message', obstacle: serviceOnly },
        { act: 'monthly-broadcast', obstacle: null },
        { act: 'passive-reply', obstacle: null },
        { act: 'wait-for-message', obstacle: null },
      ];
    case 'unfollowed':
      return [
        { act: 'guide-to-follow', obstacle: null },
        oneTime,
        { act: 'template-message', obstacle: serviceOnly ?? 'not-following' },
        { act: 'monthly-broadcast', obstacle: 'not-following' },
      ];
    case 'blocked':
      return [{ act: 'unblock', obstacle: null }];
    case 'refusing':
      return [
        { act: 'wait-for-message', obstacle: null },
        { act: 'ask-to-allow-messages', obstacle: null },
        { act: 'template-message', obstacle: serviceOnly ?? 'refusing' },
        { act: 'monthly-broadcast', obstacle: 'refusing' },
      ];
  }
}

function stocked(stock: number, lacking: Obstacle): Pick<NextStep, 'obstacle' | 'stock'> {
  return stock > 0 ? { obstacle: null, stock } : { obstacle: lacking };
}

const ACT_TEXTS: Readonly<Record<NextAct, Localized>> = {
  'wait-for-message': {
    zh: '等对方再发一条消息：发来后时间和条数都会重新计算',
    en: 'Wait for their next message: it starts time and count afresh',
  },
  'passive-reply': {
    zh: '设置自动回复：对方发消息时 5 秒内自动答复，不占条数',
    en: 'Use an automatic reply: it answers within 5 seconds of their message and uses no quota',
  },
  'one-time-subscription': {
    zh: '发送一次性订阅消息：对方同意一次，可发一条',
    en: 'Send a one-time subscription message: one message for each consent',
  },
  'subscription-notice': {
    zh: '发送订阅通知：对方接受一次弹窗，可发一条',
    en: 'Send a subscription notice: one for each accepted prompt',
  },
  'template-message': {
    zh: '发送模板消息：仅限服务通知，不可营销',
    en: 'Send a template message: service notices only, no marketing',
  },
  'monthly-broadcast': {
    zh: '用群发触达：订阅号每天 1 次，服务号每位粉丝每月 4 次',
    en: 'Reach them by broadcast: once a day for subscription accounts, 4 a month per follower for service accounts',
  },
  'guide-to-follow': {
    zh: '引导对方重新关注：出示公众号二维码或名片',
    en: 'Invite them to follow again: show the account’s QR code or name card',
  },
  'ask-to-allow-messages': {
    zh: '请对方在公众号设置里打开“接收消息”',
    en: 'Ask them to switch on “receive messages” in the account’s settings on their phone',
  },
  unblock: { zh: '把对方移出黑名单', en: 'Remove them from the blacklist' },
  'verify-account': {
    zh: '先完成微信认证，客服消息只对已认证的公众号开放',
    en: 'Get the account verified first: customer-service messages are for verified accounts only',
  },
};

const OBSTACLE_TEXTS: Readonly<Record<Obstacle, Localized>> = {
  'needs-verification': { zh: '需要微信认证', en: 'needs a verified account' },
  'needs-service-account': { zh: '仅认证服务号可用', en: 'for verified service accounts only' },
  'not-following': { zh: '对方未关注', en: 'they do not follow' },
  refusing: { zh: '对方已关闭接收消息', en: 'they switched messages off' },
  'no-consent': {
    zh: '手头没有对方的同意：对方先在微信里点一次同意，才能发一条',
    en: 'no consent in stock: they have to agree once in WeChat for each message',
  },
  'no-notice-consent': {
    zh: '手头没有对方接受过的订阅通知',
    en: 'they have accepted no prompt that is still unspent',
  },
};

/** One sentence that tells a shop owner what the act is. */
export function nextActText(act: NextAct): Localized {
  return ACT_TEXTS[act];
}

/** Why the act is out of reach, as a phrase to put in brackets. */
export function obstacleText(obstacle: Obstacle): Localized {
  return OBSTACLE_TEXTS[obstacle];
}
