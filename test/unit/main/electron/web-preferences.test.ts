import { describe, expect, it } from 'vitest';
import { webPreferences } from '#main/electron/web-preferences';

describe('what a window is allowed', () => {
  it('[SEC-1] is a sandboxed, isolated page without Node and without webviews', () => {
    expect(webPreferences('/preload.cjs')).toMatchObject({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
  });
});
