import type { App, BrowserWindow } from 'electron';
import { nativeImage } from 'electron';
import type { DeskCounts } from '../services/desktop/desktop';
import { badgePicture, badgeText } from './badge-picture';

/** Points a side that Windows shows on the taskbar, and twice that for dense screens. */
const OVERLAY = 16;

/** Unread messages on the dock (macOS, Unity), on the taskbar (Windows) and in the window's title. */
export function showBadge(
  app: App,
  windows: readonly BrowserWindow[],
  { unread }: DeskCounts,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform === 'win32')
    for (const window of windows) window.setOverlayIcon(overlay(unread), badgeText(unread) ?? '');
  else app.setBadgeCount(unread);
  for (const window of windows) window.setTitle(titleWith(app.name, unread));
}

/** `(3) OA Desk`. */
export function titleWith(name: string, unread: number): string {
  return unread > 0 ? `(${unread > 99 ? '99+' : String(unread)}) ${name}` : name;
}

function overlay(unread: number): Electron.NativeImage | null {
  const small = badgePicture(unread, OVERLAY);
  const large = badgePicture(unread, OVERLAY * 2);
  if (small === null || large === null) return null;
  const image = nativeImage.createFromBitmap(small.bitmap, { width: small.width, height: small.height });
  image.addRepresentation({ scaleFactor: 2, width: large.width, height: large.height, buffer: large.bitmap });
  return image;
}
