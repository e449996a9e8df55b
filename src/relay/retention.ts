import { randomBytes } from 'node:crypto';
import type { UnixSeconds } from '#shared/domain/clock';
import type { RelayNotice } from '#shared/relay/protocol';
import type { RelayDeps, RelayLimits } from './deps';
import type { RelayMetrics } from './metrics';
import type { DeviceRecord, Devices } from './state/devices';
import { excessOf } from './fair-share';
import { Documents } from './state/documents';
import { Workspaces } from './state/workspaces';
import type { WorkspaceId } from './store/port';

/** Items per removal: small enough that a callback that arrives meanwhile is not held up. */
const BATCH = 500;

/** Whose backlog is looked after. */
type Reader = Pick<DeviceRecord, 'id' | 'acked'> & {
  /** Null: there is nobody to tell. */
  readonly name: string | null;
};

const NOBODY: Reader = { id: 'nobody', name: null, acked: 0 };

interface Warning {
  readonly removeAt: UnixSeconds;
  readonly reason: 'age' | 'size';
}

export interface RetentionDeps extends Pick<RelayDeps, 'store' | 'clock' | 'log'> {
  readonly devices: Devices;
  readonly limits: RelayLimits;
  readonly metrics: RelayMetrics;
}

/** How long a replayed callback could still pass the timestamp check: its timestamp may lie in the future. */
export function replayWindow(limits: RelayLimits): number {
  return 2 * limits.timestampWindow + 60;
}

/**
 * Sweeps the store now and then. What every device has is removed by age, and earlier when storage runs out. What some
 * device has not fetched is removed only after a warning in the feed of its workspace, where the other devices see it, and
 * in the log; if the device comes back meanwhile the warning is void. When storage runs out, only workspaces that keep more
 * than their fair share are asked to give something up. A workspace whose last device was removed is treated as
 * if one device had fetched nothing, with the log alone to tell.
 */
export class Retention {
  private readonly workspaces: Workspaces;
  private readonly warnings: Documents<Warning>;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly deps: RetentionDeps) {
    this.workspaces = new Workspaces(deps.store);
    this.warnings = new Documents(deps.store, { name: 'retention-warnings', lifetime: null });
  }

  start(): void {
    this.schedule();
  }

  /** Resolves when a sweep that has begun is over. */
  stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    return this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.sweep()
        .catch((error: unknown) => {
          this.deps.log.error('retention-failed', { error });
        })
        .then(() => {
          this.schedule();
        });
    }, this.deps.limits.sweepInterval * 1000);
    this.timer.unref();
  }

  private async sweep(): Promise<void> {
    const { store, log, clock, limits, metrics } = this.deps;
    const now = clock.now();
    // Nothing younger is removed: its replay key is still needed.
    const keepAfter = now - replayWindow(limits);
    const workspaces = await this.workspaces.list();
    let removed = 0;
    for (const id of workspaces)
      removed += await this.removeRead(id, Math.min(now - limits.retention, keepAfter));
    if ((await store.log.bytes()) > limits.storageBytes)
      for (const id of workspaces) removed += await this.removeRead(id, keepAfter);
    metrics.removed.add({ read: 'yes' }, removed);
    if (removed > 0) log.info('retention-removed-read-messages', { count: removed });

    let expiring = 0;
    for (const { id, excess } of await this.excesses(workspaces))
      expiring += await this.reviewUnread(id, now, excess);
    metrics.unreadExpiring.set(expiring);
    const bytes = await store.log.bytes();
    metrics.storageBytes.set(bytes);
    if (bytes > limits.storageBytes) log.warn('retention-storage-over-limit', { bytes });
  }

  /** What each workspace keeps too much of, the greatest first; nothing while storage suffices. */
  private async excesses(
    workspaces: readonly WorkspaceId[],
  ): Promise<readonly { readonly id: WorkspaceId; readonly excess: number }[]> {
    const { store, limits } = this.deps;
    const bytes = await store.log.bytes();
    if (bytes <= limits.storageBytes) return workspaces.map((id) => ({ id, excess: 0 }));
    const held: number[] = [];
    for (const id of workspaces) held.push(await store.log.held(id));
    const total = held.reduce((sum, count) => sum + count, 0);
    const excess = excessOf(held, Math.floor((total * limits.storageBytes) / bytes));
    return workspaces
      .map((id, index) => ({ id, excess: excess[index] ?? 0 }))
      .sort((one, other) => other.excess - one.excess);
  }

  private async removeRead(workspaceId: WorkspaceId, receivedBefore: UnixSeconds): Promise<number> {
    const devices = await this.deps.devices.list(workspaceId);
    if (devices.length === 0) return 0;
    return this.trim(workspaceId, Math.min(...devices.map(({ acked }) => acked)), receivedBefore);
  }

  private async trim(
    workspaceId: WorkspaceId,
    throughSeq: number,
    receivedBefore: UnixSeconds,
    most = Number.MAX_SAFE_INTEGER,
  ): Promise<number> {
    let removed = 0;
    for (;;) {
      const limit = Math.min(BATCH, most - removed);
      const batch = await this.deps.store.log.trim(workspaceId, { throughSeq, receivedBefore, limit });
      removed += batch;
      if (batch < BATCH) return removed;
    }
  }

  /** Warns about, and after the warning removes, what some device has not fetched. Returns how much is to be removed. */
  private async reviewUnread(workspaceId: WorkspaceId, now: UnixSeconds, excess: number): Promise<number> {
    const { store, limits } = this.deps;
    const devices = await this.deps.devices.list(workspaceId);
    const readers = devices.length === 0 ? [NOBODY] : devices;
    const behind = await Promise.all(
      readers.map(async (reader) => ({ reader, ...(await store.log.backlog(workspaceId, reader.acked)) })),
    );
    let expiring = 0;
    for (const { reader, count, oldestAt } of behind) {
      const key = `${workspaceId}.${reader.id}`;
      const warning = await this.warnings.get(key);
      const reason = dueReason(oldestAt, now, excess > 0, limits);
      if (reason === null) {
        if (warning !== null) await this.warnings.delete(key);
        continue;
      }
      expiring += count;
      if (warning === null) await this.warn(workspaceId, reader, count, reason, now);
      else if (now >= warning.value.removeAt) {
        await this.removeUnread(workspaceId, reason, now, readers, excess);
        // It was done for every reader, so what was counted before says nothing any more.
        break;
      }
    }
    return expiring;
  }

  private async warn(
    workspaceId: WorkspaceId,
    { id, name }: Reader,
    count: number,
    reason: Warning['reason'],
    now: UnixSeconds,
  ): Promise<void> {
    const { limits, log } = this.deps;
    const removeAt = now + (reason === 'age' ? limits.unreadWarning : limits.fullWarning);
    if (!(await this.warnings.create(`${workspaceId}.${id}`, { removeAt, reason }))) return;
    log.warn('retention-unread-messages-expiring', { device: id, count, reason, removeAt });
    if (name === null) return;
    await this.notify(workspaceId, { type: 'unread-expiring', device: name, count, removeAt, reason });
  }

  private async removeUnread(
    workspaceId: WorkspaceId,
    reason: Warning['reason'],
    now: UnixSeconds,
    readers: readonly Reader[],
    excess: number,
  ): Promise<void> {
    const { store, limits, log, metrics } = this.deps;
    const keepAfter = now - replayWindow(limits);
    const before = reason === 'age' ? Math.min(now - limits.unreadRetention, keepAfter) : keepAfter;
    const backlogs = async (): Promise<number[]> =>
      Promise.all(readers.map(async ({ acked }) => (await store.log.backlog(workspaceId, acked)).count));
    const counted = await backlogs();
    const removed = await this.trim(
      workspaceId,
      Number.MAX_SAFE_INTEGER,
      before,
      reason === 'age' ? undefined : excess,
    );
    const left = await backlogs();
    metrics.removed.add({ read: 'no' }, removed);
    for (const [index, { id, name }] of readers.entries()) {
      await this.warnings.delete(`${workspaceId}.${id}`);
      const count = (counted[index] ?? 0) - (left[index] ?? 0);
      if (count === 0) continue;
      log.warn('retention-removed-unread-messages', { device: id, count, reason });
      if (name !== null) await this.notify(workspaceId, { type: 'unread-removed', device: name, count });
    }
  }

  private async notify(workspaceId: WorkspaceId, notice: RelayNotice): Promise<void> {
    const body = Buffer.from(JSON.stringify(notice));
    await this.deps.store.log.append({
      workspaceId,
      kind: 'notice',
      appid: '',
      receivedAt: this.deps.clock.now(),
      // Every notice is an event of its own; what must not be said twice is decided before.
      replayKey: randomBytes(20),
      query: '',
      body,
    });
  }
}

/** Why unread items, the oldest of which was received at `oldestAt`, have to go before long; null when they may stay. */
function dueReason(
  oldestAt: UnixSeconds | null,
  now: UnixSeconds,
  isOver: boolean,
  limits: RelayLimits,
): Warning['reason'] | null {
  if (oldestAt === null) return null;
  if (now >= oldestAt + limits.unreadRetention - limits.unreadWarning) return 'age';
  return isOver && oldestAt < now - replayWindow(limits) ? 'size' : null;
}
