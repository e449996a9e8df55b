import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope, scanEnvelope } from '#relay/callback/envelope';
import { readCallbackQuery, type CallbackQuery } from '#relay/callback/query';
import { AppError } from '#shared/app-error';
import { extractEncrypt } from '#wechat/callback/xml';

const outcome = <T>(work: () => T): T | string => {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

/** Pieces of which bodies are made, right ones and almost right ones. */
const PIECES = [
  '<xml>',
  '</xml>',
  '<ToUserName><![CDATA[',
  ']]></ToUserName>',
  '<Encrypt><![CDATA[',
  ']]></Encrypt>',
  '<Encrypt>',
  '</Encrypt>',
  'gh_0123456789ab',
  'QaBC+/=',
  ']',
  ']]>',
  '<![CDATA[',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\0',
  '&amp;',
  '&lt;',
  '<!-- -->',
  '<?xml version="1.0"?>',
  '<!DOCTYPE xml>',
  '<a/>',
  '中',
];
const STANDARD = [
  '<xml>',
  '<ToUserName><![CDATA[',
  'gh_0123456789ab',
  ']]></ToUserName>',
  '<Encrypt><![CDATA[',
  'QaBC+/=',
  ']]></Encrypt>',
  '</xml>',
];
/** The standard body with up to three pieces added, left out or exchanged. */
const almostStandard = fc
  .array(
    fc.tuple(fc.nat(STANDARD.length), fc.constantFrom('add', 'drop', 'swap'), fc.constantFrom(...PIECES)),
    { maxLength: 3 },
  )
  .map((changes) => {
    const pieces = [...STANDARD];
    for (const [at, what, piece] of changes)
      pieces.splice(at, what === 'add' ? 0 : 1, ...(what === 'drop' ? [] : [piece]));
    return pieces.join('');
  });
const body = fc.oneof(
  { weight: 4, arbitrary: almostStandard },
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')),
);

describe('the quick way to the ciphertext', () => {
  it('takes a part of what the parser takes, and reads it the same', () => {
    let scanned = 0;
    fc.assert(
      fc.property(body, (text) => {
        const quick = scanEnvelope(Buffer.from(text));
        if (quick === null) return;
        scanned += 1;
        expect(extractEncrypt(text).encrypt).toBe(quick);
      }),
      { numRuns: 20_000, seed: 1 },
    );
    expect(scanned).toBeGreaterThan(1_000);
  });

  it('never takes bytes that are no UTF-8, nor a body with anything beside the envelope', () => {
    fc.assert(
      fc.property(body, fc.nat(), fc.integer({ min: 128, max: 255 }), (text, at, byte) => {
        const bytes = Buffer.from(text);
        if (bytes.length === 0) return;
        bytes[at % bytes.length] = byte;
        expect(scanEnvelope(bytes)).toBeNull();
      }),
      { numRuns: 3_000, seed: 1 },
    );
    const odd = STANDARD.join('').replace('<Encrypt>', '<Content><![CDATA[x]]></Content><Encrypt>');
    expect(scanEnvelope(Buffer.from(odd))).toBeNull();
    expect(scanEnvelope(Buffer.from(STANDARD.join('').padEnd(256 * 1024 + 1)))).toBeNull();
  });

  it('takes what WeChat and the usual libraries send', () => {
    for (const space of ['', '\n', '\n    ', '\r\n\t']) {
      const text = `<xml>${space}<ToUserName><![CDATA[gh_1]]></ToUserName>${space}<Encrypt><![CDATA[QQ==]]></Encrypt>${space}</xml>${space}`;
      expect(scanEnvelope(Buffer.from(text))).toBe('QQ==');
    }
  });

  it('changes nothing of what is kept: whatever is kept is an envelope with this ciphertext and nothing else', () => {
    fc.assert(
      fc.property(body, (text) => {
        const read = outcome(() => readEnvelope(Buffer.from(text)));
        const parsed = outcome(() => extractEncrypt(text));
        if (typeof read === 'string' || typeof parsed === 'string') expect(read).toBe(parsed);
        else {
          expect(read.encrypt).toBe(parsed.encrypt);
          const kept = extractEncrypt(read.body.toString());
          expect(kept.encrypt).toBe(parsed.encrypt);
          expect(['', null, parsed.toUserName]).toContain(kept.toUserName);
          // An odd ciphertext may hold anything: it is what the signature covers.
          if (!/^[\w+/=]+$/.test(kept.encrypt)) return;
          for (const [tag] of read.body.toString().matchAll(/<[^/!][^>]*>/g))
            expect(['<xml>', '<ToUserName>', '<Encrypt>']).toContain(tag);
        }
      }),
      { numRuns: 10_000, seed: 2 },
    );
  });
});

describe('the quick way through the query', () => {
  /** As the standard reads a query, and nothing else. */
  const byTheStandard = (raw: string): CallbackQuery | string => {
    const params = new URLSearchParams(raw);
    const names = [...params.keys()];
    const value = (name: string): string => params.get(name) ?? '';
    const isUsable =
      raw.length <= 4_096 &&
      new Set(names).size === names.length &&
      /^[1-9]\d{9}$/.test(value('timestamp')) &&
      value('nonce') !== '' &&
      value('nonce').length <= 128;
    if (!isUsable) return 'callback/bad-query';
    return {
      timestamp: Number(value('timestamp')),
      timestampText: value('timestamp'),
      nonce: value('nonce'),
      signature: value('signature'),
      msgSignature: value('msg_signature'),
      encryptType: value('encrypt_type'),
      echostr: value('echostr'),
    };
  };
  const name = fc.constantFrom(
    'signature',
    'timestamp',
    'nonce',
    'openid',
    'encrypt_type',
    'msg_signature',
    'echostr',
    'other',
    '__proto__',
    'constructor',
    '',
    '%6eonce',
    '?nonce',
  );
  const value = fc.oneof(
    fc.constantFrom(
      '',
      '1',
      '1700000000',
      'aes',
      'a%20b',
      'a+b',
      '%',
      '%e4%b8',
      '=',
      '==',
      'é',
      '\ud800',
      '#',
      '?',
      ';',
    ),
    fc.string({ maxLength: 6 }),
  );
  const pair = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(name, value).map(([n, v]) => `${n}=${v}`) },
    name,
    fc.constant(''),
  );
  const usual = fc
    .shuffledSubarray(
      ['signature=ab', 'openid=oUser1', 'encrypt_type=aes', 'msg_signature=cd', 'echostr=7', 'other=1'],
      { minLength: 0 },
    )
    .map((more) => ['timestamp=1700000000', 'nonce=9', ...more]);

  it('reads every query as the standard’s own parser does', () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pair, { maxLength: 8 }),
          usual,
          fc.tuple(usual, fc.array(pair)).map(([a, b]) => [...a, ...b]),
        ),
        (pairs) => {
          const raw = pairs.join('&');
          const ours = outcome(() => readCallbackQuery(raw));
          expect(ours).toEqual(byTheStandard(raw));
          if (typeof ours !== 'string') read += 1;
        },
      ),
      { numRuns: 20_000, seed: 1 },
    );
    expect(read).toBeGreaterThan(5_000);
  });
});
