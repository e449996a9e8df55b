import type { Follower } from '../state/followers';
import { inTime } from '../state/window';

/** Whether a reply may be sent now, as the servers know it. */
export interface WindowTruth {
  readonly open: boolean;
  /** Replies left; 0 when closed. */
  readonly remaining: number;
  /** Unix seconds when the last grant ends or ended; null when nothing was granted or the follower left. */
  readonly expiresAt: number | null;
  /** Why it is closed; null when open. */
  readonly reason: 'unfollowed' | 'blocked' | 'refusing' | 'never-opened' | 'time' | 'count' | null;
}

export function windowTruth(follower: Follower, now: number): WindowTruth {
  const { window } = follower;
  const reason = closedReason(follower, now);
  return {
    open: reason === null,
    remaining: reason === null ? window.remaining : 0,
    expiresAt: window.expiresAt === 0 ? null : window.expiresAt,
    reason,
  };
}

/** In the order in which a send would be refused. */
function closedReason(follower: Follower, now: number): WindowTruth['reason'] {
  if (!follower.following) return 'unfollowed';
  if (follower.blacklisted) return 'blocked';
  if (follower.refusesMessages) return 'refusing';
  // After leaving and coming back nothing holds that was granted before.
  if (follower.window.expiresAt === 0) return 'never-opened';
  if (!inTime(follower.window, now)) return 'time';
  return follower.window.remaining > 0 ? null : 'count';
}
