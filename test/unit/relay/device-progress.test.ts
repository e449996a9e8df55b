import { beforeEach, describe, expect, it } from 'vitest';
import { DeviceProgress } from '#relay/state/device-progress';
import { MemoryStore } from '#relay/store/memory/memory-store';
import type { Collection, RelayStore } from '#relay/store/port';
import { until } from './support/relay-harness';

const KEY = 'shop.1';
let store: MemoryStore;
let reports: unknown[];
/** One relay's view; two of them share the store as two relays of a cluster do. */
const relay = (over: RelayStore = store): DeviceProgress =>
  new DeviceProgress(over, (error) => reports.push(error), 20);

beforeEach(async () => {
  store = new MemoryStore();
  reports = [];
  await relay().create(KEY);
});

/** The store, which takes no changes while `out` says so. */
function failing(out: () => boolean): RelayStore {
  return {
    log: store.log,
    check: () => store.check(),
    close: () => store.close(),
    collection: (spec) => {
      const inner: Collection = store.collection(spec);
      return {
        get: (key) => inner.get(key),
        create: (key, value) => inner.create(key, value),
        delete: (key, revision) => inner.delete(key, revision),
        list: (prefix) => inner.list(prefix),
        update: (key, value, revision) =>
          out() ? Promise.reject(new Error('no room')) : inner.update(key, value, revision),
      };
    },
  };
}

describe('the progress of devices', () => {
  it('counts at once where it was noted, and a moment later everywhere', async () => {
    const [ours, theirs] = [relay(), relay()];
    ours.advance(KEY, { acked: 3, seenAt: 10 });
    expect(await ours.get(KEY)).toEqual({ acked: 3, seenAt: 10 });
    expect((await ours.list('shop.')).get(KEY)).toEqual({ acked: 3, seenAt: 10 });
    await until(async () => (await theirs.list('shop.')).get(KEY)?.acked === 3);
    await Promise.all([ours.close(), theirs.close()]);
  });

  it('is written when the relay stops', async () => {
    const ours = relay();
    ours.advance(KEY, { acked: 3, seenAt: null });
    await ours.close();
    expect(await relay().get(KEY)).toEqual({ acked: 3, seenAt: null });
  });

  it('never goes back, whichever relay the device speaks to', async () => {
    const [ours, theirs] = [relay(), relay()];
    theirs.advance(KEY, { acked: 9, seenAt: 20 });
    ours.advance(KEY, { acked: 4, seenAt: 30 });
    await theirs.close();
    ours.advance(KEY, { acked: 2, seenAt: 25 });
    await ours.close();
    expect(await relay().get(KEY)).toEqual({ acked: 9, seenAt: 30 });
  });

  it('of a device that was removed is not brought back by its last word', async () => {
    const ours = relay();
    ours.advance(KEY, { acked: 3, seenAt: null });
    await relay().delete(KEY);
    await ours.close();
    expect(await relay().get(KEY)).toBeNull();
    expect(await ours.get(KEY)).toBeNull();
  });

  it('says once that the store does not take it, counts meanwhile, and is written when it does', async () => {
    let out = true;
    const ours = relay(failing(() => out));
    ours.advance(KEY, { acked: 3, seenAt: null });
    await until(() => reports.length === 1);
    expect((await ours.list('shop.')).get(KEY)?.acked).toBe(3);
    out = false;
    await until(async () => (await relay().get(KEY))?.acked === 3);
    expect(reports).toMatchObject([{ message: 'no room' }]);
    await ours.close();
  });
});
