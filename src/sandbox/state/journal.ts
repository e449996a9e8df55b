/** One API call as the control API shows it. */
export interface JournalEntry {
  /** Unix seconds by the sandbox's clock. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly appid: string | null;
  readonly errcode: number;
  /** HTTP status; null when the connection was dropped without an answer. */
  readonly status: number | null;
  /** The client's address. */
  readonly clientIp: string;
  readonly ms: number;
  readonly rid: string | null;
}

/** What rid/get tells about a failed call. */
export interface RidEntry {
  readonly appid: string | null;
  readonly invokeTime: number;
  readonly costMs: number;
  readonly requestUrl: string;
  readonly requestBody: string;
  readonly responseBody: string;
  readonly clientIp: string;
}

const MAX_CALLS = 50_000;
const MAX_RIDS = 20_000;

/** The record of API calls and of failed requests. The oldest entries go when it is full. */
export class Journal {
  #calls: JournalEntry[] = [];
  readonly #rids = new Map<string, RidEntry>();

  addCall(entry: JournalEntry): void {
    this.#calls.push(entry);
    if (this.#calls.length > MAX_CALLS * 1.1) this.#calls = this.#calls.slice(-MAX_CALLS);
  }

  /** Calls of one account, or all, oldest first. */
  calls(appid?: string): readonly JournalEntry[] {
    return appid === undefined ? [...this.#calls] : this.#calls.filter((call) => call.appid === appid);
  }

  addRid(rid: string, entry: RidEntry): void {
    this.#rids.set(rid, entry);
    if (this.#rids.size <= MAX_RIDS) return;
    const oldest = this.#rids.keys().next();
    if (!oldest.done) this.#rids.delete(oldest.value);
  }

  rid(rid: string): RidEntry | null {
    return this.#rids.get(rid) ?? null;
  }
}
