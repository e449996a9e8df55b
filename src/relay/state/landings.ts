import { newAccountKey } from '../secrets/device-token';
import type { RelayStore, WorkspaceId } from '../store/port';
import { Documents } from './documents';

interface Landing {
  readonly appid: string;
  readonly workspaceId: WorkspaceId;
}

/** Public addresses of accounts under `/s/`, which customers see; they lead nowhere near the callback address. */
export class Landings {
  private readonly landings: Documents<Landing>;
  private readonly keys: Documents<{ readonly key: string }>;

  constructor(store: RelayStore) {
    this.landings = new Documents(store, { name: 'landings', lifetime: null });
    this.keys = new Documents(store, { name: 'landing-keys', lifetime: null });
  }

  /** The key of the account's landing address, always the same one. */
  async keyFor(workspaceId: WorkspaceId, appid: string): Promise<string> {
    const newKey = newAccountKey();
    const kept = await this.keys.change(`${workspaceId}.${appid}`, (present) =>
      present === null ? { key: newKey } : null,
    );
    const key = kept?.key ?? newKey;
    await this.landings.create(key, { appid, workspaceId });
    return key;
  }

  async find(key: string): Promise<Landing | null> {
    return (await this.landings.get(key))?.value ?? null;
  }
}
