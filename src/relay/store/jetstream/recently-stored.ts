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

  add({ workspaceId, replayKey, facts, body }: Spoolable, seq: number, until: number): void {
    const { bytes } = this;
    const head = this.used;
    let at = bytes.writeDoubleBE(seq, head);
    at = bytes.writeDoubleBE(until, at) + 4 * 4;
    const lengths = [
      bytes.write(workspaceId, at),
      replayKey.length,
      bytes.write(facts, at + Buffer.byteLength(workspaceId) + replayKey.length),
      body.length,
    ] as const;
    replayKey.copy(bytes, at + lengths[0]);
    body.copy(bytes, at + lengths[0] + lengths[1] + lengths[2]);
    let place = head + 16;
    for (const length of lengths) {
      place = bytes.writeUInt32BE(length, place);
      at += length;
    }
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
 * Two blocks take turns. As objects the items of a busy relay would each live just long enough to be copied by the garbage
 * collector three times: a third of the processor time of a message.
 */
export class RecentlyStored {
  private fresh: Block | null = null;
  private older: Block | null = null;

  add(item: Spoolable, seq: number): void {
    const { workspaceId, replayKey, facts, body } = item;
    const texts = Buffer.byteLength(workspaceId) + Buffer.byteLength(facts);
    const size = HEAD_BYTES + texts + replayKey.length + body.length;
    if (this.fresh?.fits(size) !== true) {
      this.older = this.fresh;
      this.fresh = new Block(Math.max(size, BLOCK_BYTES));
    }
    this.fresh.add(item, seq, performance.now() + KEPT_MS);
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
