import { Accounts } from '#relay/state/accounts';
import { Devices } from '#relay/state/devices';
import { loadMasterKey } from '#relay/secrets/master-key';
import { SealedBox } from '#relay/secrets/sealed-box';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { ACCOUNT } from './account';
import type { Shop } from './load/jobs';

/** Shops made at a time: writes of one turn share a commit. */
const TOGETHER = 1_000;

/**
 * Fills a data folder with shops, each a workspace of its own with one account and one paired device: by the relay's own
 * state, since ten thousand codes typed one by one would take the longest part of the run.
 */
export async function seedShops(dataDir: string, count: number): Promise<readonly Shop[]> {
  const store = await SqliteStore.open(dataDir);
  try {
    const devices = new Devices(store);
    const accounts = new Accounts(store, new SealedBox(loadMasterKey(undefined, dataDir)));
    const now = Date.now() / 1000;
    const add = async (index: number): Promise<Shop> => {
      const workspaceId = `bench${String(index)}`;
      const appid = `wxbench${String(index).padStart(11, '0')}`;
      const { deviceToken } = await devices.add(workspaceId, 'bench', now);
      const key = await accounts.save(workspaceId, appid, { mode: 'sealed', token: ACCOUNT.token });
      return { deviceToken, path: `/wx/${key}` };
    };
    const shops: Shop[] = [];
    while (shops.length < count) {
      const from = shops.length;
      const batch = Math.min(TOGETHER, count - from);
      shops.push(...(await Promise.all(Array.from({ length: batch }, (_, offset) => add(from + offset)))));
    }
    return shops;
  } finally {
    await store.close();
  }
}
