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

const LETTER_G = 0x47;
const SPACE = 0x20;
const COLON = 0x3a;
const CR = 0x0d;
const LF = 0x0a;

/** By byte: 1 in a header's name (letters, digits, hyphen), 2 in a request target or a header's value (visible ASCII). */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  const digit = byte >= 0x30 && byte <= 0x39;
  return (letter || digit || byte === 0x2d ? 1 : 0) | (byte > SPACE && byte < 0x7f ? 2 : 0);
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
  for (const byte of VERSION) {
    if (at === limit) return cutOff;
    if (bytes[at] !== byte) return null;
    at += 1;
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
    if (!isPlain(nameEnd - name)) {
      const value = bytes.toString('latin1', nameEnd + 1, at).trim();
      switch (bytes.toString('latin1', name, nameEnd).toLowerCase()) {
        case 'host':
          hosts += 1;
          break;
        case 'content-length':
          if (length >= 0 || !/^\d{1,7}$/.test(value)) return null;
          length = Number(value);
          break;
        case 'authorization':
          if (authorization !== undefined) return null;
          authorization = value;
          break;
        case 'connection':
          if (value.toLowerCase() !== 'keep-alive') return null;
          break;
        case 'transfer-encoding':
        case 'proxy-connection':
        case 'upgrade':
        case 'trailer':
        case 'expect':
          return null;
      }
    }
    at += 2;
  }
}

/** Whether no header that means something here has a name of so many characters. */
function isPlain(nameLength: number): boolean {
  switch (nameLength) {
    case 'host'.length:
    case 'expect'.length:
    case 'upgrade'.length:
    case 'connection'.length:
    case 'authorization'.length:
    case 'content-length'.length:
    case 'proxy-connection'.length:
    case 'transfer-encoding'.length:
      return false;
    default:
      return true;
  }
}

function kindOf(bytes: Buffer, at: number): number {
  return KINDS[bytes[at] ?? 0] ?? 0;
}
