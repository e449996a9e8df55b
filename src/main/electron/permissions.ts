import type { Session } from 'electron';
import { isPageOrigin } from './app-url';

const GRANTED: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write']);

/** true when the page at `origin` may have the permission. Everything not listed is denied, also what is unknown today. */
export function mayUse(permission: string, origin: string): boolean {
  return GRANTED.has(permission) && isPageOrigin(origin);
}

/** Answers requests *and* checks, since a check alone already grants some permissions; devices are never offered. */
export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(details.isMainFrame && mayUse(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    mayUse(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
}
