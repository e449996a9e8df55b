import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Extracts a zip. `rename(name)` gives the path below `folder`, or null to leave an entry out.
 * Executable bits are kept.
 */
export async function unzip(archive, folder, rename) {
  const { default: yauzl } = await import('yauzl');
  const zip = await yauzl.openPromise(archive, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    const name = rename(entry.fileName);
    if (name === null) continue;
    const target = join(folder, normalize(name));
    if (!target.startsWith(folder))
      throw new Error(`the archive holds a path outside of itself: ${entry.fileName}`);
    mkdirSync(dirname(target), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(
      await zip.openReadStreamPromise(entry),
      createWriteStream(target, { mode: mode || 0o644 }),
    );
  }
}
