import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '#main/secrets/memory';
import { obtainDatabaseKey } from '#main/services/database-key';

const KEY = { kind: 'database-key' } as const;

describe('the key of the database', () => {
  it('is made once, 32 random bytes, and kept', async () => {
    const secrets = createMemoryStore();
    const key = await obtainDatabaseKey(secrets, false);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(await secrets.get(KEY)).toBe(key);
    expect(await obtainDatabaseKey(secrets, true)).toBe(key);
    expect(await obtainDatabaseKey(createMemoryStore(), false)).not.toBe(key);
  });

  it('is never made anew over a database whose key is gone', async () => {
    const secrets = createMemoryStore();
    await expect(obtainDatabaseKey(secrets, true)).rejects.toMatchObject({ code: 'db/wrong-key' });
    expect(await secrets.get(KEY)).toBeNull();
  });

  it('[SEC-12] is not used when the keychain only pretends to have kept it', async () => {
    const forgetful = { ...createMemoryStore(), get: () => Promise.resolve(null) };
    await expect(obtainDatabaseKey(forgetful, false)).rejects.toMatchObject({ code: 'keychain/unavailable' });
  });
});
