import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Downloads that every clone of this user shares. */
export function cacheFolder() {
  if (process.platform === 'win32')
    return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'oa-desk', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'oa-desk');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'oa-desk');
}
