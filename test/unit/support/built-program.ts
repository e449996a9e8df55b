import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Inside of node_modules, so that the packages which the program imports are found from there. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'built-programs');

let folder: string | null = null;
const built = new Map<string, string>();

/**
 * The path of one file made from a TypeScript program of this repository, such as `src/relay/index.ts`, as its sources are
 * now. Node starts it in a quarter of the time that it takes to start from the sources, which counts when a test starts it
 * many times. Made once per process, and gone with it.
 */
export function builtProgram(entry: string): string {
  const known = built.get(entry);
  if (known !== undefined) return known;
  const outfile = join((folder ??= newFolder()), `${entry.replace(/[^A-Za-z0-9.]+/g, '-')}.mjs`);
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.18',
    logLevel: 'error',
  });
  built.set(entry, outfile);
  return outfile;
}

function newFolder(): string {
  mkdirSync(CACHE, { recursive: true });
  const path = mkdtempSync(join(CACHE, 'p-'));
  process.once('exit', () => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}
