import type { WebPreferences } from 'electron';

/** What every window of the app is allowed: the page runs sandboxed and reaches main only through the bridge. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    // Spell checking would fetch dictionaries from a remote host.
    spellcheck: false,
    // Scripts are compiled at the first start and read back compiled at every later one.
    v8CacheOptions: 'bypassHeatCheck',
  };
}
