import { realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** The only kinds of file that the page consists of. A file of any other kind is refused. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
};

/** The Content-Type of a file by its extension; null when such a file is not served. */
export function mimeOf(path: string): string | null {
  return MIME_TYPES[extname(path).toLowerCase()] ?? null;
}

/**
 * The real path of the file that `pathname` (still percent-encoded) names under `root`, or null when there is none
 * or when it would lead outside: by dot segments in any encoding, by an absolute or drive path, by NUL, or by a link.
 */
export async function resolveInside(root: string, pathname: string): Promise<string | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  // Backslash and colon separate paths and drives on Windows; a percent sign left over was encoded twice.
  if (!decoded.startsWith('/') || /[\0\\:%]/.test(decoded)) return null;
  const segments = decoded.slice(1).split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return null;
  try {
    const realRoot = await realpath(root);
    const file = await realpath(join(realRoot, ...segments));
    // The comparison is made after links are resolved, so a link cannot lead out.
    return file.startsWith(realRoot + sep) ? file : null;
  } catch {
    return null;
  }
}
