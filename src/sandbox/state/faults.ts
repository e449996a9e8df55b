/** A failure to inject into calls of one path. */
export interface Fault {
  readonly path: string;
  /** Only calls of this account. */
  readonly appid?: string;
  /** Refuse with this errcode, before any effect. */
  readonly errcode?: number;
  readonly errmsg?: string;
  /** Answer with this HTTP status and no JSON, before any effect. */
  readonly status?: number;
  /** Wait before answering; the call itself has taken effect by then, as when an answer is slow on its way. */
  readonly delayMs?: number;
  /** Cut the connection: before the call takes effect, or after it did and before the answer. */
  readonly drop?: 'before' | 'after';
  /** How many calls are hit. */
  times: number;
}

export class FaultPlan {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  clear(): void {
    this.#faults = [];
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  /** The first fault that meets this call; it is used up by one. */
  take(path: string, appid: string | null): Fault | null {
    const fault = this.#faults.find(
      (candidate) => candidate.path === path && (candidate.appid === undefined || candidate.appid === appid),
    );
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times <= 0) this.#faults = this.#faults.filter((other) => other !== fault);
    return fault;
  }
}
