/** Names of the app's own scheme. The page and its media live on different hosts, so they are different origins. */
export const APP_SCHEME = 'app';
export const PAGE_HOST = 'oadesk';
export const MEDIA_HOST = 'media';
export const PAGE_ORIGIN = `${APP_SCHEME}://${PAGE_HOST}`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** true only for the one document of the app; its fragment may differ. */
export function isPageUrl(value: string): boolean {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return false;
  }
  url.hash = '';
  return url.href === PAGE_URL;
}

/** true for anything of the page's own origin; used for permission checks, which name an origin without a path. */
export function isPageOrigin(value: string): boolean {
  try {
    const url = new URL(value);
    return (
      url.protocol === `${APP_SCHEME}:` &&
      url.host === PAGE_HOST &&
      url.username === '' &&
      url.password === ''
    );
  } catch {
    return false;
  }
}
