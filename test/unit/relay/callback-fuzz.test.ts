import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error';
import { answerFor } from '#relay/errors';

import { extractEncrypt } from '#wechat/callback/xml';
import { sealedPush, TOKEN } from './support/relay-harness';

const NOW = 1_800_000_000;
const push = sealedPush('你好，世界', NOW);
const body = Buffer.from(push.body);
const query = new URLSearchParams(push.query).toString();

const check = (rawQuery: string, bytes: Buffer) =>
  checkSealedCallback({
    key: 'key',
    token: TOKEN,
    query: readCallbackQuery(rawQuery),
    body: bytes,
    isFresh: (timestamp) => Math.abs(NOW - timestamp) <= 600,
  });

/** What the relay would do: nothing, or a refusal of the client's making. */
const outcome = (rawQuery: string, bytes: Buffer): 'accepted' | 'refused' => {
  try {
    check(rawQuery, bytes);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toMatch(/^callback\//);
    expect(answerFor(error.code).status).toBeLessThan(500);
    return 'refused';
  }
};

type Mutation = (bytes: Buffer) => Buffer;
const position = fc.nat({ max: body.length - 1 });
const HOSTILE = [
  '<!DOCTYPE a>',
  '<!ENTITY a "b">',
  '&a;',
  ']]>',
  '<![CDATA[',
  '<Encrypt>x</Encrypt>',
  '<xml>',
  '</xml>',
  '\0',
  '＜',
];
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(position, fc.nat(255)).map(([at, byte]): Mutation => (bytes) => {
    const changed = Buffer.from(bytes);
    if (at < changed.length) changed[at] = byte;
    return changed;
  }),
  position.map(
    (at): Mutation =>
      (bytes) =>
        bytes.subarray(0, at),
  ),
  fc.tuple(position, position).map(
    ([from, to]): Mutation =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, Math.min(from, to)), bytes.subarray(Math.max(from, to))]),
  ),
  fc.tuple(position, fc.constantFrom(...HOSTILE)).map(
    ([at, text]): Mutation =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(at)]),
  ),
);

describe('a push that was changed on its way', () => {
  it('is accepted when nothing was changed', () => {
    expect(check(query, body).body.equals(body)).toBe(true);
  });

  it('is accepted only with the very ciphertext that WeChat signed, and otherwise refused without harm', () => {
    const { encrypt } = extractEncrypt(push.body);
    let refused = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const changed = mutations.reduce<Buffer>((bytes, mutate) => mutate(bytes), body);
        if (outcome(query, changed) === 'refused') refused += 1;
        else expect(extractEncrypt(check(query, changed).body.toString('utf8')).encrypt).toBe(encrypt);
      }),
      { numRuns: 3_000, seed: 1 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });

  it('with any other query is refused without harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(outcome(text, body)).toBe('refused');
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  it('into bytes of any kind is refused without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(outcome(query, Buffer.from(bytes))).toBe('refused');
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  it('into the worst for a pattern matcher is refused before the test’s time is up', () => {
    const long = `<xml>${'<Encrypt>'.repeat(20_000)}`.slice(0, 256 * 1024);
    const blank = `<xml>${' '.repeat(200_000)}`;
    const open = `<xml><Encrypt><![CDATA[${']'.repeat(200_000)}`;
    // A quadratic matcher would need minutes for these.
    for (const text of [long, blank, open]) expect(outcome(query, Buffer.from(text))).toBe('refused');
  });
});
