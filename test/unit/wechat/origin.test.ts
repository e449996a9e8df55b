import { describe, expect, it } from 'vitest';
import { apiUrl, parseOrigin, WECHAT_ORIGIN } from '../../../src/wechat/origin';
import { codeOf } from './helpers/code-of';

describe("the origin of an account's API", () => {
  it.each([
    ['https://api.weixin.qq.com', WECHAT_ORIGIN],
    ['https://api.weixin.qq.com/', WECHAT_ORIGIN],
    ['HTTPS://HK.API.weixin.qq.com:443', 'https://hk.api.weixin.qq.com'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.1.2.3', 'http://127.1.2.3'],
    ['http://localhost:1', 'http://localhost:1'],
    ['http://[::1]:9', 'http://[::1]:9'],
  ])('accepts %s', (text, origin) => {
    expect(parseOrigin(text)).toBe(origin);
  });

  it.each([
    ...['http://api.weixin.qq.com', 'http://192.168.1.1', 'http://127.0.0.1.example.com', 'ftp://127.0.0.1'],
    ...[
      'https://a.b/path',
      'https://a.b/?q=1',
      'https://a.b/#x',
      'https://user:pw@a.b',
      'api.weixin.qq.com',
      '',
    ],
    ...['javascript:alert(1)', 'file:///etc/passwd', 'http://localhost.example.com', 'http://[::2]'],
  ])('refuses %j', (text) => {
    expect(codeOf(() => parseOrigin(text))).toBe('network/bad-origin');
  });

  it('makes URLs with an encoded query, leaving out what is absent', () => {
    expect(
      apiUrl(WECHAT_ORIGIN, '/cgi-bin/user/get', { access_token: 'a b&c', n: 0, next_openid: undefined })
        .href,
    ).toBe('https://api.weixin.qq.com/cgi-bin/user/get?access_token=a+b%26c&n=0');
  });

  it('cannot be led to another host by a path', () => {
    expect(apiUrl(WECHAT_ORIGIN, '//evil.example/x').host).toBe('api.weixin.qq.com');
  });
});
