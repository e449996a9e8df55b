/**
 * The customer-service window (messages.md §1): how long and how many replies are left for one follower.
 * Types and signatures; the rules themselves are dated data in `window-rules`.
 */
import type { UnixSeconds } from './clock';

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
