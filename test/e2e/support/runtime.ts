import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The Electron that the test runner resolved: start `executable` with `args` before any other argument. */
export interface ElectronRuntime {
  readonly executable: string;
  readonly args: readonly string[];
}

/** @throws when the tests were not started by `npm test` */
export function electronRuntime(): ElectronRuntime {
  const stated = process.env['OADESK_ELECTRON'];
  if (!stated) throw new Error('OADESK_ELECTRON is not set: start the end-to-end tests with npm test');
  return JSON.parse(stated) as ElectronRuntime;
}

/** Chromium refuses its own sandbox to root; pages keep `sandbox: true`. */
export const ROOT_ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export function temporaryFolder(name: string): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `oa-desk-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Polls a condition until it holds. @throws with `what` when it does not within `timeoutMs` */
export async function until<T>(
  what: string,
  condition: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  timeoutMs = 40_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`still waiting after ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ids of the live processes whose command line or environment names `mark` (Linux). */
export function processesNaming(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => ['cmdline', 'environ'].some((file) => readText(`/proc/${pid}/${file}`).includes(mark)))
    .filter((pid) => !readText(`/proc/${pid}/stat`).includes(') Z '))
    .map(Number);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
