import type { WorkspaceId } from './store/port';

/** One long poll that waits. Ten thousand of them are in memory at once, so it is one object without timers and promises. */
export interface Waiter {
  readonly deviceId: string;
  readonly workspaceId: WorkspaceId;
  /** By `performance.now()`, milliseconds. */
  readonly deadline: number;
  /** Something was committed to its workspace. It stays in the hub. */
  wake(): void;
  /** Its time is up, its place was taken, or the relay stops. The hub has forgotten it. */
  end(): void;
}

/** Milliseconds by which a wait may last longer than it was asked to. */
const TICK_MS = 50;

/**
 * The long polls that wait. All polls of a workspace are woken by each of its commits, so no device waits behind another;
 * a device that opens more than its share loses its oldest one (its client has most likely gone without a word).
 */
export class FeedHub {
  private readonly byWorkspace = new Groups<WorkspaceId>();
  private readonly byDevice = new Groups<string>();
  private readonly byTick = new Groups<number>();
  private timer: NodeJS.Timeout | null = null;
  private nextTick = 0;
  private closed = false;
  private count = 0;

  constructor(private readonly pollsPerDevice: number) {}

  get waiting(): number {
    return this.count;
  }

  /** Joins before it looks for messages: what is committed after that wakes it. May end it, or another one, at once. */
  join(waiter: Waiter): void {
    this.count += 1;
    this.byWorkspace.add(waiter.workspaceId, waiter);
    this.byDevice.add(waiter.deviceId, waiter);
    this.byTick.add(tickOf(waiter.deadline), waiter);
    if (this.closed) this.dismiss(waiter);
    else {
      this.startClock();
      if (this.byDevice.size(waiter.deviceId) > this.pollsPerDevice) {
        const oldest = this.byDevice.first(waiter.deviceId);
        if (oldest !== null) this.dismiss(oldest);
      }
    }
  }

  /** Forgets a waiter; nothing happens to one that has left. */
  leave(waiter: Waiter): void {
    if (!this.byWorkspace.delete(waiter.workspaceId, waiter)) return;
    this.byDevice.delete(waiter.deviceId, waiter);
    this.byTick.delete(tickOf(waiter.deadline), waiter);
    this.count -= 1;
    if (this.count === 0) this.stopClock();
  }

  wake(workspaceId: WorkspaceId): void {
    for (const waiter of this.byWorkspace.all(workspaceId)) waiter.wake();
  }

  /** Ends the waits of one device, which was locked out. */
  endDevice(deviceId: string): void {
    for (const waiter of this.byDevice.all(deviceId)) this.dismiss(waiter);
  }

  /** Ends every wait, now and from now on. */
  close(): void {
    this.closed = true;
    for (const tick of this.byTick.keys()) for (const waiter of this.byTick.all(tick)) this.dismiss(waiter);
  }

  private dismiss(waiter: Waiter): void {
    this.leave(waiter);
    waiter.end();
  }

  private startClock(): void {
    if (this.timer !== null) return;
    this.nextTick = tickOf(performance.now()) - 1;
    this.timer = setInterval(() => {
      this.tick();
    }, TICK_MS);
  }

  private stopClock(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  /** One timer for all: one for each would cost more memory than the rest of a waiter. */
  private tick(): void {
    const over = Math.floor(performance.now() / TICK_MS);
    for (; this.nextTick <= over; this.nextTick += 1)
      for (const waiter of this.byTick.all(this.nextTick)) this.dismiss(waiter);
  }
}

/** The first tick that is not before the deadline. */
function tickOf(deadline: number): number {
  return Math.ceil(deadline / TICK_MS);
}

/** Waiters by key, in the order in which they came. Most keys have one, which then takes no set of its own. */
class Groups<K> {
  private readonly map = new Map<K, Waiter | Set<Waiter>>();

  add(key: K, waiter: Waiter): void {
    const present = this.map.get(key);
    if (present === undefined) this.map.set(key, waiter);
    else if (present instanceof Set) present.add(waiter);
    else this.map.set(key, new Set([present, waiter]));
  }

  delete(key: K, waiter: Waiter): boolean {
    const present = this.map.get(key);
    if (present === waiter) return this.map.delete(key);
    if (!(present instanceof Set) || !present.delete(waiter)) return false;
    if (present.size === 0) this.map.delete(key);
    return true;
  }

  size(key: K): number {
    const present = this.map.get(key);
    return present === undefined ? 0 : present instanceof Set ? present.size : 1;
  }

  first(key: K): Waiter | null {
    const present = this.map.get(key);
    return (present instanceof Set ? present.values().next().value : present) ?? null;
  }

  /** A copy: what is done with the waiters may change the group. */
  all(key: K): readonly Waiter[] {
    const present = this.map.get(key);
    return present === undefined ? [] : present instanceof Set ? [...present] : [present];
  }

  keys(): readonly K[] {
    return [...this.map.keys()];
  }
}
