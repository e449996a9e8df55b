import type { Collection, CollectionSpec, Entry } from '../port';
import type { SqliteAccess } from './sqlite-log';

/** Seconds between two removals of what has expired. */
const CLEAN_EVERY = 60;
/** After every key that begins with a given prefix. */
const BEYOND = '\u{10ffff}';

/** Removes expired entries now and then; shared by the collections of one store. */
export class Expiry {
  private cleanedAt = -Infinity;

  /** Unix seconds of the machine: lifetimes only say when storage may be given back. */
  now(): number {
    return Date.now() / 1000;
  }

  /** Inside a write. */
  clean({ sql }: SqliteAccess): void {
    const now = this.now();
    if (now - this.cleanedAt < CLEAN_EVERY) return;
    this.cleanedAt = now;
    sql.deleteExpired.run(now);
  }
}

export class SqliteCollection implements Collection {
  constructor(
    private readonly spec: CollectionSpec,
    private readonly access: SqliteAccess,
    private readonly expiry: Expiry,
  ) {}

  get(key: string): Promise<Entry | null> {
    return this.access.read(() => {
      const row = this.access.sql.entry.get(this.spec.name, key, this.expiry.now()) as Entry | undefined;
      return row === undefined ? null : toEntry(row);
    });
  }

  create(key: string, value: string): Promise<number | null> {
    return this.access.write(() => {
      this.expiry.clean(this.access);
      const revision = this.nextRevision();
      const { changes } = this.access.sql.insertEntry.run(
        this.spec.name,
        key,
        value,
        revision,
        this.expiresAt(),
      );
      return changes === 0 ? null : revision;
    });
  }

  update(key: string, value: string, revision: number): Promise<number | null> {
    return this.access.write(() => {
      const next = this.nextRevision();
      const { changes } = this.access.sql.updateEntry.run(
        value,
        next,
        this.expiresAt(),
        this.spec.name,
        key,
        revision,
        this.expiry.now(),
      );
      return changes === 0 ? null : next;
    });
  }

  delete(key: string, revision?: number): Promise<boolean> {
    const { sql, write } = this.access;
    return write(() => {
      const { changes } =
        revision === undefined
          ? sql.deleteEntry.run(this.spec.name, key)
          : sql.deleteEntryAt.run(this.spec.name, key, revision);
      return changes > 0;
    });
  }

  list(prefix: string): Promise<readonly Entry[]> {
    return this.access.read(() => {
      const rows = this.access.sql.entries.all(this.spec.name, prefix, prefix + BEYOND, this.expiry.now());
      return (rows as Entry[]).map(toEntry);
    });
  }

  private nextRevision(): number {
    return (this.access.sql.nextRevision.get() as { readonly latest: number }).latest;
  }

  private expiresAt(): number | null {
    return this.spec.lifetime === null ? null : this.expiry.now() + this.spec.lifetime;
  }
}

function toEntry({ key, value, revision }: Entry): Entry {
  return { key, value, revision };
}
