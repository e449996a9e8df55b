import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { createKeytarStore } from '#main/secrets/keytar';
import { electronRuntime } from '../../test/e2e/support/runtime';

/** An installation of the app whose database the benchmark fills before the first start. */
export interface Installation {
  readonly userData: string;
  readonly database: string;
  readonly key: string;
  forget(): Promise<void>;
}

export async function newInstallation(scratch: string): Promise<Installation> {
  const userData = join(scratch, 'user-data');
  const key = randomBytes(32).toString('hex');
  mkdirSync(join(userData, 'data'), { recursive: true });
  const profile = createHash('sha256').update(userData).digest('hex').slice(0, 16);
  const secrets = createKeytarStore(`OA Desk ${profile}`);
  await secrets.set({ kind: 'database-key' }, key);
  return {
    userData,
    database: join(userData, 'data', 'oa-desk.db'),
    key,
    async forget() {
      await secrets.delete({ kind: 'database-key' });
    },
  };
}

/** How to start the empty app: the fallback runtime takes no path, so it gets a runtime folder whose app is the empty one. */
export function emptyApp(scratch: string): { executable: string; args: string[] } {
  const runtime = electronRuntime();
  const app = join(import.meta.dirname, '..', 'empty-window');
  if (runtime.args.length > 0) return { executable: runtime.executable, args: [app] };
  const folder = join(scratch, 'runtime');
  cpSync(dirname(runtime.executable), folder, { recursive: true, verbatimSymlinks: true });
  rmSync(join(folder, 'resources', 'app'), { recursive: true, force: true });
  symlinkSync(app, join(folder, 'resources', 'app'), 'dir');
  return { executable: join(folder, 'electron'), args: [] };
}

/** What all processes hold, pages that they share counted in each. */
export async function megabytesOf(app: ElectronApplication): Promise<number> {
  const kilobytes = await app.evaluate(({ app: main }) =>
    main.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  );
  return kilobytes / 1024;
}

export function runtimeName(): string {
  return electronRuntime().args.length > 0 ? 'Electron (pinned)' : 'Electron 33.2.1 (fallback runtime)';
}
