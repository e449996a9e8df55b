/**
 * How many customer-service messages WeChat allows after each act of a follower, and for how long: as dated data.
 * A new announcement of WeChat is one more entry here and no other change.
 */
import type { Localized } from '../localized';
import type { UnixSeconds } from './clock';
import type { Trigger } from './window';

export interface Allowance {
  /** Replies. */
  readonly quota: number;
  /** Seconds from the act of the follower. */
  readonly ttl: number;
}

export interface WindowRule {
  /** First second of validity: midnight in Beijing. */
  readonly since: UnixSeconds;
  /** Where WeChat says so. */
  readonly source: Localized;
  /** null: this act opens nothing. */
  readonly grants: Readonly<Record<Trigger, Allowance | null>>;
}

const HOUR = 3600;
const BEIJING_OFFSET = 8 * HOUR;

/** Unix seconds of 00:00 in Beijing (UTC+8, no daylight saving) on a calendar day. */
export function beijingMidnight(year: number, month: number, day: number): UnixSeconds {
  return Date.UTC(year, month - 1, day) / 1000 - BEIJING_OFFSET;
}

/** A window no longer than this is counted in seconds on screen. */
export const FLEETING_TTL = 60;

const twentyForTwoDays: Allowance = { quota: 20, ttl: 48 * HOUR };
const fiveForTwoDays: Allowance = { quota: 5, ttl: 48 * HOUR };
const threeForAMinute: Allowance = { quota: 3, ttl: FLEETING_TTL };

export const WINDOW_RULES: readonly WindowRule[] = [
  {
    since: 0,
    source: {
      zh: '2021 年 6 月以前的客服消息规则：任何互动后 48 小时内可发 20 条',
      en: 'Customer-service rule before June 2021: 20 messages within 48 hours of any interaction',
    },
    grants: {
      message: twentyForTwoDays,
      'menu-click': twentyForTwoDays,
      'menu-scan': twentyForTwoDays,
      'menu-message-tap': twentyForTwoDays,
      subscribe: twentyForTwoDays,
      scan: twentyForTwoDays,
      payment: twentyForTwoDays,
    },
  },
  {
    since: beijingMidnight(2021, 6, 1),
    source: {
      zh: '2021 年 6 月起：用户发消息或支付后 48 小时内可发 20 条，其他互动后 1 分钟内可发 3 条',
      en: 'From June 2021: 20 messages within 48 hours of a message or payment, 3 within one minute of other acts',
    },
    grants: {
      message: twentyForTwoDays,
      'menu-click': threeForAMinute,
      'menu-scan': threeForAMinute,
      'menu-message-tap': threeForAMinute,
      subscribe: threeForAMinute,
      scan: threeForAMinute,
      payment: twentyForTwoDays,
    },
  },
  {
    since: beijingMidnight(2023, 6, 12),
    source: {
      zh: '2023 年 6 月 12 日起（2023-05-30 公告）：用户发消息后 48 小时内可发 5 条，点菜单、扫码、关注后 1 分钟内可发 3 条，支付不再增加条数',
      en: 'From 12 June 2023 (announced 30 May 2023): 5 messages within 48 hours of a message; 3 within one minute of a menu click, scan or follow; none after a payment',
    },
    grants: {
      message: fiveForTwoDays,
      'menu-click': threeForAMinute,
      'menu-scan': threeForAMinute,
      'menu-message-tap': threeForAMinute,
      subscribe: threeForAMinute,
      scan: threeForAMinute,
      payment: null,
    },
  },
];

/** The rule in force at a moment: the newest one that had begun; null before the first. The order of `rules` is free. */
export function ruleAt(at: UnixSeconds, rules: readonly WindowRule[] = WINDOW_RULES): WindowRule | null {
  let found: WindowRule | null = null;
  for (const rule of rules) {
    if (rule.since <= at && (found === null || rule.since >= found.since)) found = rule;
  }
  return found;
}

/** What an act of the follower allows at that moment; null: nothing. */
export function allowanceFor(
  trigger: Trigger,
  at: UnixSeconds,
  rules: readonly WindowRule[] = WINDOW_RULES,
): Allowance | null {
  return ruleAt(at, rules)?.grants[trigger] ?? null;
}
