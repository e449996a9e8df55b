import type { MetaReads, MetaWrites } from '../../port/meta';
import type { Reads, Writes } from '../repository';

export const reads: Reads<MetaReads> = {
  get: (db, key) => db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null,
};

export const writes: Writes<MetaWrites> = {
  set(db, key, value) {
    db.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
  },
};
