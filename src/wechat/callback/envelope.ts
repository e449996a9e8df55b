import { createCipheriv, createDecipheriv, randomInt } from 'node:crypto';
import { AppError } from '#shared/app-error';

const BLOCK = 32;
const RANDOM_LENGTH = 16;
const HEADER_LENGTH = RANDOM_LENGTH + 4;
const PRINTABLE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Whether a value has the form of an EncodingAESKey: 43 letters and digits. */
export function isEncodingAESKey(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9]{43}$/.test(value);
}

/** The 32 bytes of the AES key. The last character may carry two stray bits, which are ignored. */
function aesKey(encodingAESKey: string): Buffer {
  if (!isEncodingAESKey(encodingAESKey)) throw new AppError({ code: 'callback/bad-aes-key' });
  return Buffer.from(`${encodingAESKey}=`, 'base64');
}

/** Printable, as WeChat's own demo code does it. */
function randomPrefix(): Buffer {
  const prefix = Buffer.alloc(RANDOM_LENGTH);
  for (let i = 0; i < RANDOM_LENGTH; i++) prefix[i] = PRINTABLE.charCodeAt(randomInt(PRINTABLE.length));
  return prefix;
}

export interface EncryptInput {
  readonly encodingAESKey: string;
  readonly appid: string;
  /** The XML to protect. */
  readonly message: string;
  /** The 16 bytes in front; fresh ones when left out. */
  readonly random?: Buffer;
}

/**
 * The `Encrypt` text: base64 of AES-256-CBC over 16 random bytes, the message's byte length (big-endian),
 * the message, the appid and PKCS#7 padding to a multiple of 32 bytes.
 * @throws AppError `callback/bad-aes-key`
 */
export function encryptEnvelope(input: EncryptInput): string {
  const key = aesKey(input.encodingAESKey);
  const random = input.random ?? randomPrefix();
  if (random.length !== RANDOM_LENGTH) throw new RangeError('the random prefix of an envelope has 16 bytes');
  const message = Buffer.from(input.message);
  const appid = Buffer.from(input.appid);
  const length = HEADER_LENGTH + message.length + appid.length;
  const padding = BLOCK - (length % BLOCK);
  const plain = Buffer.alloc(length + padding, padding);
  random.copy(plain, 0);
  plain.writeUInt32BE(message.length, RANDOM_LENGTH);
  message.copy(plain, HEADER_LENGTH);
  appid.copy(plain, HEADER_LENGTH + message.length);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

export interface DecryptInput {
  readonly encodingAESKey: string;
  /** The AppID that must stand inside the envelope; a component's pushes carry the component's. */
  readonly appid: string;
  readonly encrypt: string;
}

/**
 * The message inside an `Encrypt` text.
 * @throws AppError `callback/bad-aes-key` when the key is not 43 letters and digits; `callback/bad-padding` when the text
 * is no envelope under this key (damaged, or another key); `callback/appid-mismatch` when it was sealed for another account.
 */
export function decryptEnvelope(input: DecryptInput): string {
  const key = aesKey(input.encodingAESKey);
  const cipherText = Buffer.from(input.encrypt, 'base64');
  if (cipherText.length < BLOCK || cipherText.length % 16 !== 0) throw badPadding();
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  // Without automatic padding `final` has nothing left to give: the length is a multiple of the cipher's block.
  const plain = decipher.update(cipherText);
  decipher.final();

  const last = plain[plain.length - 1] ?? 0;
  const end = last >= 1 && last <= BLOCK ? plain.length - last : plain.length;
  if (end < HEADER_LENGTH) throw badPadding();
  const messageEnd = HEADER_LENGTH + plain.readUInt32BE(RANDOM_LENGTH);
  if (messageEnd > end) throw badPadding();
  if (plain.compare(Buffer.from(input.appid), 0, undefined, messageEnd, end) !== 0)
    throw new AppError({ code: 'callback/appid-mismatch' });
  return plain.toString('utf8', HEADER_LENGTH, messageEnd);
}

function badPadding(): AppError {
  return new AppError({ code: 'callback/bad-padding' });
}

export interface DecryptWithKeysInput extends DecryptInput {
  /** The key that was valid before the last change, while pushes sealed with it may still arrive. */
  readonly previousEncodingAESKey?: string | null;
}

/**
 * Decrypts with the current key and, when that fails, with the previous one.
 * @throws the error of the current key when neither opens the envelope.
 */
export function decryptWithKeys(input: DecryptWithKeysInput): {
  readonly message: string;
  readonly key: 'current' | 'previous';
} {
  const { previousEncodingAESKey: previous, ...current } = input;
  try {
    return { message: decryptEnvelope(current), key: 'current' };
  } catch (error) {
    if (!previous || previous === current.encodingAESKey) throw error;
    try {
      return { message: decryptEnvelope({ ...current, encodingAESKey: previous }), key: 'previous' };
    } catch {
      throw error;
    }
  }
}
