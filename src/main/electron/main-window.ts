import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Logger } from '#shared/log';
import { PAGE_URL } from './app-url';
import type { WindowBounds } from './window-bounds';
import { WINDOW_BACKGROUND } from './window-background';
import { webPreferences } from './web-preferences';
import { MIN_HEIGHT, MIN_WIDTH, usableBounds } from './window-bounds';

export interface MainWindowDeps {
  readonly preload: string;
  /** Path of a small picture: it is decoded before the window can open. */
  readonly icon: string;
  readonly title: string;
  /** The window waits until it is asked for. */
  readonly hidden: boolean;
  readonly readBounds: () => unknown;
  readonly writeBounds: (bounds: WindowBounds) => void;
  readonly log: Logger;
}

/** Opens the main window; it is shown with its first painted frame, unless it is to wait. */
export function openMainWindow(deps: MainWindowDeps): BrowserWindow {
  const { maximized, ...bounds } = usableBounds(
    deps.readBounds(),
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: deps.title,
    icon: deps.icon,
    backgroundColor: WINDOW_BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    webPreferences: webPreferences(deps.preload),
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => {
    if (!deps.hidden) window.show();
  });
  // The title is the app's, whatever the document says.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', () =>
    deps.writeBounds({ ...window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    deps.log.error('page-gone', { reason });
    // Everything is stored in main: a page that crashed is simply drawn again.
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.reload();
  });
  window.loadURL(PAGE_URL).catch((error: unknown) => deps.log.error('page-not-loaded', { error }));
  return window;
}
