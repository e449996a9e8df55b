import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeytarStore } from '#main/secrets/keytar';
import { createMemoryStore } from '#main/secrets/memory';
import type { SecretName, SecretStore } from '#main/secrets/port';
import { createRememberingStore } from '#main/secrets/remembering';

const APPID = 'wx0123456789abcdef';
const NAMES: readonly SecretName[] = [
  { kind: 'database-key' },
  { kind: 'app-secret', appid: APPID },
  { kind: 'callback-token', appid: APPID },
  { kind: 'encoding-aes-key', appid: APPID },
  { kind: 'previous-aes-key', appid: APPID },
  { kind: 'relay-device-token', linkId: 'link-1' },
];

/** The system's keychain takes part where a session has one. */
const adapters: [string, () => SecretStore][] = [
  ['in memory', createMemoryStore],
  ['remembered', () => createRememberingStore(createMemoryStore())],
];
if (process.platform !== 'linux' || process.env['DBUS_SESSION_BUS_ADDRESS']) {
  adapters.push(['in the system keychain', () => createKeytarStore(`OA Desk test ${randomUUID()}`)]);
}

describe.each(adapters)('secrets %s', (_name, create) => {
  let secrets: SecretStore;
  beforeEach(() => {
    secrets = create();
  });
  afterEach(async () => {
    for (const name of NAMES) await secrets.delete(name);
  });

  it('answers null for what was never stored', async () => {
    for (const name of NAMES) expect(await secrets.get(name)).toBeNull();
  });

  it('keeps every secret under its own name', async () => {
    for (const [index, name] of NAMES.entries()) await secrets.set(name, `value-${String(index)}`);
    for (const [index, name] of NAMES.entries())
      expect(await secrets.get(name)).toBe(`value-${String(index)}`);
    expect(await secrets.get({ kind: 'app-secret', appid: 'wxffffffffffffffff' })).toBeNull();
  });

  it('replaces a secret', async () => {
    await secrets.set({ kind: 'app-secret', appid: APPID }, 'old');
    await secrets.set({ kind: 'app-secret', appid: APPID }, 'new');
    expect(await secrets.get({ kind: 'app-secret', appid: APPID })).toBe('new');
  });

  it('deletes a secret, and what is not there without complaint', async () => {
    await secrets.set({ kind: 'app-secret', appid: APPID }, 'value');
    await secrets.delete({ kind: 'app-secret', appid: APPID });
    await secrets.delete({ kind: 'app-secret', appid: APPID });
    expect(await secrets.get({ kind: 'app-secret', appid: APPID })).toBeNull();
  });

  it('passes its own check and leaves nothing behind', async () => {
    await secrets.check();
    for (const name of NAMES) expect(await secrets.get(name)).toBeNull();
  });
});
