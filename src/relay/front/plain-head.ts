import { FEED_PATH } from './poll-exchange';

/** Where the parts of a plain request lie in the bytes that a connection has sent. */
export interface PlainHead {
  readonly kind: 'push' | 'poll';
  /** As it stands in the request line. */
  readonly target: string;
  readonly authorization: string | undefined;
  readonly bodyStart: number;
  /** After the last byte of the body, which may not have come yet. */
  readonly end: number;
}

/** Bytes of the longest head that is read here. */
const MAX_HEAD = 8 * 1024;
const START = {
  push: Buffer.from('POST /wx/', 'latin1'),
  poll: Buffer.from(`GET ${FEED_PATH}`, 'latin1'),
} as const;
const METHOD_LENGTH = { push: 'POST '.length, poll: 'GET '.length } as const;
const VERSION = Buffer.from(' HTTP/1.1\r\n', 'latin1');
const MAX_LENGTH_DIGITS = 7;

const LETTER_G = 0x47;
const DIGIT_0 = 0x30;
const HYPHEN = 0x2d;
/** Of ASCII letters: set in the small ones. */
const CASE_BIT = 0x20;
const SPACE = 0x20;
const COLON = 0x3a;
const CR = 0x0d;
const LF = 0x0a;

/** By byte: 1 in a header's name (letters, digits, hyphen), 2 in a request target or a header's value (visible ASCII). */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const letter = (byte | CASE_BIT) >= 0x61 && (byte | CASE_BIT) <= 0x7a;
  const digit = byte >= DIGIT_0 && byte <= 0x39;
  return (letter || digit || byte === HYPHEN ? 1 : 0) | (byte > SPACE && byte < 0x7f ? 2 : 0);
});

/**
 * Reads the head of a push, `POST /wx/… HTTP/1.1` with one Content-Length, or of a poll, `GET /v1/feed… HTTP/1.1` without
 * a body, as WeChat, the desktop and the usual reverse proxies write them: one Host, at most one Authorization, lines that
 * end with CR LF, visible ASCII, nothing that changes how a message is framed or a connection goes on. `incomplete` when it
 * may become one; null for anything else, which is for the real HTTP parser to judge: two servers that disagree where a
 * request ends can be made to mistake one sender's words for another's.
 */
export function readPlainHead(bytes: Buffer): PlainHead | 'incomplete' | null {
  const kind = bytes[0] === LETTER_G ? 'poll' : 'push';
  const start = START[kind];
  const present = Math.min(start.length, bytes.length);
  if (bytes.compare(start, 0, present, 0, present) !== 0) return null;
  if (present < start.length) return 'incomplete';
  const limit = Math.min(bytes.length, MAX_HEAD);
  const cutOff = bytes.length < MAX_HEAD ? ('incomplete' as const) : null;

  let at = start.length;
  while (at < limit && (kindOf(bytes, at) & 2) !== 0) at += 1;
  const target = at;
  for (let i = 0; i < VERSION.length; i += 1, at += 1) {
    if (at === limit) return cutOff;
    if (bytes[at] !== VERSION[i]) return null;
  }

  let hosts = 0;
  let length = -1;
  let authorization: string | undefined;
  for (;;) {
    const name = at;
    while (at < limit && (kindOf(bytes, at) & 1) !== 0) at += 1;
    if (at === limit) return cutOff;
    const nameEnd = at;
    if (nameEnd === name) {
      if (bytes[at] !== CR) return null;
      if (at + 1 === limit) return cutOff;
      if (bytes[at + 1] !== LF || hosts !== 1 || length < 0 !== (kind === 'poll')) return null;
      const bodyStart = at + 2;
      return {
        kind,
        target: bytes.toString('latin1', METHOD_LENGTH[kind], target),
        authorization,
        bodyStart,
        end: bodyStart + Math.max(0, length),
      };
    }
    if (bytes[at] !== COLON) return null;
    at += 1;
    while (at < limit && ((kindOf(bytes, at) & 2) !== 0 || bytes[at] === SPACE)) at += 1;
    if (at + 1 >= limit) return cutOff;
    if (bytes[at] !== CR || bytes[at + 1] !== LF) return null;
    switch (meaningOf(bytes, name, nameEnd)) {
      case 'host':
        hosts += 1;
        break;
      case 'content-length':
        if (length >= 0) return null;
        length = lengthIn(bytes, nameEnd + 1, at);
        if (length < 0) return null;
        break;
      case 'authorization':
        if (authorization !== undefined) return null;
        authorization = valueIn(bytes, nameEnd + 1, at);
        break;
      case 'connection':
        if (valueIn(bytes, nameEnd + 1, at).toLowerCase() !== 'keep-alive') return null;
        break;
      case 'other framing':
        return null;
      case 'nothing':
        break;
    }
    at += 2;
  }
}

type Meaning = 'host' | 'content-length' | 'authorization' | 'connection' | 'other framing' | 'nothing';

const MEANINGS: readonly (readonly [name: string, meaning: Meaning])[] = [
  ['host', 'host'],
  ['content-length', 'content-length'],
  ['authorization', 'authorization'],
  ['connection', 'connection'],
  ['transfer-encoding', 'other framing'],
  ['proxy-connection', 'other framing'],
  ['upgrade', 'other framing'],
  ['trailer', 'other framing'],
  ['expect', 'other framing'],
];
/** A name of another length is told apart without looking at its letters. */
const BY_LENGTH = Array.from({ length: 32 }, (_, length) =>
  MEANINGS.filter(([name]) => name.length === length),
);

/** What a header's name means here. */
function meaningOf(bytes: Buffer, start: number, end: number): Meaning {
  for (const [name, meaning] of BY_LENGTH[end - start] ?? []) if (spells(bytes, start, name)) return meaning;
  return 'nothing';
}

/** Whether a name reads so, in capitals or not. @param word small letters and hyphens */
function spells(bytes: Buffer, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i += 1)
    if (((bytes[start + i] ?? 0) | CASE_BIT) !== word.charCodeAt(i)) return false;
  return true;
}

function valueIn(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end).trim();
}

/** The number in a value of one to seven digits between spaces; -1 for any other value. */
function lengthIn(bytes: Buffer, start: number, end: number): number {
  let from = start;
  let to = end;
  while (from < to && bytes[from] === SPACE) from += 1;
  while (to > from && bytes[to - 1] === SPACE) to -= 1;
  if (from === to || to - from > MAX_LENGTH_DIGITS) return -1;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - DIGIT_0;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function kindOf(bytes: Buffer, at: number): number {
  return KINDS[bytes[at] ?? 0] ?? 0;
}
