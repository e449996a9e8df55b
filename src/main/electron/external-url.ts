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
