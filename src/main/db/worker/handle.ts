/** Handles that repositories work with. A reader has no method that writes, so writing through one does not compile. */

export type SqlValue = string | number | null | Uint8Array;

export interface Reader {
  all<Row>(sql: string, ...values: SqlValue[]): Row[];
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined;
  /** Rises with every write transaction: what was computed from an older state is stale. */
  readonly generation: number;
  /** Values computed from the state of `generation`, e.g. counts of filters. */
  cached<T>(key: string, compute: () => T): T;
}

export interface Writer extends Reader {
  run(sql: string, ...values: SqlValue[]): { readonly changes: number; readonly lastId: number };
}
