import type { UnixSeconds } from '#shared/domain/clock';
import type { RelayStore } from '../store/port';
import { Documents } from './documents';

/** How far a device has come. */
export interface Progress {
  /** It has everything up to this item of its workspace. */
  readonly acked: number;
  /** To within a minute; null before its first request. */
  readonly seenAt: UnixSeconds | null;
}

/** Milliseconds until a change is written. A relay that is killed forgets what came during them. */
const WRITE_AFTER_MS = 5_000;
/** Written together, so that no message waits for the progress of hundreds of devices. */
const BATCH = 8;
/** Devices whose progress is kept in memory. */
const MAX_KNOWN = 50_000;

/**
 * The progress of all devices. A change counts at once in this process and is written a moment later, with all others of
 * that moment: what a killed relay forgets makes it keep messages a little longer, and devices acknowledge again what they
 * are not sure of.
 */
export class DeviceProgress {
  private readonly stored: Documents<Progress>;
  /** What is stored, and what is about to be. */
  private readonly known = new Map<string, Progress>();
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;

  /** @param report is told why progress could not be written; it is tried again */
  constructor(
    store: RelayStore,
    private readonly report: (error: unknown) => void,
    private readonly writeAfterMs = WRITE_AFTER_MS,
  ) {
    this.stored = new Documents(store, { name: 'device-progress', lifetime: null });
  }

  create(key: string): Promise<boolean> {
    return this.stored.create(key, { acked: 0, seenAt: null });
  }

  /** What is known of the device; null when there is no such device. */
  async get(key: string): Promise<Progress | null> {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const found = (await this.stored.get(key))?.value ?? null;
    return found === null ? null : this.remember(key, found);
  }

  /** Notes a step forward; steps back are none. */
  advance(key: string, { acked, seenAt }: Progress): void {
    const before = this.known.get(key);
    const next = later(before ?? { acked: 0, seenAt: null }, { acked, seenAt });
    if (before !== undefined && next.acked === before.acked && next.seenAt === before.seenAt) return;
    this.known.set(key, next);
    this.changed.add(key);
    this.writeSoon();
  }

  /** By key, for the keys that begin with `prefix`. */
  async list(prefix: string): Promise<ReadonlyMap<string, Progress>> {
    const found = await this.stored.list(prefix);
    return new Map(found.map(({ key, value }) => [key, later(value, this.known.get(key) ?? value)]));
  }

  async delete(key: string): Promise<void> {
    this.forget(key);
    await this.stored.delete(key);
  }

  /** Writes what has not been written. */
  async close(): Promise<void> {
    await this.writing;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    await this.write();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private writeSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.writing = this.write();
    }, this.writeAfterMs);
  }

  /** Never rejects. */
  private async write(): Promise<void> {
    const keys = [...this.changed];
    this.changed.clear();
    const failed: { readonly key: string; readonly error: unknown }[] = [];
    for (let from = 0; from < keys.length; from += BATCH)
      await Promise.all(
        keys.slice(from, from + BATCH).map((key) =>
          this.writeOne(key).catch((error: unknown) => {
            failed.push({ key, error });
          }),
        ),
      );
    if (failed[0] === undefined) return;
    for (const { key } of failed) if (this.known.has(key)) this.changed.add(key);
    this.report(failed[0].error);
    this.writeSoon();
  }

  private async writeOne(key: string): Promise<void> {
    const next = this.known.get(key);
    if (next === undefined) return;
    const stored = await this.stored.change(key, (current) => {
      if (current === null) return null;
      const result = later(current, next);
      return result.acked === current.acked && result.seenAt === current.seenAt ? null : result;
    });
    // The device was removed by another process.
    if (stored === null) this.forget(key);
  }

  private remember(key: string, progress: Progress): Progress {
    if (this.known.size >= MAX_KNOWN)
      for (const each of this.known.keys()) if (!this.changed.has(each)) this.known.delete(each);
    this.known.set(key, progress);
    return progress;
  }

  private forget(key: string): void {
    this.known.delete(key);
    this.changed.delete(key);
  }
}

function later(one: Progress, other: Progress): Progress {
  return {
    acked: Math.max(one.acked, other.acked),
    seenAt:
      one.seenAt === null || other.seenAt === null
        ? (one.seenAt ?? other.seenAt)
        : Math.max(one.seenAt, other.seenAt),
  };
}
