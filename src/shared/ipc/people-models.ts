/** What main tells the page of people, of those who answer them, and of windows that were missed. */
import { z } from 'zod';
import { TRIGGERS } from '../domain/window';
import { WINDOW_ENDS } from '../domain/window-history';
import { appid, openid } from './models';

const seconds = z.number();
const count = z.number().int();

export const pastWindow = z.object({
  trigger: z.enum(TRIGGERS),
  openedAt: seconds,
  endsAt: seconds,
  end: z.enum(WINDOW_ENDS),
  acts: count,
  sent: count,
});

/** One-time subscriptions, and accepted prompts of subscription notices. */
export const consentsLeft = z.object({ oneTime: count, notices: count });

/** The same person (unionid) at another account of this desktop. */
export const relatedPerson = z.object({
  appid,
  openid,
  alias: z.string().nullable(),
  remark: z.string(),
  following: z.boolean(),
  lastMessageAt: seconds.nullable(),
});
export type RelatedPerson = z.infer<typeof relatedPerson>;

/** A customer-service worker (客服人员) as WeChat lists them. */
export const kfWorker = z.object({
  account: z.string(),
  nick: z.string(),
  /** Bound to a person's WeChat: others cannot be used yet. */
  bound: z.boolean(),
  online: z.boolean(),
  invitation: z
    .object({
      wechatId: z.string(),
      status: z.enum(['waiting', 'rejected', 'expired']),
      expiresAt: seconds.nullable(),
    })
    .nullable(),
});
export type KfWorker = z.infer<typeof kfWorker>;

export const kfDesk = z.object({
  workers: z.array(kfWorker),
  /** Replies of this desktop are shown under this worker's name; null: under the account's. */
  speakingAs: z.string().nullable(),
});
export type KfDesk = z.infer<typeof kfDesk>;

export const kfSession = z.object({ account: z.string(), since: seconds }).nullable();
export type KfSession = z.infer<typeof kfSession>;

export const MISSED_REASONS = ['time', 'count'] as const;
export type MissedReason = (typeof MISSED_REASONS)[number];

/** A customer who was not answered, or not to the end, before the window closed. */
export const missedWindow = z.object({
  appid,
  openid,
  alias: z.string().nullable(),
  remark: z.string(),
  following: z.boolean(),
  reason: z.enum(MISSED_REASONS),
  /** When the customer wrote last. */
  writtenAt: seconds,
  /** When the window closed, by its time or by its last reply. */
  closedAt: seconds,
  /** What the customer wrote last; of other kinds than text the kind. */
  words: z.string().nullable(),
  content: z.string(),
});
export type MissedWindow = z.infer<typeof missedWindow>;

export const missedReport = z.object({
  total: count,
  /** Newest first: one window of the list. */
  rows: z.array(missedWindow),
  /** By the hour of the day, on this computer's clock, in which the customer had written: 24 entries. */
  hours: z.array(z.object({ time: count, count })),
  accounts: z.array(z.object({ appid, time: count, count, windows: count })),
  /** Customers' windows that closed in the period, missed ones among them. */
  windows: count,
});
export type MissedReport = z.infer<typeof missedReport>;
