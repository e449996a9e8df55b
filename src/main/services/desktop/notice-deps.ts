import type { Clock } from '#shared/domain/clock';
import type { LocalClock } from '#shared/domain/local-hours';
import { quietUntil } from '#shared/domain/local-hours';
import type { Settings } from '#shared/ipc/models';
import type { Sound } from '#shared/ipc/desktop-models';
import type { Locale } from '#shared/localized';
import type { Logger } from '#shared/log';
import type { Database } from '../../db/port/database';
import type { DeskState } from './desk-state';
import type { Notifier } from './notifier';
import type { Timers } from './timers';

/** What everything that notifies is given. */
export interface NoticeDeps {
  readonly db: Database;
  /** WeChat's time, as everywhere. */
  readonly clock: Clock;
  readonly timers: Timers;
  readonly localClock: LocalClock;
  readonly notifier: Notifier;
  readonly state: DeskState;
  readonly settings: () => Settings;
  readonly locale: () => Locale;
  readonly log: Logger;
  /** Lets the page play it; false when there is no page, so that the system's own sound is needed. */
  readonly play: (sound: Sound) => boolean;
  /** How often closing windows are looked for, milliseconds; a minute when absent. */
  readonly lookEveryMs?: number;
}

/** When the owner wants to hear of things again: after the quiet hours and the pause; null: now. */
export function silentUntil(
  deps: Pick<NoticeDeps, 'settings' | 'localClock' | 'clock' | 'state'>,
): number | null {
  const quiet = quietUntil(deps.settings().quietHours, deps.localClock, deps.clock.now());
  const paused = deps.state.pausedUntil();
  return quiet === null ? paused : Math.max(quiet, paused ?? 0);
}
