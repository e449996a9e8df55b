import type { RelayDeps, RelayLimits } from './deps';
import type { RelayMetrics } from './metrics';

/** How long a replayed callback could still pass the timestamp check: its timestamp may lie in the future. */
function replayWindow(limits: RelayLimits): number {
  return 2 * limits.timestampWindow + 60;
}

/**
 * Sweeps the store now and then. Removes only what every device of the workspace has acknowledged; what is older than the
 * retention and unread is kept, counted and logged.
 */
export class Retention {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly deps: RelayDeps,
    private readonly limits: RelayLimits,
    private readonly metrics: RelayMetrics,
  ) {}

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
      this.running = this.sweep().then(() => {
        this.schedule();
      });
    }, this.limits.sweepInterval * 1000);
    this.timer.unref();
  }

  private async sweep(): Promise<void> {
    const { store, log, clock } = this.deps;
    const now = clock.now();
    try {
      const report = await store.sweep({
        removeReadBefore: now - this.limits.retention,
        maxBytes: this.limits.storageBytes,
        keepAllAfter: now - replayWindow(this.limits),
      });
      this.metrics.removed.add({}, report.removed);
      this.metrics.unreadOverAge.set(report.unreadOverAge);
      this.metrics.storageBytes.set(report.bytes);
      if (report.removed > 0) log.info('retention-removed-read-messages', { count: report.removed });
      if (report.unreadOverAge > 0)
        log.warn('retention-unread-messages-kept', {
          count: report.unreadOverAge,
          olderThanDays: this.limits.retention / 86_400,
        });
      if (report.overSize) log.warn('retention-storage-over-limit', { bytes: report.bytes });
    } catch (error) {
      log.error('retention-failed', { error });
    }
  }
}
