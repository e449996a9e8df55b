import type { App, Protocol } from 'electron';
import { mkdirSync } from 'node:fs';
import type { Environment } from './environment';
import { APP_SCHEME } from './app-url';

/**
 * Everything that must be said before Electron is ready. Returns false when another instance already has this
 * user-data folder: then this one has to quit, and the other comes to the front.
 */
export function setUpBeforeReady(
  app: App,
  protocol: Protocol,
  environment: Environment,
  onSecondInstance: () => void,
): boolean {
  enableSandbox(app);
  if (environment.userData !== null) {
    mkdirSync(environment.userData, { recursive: true });
    app.setPath('userData', environment.userData);
  }
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondInstance);
  protocol.registerSchemesAsPrivileged([
    // `stream` lets players seek; `codeCache` keeps compiled scripts between starts; `corsEnabled` lets the page draw a frame
    // of a video that it may see anyway. No service workers, no fetch.
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, stream: true, codeCache: true, corsEnabled: true },
    },
  ]);
  return true;
}

/**
 * Every renderer is sandboxed, whatever its window asks for. The one exception: as root on Linux (containers, test
 * machines) Chromium starts only with `--no-sandbox`, which `enableSandbox` would take off again. There each window's
 * own `sandbox: true` still keeps Node out of the page; only the operating system's fence is missing.
 */
export function enableSandbox(
  app: Pick<App, 'enableSandbox' | 'commandLine'>,
  uid = process.getuid?.() ?? -1,
): void {
  if (uid === 0 && app.commandLine.hasSwitch('no-sandbox')) return;
  app.enableSandbox();
}
