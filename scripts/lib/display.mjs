/** Screens and keychains for runs that nobody watches. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVisible } from './command.mjs';

export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

const KEYRING_THEN_SCREEN = [
  // The keyring belongs to this run alone, so its password protects nothing.
  'printf unattended | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1',
  'exec xvfb-run -a -s "-screen 0 1600x1000x24" "$@"',
].join('; ');

/**
 * Runs a command with a screen and an unlocked keychain of its own, so that neither the person's desktop nor their
 * keychain is touched. macOS and Windows have both in every session.
 */
export async function runWindowless(command, args, env) {
  if (process.platform !== 'linux') return runVisible(command, args, { env });
  const keyrings = mkdtempSync(join(tmpdir(), 'oa-desk-keyring-'));
  try {
    return await runVisible(
      'dbus-run-session',
      ['--', 'sh', '-c', KEYRING_THEN_SCREEN, 'sh', command, ...args],
      {
        env: { ...env, XDG_DATA_HOME: keyrings },
      },
    );
  } finally {
    rmSync(keyrings, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Chromium refuses its own sandbox to root; pages keep `sandbox: true`. */
export function rootArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
