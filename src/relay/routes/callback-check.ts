import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { AppError } from '#shared/app-error';
import type { UnixSeconds } from '#shared/domain/clock';
import { verifySignature } from '#wechat/callback/signature';
import { buildXml, extractEncrypt } from '#wechat/callback/xml';

/** Characters; WeChat's own stay below 300. */
const MAX_QUERY = 4_096;
const MAX_NONCE = 128;

/** Parameters of a callback that mean something here. */
export interface CallbackQuery {
  readonly timestamp: UnixSeconds;
  readonly timestampText: string;
  readonly nonce: string;
  readonly signature: string;
  readonly msgSignature: string;
  readonly encryptType: string;
  readonly echostr: string;
}

/**
 * Reads the query string of a callback.
 * @throws AppError `callback/bad-query` when it is too long, gives a parameter twice, or has no usable timestamp and nonce
 */
export function readCallbackQuery(raw: string): CallbackQuery {
  if (raw.length > MAX_QUERY) throw badQuery();
  const params = new URLSearchParams(raw);
  const values = new Map<string, string>();
  for (const [name, value] of params) {
    if (values.has(name)) throw badQuery();
    values.set(name, value);
  }
  const timestampText = values.get('timestamp') ?? '';
  const nonce = values.get('nonce') ?? '';
  if (!/^\d{1,12}$/.test(timestampText) || nonce === '' || nonce.length > MAX_NONCE) throw badQuery();
  return {
    timestamp: Number(timestampText),
    timestampText,
    nonce,
    signature: values.get('signature') ?? '',
    msgSignature: values.get('msg_signature') ?? '',
    encryptType: values.get('encrypt_type') ?? '',
    echostr: values.get('echostr') ?? '',
  };
}

export interface SealedCallback {
  /** What to keep: WeChat's own bytes. */
  readonly body: Buffer;
  /** The same for every copy of this delivery. */
  readonly replayKey: Buffer;
}

/**
 * Checks a push to a sealed account: encrypted, and signed over its ciphertext with the account's Token. Whether its
 * timestamp is fresh is asked of `isFresh` afterwards, because only then the timestamp is known to be WeChat's.
 * @throws AppError `callback/downgrade`, `callback/bad-signature`, `callback/stale`, `callback/bad-xml` and those of
 * `extractEncrypt`
 */
export function checkSealedCallback(input: {
  readonly key: string;
  readonly token: string;
  readonly query: CallbackQuery;
  readonly body: Buffer;
  readonly isFresh: (timestamp: UnixSeconds) => boolean;
}): SealedCallback {
  const { query, body } = input;
  // `signature` covers no body: a push without `msg_signature` could be anybody's words.
  if (query.encryptType !== 'aes' || query.msgSignature === '')
    throw new AppError({ code: 'callback/downgrade' });
  if (!isUtf8(body)) throw new AppError({ code: 'callback/bad-xml' });
  const text = body.toString('utf8');
  const { toUserName, encrypt } = extractEncrypt(text);
  if (!verifySignature(query.msgSignature, input.token, query.timestampText, query.nonce, encrypt))
    throw new AppError({ code: 'callback/bad-signature' });
  if (!input.isFresh(query.timestamp)) throw new AppError({ code: 'callback/stale' });
  return {
    body: isBareEnvelope(text)
      ? body
      : Buffer.from(buildXml({ ToUserName: toUserName ?? '', Encrypt: encrypt })),
    replayKey: replayKeyOf(input.key, query.msgSignature),
  };
}

/**
 * The signature alone names a delivery: it covers timestamp, nonce and ciphertext, but not where one ends and the next
 * begins, so a copy with shifted borders carries the same signature and must count as the same delivery.
 */
function replayKeyOf(key: string, msgSignature: string): Buffer {
  return createHash('sha256').update(key).update('\n').update(msgSignature).digest().subarray(0, 20);
}

/**
 * Whether the body holds nothing but the account and the ciphertext. In compatible mode (兼容模式) the message stands beside
 * them in the clear; a sealed account's disk must not hold it, and no signature covers it.
 */
function isBareEnvelope(text: string): boolean {
  return /^\s*<xml>\s*(?:<(ToUserName|Encrypt)>(?:<!\[CDATA\[[^\]<>]*\]\]>|[^<>]*)<\/\1>\s*)+<\/xml>\s*$/.test(
    text,
  );
}

/** Whether a URL verification carries the signature of `[Token, timestamp, nonce]`. */
export function isVerification(token: string, query: CallbackQuery): boolean {
  return query.echostr !== '' && verifySignature(query.signature, token, query.timestampText, query.nonce);
}

function badQuery(): AppError {
  return new AppError({ code: 'callback/bad-query' });
}
