import { describe, expect, it } from 'vitest';
import { openCallback, sealCallback } from '#wechat/callback/callback';
import { verifySignature, sign } from '#wechat/callback/signature';
import { XML_LIMITS } from '#wechat/callback/xml';
import { VECTOR_B } from './vectors';

const { token, encodingAESKey, appid, message } = VECTOR_B;
const push = sealCallback({
  ...{ token, encodingAESKey, appid, message },
  timestamp: 1_700_000_000,
  toUserName: 'gh_0123456789ab',
});
const open = (change: { query?: Record<string, string>; body?: string; appid?: string }) => () =>
  openCallback({
    ...{ token, encodingAESKey, appid, mode: 'safe' as const },
    query: push.query,
    body: push.body,
    ...change,
  });
const code = (value: string) => expect.objectContaining({ code: value });
const around = (inside: string) => push.body.replace('<xml>', `<xml>${inside}`);

describe('a hostile callback', () => {
  it('[SEC-13] is told from a genuine one', () => {
    expect(open({})()).toBe(message);
  });

  it('[SEC-13] cannot define entities or a document type', () => {
    expect(open({ body: `<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]>${push.body}` })).toThrow(
      code('callback/xml-doctype'),
    );
    expect(open({ body: around('<a>&e;</a>') })).toThrow(code('callback/xml-entity'));
  });

  it('[SEC-13] cannot be deep or large', () => {
    const deep = '<a>'.repeat(XML_LIMITS.maxDepth + 1) + '</a>'.repeat(XML_LIMITS.maxDepth + 1);
    expect(open({ body: around(deep) })).toThrow(code('callback/xml-too-deep'));
    expect(open({ body: around(`<a>${'x'.repeat(XML_LIMITS.maxBytes)}</a>`) })).toThrow(
      code('callback/too-large'),
    );
  });

  it('[SEC-13] cannot come without encryption, or signed as if it had none', () => {
    const { msg_signature: _signed, ...unsigned } = push.query;
    expect(open({ query: unsigned })).toThrow(code('callback/downgrade'));
    expect(open({ query: { ...push.query, encrypt_type: 'raw' } })).toThrow(code('callback/downgrade'));
    expect(open({ query: { ...push.query, msg_signature: push.query.signature } })).toThrow(
      code('callback/bad-signature'),
    );
  });

  it('[SEC-13] cannot be altered in its text, its time or its nonce', () => {
    const altered = push.body.replace(/(<Encrypt><!\[CDATA\[)./, (_all, head: string) => `${head}!`);
    expect(open({ body: altered })).toThrow(code('callback/bad-signature'));
    for (const name of ['timestamp', 'nonce'] as const) {
      expect(open({ query: { ...push.query, [name]: '1700000001' } })).toThrow(
        code('callback/bad-signature'),
      );
    }
  });

  it('[SEC-13] cannot be one that was sealed for another account', () => {
    expect(open({ appid: 'wxfedcba9876543210' })).toThrow(code('callback/appid-mismatch'));
  });

  it('[SEC-13] gains nothing from signatures of another length or kind', () => {
    const right = sign(token, '1', '2');
    expect(verifySignature(right, token, '1', '2')).toBe(true);
    for (const wrong of ['', right.slice(1), `${right}0`, right.toUpperCase(), null, undefined, 7, {}]) {
      expect(verifySignature(wrong, token, '1', '2')).toBe(false);
    }
  });
});
