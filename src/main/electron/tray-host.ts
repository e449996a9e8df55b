import { execFile } from 'node:child_process';

const QUESTION = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.DBus',
  '/org/freedesktop/DBus',
  'org.freedesktop.DBus.NameHasOwner',
  'string:org.kde.StatusNotifierWatcher',
];
const PATIENCE_MS = 2_000;

/**
 * Whether this desktop shows icons in a tray. Windows and macOS always do; on Linux something must have taken the name of
 * the watcher. Where that cannot be asked there is none: an app that hides without a tray is lost to its owner.
 */
export function hasTrayHost(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(true);
  return new Promise((resolve) => {
    execFile('dbus-send', QUESTION, { timeout: PATIENCE_MS }, (error, answer) =>
      resolve(error === null && /boolean true/.test(answer)),
    );
  });
}
