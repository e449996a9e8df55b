/** When to remind the shop of a reply that is still owed: a function of the window, what was said before, and time. */
import { canSend, type SenderAccount } from './can-send';
import type { UnixSeconds } from './clock';
import { FLEETING_TTL } from './window-rules';
import type { WindowRecord } from './window';
import type { Closing } from './local-hours';

/** Seconds before a window closes. */
export const REMINDER_LEADS = [24 * 3600, 4 * 3600, 3600] as const;
const LAST_LEAD = REMINDER_LEADS[2];
export type ReminderLead = (typeof REMINDER_LEADS)[number];

/** Seconds of a window that must be left after the quiet hours, so that a reminder can wait for their end. */
export const TIME_TO_ANSWER = 15 * 60;

/** The latest reminder of one conversation. A window is known by its end: each new message of the follower moves it. */
export interface Reminded {
  readonly windowEndsAt: UnixSeconds;
  readonly lead: number;
}

export interface ReminderSubject {
  readonly window: WindowRecord;
  /** The follower spoke last, and nobody has put the conversation away. */
  readonly needsReply: boolean;
  /** When it comes back by itself; null: it is not snoozed. */
  readonly snoozedUntil: UnixSeconds | null;
  readonly account: SenderAccount;
}

/** The reminder to be given now, or null. Of several that have become due only the latest is given. */
export function dueReminder(
  { window, needsReply, snoozedUntil, account }: ReminderSubject,
  given: Reminded | null,
  now: UnixSeconds,
  /** End of the quiet hours that hold now; null: none hold. */
  quietUntil: UnixSeconds | null,
): { readonly windowEndsAt: UnixSeconds; readonly lead: ReminderLead } | null {
  const { grant } = window;
  if (!needsReply || grant === null || !canSend(window, now, account).ok) return null;
  if (grant.expiresAt - grant.grantedAt <= FLEETING_TTL) return null;
  const windowEndsAt = grant.expiresAt;
  const lead = leadAt(windowEndsAt - now);
  if (lead === null) return null;
  if (given !== null && given.windowEndsAt === windowEndsAt && given.lead <= lead) return null;
  // Someone chose when to be asked again. What comes back too late to be answered in peace is warned of all the same.
  if (snoozedUntil !== null && snoozedUntil > now && snoozedUntil + LAST_LEAD <= windowEndsAt) return null;
  if (quietUntil !== null && quietUntil + TIME_TO_ANSWER <= windowEndsAt) return null;
  return { windowEndsAt, lead };
}

/** The shortest lead that has begun with so many seconds left; null before the first. */
function leadAt(secondsLeft: number): ReminderLead | null {
  return REMINDER_LEADS.filter((lead) => secondsLeft <= lead).at(-1) ?? null;
}

/** Seconds before the shop closes. */
export const DIGEST_LEAD = 30 * 60;
/** Closings nearer to each other than this are one: the owner moved the hour. */
const SAME_DAY = 6 * 3600;

/** Whether the digest is to be given before this closing. `last`: the closing of the latest digest, null before the first. */
export function digestIsDue(closing: Closing | null, last: UnixSeconds | null, now: UnixSeconds): boolean {
  if (closing === null || closing.closesAt - now > DIGEST_LEAD) return false;
  return last === null || Math.abs(closing.closesAt - last) > SAME_DAY;
}
