import { AppError } from '#shared/app-error';
import { convertInbound } from '#shared/domain/inbound/convert-inbound';
import type { InboundMessage } from '#shared/domain/message';
import { RotatingOpener, type OpenedEnvelope } from '#wechat/callback/envelope';
import { extractEncrypt, parseXml } from '#wechat/callback/xml';
import type { OpenAccount } from '../state/accounts';

/** An account of a third-party platform. */
export interface ComponentAccount extends OpenAccount {
  readonly mode: 'component';
  /** The account's original id (`gh_…`) once the platform knows it. */
  readonly originalId?: string | null;
}

/** A push whose plaintext is in memory, and only there. */
export interface OpenedPush {
  readonly account: OpenAccount;
  readonly message: InboundMessage;
  /** The key that opened it, which also seals the answer: until WeChat has taken over a new key it knows the old one only. */
  readonly encodingAESKey: string;
}

/**
 * Decrypts a push with the account's present or previous key. Null when it is genuine but not in any form that the product
 * can read: it is kept all the same, and not answered.
 * @throws AppError `callback/bad-padding`, `callback/appid-mismatch` (sealed for another account), `callback/bad-aes-key`
 */
export function openPush(account: OpenAccount | ComponentAccount, encrypt: string): OpenedPush | null {
  const { message: xml, key } = decrypt(account, encrypt);
  const message = readMessage(xml);
  if (message === null) return null;
  // All accounts of a platform share its keys: only the name inside says for whom a push was made.
  if ('originalId' in account && account.originalId && account.originalId !== message.toUserName)
    throw new AppError({ code: 'callback/appid-mismatch' });
  const encodingAESKey = key === 'current' ? account.encodingAESKey : account.previousEncodingAESKey;
  return { account, message, encodingAESKey: encodingAESKey ?? account.encodingAESKey };
}

/**
 * The XML inside a stored push or automatic reply of an account whose keys the relay holds.
 * @throws AppError those of `openPush`, and of `extractEncrypt`
 */
export function openStored(account: OpenAccount, body: Buffer): string {
  return decrypt(account, extractEncrypt(body.toString('utf8')).encrypt).message;
}

/** Accounts are read anew every few seconds, and their ciphers go with them. */
const openers = new WeakMap<OpenAccount, RotatingOpener>();

function decrypt(account: OpenAccount, encrypt: string): OpenedEnvelope {
  let opener = openers.get(account);
  if (opener === undefined) {
    const { encodingAESKey, previousEncodingAESKey, envelopeAppid: appid } = account;
    opener = new RotatingOpener({ encodingAESKey, previousEncodingAESKey, appid });
    openers.set(account, opener);
  }
  return opener.open(encrypt);
}

function readMessage(xml: string): InboundMessage | null {
  try {
    return convertInbound(parseXml(xml), xml);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
