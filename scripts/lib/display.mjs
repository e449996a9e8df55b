/** Screens and keychains for runs that nobody watches. */
import { runVisible } from './command.mjs';

export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Runs a command with a screen and an unlocked keychain of its own, so that neither the person's desktop nor their
 * keychain is touched. macOS and Windows have both in every session.
 */
export function runWindowless(command, args, env) {
  if (process.platform !== 'linux') return runVisible(command, args, { env });
  const script =
    'printf oa-desk-test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; ' +
    'exec xvfb-run -a -s "-screen 0 1600x1000x24" "$@"';
  return runVisible('dbus-run-session', ['--', 'sh', '-c', script, 'sh', command, ...args], { env });
}

/** Chromium refuses its own sandbox to root; pages keep `sandbox: true`. */
export function rootArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
