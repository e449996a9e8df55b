import type { Collection, CollectionSpec, RelayStore } from '../store/port';

/** A stored document with the revision it was read at. */
export interface Document<T> {
  readonly key: string;
  readonly value: T;
  readonly revision: number;
}

/** Attempts of a change against changes of other relays; each round somebody succeeds. */
const MAX_ROUNDS = 50;

/** A collection whose entries are JSON of one shape. */
export class Documents<T> {
  private readonly collection: Collection;

  constructor(store: RelayStore, spec: CollectionSpec) {
    this.collection = store.collection(spec);
  }

  async get(key: string): Promise<Document<T> | null> {
    const entry = await this.collection.get(key);
    return entry === null ? null : { ...entry, value: JSON.parse(entry.value) as T };
  }

  /** Whether the key was free. */
  async create(key: string, value: T): Promise<boolean> {
    return (await this.collection.create(key, JSON.stringify(value))) !== null;
  }

  /** Whether nobody changed it meanwhile. */
  async replace({ key, revision }: Document<T>, value: T): Promise<boolean> {
    return (await this.collection.update(key, JSON.stringify(value), revision)) !== null;
  }

  /**
   * Applies `change` to what is stored (null when there is nothing) and stores the result, again on fresh contents when
   * somebody else was quicker. `change` returns null to leave everything as it is. Resolves to what is stored afterwards.
   */
  async change(key: string, change: (current: T | null) => T | null): Promise<T | null> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const current = await this.get(key);
      const next = change(current?.value ?? null);
      if (next === null) return current?.value ?? null;
      const done = current === null ? await this.create(key, next) : await this.replace(current, next);
      if (done) return next;
    }
    throw new RangeError('a document changes faster than it can be written');
  }

  delete(key: string, revision?: number): Promise<boolean> {
    return revision === undefined ? this.collection.delete(key) : this.collection.delete(key, revision);
  }

  async list(prefix = ''): Promise<readonly Document<T>[]> {
    const entries = await this.collection.list(prefix);
    return entries.map((entry) => ({ ...entry, value: JSON.parse(entry.value) as T }));
  }
}
