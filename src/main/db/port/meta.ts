/** Single values by key. */

export interface MetaReads {
  get(key: string): string | null;
}

export interface MetaWrites {
  set(key: string, value: string): void;
}
