import type { Spoolable } from './spool';

/** How long a server may keep a write to itself: the usual `sync_interval` of nats-server. */
const KEPT_MS = 120_000;
const KEPT_BYTES = 4 * 1024 * 1024;
/** What an item costs beside its body and facts. */
const OVERHEAD_BYTES = 200;

/** An item that the stream acknowledged, and its number there. */
export interface Stored extends Spoolable {
  readonly seq: number;
}

interface Entry {
  readonly item: Stored;
  readonly until: number;
}

/**
 * The items that the stream acknowledged last: those of two minutes, as far as 4 MiB hold them. A cluster that dies may
 * forget them, since an acknowledgement means that a majority has written a message, not that it is on their disks.
 *
 * Two lists take turns, as the sets of `RecentIds` do.
 */
export class RecentlyStored {
  private fresh: Entry[] = [];
  private older: readonly Entry[] = [];
  private freshBytes = 0;

  add({ workspaceId, replayKey, facts, body }: Spoolable, seq: number): void {
    const item = { workspaceId, replayKey, facts, body, seq };
    this.fresh.push({ item, until: performance.now() + KEPT_MS });
    this.freshBytes += body.length + facts.length + OVERHEAD_BYTES;
    if (this.freshBytes < KEPT_BYTES / 2) return;
    this.older = this.fresh;
    this.fresh = [];
    this.freshBytes = 0;
  }

  /** In the stream's order. They are forgotten here. */
  takeAll(): readonly Stored[] {
    const now = performance.now();
    const all = [...this.older, ...this.fresh].filter(({ until }) => until > now);
    this.fresh = [];
    this.older = [];
    this.freshBytes = 0;
    return all.map(({ item }) => item).sort((a, b) => a.seq - b.seq);
  }
}
