import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { PassingMap } from './passing-map';

export interface Ack {
  readonly seq: number;
  /** The stream had a message of this id already; `seq` is that one's. */
  readonly duplicate: boolean;
}

/** No answer came in time, or the connection broke: the message may have been stored or not. */
export class NoAck extends Error {
  override readonly name = 'NoAck';
}

/** The cluster answered that it did not store the message. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    /** JetStream's `err_code`; 503 when nobody listens for the stream. */
    readonly errCode: number,
    description: string,
  ) {
    super(description);
  }
}

interface Waiting {
  readonly resolve: (ack: Ack) => void;
  readonly reject: (error: Error) => void;
  readonly deadline: number;
}

interface Outgoing {
  readonly serial: number;
  readonly subject: string;
  readonly head: Buffer;
  readonly body: Uint8Array;
}

interface AckBody {
  readonly seq?: number;
  readonly duplicate?: boolean;
  readonly error?: { readonly err_code?: number; readonly code: number; readonly description?: string };
}

const NO_RESPONDERS = 503;
const EMPTY: Uint8Array = Buffer.alloc(0);

/**
 * Publishes to streams with many messages in flight, those of one turn of the event loop in one write. All acknowledgements come back on one inbox, and headers are
 * written by the caller as bytes: together a quarter of the processor time of the client library's own publish.
 */
export class AckedPublisher {
  private readonly inbox = createInbox();
  /** Everything without an answer, in the order of publishing, which is the order in which it expires. */
  private readonly waiting = new PassingMap<number, Waiting>();
  /** The library asks a message's headers for their bytes while it publishes; these are always the next message's. */
  private readonly carrier = Object.assign(headers(), {
    bytes: EMPTY,
    encode(): Uint8Array {
      return this.bytes;
    },
  });
  private serial = 0;
  private queue: Outgoing[] = [];
  private timer: NodeJS.Timeout | null = null;

  /** @param ackTimeoutMs how long an acknowledgement is waited for */
  constructor(
    private readonly connection: NatsConnection,
    private readonly ackTimeoutMs: number,
  ) {
    const prefix = this.inbox.length + 1;
    connection.subscribe(`${this.inbox}.*`, {
      callback: (error, message) => {
        if (error === null) this.receive(Number(message.subject.slice(prefix)), message);
      },
    });
  }

  /** How many wait for an answer. */
  get size(): number {
    return this.waiting.size;
  }

  /**
   * Resolves when the stream has stored the message on a majority of its replicas; rejects with `NoAck` or `Refused`.
   * Messages leave in the order of the calls.
   * @param head the whole header block, with its first line and the empty line at its end
   */
  publish(subject: string, head: Buffer, body: Uint8Array): Promise<Ack> {
    return new Promise<Ack>((resolve, reject) => {
      const serial = (this.serial += 1);
      this.waiting.set(serial, { resolve, reject, deadline: performance.now() + this.ackTimeoutMs });
      // A server wakes up several times for what comes alone, and three servers do: that is two thirds of all their work.
      if (this.queue.length === 0) setImmediate(() => this.send());
      this.queue.push({ serial, subject, head, body });
      this.arm();
    });
  }

  /** Stops waiting for everything: each is rejected with `NoAck`, the oldest first. */
  abandon(): void {
    this.rejectUntil(Infinity);
  }

  close(): void {
    this.abandon();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Everything that waits to leave, in one write. */
  private send(): void {
    const { queue } = this;
    this.queue = [];
    for (const { serial, subject, head, body } of queue) {
      const waiting = this.waiting.get(serial);
      // It was given up before it left.
      if (waiting === undefined) continue;
      this.carrier.bytes = head;
      try {
        this.connection.publish(subject, body, {
          reply: `${this.inbox}.${String(serial)}`,
          headers: this.carrier,
        });
      } catch (error) {
        this.waiting.delete(serial);
        waiting.reject(new NoAck('not published', { cause: error }));
      }
    }
  }

  private receive(serial: number, message: Msg): void {
    const waiting = this.waiting.get(serial);
    if (waiting === undefined) return;
    this.waiting.delete(serial);
    const answer = readAck(message);
    if (answer instanceof Error) waiting.reject(answer);
    else waiting.resolve(answer);
  }

  private arm(): void {
    if (this.timer !== null) return;
    const [oldest] = this.waiting.values();
    if (oldest === undefined) return;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.rejectUntil(performance.now());
        this.arm();
      },
      Math.max(1, oldest.deadline - performance.now()),
    );
  }

  private rejectUntil(deadline: number): void {
    for (const [serial, waiting] of this.waiting.entries()) {
      if (waiting.deadline > deadline) return;
      this.waiting.delete(serial);
      waiting.reject(new NoAck('no acknowledgement'));
    }
  }
}

function readAck(message: Msg): Ack | Error {
  if (message.headers?.code === NO_RESPONDERS) return new Refused(NO_RESPONDERS, 'no responders');
  let body: AckBody;
  try {
    body = message.json<AckBody>();
  } catch (error) {
    return new NoAck('not an acknowledgement', { cause: error });
  }
  if (body.error !== undefined)
    return new Refused(body.error.err_code ?? body.error.code, body.error.description ?? '');
  if (body.seq === undefined) return new NoAck('not an acknowledgement');
  return { seq: body.seq, duplicate: body.duplicate === true };
}

/** JetStream's codes for a message that expected its subject to stand elsewhere. */
const STALE_CODES: readonly number[] = [10_071, 10_164];

/** Whether a message was refused because its subject had moved on. */
export function isStale(error: unknown): boolean {
  return error instanceof Refused && STALE_CODES.includes(error.errCode);
}
