import type { Collection, Entry } from '../port';
import type { Bucket, KeyedVersion, Version } from './bucket';
import type { Mirror } from './mirror';
import { orUnavailable } from './unavailable';

/** Deletes that somebody else overtook are tried again; each round somebody succeeds. */
const MAX_ROUNDS = 50;

/** How a collection sees the keys of its bucket. */
interface View {
  get(key: string): Promise<Version | null>;
  /** Called when a write against what `get` gave was stale. */
  refresh(key: string): Promise<void>;
  wrote(key: string, version: Version): void;
  list(keyPrefix: string): Promise<readonly KeyedVersion[]>;
}

/** For short-lived documents: every read asks the leader of the bucket. */
export function directView(bucket: Bucket): View {
  return {
    get: (key) => bucket.read(key),
    refresh: () => Promise.resolve(),
    wrote: () => undefined,
    list: (keyPrefix) => bucket.readAll(keyPrefix, 0),
  };
}

/** For lasting documents: reads are answered from memory. */
export function mirroredView(mirror: Mirror): View {
  return {
    get: async (key) => mirror.get(key),
    refresh: (key) => mirror.refresh(key),
    wrote: (key, version) => mirror.wrote(key, version),
    list: async (keyPrefix) => {
      const collection = keyPrefix.slice(0, keyPrefix.indexOf('.'));
      const found: KeyedVersion[] = [];
      for (const [key, version] of mirror.entries(collection))
        if (key.startsWith(keyPrefix)) found.push({ key, ...version });
      return found;
    },
  };
}

export class JetStreamCollection implements Collection {
  private readonly prefix: string;

  constructor(
    name: string,
    private readonly bucket: Bucket,
    private readonly view: View,
  ) {
    this.prefix = `${name}.`;
  }

  get(key: string): Promise<Entry | null> {
    return orUnavailable(this.read(key));
  }

  create(key: string, value: string): Promise<number | null> {
    return orUnavailable(this.createNow(key, value));
  }

  update(key: string, value: string, revision: number): Promise<number | null> {
    return revision > 0 ? orUnavailable(this.write(key, value, revision)) : Promise.resolve(null);
  }

  delete(key: string, revision?: number): Promise<boolean> {
    return orUnavailable(this.deleteNow(key, revision));
  }

  list(prefix: string): Promise<readonly Entry[]> {
    return orUnavailable(this.listNow(prefix));
  }

  private async read(key: string): Promise<Entry | null> {
    return this.toEntry(key, await this.view.get(this.prefix + key));
  }

  private async createNow(key: string, value: string): Promise<number | null> {
    const known = await this.view.get(this.prefix + key);
    if (known !== null && known.value !== null) return null;
    const created = await this.write(key, value, known?.revision ?? 0);
    if (created !== null) return created;
    // Between the two it was created, or its deletion was not known here yet.
    const present = await this.bucket.read(this.prefix + key);
    return present === null || present.value !== null ? null : this.write(key, value, present.revision);
  }

  private async deleteNow(key: string, revision: number | undefined): Promise<boolean> {
    if (revision !== undefined) return revision > 0 && (await this.write(key, null, revision)) !== null;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const present = await this.view.get(this.prefix + key);
      if (present === null || present.value === null) return false;
      if ((await this.write(key, null, present.revision)) !== null) return true;
    }
    throw new RangeError('an entry changes faster than it can be deleted');
  }

  private async listNow(prefix: string): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    for (const { key, ...version } of await this.view.list(this.prefix + prefix)) {
      const entry = this.toEntry(key.slice(this.prefix.length), version);
      if (entry !== null) entries.push(entry);
    }
    return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  private async write(key: string, value: string | null, expected: number): Promise<number | null> {
    const revision = await this.bucket.write(this.prefix + key, value, expected);
    if (revision === null) await this.view.refresh(this.prefix + key);
    else this.view.wrote(this.prefix + key, { value, revision });
    return revision;
  }

  private toEntry(key: string, version: Version | null): Entry | null {
    return version === null || version.value === null
      ? null
      : { key, value: version.value, revision: version.revision };
  }
}
