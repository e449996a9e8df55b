import { createHash, randomBytes } from 'node:crypto';

/** A new device token: 256 random bits in base64url. Only its hash is ever stored. */
export function newDeviceToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The callback key of a new account: 192 random bits in base64url. It is part of the callback URL. */
export function newAccountKey(): string {
  return randomBytes(24).toString('base64url');
}

/** What is stored of a token, 64 hexadecimal digits. */
export function hashDeviceToken(token: string): string {
  return createHash('sha256').update('device-token:').update(token).digest('hex');
}
