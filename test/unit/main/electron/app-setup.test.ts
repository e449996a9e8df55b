import { describe, expect, it } from 'vitest';
import type { App } from 'electron';
import { enableSandbox } from '#main/electron/app-setup';

function sandboxed(uid: number, switches: readonly string[]): boolean {
  let enabled = false;
  const app: unknown = {
    enableSandbox: () => {
      enabled = true;
    },
    commandLine: { hasSwitch: (name: string) => switches.includes(name) },
  };
  enableSandbox(app as App, uid);
  return enabled;
}

describe('before the app is ready', () => {
  it('[SEC-1] sandboxes every renderer', () => {
    expect(sandboxed(1000, [])).toBe(true);
    expect(sandboxed(0, [])).toBe(true);
  });

  it('[SEC-1] does not let an ordinary user switch the sandbox off from the command line', () => {
    expect(sandboxed(1000, ['no-sandbox'])).toBe(true);
    expect(sandboxed(-1, ['no-sandbox'])).toBe(true);
  });

  it('leaves the system’s sandbox off for root who asked for that, since Chromium would not start', () => {
    expect(sandboxed(0, ['no-sandbox'])).toBe(false);
  });
});
