import type { Socket } from 'node:net';
import { answerFor } from '../errors';
import type { DialFailure } from './dial';
import type { Refusal } from './targets';

export type RefusalReason = 'unauthorized' | 'busy' | 'failed' | Refusal | DialFailure;

interface Answer {
  readonly outcome: 'unauthorized' | 'refused' | 'busy' | 'unreachable' | 'failed';
  readonly code: string;
  /** Said before what the code means. */
  readonly reason?: string;
}

export const REFUSALS: Readonly<Record<RefusalReason, Answer>> = {
  unauthorized: { outcome: 'unauthorized', code: 'tunnel/unauthorized' },
  busy: { outcome: 'busy', code: 'tunnel/busy' },
  failed: { outcome: 'failed', code: 'relay/internal' },
  'other-host': { outcome: 'refused', code: 'tunnel/refused', reason: 'Another host was asked for.' },
  'other-port': { outcome: 'refused', code: 'tunnel/refused', reason: 'Another port was asked for.' },
  'private-address': {
    outcome: 'refused',
    code: 'tunnel/refused',
    reason: 'The name leads into a private network.',
  },
  'not-resolved': { outcome: 'unreachable', code: 'tunnel/unreachable', reason: 'The name has no address.' },
  'not-connected': { outcome: 'unreachable', code: 'tunnel/unreachable' },
};

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  407: 'Proxy Authentication Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

/** Milliseconds a client gets to take in that it was refused. */
const LINGER_MS = 2_000;

/** Answers a CONNECT request with a refusal as JSON and ends the connection. */
export function refuse(client: Socket, reason: RefusalReason): void {
  if (client.destroyed) return;
  const { code, reason: why } = REFUSALS[reason];
  const { status, message } = answerFor(code);
  const body = JSON.stringify({
    error: { code, message: why === undefined ? message : `${why} ${message}` },
  });
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_TEXTS[status] ?? 'Refused'}`,
    ...(status === 407 ? ['Proxy-Authenticate: Bearer'] : []),
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Connection: close',
  ];
  client.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Read on: unread bytes would make the system reset the connection before the answer is taken in.
  client.resume();
  const patience = setTimeout(() => client.destroy(), LINGER_MS);
  client.once('close', () => {
    clearTimeout(patience);
  });
}
