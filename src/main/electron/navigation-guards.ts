import type { App, WebContents } from 'electron';
import type { Logger } from '#shared/log';
import { isPageUrl } from './app-url';

/**
 * Keeps every web contents on the app's one document: no navigation, no redirect, no frame, no window, no webview.
 * Reloading the document itself stays possible.
 */
export function guardNavigation(app: App, log: Logger): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}

function guardContents(contents: WebContents, log: Logger): void {
  const refused = (what: string, target: string): void =>
    log.warn('navigation-refused', { what, scheme: schemeOf(target) });

  contents.on('will-navigate', (details) => {
    if (details.isMainFrame && isPageUrl(details.url)) return;
    details.preventDefault();
    refused('navigate', details.url);
  });
  contents.on('will-frame-navigate', (details) => {
    if (details.isMainFrame && isPageUrl(details.url)) return;
    details.preventDefault();
    refused('frame-navigate', details.url);
  });
  contents.on('will-redirect', (details) => {
    details.preventDefault();
    refused('redirect', details.url);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    refused('webview', '');
  });
  contents.setWindowOpenHandler(({ url }) => {
    refused('window-open', url);
    return { action: 'deny' };
  });
}

/** Only the scheme is logged: an address may carry what a follower wrote. */
function schemeOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0] ?? 'none';
}
