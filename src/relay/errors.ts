import type { FastifyError } from 'fastify';
import { AppError } from '#shared/app-error';

interface Answer {
  readonly status: number;
  /** One sentence for operators and developers; the desktop shows its own text by code. */
  readonly message: string;
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  'relay/unauthorized': { status: 401, message: 'This needs the token of a paired device.' },
  'relay/wrong-code': {
    status: 403,
    message: 'This pairing code is wrong, used or older than 15 minutes. Ask the relay for a new one.',
  },
  'relay/too-many-attempts': { status: 429, message: 'Too many requests. Wait a minute and try again.' },
  'relay/account-taken': {
    status: 409,
    message: 'This account is bound elsewhere on this relay. Delete it there first.',
  },
  'relay/unknown-account': { status: 404, message: 'This workspace has no such account.' },
  'relay/unknown-device': { status: 404, message: 'This workspace has no such device.' },
  'relay/sealed-account': {
    status: 409,
    message: 'The relay cannot read the messages of this account. Change it to assisted mode first.',
  },
  'relay/older-rules': {
    status: 409,
    message: 'The relay has newer reply rules of this account. Fetch them first.',
  },
  'relay/bad-rules': {
    status: 422,
    message:
      'The reply rules do not work: a regular expression is not RE2 or too large, or the time zone is unknown.',
  },
  'relay/unknown-callback': { status: 404, message: 'No account has this callback address.' },
  'relay/not-found': { status: 404, message: 'There is nothing at this address.' },
  'relay/invalid-input': { status: 400, message: 'The request is not what this address expects.' },
  'relay/too-large': { status: 413, message: 'The request is too large.' },
  'relay/store-unavailable': {
    status: 503,
    message: 'The relay cannot store anything right now. Check the disk it runs on.',
  },
  'relay/secret-unreadable': {
    status: 503,
    message: 'A stored secret cannot be opened with the present master key.',
  },
  'relay/internal': { status: 500, message: 'The relay failed. Its log says more.' },
  'callback/bad-signature': {
    status: 403,
    message: 'The signature does not match the Token of this account.',
  },
  'callback/stale': {
    status: 403,
    message: 'The timestamp is too far from the clock of the relay. Check that its clock is right.',
  },
  'callback/downgrade': {
    status: 403,
    message: 'This account takes encrypted messages only. Set the message mode to safe (安全模式).',
  },
  'callback/bad-padding': {
    status: 403,
    message: 'The message does not open with the EncodingAESKey that this account has here.',
  },
  'callback/appid-mismatch': { status: 403, message: 'The message was encrypted for another account.' },
  'callback/bad-query': { status: 400, message: 'The query is not that of a callback.' },
  'callback/bad-xml': { status: 400, message: 'The body is not well-formed XML.' },
  'callback/xml-doctype': { status: 400, message: 'The body declares a document type.' },
  'callback/xml-entity': { status: 400, message: 'The body uses an entity.' },
  'callback/xml-too-deep': { status: 400, message: 'The body is nested too deep.' },
  'callback/too-large': { status: 413, message: 'The body is too large.' },
  'callback/too-slow': { status: 408, message: 'The body took too long to arrive.' },
  'relay/already-running': {
    status: 500,
    message: 'Another relay is running on this data folder. Stop it first.',
  },
  'relay/store-newer': {
    status: 500,
    message: 'A newer version of the relay wrote this data folder. Install that version or restore a backup.',
  },
  'relay/store-damaged': {
    status: 500,
    message: 'relay.db in the data folder is damaged. Move it away and restore a backup.',
  },
  'relay/data-folder': {
    status: 500,
    message: 'The data folder cannot be made or written. Check its rights.',
  },
  'relay/bad-master-key': {
    status: 500,
    message:
      'The master key is not 32 bytes. Give 64 hexadecimal digits or base64 in OADESK_RELAY_KEY or master.key.',
  },
  'relay/wrong-master-key': {
    status: 500,
    message:
      'The data folder was made with another master key. Give that one in OADESK_RELAY_KEY or master.key.',
  },
  'relay/open-key-file': {
    status: 500,
    message: 'master.key can be read by others. Make it private: chmod 600 master.key',
  },
  'tunnel/unauthorized': { status: 407, message: 'The tunnel needs the token of a paired device.' },
  'tunnel/refused': { status: 403, message: "The tunnel leads to WeChat's hosts on port 443 only." },
  'tunnel/busy': { status: 429, message: 'This device has too many tunnels. Wait a minute and try again.' },
  'tunnel/unreachable': { status: 502, message: 'The relay cannot connect to WeChat. Check its network.' },
  'relay/tunnel-certificate': {
    status: 500,
    message: 'The certificate or key of the tunnel cannot be read, or they do not belong together.',
  },
  'relay/address-in-use': { status: 500, message: 'The port is in use. Choose another with --port.' },
};

const INTERNAL: Answer = { status: 500, message: 'The relay failed. Its log says more.' };

export function answerFor(code: string): Answer {
  return ANSWERS[code] ?? INTERNAL;
}

/** Any error of a request as one of ours; what is unknown becomes `relay/internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!isFastifyError(error)) return new AppError({ code: 'relay/internal' }, { cause: error });
  const { statusCode } = error;
  if (statusCode === 413) return new AppError({ code: 'relay/too-large' });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new AppError({ code: 'relay/invalid-input' }, { cause: error });
  return new AppError({ code: 'relay/internal' }, { cause: error });
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error;
}
