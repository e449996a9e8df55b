import { hash } from 'node:crypto';
import { AppError } from '#shared/app-error';
import type { UnixSeconds } from '#shared/domain/clock';
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

const TIME_BYTES = 4;
const SIGNATURE_BYTES = 20;
const ACCOUNT_BYTES = 8;

/**
 * The replay key of a push that cannot be read. The signature alone names a delivery: it covers timestamp, nonce and
 * ciphertext, but not where one ends and the next begins. A copy with shifted borders carries the same signature; only with
 * the same timestamp it is the same delivery here, and since timestamps have ten digits and must be fresh, another one
 * would have to stand in WeChat's own nonce. The signature has been checked: 40 hexadecimal digits.
 *
 * Every replay key begins with a time that all copies share, so that the index of the keys grows at its end.
 */
export function replayKeyOfSignature(
  accountKey: string,
  timestamp: UnixSeconds,
  msgSignature: string,
): Buffer {
  const key = Buffer.alloc(TIME_BYTES + SIGNATURE_BYTES + ACCOUNT_BYTES);
  key.writeUInt32BE(timestamp >>> 0);
  key.write(msgSignature, TIME_BYTES, 'hex');
  key.write(accountKey, TIME_BYTES + SIGNATURE_BYTES, ACCOUNT_BYTES, 'latin1');
  return key;
}

/** What the replay keys of an opened push and of its answer are made of. */
export interface PushIdentity {
  /** WeChat's CreateTime: the same in every redelivery. */
  readonly createTime: UnixSeconds;
  readonly dedupeKey: string;
}

/** The replay key of an opened push: the same for every redelivery of it, whatever its nonce and ciphertext. */
export function replayKeyOfMessage(appid: string, push: PushIdentity): Buffer {
  return timedHash(push.createTime, `message\n${appid}\n${push.dedupeKey}`);
}

/** The replay key of the answer to that push. */
export function replayKeyOfReply(appid: string, push: PushIdentity): Buffer {
  return timedHash(push.createTime, `auto-reply\n${appid}\n${push.dedupeKey}`);
}

function timedHash(time: UnixSeconds, text: string): Buffer {
  const key = Buffer.alloc(TIME_BYTES + SIGNATURE_BYTES);
  key.writeUInt32BE(time >>> 0);
  // As hexadecimal it is there in a third of the time.
  key.write(hash('sha256', text, 'hex'), TIME_BYTES, SIGNATURE_BYTES, 'hex');
  return key;
}
