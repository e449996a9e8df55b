import { beforeEach, expect, it } from 'vitest';
import { createMemoryStore } from '#main/secrets/memory';
import type { SecretName, SecretStore } from '#main/secrets/port';
import { createRememberingStore } from '#main/secrets/remembering';
import { AppError } from '#shared/app-error';

const TOKEN: SecretName = { kind: 'callback-token', appid: 'wx1' };
const APP_SECRET: SecretName = { kind: 'app-secret', appid: 'wx1' };

let inner: SecretStore;
let asked: SecretName[];
let isLocked: boolean;
let secrets: SecretStore;
beforeEach(() => {
  inner = createMemoryStore();
  asked = [];
  isLocked = false;
  secrets = createRememberingStore({
    ...inner,
    get(name) {
      asked.push(name);
      return isLocked
        ? Promise.reject(new AppError({ code: 'keychain/unavailable', params: { backend: 'x' } }))
        : inner.get(name);
    },
  });
});

it('asks the keychain once for a key that opens callbacks', async () => {
  await inner.set(TOKEN, 'token');
  expect(await Promise.all([secrets.get(TOKEN), secrets.get(TOKEN)])).toEqual(['token', 'token']);
  expect(await secrets.get(TOKEN)).toBe('token');
  expect(asked).toEqual([TOKEN]);
});

it('remembers that there is none, until there is one', async () => {
  expect(await secrets.get(TOKEN)).toBeNull();
  expect(await secrets.get(TOKEN)).toBeNull();
  expect(asked).toHaveLength(1);
  await secrets.set(TOKEN, 'first');
  expect(await secrets.get(TOKEN)).toBe('first');
});

it('knows a change and a deletion at once', async () => {
  await secrets.set(TOKEN, 'old');
  expect(await secrets.get(TOKEN)).toBe('old');
  await secrets.set(TOKEN, 'new');
  expect(await secrets.get(TOKEN)).toBe('new');
  await secrets.delete(TOKEN);
  expect(await secrets.get(TOKEN)).toBeNull();
});

it('asks again after a keychain that did not answer', async () => {
  await inner.set(TOKEN, 'token');
  isLocked = true;
  await expect(secrets.get(TOKEN)).rejects.toMatchObject({ code: 'keychain/unavailable' });
  isLocked = false;
  expect(await secrets.get(TOKEN)).toBe('token');
});

it('keeps no other secret in memory', async () => {
  await secrets.set(APP_SECRET, 'secret');
  await secrets.get(APP_SECRET);
  await secrets.get(APP_SECRET);
  expect(asked).toEqual([APP_SECRET, APP_SECRET]);
});
