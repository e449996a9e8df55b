import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import type { AppendOutcome, IncomingItem } from '../port';
import { NoAck } from './acked-publisher';
import { findStored, publishAll, type DrainParts } from './drain';
import { factsOf, itemHead } from './item-codec';
import type { Link } from './link';
import { PassingMap } from './passing-map';
import { RecentIds } from './recent-ids';
import type { Spool } from './spool';
import { unavailable } from './unavailable';

/** WeChat repeats a message within seconds; these ids are answered without asking the cluster. */
const REMEMBERED_IDS = 10_000;
const RETRY_MIN_MS = 50;
const RETRY_MAX_MS = 1_000;
/** After so many failed rounds in a row another server of the cluster is tried. */
const ROUNDS_PER_SERVER = 3;
const BATCH_ITEMS = 512;
const BATCH_BYTES = 1024 * 1024;

interface Held {
  readonly item: IncomingItem;
  readonly id: string;
  readonly resolve: (outcome: AppendOutcome | Promise<AppendOutcome>) => void;
}

/** An item that came back from the stream unacknowledged, or was received while such items are put in order. */
interface Returned {
  /** Its place in the order of receipt. */
  readonly place: number;
  readonly item: IncomingItem;
  readonly publishedAfter: number | null;
  readonly resolve: (outcome: Promise<AppendOutcome>) => void;
}

/** `stream`: items go to the cluster. `spool`: they go to the disk, until everything there is in the stream. */
export type DeliveryMode = 'stream' | 'spool';

/**
 * Takes items in. As long as the cluster acknowledges, an item is in the stream before its promise resolves. When it does
 * not, everything in flight and everything that follows is spooled in order of receipt, and the spool is drained into
 * the stream as soon as the cluster answers again. What was acknowledged shortly before is spooled too: it is looked for
 * before the rest is drained, and published again when the cluster has forgotten it.
 */
export class Delivery {
  private current: DeliveryMode = 'stream';
  private readonly recent = new RecentIds(REMEMBERED_IDS);
  private readonly inFlight = new PassingMap<string, Promise<AppendOutcome>>();
  /** While a batch of the spool is on its way, items wait for it: the spool would grow as fast as it is drained. */
  private held: Held[] | null = null;
  /** Whether the cluster took the batch before: nothing waits for a cluster that may not answer. */
  private draining = false;
  /** Whether what is held has waited for one batch already and waits for the last one as well. */
  private holdingOn = false;
  private returned: Returned[] = [];
  private received = 0;
  private recovery: Promise<void> | null = null;
  /** Which recovery is the present one. */
  private outage = 0;
  private wake: () => void = () => undefined;
  private closing = false;

  constructor(
    private readonly parts: DrainParts & {
      readonly spool: Spool;
      readonly link: Link;
      readonly log: Logger;
    },
  ) {
    if (!parts.spool.idle) this.turnToSpool('unfinished');
    parts.link.onChange((connected) => {
      if (connected) this.wake();
      else if (this.current === 'stream' && !this.closing) this.turnToSpool('disconnected');
    });
  }

  get mode(): DeliveryMode {
    return this.current;
  }

  /** @throws AppError `relay/store-unavailable` when neither the cluster nor the disk took it */
  append(item: IncomingItem): Promise<AppendOutcome> {
    if (this.closing) return Promise.reject(unavailable());
    const id = item.replayKey.toString('hex');
    if (this.recent.has(id)) return Promise.resolve('duplicate');
    const twin = this.inFlight.get(id);
    // Answered as the first one is: nothing is a duplicate of what was not stored.
    if (twin !== undefined) return twin.then(() => 'duplicate' as const);
    const outcome = this.deliver(item, id).finally(() => this.inFlight.delete(id));
    this.inFlight.set(id, outcome);
    return outcome;
  }

  /** Waits for what is in flight, then stops; what is spooled stays for the next start. */
  async close(): Promise<void> {
    this.closing = true;
    await Promise.allSettled(this.inFlight.values());
    this.wake();
    await this.recovery;
  }

  /** Whether everything that was received is in the stream. */
  private get settled(): boolean {
    return this.parts.spool.idle && this.returned.length === 0;
  }

  private deliver(item: IncomingItem, id: string): Promise<AppendOutcome> {
    this.received += 1;
    if (this.current === 'stream') return this.publish(item, id, this.received);
    const { held } = this;
    if (held !== null) return new Promise((resolve) => held.push({ item, id, resolve }));
    return this.returned.length > 0
      ? this.spoolInOrder(item, null, this.received)
      : this.parts.spool.add(item, null);
  }

  private async publish(item: IncomingItem, id: string, place: number): Promise<AppendOutcome> {
    const { publisher, commits, names, link, recentlyStored } = this.parts;
    const { position } = commits;
    const { workspaceId, replayKey, body } = item;
    const facts = factsOf(item);
    const head = itemHead(id, facts);
    // An item that the cluster can never take would stop the spool for ever.
    if (head.length + body.length > link.maxPayload) throw new AppError({ code: 'relay/too-large' });
    let ack;
    try {
      ack = await publisher.publish(names.itemsOf(workspaceId), head, body);
    } catch (error) {
      const spooled = this.spoolInOrder(item, position, place);
      if (this.current === 'stream') this.turnToSpool(error instanceof Error ? error.message : 'unknown');
      return spooled;
    }
    this.recent.add(id);
    commits.appended(workspaceId, ack.seq);
    recentlyStored.add({ workspaceId, replayKey, facts, body }, ack.seq);
    return ack.duplicate ? 'duplicate' : 'stored';
  }

  /** The first to fail need not be the oldest in flight: all that fail in one turn are spooled together. */
  private spoolInOrder(
    item: IncomingItem,
    publishedAfter: number | null,
    place: number,
  ): Promise<AppendOutcome> {
    if (this.returned.length === 0)
      setImmediate(() => {
        const returned = this.returned.sort((a, b) => a.place - b.place);
        this.returned = [];
        for (const entry of returned) entry.resolve(this.parts.spool.add(entry.item, entry.publishedAfter));
      });
    return new Promise((resolve) => {
      this.returned.push({ place, item, publishedAfter, resolve });
    });
  }

  private turnToSpool(reason: string): void {
    const { publisher, spool, log } = this.parts;
    this.current = 'spool';
    log.warn('spool-started', { reason, inFlight: publisher.size, waiting: spool.size });
    const doubted = this.doubtRecent();
    // Their appends go on in the order of receipt and find the mode changed.
    publisher.abandon();
    this.outage += 1;
    this.recovery = this.recover(this.outage, doubted);
  }

  /** Has the latest items looked for again. Never rejects. */
  private async doubtRecent(): Promise<void> {
    const { spool, recentlyStored, log } = this.parts;
    const recent = recentlyStored.takeAll();
    if (recent.length === 0) return;
    try {
      await spool.putBefore(recent.map((item) => ({ ...item, publishedAfter: item.seq - 1 })));
    } catch (error) {
      log.warn('recent-items-not-spooled', { error, items: recent.length });
      for (const item of recent) recentlyStored.add(item, item.seq);
    }
  }

  private async recover(outage: number, doubted: Promise<void>): Promise<void> {
    const { spool, link, log } = this.parts;
    await doubted;
    // The items in flight come first: they are being spooled in this turn.
    await nextTurn();
    let drained = 0;
    let failures = 0;
    while (!this.closing && outage === this.outage && this.current === 'spool') {
      if (this.settled) {
        this.current = 'stream';
        break;
      }
      try {
        drained += await this.drainOnce();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.release();
        log.debug('spool-waits', { error, waiting: spool.size });
        if (failures % ROUNDS_PER_SERVER === 0) link.tryAnotherServer();
        await this.doubtRecent();
        await this.pause(Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** failures));
      }
    }
    this.release();
    log.info('spool-left', { drained, waiting: spool.size });
  }

  /** Moves the oldest items into the stream. Returns how many; throws when the stream did not take them all. */
  private async drainOnce(): Promise<number> {
    const { spool, commits, link } = this.parts;
    if (!link.connected) throw new NoAck('disconnected');
    const batch = spool.oldest(BATCH_ITEMS, BATCH_BYTES);
    const last = batch.at(-1);
    if (last === undefined) {
      await nextTurn();
      return 0;
    }
    const stored = await findStored(batch, this.parts);
    await spool.noteAttempt(last.id, commits.position);
    if (this.draining) this.held ??= [];
    this.draining = false;
    let holdOn = false;
    try {
      await publishAll(
        batch.filter((item) => !stored.has(item)),
        this.parts,
      );
      await spool.remove(last.id);
      for (const { replayKey } of batch) this.recent.add(replayKey.toString('hex'));
      if (this.settled) this.current = 'stream';
      else {
        this.draining = true;
        // Spooled now, they would be what keeps the next batch from being the last.
        holdOn = this.held !== null && !this.holdingOn && spool.unsettled <= BATCH_ITEMS;
      }
    } finally {
      if (holdOn) this.holdingOn = true;
      else this.release();
    }
    return batch.length;
  }

  private release(): void {
    const held = this.held ?? [];
    this.held = null;
    this.holdingOn = false;
    for (const { item, id, resolve } of held) resolve(this.deliver(item, id));
  }

  /** Ends early when the connection is back or the store closes. */
  private async pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
