/** What became of each reply window of one follower: read from the same log that the meter is folded from. */
import type { UnixSeconds } from './clock';
import type { Trigger, WindowEvent, WindowRecord } from './window';
import { applyWindowEvent, EMPTY_WINDOW, windowState } from './window';
import type { WindowRule } from './window-rules';
import { WINDOW_RULES } from './window-rules';

export const WINDOW_ENDS = ['open', 'time', 'count', 'unfollowed', 'blocked', 'refusing'] as const;
export type WindowEnd = (typeof WINDOW_ENDS)[number];

/** One time in which replies were allowed, from the act that opened it until nothing was left of it. */
export interface PastWindow {
  /** The act that opened it; later acts only prolong it. */
  readonly trigger: Trigger;
  readonly openedAt: UnixSeconds;
  /** When it ended, or will end unless it is prolonged. */
  readonly endsAt: UnixSeconds;
  readonly end: WindowEnd;
  /** Acts of the follower in it, and replies sent on it. */
  readonly acts: number;
  readonly sent: number;
}

interface Growing extends PastWindow {
  readonly end: 'open';
}

/** Newest first. An open window that waits for `now` to end it is judged at `now`. */
export function windowHistory(
  events: readonly WindowEvent[],
  now: UnixSeconds,
  rules: readonly WindowRule[] = WINDOW_RULES,
): PastWindow[] {
  const past: PastWindow[] = [];
  let record: WindowRecord = EMPTY_WINDOW;
  let growing: Growing | null = null;
  /** Closes what grows when the record says at `at` that it is closed. */
  const settle = (at: UnixSeconds): void => {
    if (!growing) return;
    const state = windowState(record, at);
    if (state.open) {
      growing = { ...growing, endsAt: state.expiresAt };
      return;
    }
    const end = state.reason === 'never-opened' ? 'time' : state.reason;
    past.push({ ...growing, end, endsAt: end === 'time' ? Math.min(growing.endsAt, at) : at });
    growing = null;
  };
  for (const event of [...events].sort((a, b) => a.at - b.at)) {
    settle(event.at);
    record = applyWindowEvent(record, event, rules);
    if (event.type === 'trigger' && windowState(record, event.at).open) {
      growing ??= {
        ...{ trigger: event.trigger, openedAt: event.at, endsAt: event.at },
        ...{ end: 'open', acts: 0, sent: 0 },
      };
      growing = { ...growing, acts: growing.acts + 1 };
    }
    if (event.type === 'sent' && growing) growing = { ...growing, sent: growing.sent + 1 };
    settle(event.at);
  }
  settle(now);
  if (growing) past.push(growing);
  return past.reverse();
}
