import { hash } from 'node:crypto';
import { AppError } from '#shared/app-error';
import { verifySignature } from '#wechat/callback/signature';
import { readEnvelope, type Envelope } from './envelope';
import type { CallbackQuery } from './query';

/**
 * The envelope of a push that is encrypted and signed over its ciphertext with the account's Token. Only now its timestamp
 * is known to be WeChat's; whether it is fresh is for the caller to say.
 * @throws AppError `callback/downgrade`, `callback/bad-signature` and those of `readEnvelope`
 */
export function checkPush(token: string, query: CallbackQuery, body: Buffer): Envelope {
  // `signature` covers no body: a push without `msg_signature` could be anybody's words.
  if (query.encryptType !== 'aes' || query.msgSignature === '')
    throw new AppError({ code: 'callback/downgrade' });
  const envelope = readEnvelope(body);
  if (!verifySignature(query.msgSignature, token, query.timestampText, query.nonce, envelope.encrypt))
    throw new AppError({ code: 'callback/bad-signature' });
  return envelope;
}

const SIGNATURE_BYTES = 20;
const ACCOUNT_BYTES = 8;

/**
 * The replay key of a push that cannot be read. The signature alone names a delivery: it covers timestamp, nonce and
 * ciphertext, but not where one ends and the next begins, so a copy with shifted borders carries the same signature and
 * must count as the same delivery. It has been checked: 40 hexadecimal digits.
 */
export function replayKeyOfSignature(accountKey: string, msgSignature: string): Buffer {
  const key = Buffer.alloc(SIGNATURE_BYTES + ACCOUNT_BYTES);
  key.write(msgSignature, 'hex');
  key.write(accountKey, SIGNATURE_BYTES, ACCOUNT_BYTES, 'latin1');
  return key;
}

/** The replay key of an opened push: the same for every redelivery of it, whatever its nonce and ciphertext. */
export function replayKeyOfMessage(appid: string, dedupeKey: string): Buffer {
  return shortHash(`message\n${appid}\n${dedupeKey}`);
}

/** The replay key of the answer to that push. */
export function replayKeyOfReply(appid: string, dedupeKey: string): Buffer {
  return shortHash(`auto-reply\n${appid}\n${dedupeKey}`);
}

function shortHash(text: string): Buffer {
  return hash('sha256', text, 'buffer').subarray(0, SIGNATURE_BYTES);
}
