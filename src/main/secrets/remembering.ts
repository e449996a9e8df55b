import type { SecretName, SecretStore } from './port';
import { secretKey } from './port';

/** What opens callbacks: asked for with every batch of messages, and a keychain takes milliseconds of several processes. */
const REMEMBERED: ReadonlySet<SecretName['kind']> = new Set([
  'callback-token',
  'encoding-aes-key',
  'previous-aes-key',
]);

/**
 * Asks the store once for each secret that opens callbacks, and keeps it in memory for as long as the process lives. Every
 * change must go through this store.
 */
export function createRememberingStore(store: SecretStore): SecretStore {
  const known = new Map<string, Promise<string | null>>();

  function remember(name: SecretName, value: Promise<string | null>): void {
    const key = secretKey(name);
    known.set(key, value);
    value.catch(() => {
      if (known.get(key) === value) known.delete(key);
    });
  }

  async function change(name: SecretName, value: string | null, write: () => Promise<void>): Promise<void> {
    // While it is being written, and when that fails, the store alone knows.
    known.delete(secretKey(name));
    await write();
    if (REMEMBERED.has(name.kind)) remember(name, Promise.resolve(value));
  }

  return {
    get(name) {
      if (!REMEMBERED.has(name.kind)) return store.get(name);
      const remembered = known.get(secretKey(name));
      if (remembered !== undefined) return remembered;
      const value = store.get(name);
      remember(name, value);
      return value;
    },
    set: (name, value) => change(name, value, () => store.set(name, value)),
    delete: (name) => change(name, null, () => store.delete(name)),
    check: () => store.check(),
  };
}
