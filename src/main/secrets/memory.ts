/** Secrets for as long as the process lives: for tests and tools without a keychain. */
import type { SecretStore } from './port';
import { secretKey } from './port';

export function createMemoryStore(): SecretStore {
  const values = new Map<string, string>();
  return {
    get: (name) => Promise.resolve(values.get(secretKey(name)) ?? null),
    set(name, value) {
      values.set(secretKey(name), value);
      return Promise.resolve();
    },
    delete(name) {
      values.delete(secretKey(name));
      return Promise.resolve();
    },
    check: () => Promise.resolve(),
  };
}
