/** Handles that repositories work with. A reader has no method that writes, so writing through one does not compile. */

export type SqlValue = string | number | null | Uint8Array;

/** SQL whose rows the caller declares; the repositories' tests hold the declaration to the schema. */
export type Sql<Row> = string & { readonly row?: Row };

export interface Reader {
  all<Row>(sql: Sql<Row>, ...values: SqlValue[]): Row[];
  get<Row>(sql: Sql<Row>, ...values: SqlValue[]): Row | undefined;
  /** Rises with every write transaction: what was computed from an older state is stale. */
  readonly generation: number;
  /** Values computed from the state of `generation`, e.g. counts of filters. */
  cached<T>(key: string, compute: () => T): T;
}

export interface Writer extends Reader {
  run(sql: string, ...values: SqlValue[]): { readonly changes: number; readonly lastId: number };
}
