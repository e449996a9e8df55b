/** Preferences about notifications, reminders and the app's place on the desktop, and what main tells about them. */
import { z } from 'zod';

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
/** 1 Monday … 7 Sunday. */
const weekdays = z.array(z.number().int().min(1).max(7)).max(7);

export const SOUNDS = ['none', 'drop', 'bell', 'knock', 'chime'] as const;
export const sound = z.enum(SOUNDS);
export type Sound = z.infer<typeof sound>;

/** How an account sounds that nobody chose a sound for. */
export const DEFAULT_SOUND: Sound = 'drop';

/** More accounts than anybody runs; keeps the file of preferences small. */
const MAX_SOUNDS = 200;

export const desktopSettings = {
  notify: z.boolean(),
  /** Notifications show what was written; otherwise only that something was. */
  notifyText: z.boolean(),
  /** By AppID. */
  sounds: z.record(z.string().max(64), sound).refine((map) => Object.keys(map).length <= MAX_SOUNDS),
  quietHours: z.object({ on: z.boolean(), from: timeOfDay, to: timeOfDay, weekdays }),
  /** Before windows close that still need a reply. */
  remind: z.boolean(),
  /** Before the shop closes: who waits, and whose window closes before it opens again. */
  digest: z.object({ on: z.boolean(), closes: timeOfDay, opens: timeOfDay, weekdays }),
  /** Closing the window leaves the app in the tray; null: wherever there is a tray. */
  keepInTray: z.boolean().nullable(),
  openAtLogin: z.boolean(),
  /** Opened at login, the app shows no window. */
  startHidden: z.boolean(),
};

export type DesktopSettings = z.infer<z.ZodObject<typeof desktopSettings>>;

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

export const DESKTOP_DEFAULTS: DesktopSettings = {
  notify: true,
  notifyText: true,
  sounds: {},
  quietHours: { on: false, from: '22:00', to: '08:00', weekdays: EVERY_DAY },
  remind: true,
  digest: { on: true, closes: '18:00', opens: '09:00', weekdays: EVERY_DAY },
  keepInTray: null,
  openAtLogin: false,
  startHidden: false,
};

export const desktopStatus = z.object({
  /** false: this system has nothing that shows notifications. */
  notifications: z.boolean(),
  /** Whether there is a tray to stay in. */
  tray: z.boolean(),
  /** Unix seconds; null: notifications are not paused. */
  pausedUntil: z.number().nullable(),
});
export type DesktopStatus = z.infer<typeof desktopStatus>;
