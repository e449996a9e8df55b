import { setTimeout as sleep } from 'node:timers/promises';
import { nanos } from '@nats-io/transport-node';
import {
  AckPolicy,
  DeliverPolicy,
  type ConsumerInfo,
  type JetStreamManager,
  type MsgRequest,
} from '@nats-io/jetstream';
import type { RawMessage } from './item-codec';
import { unavailable } from './unavailable';

export interface ReadLimits {
  readonly limit: number;
  /** Stop before the payloads exceed this many bytes; the first message always comes. */
  readonly maxBytes: number;
}

/** Requests under way at once while a page is read. */
const MAX_WIDTH = 32;
/** Making a consumer takes some milliseconds, or for ever when the cluster gives it to a server that has just died. */
const CONSUMER_WAIT_MS = 700;
const CONSUMER_LIFE_MS = 10_000;
const COUNT_ATTEMPTS = 4;

/**
 * Reads of one stream in order. Every message is asked of the stream's leader: a consumer, and a direct read, may be served
 * by a server that is behind the others or has just died.
 */
export class StreamReader {
  constructor(
    private readonly manager: JetStreamManager,
    private readonly stream: string,
  ) {}

  /** The first message from `seq` on whose subject matches. */
  first(filter: string, seq: number): Promise<RawMessage | null> {
    // The client's types know the second field for reads from any replica only; the leader takes it as well.
    const request = { seq: Math.max(1, seq), next_by_subj: filter };
    return this.get(request);
  }

  /** The last message of one subject. */
  last(subject: string): Promise<RawMessage | null> {
    return this.get({ last_by_subj: subject });
  }

  async lastSeq(): Promise<number> {
    return (await this.manager.streams.info(this.stream)).state.last_seq;
  }

  /** Messages after `after` whose subjects match, in order. */
  async read(filter: string, after: number, { limit, maxBytes }: ReadLimits): Promise<readonly RawMessage[]> {
    const found: RawMessage[] = [];
    let bytes = 0;
    let width = 1;
    while (found.length < limit) {
      const position = found.at(-1)?.seq ?? after;
      const before = found.length;
      // Each asks for the first match from the next number on. Where other subjects lie between, some give the same one.
      const asked = Array.from({ length: width }, (_, step) => this.first(filter, position + 1 + step));
      for (const message of await Promise.all(asked)) {
        // What a later request found may have been appended after an earlier one found nothing.
        if (message === null) return found;
        if (message.seq === found.at(-1)?.seq) continue;
        bytes += message.data.length;
        if (found.length === limit || (found.length > 0 && bytes > maxBytes)) return found;
        found.push(message);
      }
      width = Math.min(MAX_WIDTH, 2 * (found.length - before));
    }
    return found;
  }

  /** How many messages after `after` match. */
  async count(filter: string, after: number): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const consumer = await this.addConsumer(filter, after);
        // One that cannot be deleted now is deleted by the cluster after a while.
        this.manager.consumers.delete(this.stream, consumer.name).catch(() => undefined);
        return consumer.num_pending;
      } catch (error) {
        // The next one may be given to a server that lives.
        if (attempt === COUNT_ATTEMPTS) throw error;
      }
    }
  }

  private async addConsumer(filter: string, after: number): Promise<ConsumerInfo> {
    const adding = this.manager.consumers.add(this.stream, {
      ack_policy: AckPolicy.None,
      filter_subject: filter,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after + 1,
      headers_only: true,
      inactive_threshold: nanos(CONSUMER_LIFE_MS),
      num_replicas: 1,
      mem_storage: true,
    });
    adding.catch(() => undefined);
    const inTime = new AbortController();
    try {
      const tooLong = sleep(CONSUMER_WAIT_MS, null, { signal: inTime.signal });
      tooLong.catch(() => undefined);
      const info = await Promise.race([adding, tooLong]);
      if (info === null) throw unavailable();
      return info;
    } finally {
      inTime.abort();
    }
  }

  private async get(request: MsgRequest): Promise<RawMessage | null> {
    const message = await this.manager.streams.getMessage(this.stream, request);
    if (message === null) return null;
    const { seq, subject, data, header } = message;
    return { seq, subject, data, header: (name) => header.get(name) };
  }
}
