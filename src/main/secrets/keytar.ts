/** The keychain of the operating system. */
import { randomBytes } from 'node:crypto';
import type * as keytar from 'keytar';
import { AppError } from '#shared/app-error';
import type { SecretName, SecretStore } from './port';
import { secretKey } from './port';

const BACKENDS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
  linux: 'Secret Service (libsecret)',
};

type Keytar = Pick<typeof keytar, 'getPassword' | 'setPassword' | 'deletePassword'>;

/** @param service the name under which the owner finds the entries in the system's own keychain tool */
export function createKeytarStore(service: string): SecretStore {
  /** Loaded on first use: where the system's library is missing the app must still start, to say so. */
  let loading: Promise<Keytar> | null = null;

  async function use<T>(work: (chain: Keytar) => Promise<T>): Promise<T> {
    try {
      loading ??= import('keytar').then((loaded) => loaded.default);
      return await within(PATIENCE_MS, work(await loading));
    } catch (error) {
      throw unavailable(error);
    }
  }

  const account = (name: SecretName) => secretKey(name);
  return {
    get: (name) => use((chain) => chain.getPassword(service, account(name))),
    set: (name, value) => use((chain) => chain.setPassword(service, account(name), value)),
    async delete(name) {
      await use((chain) => chain.deletePassword(service, account(name)));
    },
    async check() {
      const canary = `canary-${randomBytes(8).toString('hex')}`;
      const value = randomBytes(16).toString('hex');
      await use(async (chain) => {
        await chain.setPassword(service, canary, value);
        const read = await chain.getPassword(service, canary);
        await chain.deletePassword(service, canary);
        if (read !== value) throw new Error('the canary came back changed');
      });
    },
  };
}

/**
 * A keychain that waits for somebody to unlock it answers nothing at all, and without an end messages would wait behind it
 * in silence.
 */
const PATIENCE_MS = 60_000;

function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the keychain does not answer')), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The system's message is kept as the cause only: it may be in any language and name anything. */
function unavailable(cause: unknown): AppError {
  const backend = BACKENDS[process.platform] ?? process.platform;
  const denied =
    cause instanceof Error && /denied|not allowed|passphrase you entered|cancel/i.test(cause.message);
  return new AppError(
    { code: denied ? 'keychain/denied' : 'keychain/unavailable', params: { backend } },
    { cause },
  );
}
