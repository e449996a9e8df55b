import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { DeskTarget } from '#shared/ipc/desktop-methods';
import type { DesktopStatus } from '#shared/ipc/desktop-models';
import type { Publish } from '../ports';
import type { Timers } from './timers';

export interface Who {
  readonly appid: string;
  readonly openid: string;
}

export interface DeskStateDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly publish: Publish;
  /** Whether a window of the app has the focus. */
  readonly isFocused: () => boolean;
  /** Brings the window up, or opens one. */
  readonly showWindow: () => void;
  readonly notifications: () => boolean;
  readonly hasTray: () => boolean;
}

/** What the desktop knows of the person in front of it: where they look, what they wait for, whether they want peace. */
export interface DeskState {
  status(): DesktopStatus;
  setViewing(who: Who | null): void;
  isFocused(): boolean;
  /** The conversation is on screen in a window that has the focus. */
  isWatching(who: Who): boolean;
  pausedUntil(): UnixSeconds | null;
  setPaused(paused: boolean): void;
  /** Brings the window up on this place. */
  open(target: DeskTarget): void;
  /** The place that the page has not gone to yet; null afterwards. */
  takeTarget(): DeskTarget | null;
  /** The window got the focus. */
  focused(): void;
  /** The status is told anew, e.g. because a tray appeared. */
  tell(): void;
  /** Calls back after every change, and when the window gets the focus; returns the disposer. */
  onChange(listener: () => void): () => void;
}

/** Seconds of peace that the tray offers. */
export const PAUSE = 3600;

export function createDeskState(deps: DeskStateDeps): DeskState {
  const { clock, publish } = deps;
  const listeners = new Set<() => void>();
  let viewing: Who | null = null;
  let target: DeskTarget | null = null;
  let pauseEnds: UnixSeconds | null = null;
  let cancelEnd: (() => void) | null = null;

  function pausedUntil(): UnixSeconds | null {
    return pauseEnds !== null && pauseEnds > clock.now() ? pauseEnds : null;
  }
  const status = (): DesktopStatus => ({
    notifications: deps.notifications(),
    tray: deps.hasTray(),
    pausedUntil: pausedUntil(),
  });
  function changed(): void {
    for (const listener of listeners) listener();
  }
  function tell(): void {
    publish('desktop.changed', status());
    changed();
  }

  return {
    status,
    setViewing: (who) => void (viewing = who),
    isFocused: deps.isFocused,
    isWatching: ({ appid, openid }) =>
      viewing !== null && viewing.appid === appid && viewing.openid === openid && deps.isFocused(),
    pausedUntil,
    setPaused(paused) {
      pauseEnds = paused ? clock.now() + PAUSE : null;
      cancelEnd?.();
      // A second more, so that the pause is over by the clock too.
      cancelEnd = paused ? deps.timers.after((PAUSE + 1) * 1000, tell) : null;
      tell();
    },
    open(place) {
      target = place;
      deps.showWindow();
      publish('desktop.targetWaits', {});
    },
    takeTarget() {
      const taken = target;
      target = null;
      return taken;
    },
    focused: changed,
    tell,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
