import fc from 'fast-check';
import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerFor } from '#relay/errors';
import { Receiver } from '#relay/callback/receive';
import { RelayMetrics } from '#relay/metrics';
import { AutoReplies } from '#relay/replies/auto-replies';
import { RuleStore } from '#relay/replies/rule-store';
import { SealedBox } from '#relay/secrets/sealed-box';
import type { CallbackAccount } from '#relay/state/accounts';
import type { IncomingItem } from '#relay/store/port';
import { MemoryStore } from '#relay/store/memory/memory-store';
import { AppError } from '#shared/app-error';
import { silentLogger } from '#shared/log';
import { sign } from '#wechat/callback/signature';
import { buildXml, extractEncrypt } from '#wechat/callback/xml';
import { fallback, ruleSet } from '../shared/domain/replies/samples';
import { OTHER_KEY, readReply, textMessage } from './replies/shop';
import { AES_KEY, APPID, sealedPush, TOKEN } from './support/relay-harness';

/** Bodies tried in all; a longer run is `OADESK_FUZZ_BODIES=100000`. */
const BODIES = Number(process.env['OADESK_FUZZ_BODIES'] ?? 20_000);
const NOW = 1_800_000_000;
const OTHER_APPID = 'wx00000000000other';

const base = { workspaceId: 'w1', key: 'k'.repeat(32), token: TOKEN };
const SEALED: CallbackAccount = { ...base, appid: APPID, mode: 'sealed' };
const ASSISTED: CallbackAccount = {
  ...base,
  appid: APPID,
  mode: 'assisted',
  encodingAESKey: AES_KEY,
  previousEncodingAESKey: OTHER_KEY,
  envelopeAppid: APPID,
};

/** A relay that remembers what it was asked to store, and nothing else. */
async function relay(): Promise<{
  readonly stored: IncomingItem[];
  take(account: CallbackAccount, query: string, body: Buffer): Promise<string>;
}> {
  const store = new MemoryStore();
  const rules = new RuleStore(store, new SealedBox(Buffer.alloc(32, 7)));
  await rules.save(ASSISTED, ruleSet([fallback('hello')]));
  const shared = { clock: { now: () => NOW }, log: silentLogger, metrics: new RelayMetrics(() => 0) };
  const stored: IncomingItem[] = [];
  const receiver = new Receiver({
    ...shared,
    messages: {
      append: (item) => {
        stored.push(item);
        return Promise.resolve('stored');
      },
    },
    replies: new AutoReplies({ ...shared, store, rules }),
    limits: { timestampWindow: 600 },
  });
  return { stored, take: (account, query, body) => receiver.take(account, query, body) };
}

/** The answer, or null for a refusal of the sender's making; anything else fails the test. */
async function outcome(answer: Promise<string>): Promise<string | null> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toMatch(/^callback\//);
    const { status } = answerFor(error.code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    return null;
  }
}

const HOSTILE = [
  '<!DOCTYPE a>',
  '<!ENTITY a "b">',
  '&a;',
  '&#0;',
  ']]>',
  '<![CDATA[',
  '<Encrypt>x</Encrypt>',
  '<Encrypt><![CDATA[AAAA]]></Encrypt>',
  '<xml>',
  '</xml>',
  '\0',
  '＜',
];

type Mutation = (bytes: Buffer) => Buffer;

function mutationOf(length: number): fc.Arbitrary<Mutation> {
  const position = fc.nat({ max: length - 1 });
  return fc.oneof(
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
}

const mutationsOf = (length: number) =>
  fc.array(mutationOf(length), { minLength: 1, maxLength: 3 }).map(
    (mutations): Mutation =>
      (bytes) =>
        mutations.reduce((changed, mutate) => mutate(changed), bytes),
  );

describe('a push that was changed on its way', () => {
  const push = sealedPush('你好，世界', NOW);
  const body = Buffer.from(push.body);
  const query = new URLSearchParams(push.query).toString();
  const { encrypt } = extractEncrypt(push.body);

  it.each([
    ['sealed', SEALED],
    ['assisted', ASSISTED],
  ] as const)(
    'is accepted by a %s account only with the very ciphertext that WeChat signed, and otherwise refused without harm',
    async (_, account) => {
      const { stored, take } = await relay();
      expect(await outcome(take(account, query, body))).not.toBeNull();
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(mutationsOf(body.length), async (mutate) => {
          const before = stored.length;
          if ((await outcome(take(account, query, mutate(body)))) === null) {
            refused += 1;
            expect(stored.length).toBe(before);
          } else expect(extractEncrypt(stored.at(-1)?.body.toString() ?? '').encrypt).toBe(encrypt);
          stored.length = 0;
        }),
        { numRuns: Math.ceil(BODIES / 4), seed: 1 },
      );
      expect(refused).toBeGreaterThan(BODIES / 12);
    },
  );

  it('with any other query is refused without harm', async () => {
    const { take } = await relay();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        expect(await outcome(take(ASSISTED, text, body))).toBeNull();
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  it('into bytes of any kind is refused without harm', async () => {
    const { take } = await relay();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        expect(await outcome(take(ASSISTED, query, Buffer.from(bytes)))).toBeNull();
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  it('into the worst for a pattern matcher is refused before the test’s time is up', async () => {
    const { take } = await relay();
    const long = `<xml>${'<Encrypt>'.repeat(20_000)}`;
    const blank = `<xml>${' '.repeat(200_000)}`;
    const open = `<xml><Encrypt><![CDATA[${']'.repeat(200_000)}`;
    const blanks = `<xml>${' '.repeat(100_000)}<ToUserName><![CDATA[a]]></ToUserName>${' '.repeat(100_000)}x`;
    // A quadratic matcher would need minutes for these.
    for (const text of [long, blank, open, blanks])
      expect(await outcome(take(ASSISTED, query, Buffer.from(text)))).toBeNull();
  });
});

describe('an envelope that was changed by somebody who can sign and encrypt', () => {
  const xml = Buffer.from(textMessage({ text: '你好' }));

  /** The plaintext of an envelope with every part at will. */
  const plainOf = (message: Buffer, appid: string, length = message.length): Buffer => {
    const head = Buffer.alloc(20, 'r');
    head.writeUInt32BE(length >>> 0, 16);
    const bare = Buffer.concat([head, message, Buffer.from(appid)]);
    const padding = 32 - (bare.length % 32);
    return Buffer.concat([bare, Buffer.alloc(padding, padding)]);
  };
  const encryptOf = (plain: Buffer, encodingAESKey: string): string => {
    const key = Buffer.from(`${encodingAESKey}=`, 'base64');
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const whole = plain.subarray(0, plain.length - (plain.length % 16));
    return Buffer.concat([cipher.update(whole), cipher.final()]).toString('base64');
  };
  const signed = (encrypt: string): [string, Buffer] => [
    `timestamp=${String(NOW)}&nonce=1&encrypt_type=aes&msg_signature=${sign(TOKEN, String(NOW), '1', encrypt)}`,
    Buffer.from(buildXml({ ToUserName: 'gh_0123456789ab', Encrypt: encrypt })),
  ];

  /** A message that comes again under the other key is answered with the bytes of the first answer. */
  const replyType = (answer: string): string | null => {
    try {
      return readReply(answer)('MsgType');
    } catch {
      return readReply(answer, { encodingAESKey: OTHER_KEY })('MsgType');
    }
  };

  it('is refused, or stored for this account and answered under its own keys: nothing crashes, hangs or leaks', async () => {
    const { stored, take } = await relay();
    const counts = { refused: 0, taken: 0, answered: 0 };
    const plain = plainOf(xml, APPID);
    const appid = fc.constantFrom(APPID, `${APPID}x`, APPID.slice(1), OTHER_APPID, '');
    const changed = fc.oneof(
      // Padding, lengths and the AppID.
      fc.tuple(appid, fc.oneof(fc.constant(xml.length), fc.integer())).map(([id, n]) => plainOf(xml, id, n)),
      // Anything anywhere, before or after padding.
      mutationsOf(plain.length).map((mutate) => mutate(plain)),
      mutationsOf(xml.length).map((mutate) => plainOf(mutate(xml), APPID)),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(changed, fc.constantFrom(AES_KEY, AES_KEY, OTHER_KEY), async (bytes, key) => {
        const answer = await outcome(take(ASSISTED, ...signed(encryptOf(bytes, key))));
        if (answer === null) {
          counts.refused += 1;
          expect(stored).toEqual([]);
          return;
        }
        counts.taken += 1;
        expect(stored.every((item) => item.appid === APPID && item.workspaceId === 'w1')).toBe(true);
        if (answer !== 'success') {
          counts.answered += 1;
          expect(replyType(answer)).toBe('text');
        }
        stored.length = 0;
      }),
      { numRuns: Math.ceil(BODIES / 2), seed: 1 },
    );
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(BODIES / 50);
  });

  it('for another account is refused whatever its own keys would say', async () => {
    const { stored, take } = await relay();
    for (const key of [AES_KEY, OTHER_KEY])
      expect(await outcome(take(ASSISTED, ...signed(encryptOf(plainOf(xml, OTHER_APPID), key))))).toBeNull();
    expect(stored).toEqual([]);
  });
});
