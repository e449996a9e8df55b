import keytar from 'keytar';
import { createHash } from 'node:crypto';

/** The name under which an installation of a test keeps its secrets in the system's keychain. */
function keychainService(userData: string): string {
  return `OA Desk ${createHash('sha256').update(userData).digest('hex').slice(0, 16)}`;
}

/** Every secret of the installation: names and values. */
export function secretsOf(
  userData: string,
): Promise<{ readonly account: string; readonly password: string }[]> {
  return keytar.findCredentials(keychainService(userData));
}

/** Takes one secret away, as a restored older keychain would. */
export async function forgetSecret(userData: string, account: string): Promise<void> {
  await keytar.deletePassword(keychainService(userData), account);
}

/** Puts one secret back. */
export async function keepSecret(userData: string, account: string, password: string): Promise<void> {
  await keytar.setPassword(keychainService(userData), account, password);
}
