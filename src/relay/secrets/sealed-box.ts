import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '#shared/app-error';
import { sameBytes } from './same-bytes';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts small secrets at rest with AES-256-GCM under a key derived from the master key. `context` (which account the
 * secret belongs to) is authenticated: a sealed value moved to another row does not open.
 */
export class SealedBox {
  private readonly key: Buffer;
  /** Identifies the master key without revealing it. */
  readonly fingerprint: Buffer;

  private readonly other: SealedBox | null;

  /** Keys of 32 bytes: `masterKey` seals and opens; `otherKey` only opens, while one key takes the place of another. */
  constructor(masterKey: Buffer, otherKey?: Buffer) {
    this.key = derive(masterKey, 'sealed-box');
    this.fingerprint = derive(masterKey, 'fingerprint');
    this.other = otherKey === undefined ? null : new SealedBox(otherKey);
  }

  /** Whether what was sealed with the key of this fingerprint can be opened here. */
  knows(fingerprint: Buffer): boolean {
    return sameBytes(fingerprint, this.fingerprint) || (this.other?.knows(fingerprint) ?? false);
  }

  seal(secret: string, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(context));
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text]);
  }

  /** As `seal`, in hexadecimal digits: the form in which documents hold it. */
  sealText(text: string, context: string): string {
    return this.seal(text, context).toString('hex');
  }

  /** @throws AppError `relay/secret-unreadable` as `open` */
  openText(sealed: string, context: string): string {
    return this.open(Buffer.from(sealed, 'hex'), context);
  }

  /** @throws AppError `relay/secret-unreadable` when the value was changed or sealed with another key or context */
  open(sealed: Buffer, context: string): string {
    try {
      if (sealed[0] !== VERSION) throw new RangeError('unknown version');
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(tag);
      const text = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    } catch (error) {
      if (this.other !== null) return this.other.open(sealed, context);
      throw new AppError({ code: 'relay/secret-unreadable' }, { cause: error });
    }
  }
}

function derive(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, 'oa-desk relay', purpose, 32));
}
