import { isStale, type AckedPublisher } from './acked-publisher';
import { ID_HEADER, type RawMessage } from './item-codec';
import type { Link } from './link';
import type { StreamReader } from './stream-reader';
import { unavailable } from './unavailable';

/** What a key holds; a value of null says that it was deleted at this revision. */
export interface Version {
  readonly value: string | null;
  readonly revision: number;
}

export interface KeyedVersion extends Version {
  readonly key: string;
}

const OPERATION = 'KV-Operation';
const ALL = { limit: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER };
const NOTHING = Buffer.alloc(0);

/**
 * One key-value bucket, read from its leader and written by compare-and-set. Keys begin with their collection's name.
 *
 * A replicated stream of nats-server 2.9 compares the expected revision with what is committed and not with what is on its
 * way, so of two writes at the same moment both would succeed. Every write therefore carries an id made of the key and the
 * revision it expects: repeated ids are recognised when the write is applied, and one of the two is a duplicate.
 */
export class Bucket {
  private readonly prefix: string;

  constructor(
    name: string,
    private readonly reader: StreamReader,
    private readonly publisher: AckedPublisher,
    private readonly link: Link,
  ) {
    this.prefix = `$KV.${name}.`;
  }

  /** Null when the key was never written or has expired. */
  async read(key: string): Promise<Version | null> {
    const message = await this.reader.last(this.prefix + key);
    return message === null ? null : versionOf(message);
  }

  /** Every key below a prefix that ends with a dot, deleted ones included; all of the bucket with ''. */
  async readAll(keyPrefix: string, after: number): Promise<readonly KeyedVersion[]> {
    const messages = await this.reader.read(`${this.prefix}${keyPrefix}>`, after, ALL);
    return messages.map((message) => ({
      key: message.subject.slice(this.prefix.length),
      ...versionOf(message),
    }));
  }

  /**
   * The new revision; null when the key is not at `expected` any more.
   * @param value null deletes
   * @param expected the revision that the key is at, 0 when it was never written or has expired
   * @throws NoAck when the outcome is unknown, Refused
   */
  async write(key: string, value: string | null, expected: number): Promise<number | null> {
    // What the client library kept for later would be written after the caller was told that it was not.
    if (!this.link.connected) throw unavailable();
    const operation = value === null ? `${OPERATION}: DEL\r\n` : '';
    const head =
      `NATS/1.0\r\n${operation}Nats-Expected-Last-Subject-Sequence: ${String(expected)}\r\n` +
      `${ID_HEADER}: ${key}@${String(expected)}\r\n\r\n`;
    try {
      const body = value === null ? NOTHING : Buffer.from(value);
      const { seq, duplicate } = await this.publisher.publish(this.prefix + key, Buffer.from(head), body);
      return duplicate ? null : seq;
    } catch (error) {
      if (isStale(error)) return null;
      throw error;
    }
  }
}

function versionOf(message: RawMessage): Version {
  const deleted = message.header(OPERATION) !== '';
  return { value: deleted ? null : Buffer.from(message.data).toString(), revision: message.seq };
}
