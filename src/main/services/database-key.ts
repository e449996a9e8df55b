import { randomBytes } from 'node:crypto';
import { AppError } from '#shared/app-error';
import type { SecretStore } from '../secrets/port';

/**
 * The key of the database, 64 hex digits: the keychain's, or a new one when there is no database yet.
 * @throws AppError keychain/unavailable, keychain/denied; db/wrong-key when there is a database but its key is gone, since a new key
 *   would only make an empty database in its place
 */
export async function obtainDatabaseKey(secrets: SecretStore, databaseExists: boolean): Promise<string> {
  const name = { kind: 'database-key' } as const;
  const known = await secrets.get(name);
  if (known !== null) return known;
  if (databaseExists) throw new AppError({ code: 'db/wrong-key' });
  // A key that could be read has proved the keychain; before there is one, a canary has to.
  await secrets.check();
  const key = randomBytes(32).toString('hex');
  await secrets.set(name, key);
  // A key that is not there at the next start would lose everything stored in between.
  if ((await secrets.get(name)) !== key) {
    throw new AppError({ code: 'keychain/unavailable', params: { backend: 'not-persistent' } });
  }
  return key;
}
