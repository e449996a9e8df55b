import { readFile } from 'node:fs/promises';
import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import { MEDIA_HOST, PAGE_HOST, PAGE_ORIGIN } from './app-url';
import { INERT_POLICY, newNonce, NONCE_PLACEHOLDER, pagePolicy } from './content-security-policy';
import { mimeOf, resolveInside } from './static-files';

/** One medium as it is kept on this computer. */
export interface ServedMedia {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export interface AppProtocolDeps {
  /** Folder of the built page. */
  readonly root: string;
  /** @throws AppError when there is no such medium */
  readonly readMedia: (id: string) => Promise<ServedMedia>;
  readonly log: Logger;
}

/** Kinds that an `<img>`, `<audio>` or `<video>` may show. Anything else is handed out as bytes without a meaning. */
const SHOWN_MEDIA =
  /^(?:image\/(?:png|jpeg|gif|webp|bmp)|audio\/(?:wav|mpeg|ogg|mp4)|video\/(?:mp4|webm|quicktime))$/;
const MEDIA_ID = /^[A-Za-z0-9-]{1,64}$/;

const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;

/**
 * Answers every request of the `app:` scheme: the page's files from `root`, and media from `app://media/<id>`.
 * Only GET is served. Refusals are 404 or 405 without a body.
 */
export function createAppProtocol(deps: AppProtocolDeps): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refuse(405);
    let url: URL;
    try {
      url = new URL(request.url);
    } catch {
      return refuse(404);
    }
    try {
      if (url.host === PAGE_HOST) return await servePage(deps.root, url.pathname);
      if (url.host === MEDIA_HOST)
        return await serveMedia(deps.readMedia, url.pathname, request.headers.get('range'));
    } catch (error) {
      deps.log.error('app-protocol-failed', { host: url.host, error });
      return refuse(500);
    }
    return refuse(404);
  };
}

function refuse(status: number): Response {
  return new Response(null, {
    status,
    headers: { ...COMMON_HEADERS, 'Content-Security-Policy': INERT_POLICY },
  });
}

async function servePage(root: string, pathname: string): Promise<Response> {
  const file = await resolveInside(root, pathname === '/' ? '/index.html' : pathname);
  const mime = file && mimeOf(file);
  if (!file || !mime) return refuse(404);
  if (!mime.startsWith('text/html')) {
    return new Response(new Uint8Array(await readFile(file)), {
      headers: { ...COMMON_HEADERS, 'Content-Type': mime, 'Content-Security-Policy': INERT_POLICY },
    });
  }
  const nonce = newNonce();
  const html = await readFile(file, 'utf8');
  return new Response(html.replaceAll(NONCE_PLACEHOLDER, nonce), {
    headers: {
      ...COMMON_HEADERS,
      'Content-Type': mime,
      'Content-Security-Policy': pagePolicy(nonce),
      'Cache-Control': 'no-store',
    },
  });
}

async function serveMedia(
  readMedia: AppProtocolDeps['readMedia'],
  pathname: string,
  range: string | null,
): Promise<Response> {
  const id = pathname.slice(1);
  if (!MEDIA_ID.test(id)) return refuse(404);
  const media = await readMedia(id).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!media) return refuse(404);
  const shown = SHOWN_MEDIA.test(media.mime);
  const headers: Record<string, string> = {
    ...COMMON_HEADERS,
    'Content-Type': shown ? media.mime : 'application/octet-stream',
    'Content-Security-Policy': INERT_POLICY,
    'Accept-Ranges': 'bytes',
    // The page draws a frame of a video as its poster, which the browser allows only to origins that are named here.
    'Access-Control-Allow-Origin': PAGE_ORIGIN,
    ...(shown ? {} : { 'Content-Disposition': 'attachment' }),
  };
  const size = media.bytes.byteLength;
  if (range === null) return bytesResponse(media.bytes, 200, headers);
  // Players ask for a range to be able to seek.
  const wanted = parseRange(range, size);
  if (!wanted) {
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } });
  }
  return bytesResponse(media.bytes.subarray(wanted.start, wanted.end + 1), 206, {
    ...headers,
    'Content-Range': `bytes ${wanted.start}-${wanted.end}/${size}`,
  });
}

function bytesResponse(bytes: Uint8Array, status: number, headers: Record<string, string>): Response {
  return new Response(new Uint8Array(bytes), {
    status,
    headers: { ...headers, 'Content-Length': String(bytes.byteLength) },
  });
}

/** First and last byte of a single range (RFC 9110 §14.1.2), or null when it cannot be satisfied. */
export function parseRange(header: string, size: number): { start: number; end: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), size);
    return length === 0 ? null : { start: size - length, end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end || start >= size ? null : { start, end };
}
