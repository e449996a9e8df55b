/** The safe takeover of an account, as one document. */

export interface TakeoverReads {
  /** JSON of the account's takeover, null when there is none. */
  get(appid: string): string | null;
}

export interface TakeoverWrites {
  put(appid: string, content: string): void;
}
