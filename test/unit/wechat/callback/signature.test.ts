import { describe, expect, it } from 'vitest';
import { sign, verifySignature } from '../../../../src/wechat/callback/signature';
import { VECTOR_A, VECTOR_B } from './vectors';

const VERIFICATION = '8119133415890678b409fbe98da1c997ed744cef';

describe('the signature of a callback', () => {
  it('is the SHA-1 of the sorted parts, as URL verification has it', () => {
    expect(sign('relaytoken2026', '1700000000', '987654321')).toBe(VERIFICATION);
  });

  it('does not depend on the order in which the parts are given', () => {
    expect(sign('987654321', 'relaytoken2026', '1700000000')).toBe(VERIFICATION);
  });

  it.each([VECTOR_A, VECTOR_B])('covers the ciphertext of an encrypted push: $appid', (vector) => {
    expect(sign(vector.token, vector.timestamp, vector.nonce, vector.encrypt)).toBe(vector.msgSignature);
  });

  it('sorts by bytes, not by UTF-16 units', () => {
    // U+FF5E precedes U+1F600 in UTF-8 and follows its surrogates in UTF-16.
    expect(sign('\u{1F600}', '\uFF5E')).toBe(sign('\uFF5E\u{1F600}'));
  });

  it('accepts the right signature and no other', () => {
    expect(verifySignature(VERIFICATION, 'relaytoken2026', '1700000000', '987654321')).toBe(true);
    expect(verifySignature(VERIFICATION, 'relaytoken2027', '1700000000', '987654321')).toBe(false);
    expect(verifySignature(VERIFICATION.replace('8', '9'), 'relaytoken2026', '1700000000', '987654321')).toBe(
      false,
    );
  });

  it.each([
    '',
    'short',
    VERIFICATION.toUpperCase(),
    `${VERIFICATION} `,
    '你'.repeat(40),
    '\u0000'.repeat(40),
    undefined,
    null,
    [VERIFICATION],
    { toString: () => VERIFICATION },
  ])('takes junk for a wrong signature: %j', (junk) => {
    expect(verifySignature(junk, 'relaytoken2026', '1700000000', '987654321')).toBe(false);
  });
});
