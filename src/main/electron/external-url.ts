import { AppError } from '#shared/app-error';

/**
 * An https address that may be given to the system's browser.
 * Addresses with a user name or password are refused: they serve to disguise the host.
 * @throws AppError external/not-https
 */
export function parseExternalUrl(value: string): URL {
  let url: URL;
  try {
    url = new URL(value);
  } catch (cause) {
    throw new AppError({ code: 'external/not-https' }, { cause });
  }
  if (url.protocol !== 'https:' || url.hostname === '' || url.username !== '' || url.password !== '') {
    throw new AppError({ code: 'external/not-https' });
  }
  return url;
}

/**
 * The start page of a relay: an https address, or plain http on this computer when the relay itself was paired so.
 * @throws AppError external/not-https
 */
export function parseStartPage(value: string, relayUrl: string): URL {
  if (!value.startsWith('http:')) return parseExternalUrl(value);
  const [page, relay] = [parseLoopback(value), parseLoopback(relayUrl)];
  if (page === null || page.origin !== relay?.origin) throw new AppError({ code: 'external/not-https' });
  return page;
}

function parseLoopback(value: string): URL | null {
  if (!URL.canParse(value)) return null;
  const url = new URL(value);
  const bare = url.protocol === 'http:' && url.username === '' && url.password === '';
  return bare && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) ? url : null;
}
