import { AppError } from '#shared/app-error';

/** Where WeChat's API lives unless an account names another host. */
export const WECHAT_ORIGIN = 'https://api.weixin.qq.com';

/**
 * The origin in a text such as `https://api.weixin.qq.com`, without a trailing slash. Plain http is accepted for this
 * computer only: tokens travel in the query, and WeChat itself refuses anything but https (43003).
 * @throws AppError `network/bad-origin` when it is no origin, has a path, a query or credentials, or is not secure
 */
export function parseOrigin(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new AppError({ code: 'network/bad-origin' });
  }
  const bare = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!bare || !secure) throw new AppError({ code: 'network/bad-origin' });
  return url.origin;
}

/** Whether the host of a URL is this computer by its very name. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Values of a query; an absent one is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** The URL of one call: every request of the product that goes to WeChat or to a relay gets its address here. */
export function apiUrl(origin: string, path: `/${string}`, query: Query = {}): URL {
  const url = new URL(parseOrigin(origin));
  // Assigned rather than resolved: `//host/…` stays a path.
  url.pathname = path;
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}
