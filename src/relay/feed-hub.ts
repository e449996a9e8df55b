import type { WorkspaceId } from './store/port';

/** Why a wait ended. */
type WakeReason = 'message' | 'timeout' | 'ended';

/**
 * The long polls that wait. All polls of a workspace are woken by each of its commits, so no device waits behind another;
 * a device that opens more than its share loses its oldest one (its client has most likely gone without a word).
 */
export class FeedHub {
  private readonly byWorkspace = new Map<WorkspaceId, Set<Waiter>>();
  private readonly byDevice = new Map<string, Set<Waiter>>();
  private closed = false;
  private count = 0;

  constructor(private readonly pollsPerDevice: number) {}

  get waiting(): number {
    return this.count;
  }

  /** A place in the queue. Take it before looking for messages: what is committed after that wakes it. */
  join(deviceId: string, workspaceId: WorkspaceId): Waiter {
    const waiter = new Waiter(() => {
      if (forget(this.byWorkspace, workspaceId, waiter)) this.count -= 1;
      forget(this.byDevice, deviceId, waiter);
    });
    const own = remember(this.byDevice, deviceId, waiter);
    remember(this.byWorkspace, workspaceId, waiter);
    this.count += 1;
    if (own.size > this.pollsPerDevice) own.values().next().value?.end();
    if (this.closed) waiter.end();
    return waiter;
  }

  wake(workspaceId: WorkspaceId): void {
    for (const waiter of this.byWorkspace.get(workspaceId) ?? []) waiter.wake();
  }

  /** Ends the waits of one device, which was locked out. */
  endDevice(deviceId: string): void {
    for (const waiter of [...(this.byDevice.get(deviceId) ?? [])]) waiter.end();
  }

  /** Ends every wait, now and from now on. */
  close(): void {
    this.closed = true;
    for (const waiters of this.byWorkspace.values()) for (const waiter of [...waiters]) waiter.end();
  }
}

export class Waiter {
  private woken = false;
  private over = false;
  private timer: NodeJS.Timeout | null = null;
  private resolve: ((reason: WakeReason) => void) | null = null;

  constructor(private readonly onLeave: () => void) {}

  get ended(): boolean {
    return this.over;
  }

  wake(): void {
    this.woken = true;
    this.settle('message');
  }

  /** Ends this wait for good. */
  end(): void {
    this.over = true;
    this.onLeave();
    this.settle('ended');
  }

  /** Waits at most `ms` milliseconds for a commit later than the last call returned. */
  next(ms: number): Promise<WakeReason> {
    if (this.over) return Promise.resolve('ended');
    if (this.woken) {
      this.woken = false;
      return Promise.resolve('message');
    }
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.timer = setTimeout(() => {
        this.settle('timeout');
      }, ms);
    });
  }

  private settle(reason: WakeReason): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const { resolve } = this;
    this.resolve = null;
    if (resolve === null) return;
    this.woken = false;
    resolve(reason);
  }
}

function remember<K>(map: Map<K, Set<Waiter>>, key: K, waiter: Waiter): Set<Waiter> {
  const set = map.get(key) ?? new Set();
  map.set(key, set.add(waiter));
  return set;
}

function forget<K>(map: Map<K, Set<Waiter>>, key: K, waiter: Waiter): boolean {
  const set = map.get(key);
  if (set === undefined || !set.delete(waiter)) return false;
  if (set.size === 0) map.delete(key);
  return true;
}
