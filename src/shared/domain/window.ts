/**
 * The customer-service window: how long and how many replies are left for one follower.
 * Everything here is a function of events and time; the numbers are dated data in `window-rules`.
 */
import type { UnixSeconds } from './clock';
import type { InboundContent } from './message';
import type { WindowRule } from './window-rules';
import { allowanceFor, FLEETING_TTL, WINDOW_RULES } from './window-rules';

/** What a follower can do that may grant replies. */
export const TRIGGERS = [
  'message',
  'menu-click',
  'menu-scan',
  'menu-message-tap',
  'subscribe',
  'scan',
  'payment',
] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** Errors by which WeChat tells us that our picture of a window was wrong. */
export const CORRECTING_ERRCODES = [45015, 45047, 43004, 48002, 43019] as const;
export type CorrectingErrcode = (typeof CORRECTING_ERRCODES)[number];

/** Everything that changes a window, in the order in which it happened. */
export type WindowEvent =
  | { readonly type: 'trigger'; readonly trigger: Trigger; readonly at: UnixSeconds }
  | { readonly type: 'sent'; readonly at: UnixSeconds }
  /** A send whose outcome is not known: it may have used one reply. */
  | { readonly type: 'unknown-send'; readonly at: UnixSeconds }
  | { readonly type: 'follow' | 'unfollow' | 'block' | 'unblock'; readonly at: UnixSeconds }
  | { readonly type: 'correction'; readonly errcode: CorrectingErrcode; readonly at: UnixSeconds };

/** The replies at hand. `remaining` is what surely was granted and not surely used. */
export interface WindowGrant {
  readonly trigger: Trigger;
  readonly grantedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly quota: number;
  readonly remaining: number;
  /** Sends of unknown outcome since the grant: as many of `remaining` may be gone. */
  readonly uncertain: number;
}

/** A folded history: small, serialisable, independent of `now`. */
export interface WindowRecord {
  /** false after an unfollow or 43004; true after a follow, or any message or click of the follower. */
  readonly following: boolean;
  readonly blocked: boolean;
  /** The follower switched messages off (48002); any new trigger lifts it. */
  readonly refusing: boolean;
  readonly grant: WindowGrant | null;
  /** Closed by WeChat's own word (45015) although our count said open. */
  readonly closedByWeChat: boolean;
}

export type ClosedReason =
  /** The follower never wrote or tapped anything that opens a window (S3.4, S4.4). */
  'never-opened' | 'time' | 'count' | 'unfollowed' | 'blocked' | 'refusing';

export type WindowState =
  | {
      readonly open: true;
      readonly trigger: Trigger;
      readonly expiresAt: UnixSeconds;
      readonly secondsLeft: number;
      readonly quota: number;
      readonly remaining: number;
      readonly uncertain: number;
      /** The window lasts a minute: show seconds. */
      readonly fleeting: boolean;
      /** `last`: one reply left. `closing`: under 4 hours (or a fleeting window). */
      readonly urgency: 'calm' | 'closing' | 'last';
    }
  | { readonly open: false; readonly reason: ClosedReason; readonly since: UnixSeconds | null };

/** Nothing is known to have happened: the person may follow, and has opened nothing. */
export const EMPTY_WINDOW: WindowRecord = {
  following: true,
  blocked: false,
  refusing: false,
  grant: null,
  closedByWeChat: false,
};

/** Under this many seconds a window counts as closing. */
export const CLOSING_SOON = 4 * 3600;

/**
 * The act behind an inbound message or event, or null when it opens no window. A tapped item of a
 * menu message arrives as text but counts like a menu click. Payments do not reach the account as a callback.
 */
export function triggerOf(content: InboundContent): Trigger | null {
  if (content.kind === 'text') return content.menuItemId === undefined ? 'message' : 'menu-message-tap';
  if (content.kind !== 'event') return 'message';
  switch (content.event.name) {
    case 'subscribe':
      return 'subscribe';
    case 'SCAN':
      return 'scan';
    case 'CLICK':
      return 'menu-click';
    case 'scancode_push':
    case 'scancode_waitmsg':
      return 'menu-scan';
    default:
      return null;
  }
}

/** What one callback does to the sender's window, in order; `at` is WeChat's CreateTime. Empty when nothing changes. */
export function windowEventsOf(content: InboundContent, at: UnixSeconds): readonly WindowEvent[] {
  if (content.kind === 'event' && content.event.name === 'unsubscribe') return [{ type: 'unfollow', at }];
  const events: WindowEvent[] = [];
  if (content.kind === 'event' && content.event.name === 'subscribe') events.push({ type: 'follow', at });
  const trigger = triggerOf(content);
  if (trigger !== null) events.push({ type: 'trigger', trigger, at });
  return events;
}

/**
 * One step. Events must come in the order of `at`; when an older one turns up late, fold the whole history again.
 * Overlapping grants do not add up: the larger count and the later expiry win.
 */
export function applyWindowEvent(
  record: WindowRecord,
  event: WindowEvent,
  rules: readonly WindowRule[] = WINDOW_RULES,
): WindowRecord {
  switch (event.type) {
    case 'trigger':
      return applyTrigger(record, event.trigger, event.at, rules);
    case 'sent':
      return changeLiveGrant(record, event.at, (grant) => {
        const remaining = Math.max(0, grant.remaining - 1);
        return { ...grant, remaining, uncertain: Math.min(grant.uncertain, remaining) };
      });
    case 'unknown-send':
      return changeLiveGrant(record, event.at, (grant) => ({
        ...grant,
        uncertain: Math.min(grant.uncertain + 1, grant.remaining),
      }));
    case 'follow':
      // Following again starts anew; hearing once more that someone follows says nothing about their switch.
      return record.following
        ? record
        : { ...record, following: true, refusing: false, closedByWeChat: false };
    case 'unfollow':
      return { ...record, following: false, refusing: false, grant: null, closedByWeChat: false };
    case 'block':
      return { ...record, blocked: true };
    case 'unblock':
      return { ...record, blocked: false };
    case 'correction':
      return applyCorrection(record, event.errcode, event.at);
  }
}

function applyTrigger(
  record: WindowRecord,
  trigger: Trigger,
  at: UnixSeconds,
  rules: readonly WindowRule[],
): WindowRecord {
  const alive: WindowRecord = {
    ...record,
    // Only followers can write, scan in or tap the menu.
    following: true,
    // WeChat does not deliver messages of people on the blacklist, so one that arrives proves that they left it.
    blocked: trigger === 'message' ? false : record.blocked,
    refusing: false,
  };
  const allowance = allowanceFor(trigger, at, rules);
  if (allowance === null) return alive;
  const expiresAt = at + allowance.ttl;
  const old = record.grant !== null && record.grant.expiresAt > at ? record.grant : null;
  if (old === null) {
    const { quota } = allowance;
    return {
      ...alive,
      closedByWeChat: false,
      grant: { trigger, grantedAt: at, expiresAt, quota, remaining: quota, uncertain: 0 },
    };
  }
  const remaining = Math.max(old.remaining, allowance.quota);
  const atLeast = Math.max(old.remaining - old.uncertain, allowance.quota);
  const outlives = expiresAt >= old.expiresAt;
  return {
    ...alive,
    closedByWeChat: false,
    grant: {
      trigger: outlives ? trigger : old.trigger,
      grantedAt: outlives ? at : old.grantedAt,
      expiresAt: outlives ? expiresAt : old.expiresAt,
      quota: outlives && allowance.quota >= old.remaining ? allowance.quota : Math.max(old.quota, remaining),
      remaining,
      uncertain: remaining - atLeast,
    },
  };
}

function changeLiveGrant(
  record: WindowRecord,
  at: UnixSeconds,
  change: (grant: WindowGrant) => WindowGrant,
): WindowRecord {
  if (record.grant === null || record.grant.expiresAt <= at) return record;
  return { ...record, grant: change(record.grant) };
}

function applyCorrection(record: WindowRecord, errcode: CorrectingErrcode, at: UnixSeconds): WindowRecord {
  const { grant } = record;
  switch (errcode) {
    case 45015:
      return {
        ...record,
        closedByWeChat: true,
        grant: grant && {
          ...grant,
          expiresAt: Math.min(grant.expiresAt, at),
          remaining: 0,
          uncertain: 0,
        },
      };
    case 45047:
      // Without a grant of our own there is no count to correct, only the fact that nothing may be sent.
      return grant === null
        ? { ...record, closedByWeChat: true }
        : { ...record, grant: { ...grant, remaining: 0, uncertain: 0 } };
    case 43004:
      return { ...record, following: false, grant: null };
    case 48002:
      return { ...record, refusing: true };
    case 43019:
      return { ...record, blocked: true };
  }
}

/** The window that a history amounts to. Sorts by `at` first, keeping the given order of equal times. */
export function foldWindow(
  events: readonly WindowEvent[],
  rules: readonly WindowRule[] = WINDOW_RULES,
): WindowRecord {
  return [...events]
    .sort((a, b) => a.at - b.at)
    .reduce((record, event) => applyWindowEvent(record, event, rules), EMPTY_WINDOW);
}

/** The window as it stands at `now`: open with time and count left, or closed with the most telling reason. */
export function windowState(record: WindowRecord, now: UnixSeconds): WindowState {
  const { grant } = record;
  if (!record.following) return { open: false, reason: 'unfollowed', since: null };
  if (record.blocked) return { open: false, reason: 'blocked', since: null };
  if (record.refusing) return { open: false, reason: 'refusing', since: null };
  if (grant === null) {
    return { open: false, reason: record.closedByWeChat ? 'time' : 'never-opened', since: null };
  }
  if (record.closedByWeChat || grant.expiresAt <= now) {
    return { open: false, reason: 'time', since: grant.expiresAt };
  }
  if (grant.remaining <= 0) return { open: false, reason: 'count', since: null };
  const granted = grant.expiresAt - grant.grantedAt;
  // A clock that lags behind WeChat's must not promise more than was granted.
  const secondsLeft = Math.min(grant.expiresAt - now, granted);
  const fleeting = granted <= FLEETING_TTL;
  return {
    open: true,
    trigger: grant.trigger,
    expiresAt: grant.expiresAt,
    secondsLeft,
    quota: grant.quota,
    remaining: grant.remaining,
    uncertain: grant.uncertain,
    fleeting,
    urgency: grant.remaining === 1 ? 'last' : fleeting || secondsLeft < CLOSING_SOON ? 'closing' : 'calm',
  };
}
