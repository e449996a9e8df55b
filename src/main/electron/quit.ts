import type { App } from 'electron';
import type { Logger } from '#shared/log';

/** Longest that closing may take before the app ends anyway: everything important is stored at every moment. */
const PATIENCE_MS = 5_000;

/** Closes what is open before the app ends, once, and quits when the last window closes (except on macOS). */
export function quitInOrder(app: App, log: Logger, close: () => Promise<void>): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    const ended = close().catch((error: unknown) => log.error('close-failed', { error }));
    const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
    void Promise.race([ended, late]).then(() => {
      state = 'closed';
      // Not `quit`, which would ask everything again: the windows are closed already.
      app.exit(0);
    });
  });
}
