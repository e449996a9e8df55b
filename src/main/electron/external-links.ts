import { shell } from 'electron';
import { parseExternalUrl, parseStartPage } from './external-url';

/**
 * The only way out to the system's browser.
 * @throws AppError external/not-https
 */
export async function openExternal(value: string): Promise<void> {
  // What is opened is the parsed and re-serialised address, never the string that was given.
  await shell.openExternal(parseExternalUrl(value).href);
}

/**
 * Opens the page where a relay begins an authorization.
 * @throws AppError external/not-https
 */
export async function openStartPage(value: string, relayUrl: string): Promise<void> {
  await shell.openExternal(parseStartPage(value, relayUrl).href);
}
