import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxAt, type SandboxControl } from './world';

/** The demo that an app of this user-data folder runs: its account, and WeChat as its followers see it. */
export interface Demo {
  readonly appid: string;
  readonly sandbox: SandboxControl;
}

/** @throws while no demo was started from this folder */
export function demoOf(userData: string): Demo {
  const memory = JSON.parse(readFileSync(join(userData, 'demo', 'demo.json'), 'utf8')) as {
    appid: string;
    sandboxPort: number;
  };
  return { appid: memory.appid, sandbox: sandboxAt(`http://127.0.0.1:${memory.sandboxPort}`, []) };
}

/**
 * Breaks the relay's data of a demo that is not running, so that at the next start of the app neither relay nor sandbox
 * comes up. Returns what mends it.
 */
export function breakDemo(userData: string): () => void {
  const data = join(userData, 'demo', 'relay');
  renameSync(data, `${data}.away`);
  writeFileSync(data, '');
  return () => {
    renameSync(data, `${data}.broken`);
    renameSync(`${data}.away`, data);
  };
}
