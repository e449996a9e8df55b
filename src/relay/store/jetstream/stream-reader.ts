import { nanos } from '@nats-io/transport-node';
import {
  AckPolicy,
  DeliverPolicy,
  type ConsumerInfo,
  type JetStreamClient,
  type JetStreamManager,
  type MsgRequest,
} from '@nats-io/jetstream';
import type { RawMessage } from './item-codec';

export interface ReadLimits {
  readonly limit: number;
  /** Stop before the payloads exceed this many bytes; the first message always comes. */
  readonly maxBytes: number;
  /** Leave the payloads out where that is cheaper. */
  readonly headersOnly?: boolean;
}

/** Messages fetched one by one before a consumer is made: what a waiting device usually finds is one or two. */
const SINGLE_READS = 4;
const FETCH_BATCH = 100;
const FETCH_WAIT_MS = 3_000;
const CONSUMER_LIFE_MS = 30_000;

/** Reads of one stream in order, answered by its leader: whoever got an acknowledgement will read the message. */
export class StreamReader {
  constructor(
    private readonly manager: JetStreamManager,
    private readonly client: JetStreamClient,
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
  async read(filter: string, after: number, limits: ReadLimits): Promise<readonly RawMessage[]> {
    const found: RawMessage[] = [];
    let bytes = 0;
    const take = (message: RawMessage): boolean => {
      bytes += message.data.length;
      if (found.length > 0 && (found.length >= limits.limit || bytes > limits.maxBytes)) return false;
      found.push(message);
      return found.length < limits.limit;
    };
    let position = after;
    for (let round = 0; round < SINGLE_READS; round += 1) {
      const message = await this.first(filter, position + 1);
      if (message === null || !take(message)) return found;
      position = message.seq;
    }
    await this.consume(filter, position, limits, take);
    return found;
  }

  /** How many messages after `after` match. */
  async count(filter: string, after: number): Promise<number> {
    const consumer = await this.addConsumer(filter, after, true);
    this.discard(consumer);
    return consumer.num_pending;
  }

  private async consume(
    filter: string,
    after: number,
    { limit, headersOnly = false }: ReadLimits,
    take: (message: RawMessage) => boolean,
  ): Promise<void> {
    const info = await this.addConsumer(filter, after, headersOnly);
    try {
      const consumer = this.client.consumers.getConsumerFromInfo(info);
      let pending = info.num_pending;
      while (pending > 0) {
        const batch = Math.min(pending, FETCH_BATCH, limit);
        const messages = await consumer.fetch({ max_messages: batch, expires: FETCH_WAIT_MS });
        let last: number | null = null;
        let wanted = true;
        for await (const message of messages) {
          last = message.info.pending;
          wanted =
            wanted &&
            take({
              seq: message.seq,
              subject: message.subject,
              data: message.data,
              header: (name) => message.headers?.get(name) ?? '',
            });
          if (!wanted || last === 0) break;
        }
        // Nothing came although something should: what was read so far is in order and without a gap.
        if (!wanted || last === null) return;
        pending = last;
      }
    } finally {
      this.discard(info);
    }
  }

  private addConsumer(filter: string, after: number, headersOnly: boolean): Promise<ConsumerInfo> {
    return this.manager.consumers.add(this.stream, {
      ack_policy: AckPolicy.None,
      filter_subject: filter,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after + 1,
      headers_only: headersOnly,
      inactive_threshold: nanos(CONSUMER_LIFE_MS),
      num_replicas: 1,
      mem_storage: true,
    });
  }

  /** A consumer that cannot be deleted now is deleted by the cluster after a while. */
  private discard({ name }: ConsumerInfo): void {
    this.manager.consumers.delete(this.stream, name).catch(() => undefined);
  }

  private async get(request: MsgRequest): Promise<RawMessage | null> {
    const message = await this.manager.streams.getMessage(this.stream, request);
    if (message === null) return null;
    const { seq, subject, data, header } = message;
    return { seq, subject, data, header: (name) => header.get(name) };
  }
}
