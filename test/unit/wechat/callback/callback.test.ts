import { describe, expect, it } from 'vitest';
import { openCallback, openReply, sealCallback, sealReply } from '../../../../src/wechat/callback/callback';
import { verifySignature } from '../../../../src/wechat/callback/signature';
import { buildXml } from '../../../../src/wechat/callback/xml';
import { VECTOR_A, VECTOR_B } from './vectors';
import { codeOf } from '../helpers/code-of';

interface Vector {
  readonly token: string;
  readonly encodingAESKey: string;
  readonly appid: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
  readonly msgSignature: string;
}

function pushOf(vector: Vector) {
  return {
    token: vector.token,
    encodingAESKey: vector.encodingAESKey,
    appid: vector.appid,
    mode: 'safe' as const,
    query: {
      signature: 'not used',
      timestamp: vector.timestamp,
      nonce: vector.nonce,
      encrypt_type: 'aes',
      msg_signature: vector.msgSignature,
    },
    body: buildXml({ ToUserName: 'gh_0123456789ab', Encrypt: vector.encrypt }),
  };
}

const push = pushOf(VECTOR_B);
const keys = { token: VECTOR_B.token, encodingAESKey: VECTOR_B.encodingAESKey, appid: VECTOR_B.appid };

describe('opening a push', () => {
  it('gives the XML inside', () => {
    expect(openCallback(push)).toBe(VECTOR_B.message);
  });

  it("opens WeChat's published example", () => {
    expect(openCallback(pushOf(VECTOR_A))).toContain('"debug_str":"hello world"');
  });

  it('opens with the previous key just after a change', () => {
    const encodingAESKey = 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba';
    expect(openCallback({ ...push, encodingAESKey, previousEncodingAESKey: VECTOR_B.encodingAESKey })).toBe(
      VECTOR_B.message,
    );
  });

  it.each([
    ['a wrong signature', { query: { ...push.query, msg_signature: '0'.repeat(40) } }],
    ['the signature of the query alone', { query: { ...push.query, msg_signature: push.query.signature } }],
    ['another nonce', { query: { ...push.query, nonce: '987654322' } }],
    ['another timestamp', { query: { ...push.query, timestamp: '1700000001' } }],
    ['another token', { token: 'relaytoken2027' }],
    ['another ciphertext', { body: push.body.replace('Q3st', 'Q3su') }],
  ])('refuses %s', (_, change) => {
    expect(codeOf(() => openCallback({ ...push, ...change }))).toBe('callback/bad-signature');
  });

  it.each([
    ['a plaintext body', { body: VECTOR_B.message }],
    ['a query without encrypt_type', { query: { ...push.query, encrypt_type: undefined } }],
    ['encrypt_type=raw', { query: { ...push.query, encrypt_type: 'raw' } }],
    ['a query without msg_signature', { query: { ...push.query, msg_signature: undefined } }],
  ])('refuses to be talked down to plaintext by %s', (_, change) => {
    expect(codeOf(() => openCallback({ ...push, ...change }))).toBe('callback/downgrade');
  });

  it('refuses a push sealed for another account', () => {
    expect(codeOf(() => openCallback({ ...push, appid: 'wxffffffffffffffff' }))).toBe(
      'callback/appid-mismatch',
    );
  });

  it('never shows a key or the token in an error', () => {
    for (const change of [{ token: 'other-token' }, { appid: 'wx2' }, { encodingAESKey: 'z'.repeat(42) }]) {
      try {
        openCallback({ ...push, ...change });
      } catch (error) {
        expect(JSON.stringify(error) + String(error)).not.toMatch(/other-token|zzz|abcdefghij|relaytoken/);
      }
    }
    expect.assertions(3);
  });
});

describe('sealing a push', () => {
  it('makes the published bytes', () => {
    const sealed = sealCallback({
      ...keys,
      message: VECTOR_B.message,
      timestamp: 1700000000,
      nonce: VECTOR_B.nonce,
      random: Buffer.from(VECTOR_B.random),
      toUserName: 'gh_0123456789ab',
    });
    expect(sealed.query).toEqual({
      signature: '8119133415890678b409fbe98da1c997ed744cef',
      timestamp: VECTOR_B.timestamp,
      nonce: VECTOR_B.nonce,
      encrypt_type: 'aes',
      msg_signature: VECTOR_B.msgSignature,
    });
    expect(sealed.body).toBe(push.body);
  });

  it('makes what can be opened, with fresh nonce and prefix', () => {
    const input = { ...keys, message: '<xml/>', timestamp: 1700000000.7, toUserName: 'gh_1' };
    const sealed = sealCallback(input);
    expect(openCallback({ ...keys, mode: 'safe', ...sealed })).toBe('<xml/>');
    expect(sealCallback(input).body).not.toBe(sealed.body);
  });
});

describe('encrypted passive replies', () => {
  const reply = sealReply({ ...keys, message: '<xml><a>您好</a></xml>', timestamp: 1700000001 });

  it("have WeChat's four nodes", () => {
    expect(reply).toMatch(
      /^<xml><Encrypt><!\[CDATA\[[\w+/=]+\]\]><\/Encrypt><MsgSignature><!\[CDATA\[[0-9a-f]{40}\]\]><\/MsgSignature><TimeStamp>1700000001<\/TimeStamp><Nonce><!\[CDATA\[\d+\]\]><\/Nonce><\/xml>$/,
    );
  });

  it('can be opened again', () => {
    expect(openReply({ ...keys, body: reply })).toBe('<xml><a>您好</a></xml>');
  });

  it('are refused when anything is wrong', () => {
    expect(codeOf(() => openReply({ ...keys, body: reply.replace('1700000001', '1700000002') }))).toBe(
      'callback/bad-signature',
    );
    expect(codeOf(() => openReply({ ...keys, body: '<xml><Encrypt>abc</Encrypt></xml>' }))).toBe(
      'callback/bad-signature',
    );
    expect(codeOf(() => openReply({ ...keys, body: '<xml><Content>hi</Content></xml>' }))).toBe(
      'callback/downgrade',
    );
    expect(codeOf(() => openReply({ ...keys, appid: 'wx2', body: reply }))).toBe('callback/appid-mismatch');
    expect(codeOf(() => openReply({ ...keys, body: reply.slice(0, -3) }))).toBe('callback/bad-xml');
  });

  it('sign their own ciphertext', () => {
    const [, encrypt = '', signature = '', nonce = ''] =
      /<Encrypt><!\[CDATA\[(.+?)\]\].*<MsgSignature><!\[CDATA\[(.+?)\]\].*<Nonce><!\[CDATA\[(.+?)\]\]/.exec(
        reply,
      ) ?? [];
    expect(verifySignature(signature, keys.token, '1700000001', nonce, encrypt)).toBe(true);
  });
});
