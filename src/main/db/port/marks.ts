/** What a person puts on a conversation: pinned, muted, snoozed, done. */

export interface MarkReads {
  /** When the next snooze ends, unix seconds; null when nothing is snoozed. */
  nextReturn(): number | null;
}

export interface MarkWrites {
  setPinned(appid: string, openid: string, pinned: boolean, now: number): void;
  setMuted(appid: string, openid: string, muted: boolean, now: number): void;
  snooze(appid: string, openid: string, until: number | null, now: number): void;
  setDone(appid: string, openid: string, done: boolean, now: number): void;
  markUnread(appid: string, openid: string): void;
  /** Brings back what was snoozed until `now` or before; who came back, in that order. */
  endSnoozes(now: number): { readonly appid: string; readonly openid: string }[];
}
