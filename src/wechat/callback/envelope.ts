import { createCipheriv, createDecipheriv, randomInt, type Decipher } from 'node:crypto';
import { AppError } from '#shared/app-error';

const BLOCK = 32;
/** Bytes of a block of AES, and of the initialization vector: the first half of the key. */
const VECTOR_LENGTH = 16;
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

export interface EnvelopeKeys {
  readonly encodingAESKey: string;
  /** The AppID that must stand inside the envelope; a component's pushes carry the component's. */
  readonly appid: string;
}

export interface DecryptInput extends EnvelopeKeys {
  readonly encrypt: string;
}

/**
 * Opens the envelopes of one key, many of them at a tenth of the cost of one: setting up a cipher takes longer than
 * decrypting a message. CBC mixes each block with the ciphertext before it, so a cipher that has opened other messages needs
 * nothing but the initialization vector, as ciphertext, in front of the next one; what it makes of that block is noise.
 */
export class EnvelopeOpener {
  private readonly vector: Buffer;
  private readonly decipher: Decipher;
  private readonly appid: Buffer;

  /** @throws AppError `callback/bad-aes-key` when the key is not 43 letters and digits */
  constructor({ encodingAESKey, appid }: EnvelopeKeys) {
    const key = aesKey(encodingAESKey);
    this.vector = key.subarray(0, VECTOR_LENGTH);
    this.decipher = createDecipheriv('aes-256-cbc', key, this.vector).setAutoPadding(false);
    this.appid = Buffer.from(appid);
  }

  /**
   * The message inside an `Encrypt` text.
   * @throws AppError `callback/bad-padding` when the text is no envelope under this key (damaged, or another key);
   * `callback/appid-mismatch` when it was sealed for another account
   */
  open(encrypt: string): string {
    const cipherText = Buffer.allocUnsafe(VECTOR_LENGTH + Buffer.byteLength(encrypt, 'base64'));
    this.vector.copy(cipherText);
    const length = cipherText.write(encrypt, VECTOR_LENGTH, 'base64');
    // Only whole blocks may reach the cipher: it would keep the rest for the next message.
    if (length < BLOCK || length % VECTOR_LENGTH !== 0) throw badPadding();
    const plain = this.decipher
      .update(cipherText.subarray(0, VECTOR_LENGTH + length))
      .subarray(VECTOR_LENGTH);

    const last = plain[plain.length - 1] ?? 0;
    const end = last >= 1 && last <= BLOCK ? plain.length - last : plain.length;
    if (end < HEADER_LENGTH) throw badPadding();
    const messageEnd = HEADER_LENGTH + plain.readUInt32BE(RANDOM_LENGTH);
    if (messageEnd > end) throw badPadding();
    if (plain.compare(this.appid, 0, undefined, messageEnd, end) !== 0)
      throw new AppError({ code: 'callback/appid-mismatch' });
    return plain.toString('utf8', HEADER_LENGTH, messageEnd);
  }
}

/**
 * The message inside one `Encrypt` text.
 * @throws AppError those of `EnvelopeOpener`
 */
export function decryptEnvelope({ encrypt, ...keys }: DecryptInput): string {
  return new EnvelopeOpener(keys).open(encrypt);
}

function badPadding(): AppError {
  return new AppError({ code: 'callback/bad-padding' });
}

export interface RotatingKeys extends EnvelopeKeys {
  /** The key that was valid before the last change, while pushes sealed with it may still arrive. */
  readonly previousEncodingAESKey?: string | null;
}

export interface OpenedEnvelope {
  readonly message: string;
  readonly key: 'current' | 'previous';
}

/** Opens envelopes with the current key and, when that fails, with the previous one. */
export class RotatingOpener {
  private readonly current: EnvelopeOpener;
  /** Undefined until it is needed for the first time. */
  private previous: EnvelopeOpener | undefined;

  /** @throws AppError `callback/bad-aes-key` for the current key */
  constructor(private readonly keys: RotatingKeys) {
    this.current = new EnvelopeOpener(keys);
  }

  /** @throws the error of the current key when neither opens the envelope */
  open(encrypt: string): OpenedEnvelope {
    try {
      return { message: this.current.open(encrypt), key: 'current' };
    } catch (error) {
      const { encodingAESKey, previousEncodingAESKey: previous, appid } = this.keys;
      if (!previous || previous === encodingAESKey) throw error;
      try {
        this.previous ??= new EnvelopeOpener({ encodingAESKey: previous, appid });
        return { message: this.previous.open(encrypt), key: 'previous' };
      } catch {
        throw error;
      }
    }
  }
}

/** The same for one envelope. */
export function decryptWithKeys({ encrypt, ...keys }: RotatingKeys & DecryptInput): OpenedEnvelope {
  return new RotatingOpener(keys).open(encrypt);
}
