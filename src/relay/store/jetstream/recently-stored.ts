import type { Spoolable } from './spool';

/** How long a server may keep a write to itself: the usual `sync_interval` of nats-server. */
const KEPT_MS = 120_000;
const BLOCK_BYTES = 2 * 1024 * 1024;

/** An item that the stream acknowledged, and its number there. */
export interface Stored extends Spoolable {
  readonly seq: number;
}

/** Number in the stream, end of its time, and the bytes of each part. */
const HEAD_BYTES = 8 + 8 + 4 * 4;

/** Items one behind another in one piece of memory. */
class Block {
  private readonly bytes: Buffer;
  private used = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  fits(size: number): boolean {
    return this.used + size <= this.bytes.length;
  }

  add(parts: readonly Buffer[], seq: number, until: number): void {
    const { bytes } = this;
    let at = bytes.writeDoubleBE(until, bytes.writeDoubleBE(seq, this.used));
    for (const { length } of parts) at = bytes.writeUInt32BE(length, at);
    for (const part of parts) at += part.copy(bytes, at);
    this.used = at;
  }

  /** Those whose time has not come. */
  *items(now: number): Generator<Stored> {
    const { bytes } = this;
    for (let at = 0; at < this.used;) {
      const seq = bytes.readDoubleBE(at);
      const until = bytes.readDoubleBE(at + 8);
      const lengths = [16, 20, 24, 28].map((place) => bytes.readUInt32BE(at + place));
      at += HEAD_BYTES;
      const parts = lengths.map((length) => bytes.subarray(at, (at += length)));
      const [workspaceId, replayKey, facts, body] = parts as [Buffer, Buffer, Buffer, Buffer];
      if (until > now)
        yield { workspaceId: workspaceId.toString(), replayKey, facts: facts.toString(), body, seq };
    }
  }
}

/**
 * The items that the stream acknowledged last: those of two minutes, as far as 4 MiB hold them. A cluster that dies may
 * forget them, since an acknowledgement means that a majority has written a message, not that it is on their disks.
 *
 * Two blocks take turns. As objects the items of a busy relay would each outlive the garbage collector's young generation,
 * which copies what it keeps.
 */
export class RecentlyStored {
  private fresh: Block | null = null;
  private older: Block | null = null;

  add({ workspaceId, replayKey, facts, body }: Spoolable, seq: number): void {
    const parts = [Buffer.from(workspaceId), replayKey, Buffer.from(facts), body];
    const size = parts.reduce((sum, { length }) => sum + length, HEAD_BYTES);
    if (this.fresh?.fits(size) !== true) {
      this.older = this.fresh;
      this.fresh = new Block(Math.max(size, BLOCK_BYTES));
    }
    this.fresh.add(parts, seq, performance.now() + KEPT_MS);
  }

  /** In the stream's order. They are forgotten here. */
  takeAll(): readonly Stored[] {
    const now = performance.now();
    const all = [this.older, this.fresh].flatMap((block) => [...(block?.items(now) ?? [])]);
    this.fresh = null;
    this.older = null;
    return all.sort((a, b) => a.seq - b.seq);
  }
}
