import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decryptEnvelope,
  decryptWithKeys,
  encryptEnvelope,
  EnvelopeOpener,
  isEncodingAESKey,
} from '../../../../src/wechat/callback/envelope';
import { VECTOR_A, VECTOR_B } from './vectors';
import { AppError } from '../../../../src/shared/app-error';
import { codeOf } from '../helpers/code-of';

const KEY = VECTOR_B.encodingAESKey;
const OTHER_KEY = 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba';

describe('the envelope of an encrypted push', () => {
  it("opens WeChat's published example", () => {
    const message = JSON.parse(decryptEnvelope(VECTOR_A)) as Record<string, unknown>;
    expect(message).toMatchObject({ Event: 'debug_demo', debug_str: 'hello world' });
  });

  it('opens a Chinese text message', () => {
    expect(decryptEnvelope(VECTOR_B)).toBe(VECTOR_B.message);
  });

  it('seals the same bytes when the random prefix is the same', () => {
    expect(encryptEnvelope({ ...VECTOR_B, random: Buffer.from(VECTOR_B.random) })).toBe(VECTOR_B.encrypt);
  });

  it('seals with a fresh prefix otherwise', () => {
    expect(
      encryptEnvelope({ encodingAESKey: KEY, appid: VECTOR_B.appid, message: VECTOR_B.message }),
    ).not.toBe(encryptEnvelope({ encodingAESKey: KEY, appid: VECTOR_B.appid, message: VECTOR_B.message }));
  });

  it('gives back any message of any length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (message) => {
        const sealed = encryptEnvelope({ encodingAESKey: KEY, appid: 'wx1', message });
        expect(Buffer.from(sealed, 'base64').length % 32).toBe(0);
        expect(decryptEnvelope({ encodingAESKey: KEY, appid: 'wx1', encrypt: sealed })).toBe(message);
      }),
    );
  });

  it('opens one after another with the same cipher, whatever was refused in between', () => {
    const opener = new EnvelopeOpener({ encodingAESKey: KEY, appid: 'wx1' });
    const outcome = (open: () => string): string => {
      let message = '';
      const opened = (): void => {
        message = open();
        throw new AppError({ code: 'opened' });
      };
      return `${codeOf(opened)} ${message}`;
    };
    const envelope = fc.oneof(
      fc
        .tuple(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('wx1', 'wx2'))
        .map(([message, appid]) => encryptEnvelope({ encodingAESKey: KEY, appid, message })),
      fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      fc.string({ maxLength: 60 }),
    );
    fc.assert(
      fc.property(fc.array(envelope, { maxLength: 12 }), (envelopes) => {
        for (const encrypt of envelopes)
          expect(outcome(() => opener.open(encrypt))).toBe(
            outcome(() => decryptEnvelope({ encodingAESKey: KEY, appid: 'wx1', encrypt })),
          );
      }),
    );
  });

  it('pads with a whole block of 32 when the content is already aligned', () => {
    const message = 'x'.repeat(32 - 20 + 32 - 'wx1'.length);
    const sealed = encryptEnvelope({ encodingAESKey: KEY, appid: 'wx1', message });
    expect(Buffer.from(sealed, 'base64').length).toBe(96);
    expect(decryptEnvelope({ encodingAESKey: KEY, appid: 'wx1', encrypt: sealed })).toBe(message);
  });

  it('ignores the two stray bits that the last character of a key may carry', () => {
    const stray = `${KEY.slice(0, -1)}H`;
    expect(decryptEnvelope({ ...VECTOR_B, encodingAESKey: stray })).toBe(VECTOR_B.message);
  });

  it('takes an impossible padding for none, as WeChat does', () => {
    const message = 'm'.repeat(9);
    const plain = Buffer.concat([
      Buffer.alloc(16, 'r'),
      Buffer.from([0, 0, 0, message.length]),
      Buffer.from(message),
      Buffer.from('wx1'),
    ]);
    expect(plain.length).toBe(32);
    const key = Buffer.from(`${KEY}=`, 'base64');
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const encrypt = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
    expect(decryptEnvelope({ encodingAESKey: KEY, appid: 'wx1', encrypt })).toBe(message);
  });

  it.each(['wx0123456789abcde', 'wx0123456789abcdef0', 'WX0123456789abcdef', ''])(
    'refuses an envelope sealed for another account: %j',
    (appid) => {
      expect(codeOf(() => decryptEnvelope({ ...VECTOR_B, appid }))).toBe('callback/appid-mismatch');
    },
  );

  it('refuses an envelope sealed with another key', () => {
    expect(codeOf(() => decryptEnvelope({ ...VECTOR_B, encodingAESKey: OTHER_KEY }))).toBe(
      'callback/bad-padding',
    );
  });

  it.each(['', 'AAAA', '!!!', VECTOR_B.encrypt.slice(0, 100), VECTOR_B.encrypt.slice(4)])(
    'refuses text that is no envelope: %j',
    (encrypt) => {
      expect(codeOf(() => decryptEnvelope({ ...VECTOR_B, encrypt }))).toBe('callback/bad-padding');
    },
  );

  it('never fails with anything but its own errors, whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const encrypt = Buffer.from(bytes).toString('base64');
        expect(codeOf(() => decryptEnvelope({ ...VECTOR_B, encrypt }))).toMatch(/^callback\//);
      }),
    );
  });

  it.each(['', 'short', `${KEY}x`, `${KEY.slice(0, 42)}+`, `${KEY.slice(0, 42)}=`])(
    'refuses a key that is not 43 letters and digits: %j',
    (encodingAESKey) => {
      expect(isEncodingAESKey(encodingAESKey)).toBe(false);
      expect(codeOf(() => decryptEnvelope({ ...VECTOR_B, encodingAESKey }))).toBe('callback/bad-aes-key');
      expect(codeOf(() => encryptEnvelope({ ...VECTOR_B, encodingAESKey, random: Buffer.alloc(16) }))).toBe(
        'callback/bad-aes-key',
      );
    },
  );

  it('recognises a key by its form', () => {
    expect(isEncodingAESKey(KEY)).toBe(true);
    expect(isEncodingAESKey(undefined)).toBe(false);
  });
});

describe('opening while the key is being changed', () => {
  it('says which key opened the envelope', () => {
    expect(decryptWithKeys({ ...VECTOR_B, previousEncodingAESKey: OTHER_KEY }).key).toBe('current');
    expect(decryptWithKeys({ ...VECTOR_B, encodingAESKey: OTHER_KEY, previousEncodingAESKey: KEY })).toEqual({
      message: VECTOR_B.message,
      key: 'previous',
    });
  });

  it('gives the error of the current key when neither fits', () => {
    const input = { ...VECTOR_B, appid: 'wxother', previousEncodingAESKey: OTHER_KEY };
    expect(codeOf(() => decryptWithKeys(input))).toBe('callback/appid-mismatch');
    expect(codeOf(() => decryptWithKeys({ ...input, previousEncodingAESKey: null }))).toBe(
      'callback/appid-mismatch',
    );
  });
});
