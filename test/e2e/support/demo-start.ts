import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { call } from './account';
import type { DeskApp } from './app';
import { until } from './runtime';

/** Waits until the demo runs, and returns its AppID. @throws when it failed to start */
export async function demoRuns(desk: DeskApp): Promise<string> {
  const status = await until('the demo runs', async () => {
    const now = await call(desk, 'demo.status', {});
    if (now.state === 'failed') throw new Error(`the demo failed: ${JSON.stringify(now.error)}`);
    return now.state === 'running' && now;
  });
  return status.appid ?? '';
}

/** Starts the demo and waits until it runs. Returns its AppID. */
export async function startDemo(desk: DeskApp): Promise<string> {
  await call(desk, 'demo.start', {});
  return demoRuns(desk);
}

export interface DemoPorts {
  readonly sandboxPort: number;
  readonly relayPort: number;
}

/** Where the demo's servers of an installation listen. */
export function demoPorts(userData: string): DemoPorts {
  return JSON.parse(readFileSync(join(userData, 'demo', 'demo.json'), 'utf8')) as DemoPorts;
}
