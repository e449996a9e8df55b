import { randomInt } from 'node:crypto';
import { AppError } from '#shared/app-error';
import { decryptEnvelope, decryptWithKeys, encryptEnvelope } from './envelope';
import { sign, verifySignature } from './signature';
import { buildXml, extractEncrypt, parseXml, xmlText } from './xml';

/** The keys of one account's callback. */
export interface CallbackKeys {
  readonly token: string;
  readonly encodingAESKey: string;
  /** Also tried while pushes sealed before a change of key may still arrive. */
  readonly previousEncodingAESKey?: string | null;
  /** The account's AppID, or the component's for a third-party platform. */
  readonly appid: string;
}

export interface OpenCallbackInput extends CallbackKeys {
  /** The query as it came: `timestamp`, `nonce`, `encrypt_type`, `msg_signature`. `openid` is not signed and not read. */
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Only encrypted pushes are opened. */
  readonly mode: 'safe';
}

/**
 * The decrypted XML of one push in safe mode (安全模式), after its signature and the AppID inside have been checked.
 * Whether the timestamp is fresh and the push new is for the caller to say: a stored push is opened days later.
 * @throws AppError `callback/downgrade` when it came unencrypted, `callback/bad-signature`, and those of `extractEncrypt`
 * and `decryptEnvelope`
 */
export function openCallback(input: OpenCallbackInput): string {
  const { query, token } = input;
  const given = query['msg_signature'];
  if (query['encrypt_type'] !== 'aes' || !given) throw new AppError({ code: 'callback/downgrade' });
  const { encrypt } = extractEncrypt(input.body);
  if (!verifySignature(given, token, query['timestamp'] ?? '', query['nonce'] ?? '', encrypt))
    throw new AppError({ code: 'callback/bad-signature' });
  return decryptWithKeys({
    encodingAESKey: input.encodingAESKey,
    previousEncodingAESKey: input.previousEncodingAESKey ?? null,
    appid: input.appid,
    encrypt,
  }).message;
}

export interface SealInput {
  readonly token: string;
  readonly encodingAESKey: string;
  readonly appid: string;
  /** The XML to send. */
  readonly message: string;
  /** Unix seconds. */
  readonly timestamp: number;
  /** Fresh digits when left out. */
  readonly nonce?: string;
  readonly random?: Buffer;
}

interface Sealed {
  readonly encrypt: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly msgSignature: string;
}

function seal(input: SealInput): Sealed {
  const { token, encodingAESKey, appid, message, random } = input;
  const encrypt = encryptEnvelope({ encodingAESKey, appid, message, ...(random ? { random } : {}) });
  const timestamp = String(Math.floor(input.timestamp));
  const nonce = input.nonce ?? String(randomInt(100_000_000, 1_000_000_000));
  return { encrypt, timestamp, nonce, msgSignature: sign(token, timestamp, nonce, encrypt) };
}

/**
 * A push as WeChat sends it in safe mode: the query and the two-node body.
 * @throws AppError `callback/bad-aes-key`
 */
export function sealCallback(input: SealInput & { readonly toUserName: string }): {
  readonly query: Readonly<
    Record<'signature' | 'timestamp' | 'nonce' | 'encrypt_type' | 'msg_signature', string>
  >;
  readonly body: string;
} {
  const { encrypt, timestamp, nonce, msgSignature } = seal(input);
  return {
    query: {
      signature: sign(input.token, timestamp, nonce),
      timestamp,
      nonce,
      encrypt_type: 'aes',
      msg_signature: msgSignature,
    },
    body: buildXml({ ToUserName: input.toUserName, Encrypt: encrypt }),
  };
}

/**
 * An encrypted passive reply (被动回复): the body that answers an encrypted push.
 * @throws AppError `callback/bad-aes-key`
 */
export function sealReply(input: SealInput): string {
  const { encrypt, timestamp, nonce, msgSignature } = seal(input);
  return buildXml({
    Encrypt: encrypt,
    MsgSignature: msgSignature,
    TimeStamp: Number(timestamp),
    Nonce: nonce,
  });
}

/**
 * The XML inside an encrypted passive reply, checked as WeChat checks it.
 * @throws AppError `callback/downgrade` when it is not encrypted, `callback/bad-signature`, and those of `parseXml` and
 * `decryptEnvelope`
 */
export function openReply(input: {
  readonly body: string;
  readonly token: string;
  readonly encodingAESKey: string;
  readonly appid: string;
}): string {
  const node = parseXml(input.body);
  const encrypt = xmlText(node, 'Encrypt');
  if (!encrypt) throw new AppError({ code: 'callback/downgrade' });
  const timestamp = xmlText(node, 'TimeStamp') ?? '';
  const nonce = xmlText(node, 'Nonce') ?? '';
  if (!verifySignature(xmlText(node, 'MsgSignature'), input.token, timestamp, nonce, encrypt))
    throw new AppError({ code: 'callback/bad-signature' });
  return decryptEnvelope({ encodingAESKey: input.encodingAESKey, appid: input.appid, encrypt });
}
