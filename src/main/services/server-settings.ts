import { randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(length: number): string {
  let text = '';
  for (let at = 0; at < length; at += 1) text += ALPHABET.charAt(randomInt(ALPHABET.length));
  return text;
}

/** A Token (令牌) of the server settings: 3–32 letters and digits (auth-direct §6). */
export const newCallbackToken = (): string => randomText(32);

/** An EncodingAESKey: 43 letters and digits that decode to 32 bytes (callbacks §3). */
export const newEncodingAESKey = (): string => randomText(43);
