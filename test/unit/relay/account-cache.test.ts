import { afterEach, expect, it, vi } from 'vitest';
import { SealedBox } from '#relay/secrets/sealed-box';
import { Accounts } from '#relay/state/accounts';
import { MemoryStore } from '#relay/store/memory/memory-store';
import type { Collection, CollectionSpec } from '#relay/store/port';
import { AppError } from '#shared/app-error';

/** Counts the looks at account rows, holds the next one when it is told to, and can be out of reach. */
class WatchedStore extends MemoryStore {
  looks = 0;
  isAway = false;
  private held: Promise<void> | null = null;

  /** The next look reads now and says so later. Returns what lets it. */
  holdNext(): () => void {
    let release: () => void = () => undefined;
    this.held = new Promise((resolve) => (release = resolve));
    return release;
  }

  override collection(spec: CollectionSpec): Collection {
    const collection = super.collection(spec);
    if (spec.name !== 'accounts') return collection;
    const get = collection.get.bind(collection);
    return Object.assign(collection, {
      get: async (key: string) => {
        this.looks += 1;
        if (this.isAway) throw new AppError({ code: 'relay/store-unavailable' });
        const { held } = this;
        this.held = null;
        const entry = await get(key);
        await held;
        return entry;
      },
    });
  }
}

afterEach(() => {
  vi.useRealTimers();
});

const bound = async () => {
  const store = new WatchedStore();
  const accounts = new Accounts(store, new SealedBox(Buffer.alloc(32, 1)));
  const key = await accounts.save('w', 'wx1', { mode: 'sealed', token: 'token1' });
  store.looks = 0;
  return { store, accounts, key };
};

it('is looked for once by all who ask at the same moment', async () => {
  const { store, accounts, key } = await bound();
  expect(accounts.known(key)).toBeNull();
  const all = await Promise.all(Array.from({ length: 50 }, () => accounts.findByKey(key)));
  expect(all.every((account) => account?.token === 'token1')).toBe(true);
  expect(store.looks).toBe(1);
  expect(accounts.known(key)?.token).toBe('token1');
});

it('is never given as it was before a change of this process, whatever look was under way', async () => {
  const { store, accounts, key } = await bound();
  const release = store.holdNext();
  const before = accounts.findByKey(key);
  while (store.looks === 0) await new Promise(setImmediate);
  await accounts.save('w', 'wx1', { mode: 'sealed', token: 'token2' });
  expect((await accounts.findByKey(key))?.token).toBe('token2');
  release();
  expect((await before)?.token).toBe('token1');
  expect(accounts.known(key)?.token).toBe('token2');
});

it('is looked for again after a look that failed', async () => {
  const { store, accounts, key } = await bound();
  store.isAway = true;
  await expect(accounts.findByKey(key)).rejects.toMatchObject({ code: 'relay/store-unavailable' });
  store.isAway = false;
  expect((await accounts.findByKey(key))?.token).toBe('token1');
});

it('serves as it was found lately while the store does not answer', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { store, accounts, key } = await bound();
  await accounts.findByKey(key);
  vi.advanceTimersByTime(60_000);
  expect(accounts.known(key)).toBeNull();
  store.isAway = true;
  expect((await accounts.findByKey(key))?.token).toBe('token1');
  expect(store.looks).toBe(2);
});
