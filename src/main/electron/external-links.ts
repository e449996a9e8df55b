import { shell } from 'electron';
import { parseExternalUrl } from './external-url';

/**
 * The only way out to the system's browser.
 * @throws AppError external/not-https
 */
export async function openExternal(value: string): Promise<void> {
  // What is opened is the parsed and re-serialised address, never the string that was given.
  await shell.openExternal(parseExternalUrl(value).href);
}
