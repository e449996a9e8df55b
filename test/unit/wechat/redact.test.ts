import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/shared/app-error';
import { redact, redactText } from '../../../src/wechat/redact';

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const TOKEN = '78_nV1xQ-kY9pZ_2sT5uW8yB3dF6gH9jK2mN5pR8tV1xZ4aC7eG0';

describe('a log', () => {
  it.each([
    `https://api.weixin.qq.com/cgi-bin/user/get?access_token=${TOKEN}&next_openid=`,
    `GET /cgi-bin/token?grant_type=client_credential&appid=wx1&secret=${SECRET}`,
    `{"access_token":"${TOKEN}","expires_in":7200}`,
    `{"appid":"wx0123456789abcdef","secret":"short-secret-value"}`.replace('short-secret-value', SECRET),
    `Authorization: Bearer ${SECRET}x-y.z`,
    `https://user:${SECRET}@relay.example/v1/feed`,
    `key ${AES_KEY} in a sentence`,
    `token: ${TOKEN}`,
    `EncodingAESKey = ${AES_KEY}`,
    TOKEN,
  ])('shows no secret in text: %s', (text) => {
    const shown = redactText(text);
    for (const secret of [SECRET, AES_KEY, TOKEN]) expect(shown).not.toContain(secret);
    expect(shown).toContain('[hidden]');
  });

  it.each([
    'token',
    'accessToken',
    'access_token',
    'ACCESS-TOKEN',
    'secret',
    'appSecret',
    'encodingAESKey',
    'encoding_aes_key',
    'authorization',
    'Authorization',
    'deviceToken',
    'refresh_token',
    'component_verify_ticket',
    'password',
    'set-cookie',
    'pairingCode',
    'databaseKey',
  ])('shows no value of a field named %s, at any depth', (name) => {
    expect(redact({ a: [{ [name]: 'plain-looking' }] })).toEqual({ a: [{ [name]: '[hidden]' }] });
    expect(redact({ [name]: { nested: 'x' } })).toEqual({ [name]: '[hidden]' });
    expect(redact(new Map([[name, 12345]]))).toEqual({ [name]: '[hidden]' });
  });

  it('keeps what helps: ids, paths, codes, rids, numbers, and whether a secret is there', () => {
    const record = {
      appid: 'wx0123456789abcdef',
      openid: 'oUser0000000000000000000001',
      path: '/cgi-bin/message/custom/send',
      rid: '65a1b2c3-1a2b3c4d-5e6f7081',
      msgid: '24000000000000001',
      errcode: 45015,
      ms: 12.5,
      hasToken: true,
      token: null,
      text: '你好',
    };
    expect(redact(record)).toEqual(record);
  });

  it('keeps host and path of a URL without its query', () => {
    expect(redact(new URL(`https://api.weixin.qq.com/cgi-bin/user/get?access_token=${TOKEN}`))).toBe(
      'https://api.weixin.qq.com/cgi-bin/user/get?[hidden]',
    );
  });

  it('shows errors with their data, without secrets, down to the cause', () => {
    const cause = new Error(`connect to https://a.b/?access_token=${TOKEN}`);
    const error = new AppError({ code: 'wechat/48001', rid: 'a-b-c' }, { cause });
    const shown = redact({ error }) as { error: Record<string, unknown> };
    expect(shown.error).toMatchObject({
      name: 'AppError',
      message: 'wechat/48001',
      data: { code: 'wechat/48001', rid: 'a-b-c' },
    });
    expect(JSON.stringify(shown)).toContain('connect to https://a.b/?[hidden]');
    expect(JSON.stringify(shown)).not.toContain(TOKEN);
  });

  it('survives cycles, depth, bytes, long text and odd values', () => {
    const cycle: Record<string, unknown> = {
      bytes: Buffer.from(SECRET),
      fn: () => 1,
      big: 10n,
      at: new Date(0),
    };
    cycle['self'] = cycle;
    expect(redact(cycle)).toEqual({
      bytes: '[32 bytes]',
      fn: '[function]',
      big: '10',
      at: '1970-01-01T00:00:00.000Z',
      self: '[circular]',
    });
    let deep: unknown = SECRET;
    for (let i = 0; i < 50; i++) deep = { deep };
    expect(JSON.stringify(redact(deep))).not.toContain(SECRET);
    expect((redact('x'.repeat(10_000)) as string).length).toBe(2001);
    const twice = { a: 1 };
    expect(redact([twice, twice])).toEqual([{ a: 1 }, { a: 1 }]);
  });
});
