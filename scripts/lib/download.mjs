import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { progress } from './say.mjs';

const STALLED_AFTER_MS = 30_000;

/** Downloads to `${target}.part`, going on where an earlier try stopped, and renames when complete. */
export async function download(url, target, label) {
  const part = `${target}.part`;
  const have = existsSync(part) ? statSync(part).size : 0;
  const abort = new AbortController();
  let stalled = setTimeout(() => abort.abort(), STALLED_AFTER_MS);
  try {
    const response = await fetch(url, {
      headers: have > 0 ? { range: `bytes=${have}-` } : {},
      signal: abort.signal,
    });
    if (response.status === 416) {
      rmSync(part);
      return await download(url, target, label);
    }
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    const resumed = response.status === 206;
    let done = resumed ? have : 0;
    const bar = progress(label, done + Number(response.headers.get('content-length') ?? 0));
    const counted = Readable.fromWeb(response.body).on('data', (chunk) => {
      clearTimeout(stalled);
      stalled = setTimeout(() => abort.abort(), STALLED_AFTER_MS);
      bar.at((done += chunk.length));
    });
    await pipeline(counted, createWriteStream(part, { flags: resumed ? 'a' : 'w' }));
    renameSync(part, target);
  } finally {
    clearTimeout(stalled);
  }
}

/** Subresource-integrity form: `sha512-<base64>`. */
export async function matchesIntegrity(file, integrity) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}` === integrity;
}
