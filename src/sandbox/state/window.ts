/**
 * The customer-service window as WeChat's servers keep it (messages.md §1): the sandbox's own implementation,
 * apart from the product's rules, so that each can be tested against the other.
 */

/** What grants replies: how many, and for how many seconds. */
export const GRANTS = {
  /** The follower sends a message of any type. */
  message: { replies: 5, seconds: 48 * 3600 },
  /** A tap on a click, scancode_push or scancode_waitmsg button; a tap on an item of a menu message. */
  menu: { replies: 3, seconds: 60 },
  /** Following the account. */
  follow: { replies: 3, seconds: 60 },
  /** Scanning a parametric QR code. */
  scan: { replies: 3, seconds: 60 },
} as const;
export type GrantName = keyof typeof GRANTS;

export interface ReplyWindow {
  remaining: number;
  /** Unix seconds; 0 when nothing was ever granted or the follower left. */
  expiresAt: number;
  /** A grant was given at some time, even if long ago or before the follower left. */
  everOpened: boolean;
}

export function newWindow(): ReplyWindow {
  return { remaining: 0, expiresAt: 0, everOpened: false };
}

export function inTime(window: ReplyWindow, now: number): boolean {
  return now < window.expiresAt;
}

/** Grants overlap without adding up: the larger count and the later end hold. */
export function grant(window: ReplyWindow, name: GrantName, now: number): void {
  const { replies, seconds } = GRANTS[name];
  const left = inTime(window, now) ? window.remaining : 0;
  window.remaining = Math.max(left, replies);
  window.expiresAt = Math.max(window.expiresAt, now + seconds);
  window.everOpened = true;
}

/** The follower left: nothing may be sent, whatever was granted. */
export function close(window: ReplyWindow): void {
  window.remaining = 0;
  window.expiresAt = 0;
}
