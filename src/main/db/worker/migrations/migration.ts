/** One numbered step of the schema. Frozen once merged; tested from the schema before it. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
