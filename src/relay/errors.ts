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
  'relay/busy': { status: 503, message: 'Another relay works on the same thing. Try again in a moment.' },
  'relay/no-component': { status: 409, message: 'The operator of this relay has no third-party platform.' },
  'relay/component-not-ready': {
    status: 503,
    message: 'The third-party platform has no valid ticket of WeChat yet. One comes every ten minutes.',
  },
  'relay/bad-platform': { status: 400, message: 'These are not the credentials of a third-party platform.' },
  'relay/not-authorized': {
    status: 409,
    message: 'The administrator has cancelled the authorization of this account. Authorize it again.',
  },
  'relay/not-official-account': { status: 409, message: 'This is a mini program, not an Official Account.' },
  'relay/wrong-account': { status: 409, message: 'Another account was authorized than the one asked for.' },
  'relay/unknown-authorization': { status: 404, message: 'There is no such attempt, or it is long over.' },
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
  'relay/store-not-durable': {
    status: 500,
    message:
      'At least one NATS server does not sync each write, or could not be asked. Set sync_interval: always on 2.10.23 or newer, and name every monitoring address.',
  },
  'relay/store-credentials': {
    status: 500,
    message: 'The credentials file for the NATS servers cannot be read.',
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
      'The master key is not 32 bytes. Give 64 hexadecimal digits or base64 in OADESK_RELAY_KEY or a key file.',
  },
  'relay/no-master-key': {
    status: 500,
    message: 'There is no master key yet. Start the relay once, or give the key in OADESK_RELAY_KEY.',
  },
  'relay/wrong-master-key': {
    status: 500,
    message:
      'The data folder was made with another master key. Give that one in OADESK_RELAY_KEY or master.key.',
  },
  'relay/open-key-file': {
    status: 500,
    message: 'The file with the master key can be read by others. Make it private: chmod 600 FILE',
  },
  'relay/key-file': { status: 500, message: 'The file with the master key cannot be read.' },
  'relay/rotating-keys': {
    status: 500,
    message:
      'The master key is being changed. Finish with rotate-key and the same new key, or give both keys: the old one as before and the new one in OADESK_RELAY_NEW_KEY.',
  },
  'relay/same-key': { status: 500, message: 'The new master key is the present one. Give another.' },
  'relay/no-store': { status: 500, message: 'There is no relay.db in the data folder. Check --data.' },
  'relay/backup-exists': {
    status: 500,
    message: 'The file of the backup exists already. Choose another name.',
  },
  'relay/backup-failed': {
    status: 500,
    message:
      'The backup cannot be written. Check the folder it goes to, its rights and the space on its disk.',
  },
  'relay/not-a-backup': { status: 500, message: 'This file is missing, damaged or not a backup of a relay.' },
  'relay/folder-not-empty': {
    status: 500,
    message: 'The data folder is not empty. Restore into an empty one, so that nothing is overwritten.',
  },
  'tunnel/unauthorized': { status: 407, message: 'The tunnel needs the token of a paired device.' },
  'tunnel/refused': { status: 403, message: "The tunnel leads to WeChat's hosts on port 443 only." },
  'tunnel/busy': { status: 429, message: 'This device has too many tunnels. Wait a minute and try again.' },
  'tunnel/unreachable': { status: 502, message: 'The relay cannot connect to WeChat. Check its network.' },
  'relay/certificate': {
    status: 500,
    message: 'The certificate or key of the tunnel cannot be read, or they do not belong together.',
  },
  'relay/address-in-use': { status: 500, message: 'The port is in use. Choose another with --port.' },
};

const INTERNAL: Answer = { status: 500, message: 'The relay failed. Its log says more.' };

/** What the relay itself asked of WeChat and did not get; the desktop knows WeChat's codes. */
const UPSTREAM: Answer = { status: 502, message: 'WeChat refused this, or could not be reached.' };

export function answerFor(code: string): Answer {
  return ANSWERS[code] ?? (/^(?:wechat|network)\//.test(code) ? UPSTREAM : INTERNAL);
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
