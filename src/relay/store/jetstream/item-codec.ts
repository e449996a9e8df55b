import type { IncomingItem, ItemKind, StoredItem } from '../port';

/** JSON `[kind, appid, receivedAt, query]`: one header is cheaper to write and to read than four. */
export const ITEM_HEADER = 'Oa-Item';
export const ID_HEADER = 'Nats-Msg-Id';

type Facts = readonly [kind: ItemKind, appid: string, receivedAt: number, query: string];

/** What the client library gives of a stored message. */
export interface RawMessage {
  readonly seq: number;
  readonly subject: string;
  readonly data: Uint8Array;
  header(name: string): string;
}

/** Everything of an item but its workspace, its id and its body. JSON escapes what a header may not contain. */
export function factsOf({ kind, appid, receivedAt, query }: IncomingItem): string {
  const facts: Facts = [kind, appid, receivedAt, query];
  return JSON.stringify(facts);
}

/** @param id the replay key in hexadecimal: the stream keeps one message of each id within its duplicate window */
export function itemHead(id: string, facts: string): Buffer {
  return Buffer.from(`NATS/1.0\r\n${ID_HEADER}: ${id}\r\n${ITEM_HEADER}: ${facts}\r\n\r\n`);
}

export function receivedAtOf(message: RawMessage): number {
  return readFacts(message)[2];
}

export function toStoredItem(message: RawMessage): StoredItem {
  const [kind, appid, receivedAt, query] = readFacts(message);
  const { buffer, byteOffset, byteLength } = message.data;
  const body = Buffer.from(buffer, byteOffset, byteLength);
  return { seq: message.seq, kind, appid, receivedAt, query, body };
}

function readFacts(message: RawMessage): Facts {
  return JSON.parse(message.header(ITEM_HEADER)) as Facts;
}
