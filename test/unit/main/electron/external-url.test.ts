import { describe, expect, it } from 'vitest';
import { parseExternalUrl } from '#main/electron/external-url';

describe('an address for the system browser', () => {
  it.each([
    ['https://mp.weixin.qq.com', 'https://mp.weixin.qq.com/'],
    ['HTTPS://MP.WEIXIN.QQ.COM/cgi-bin/../a?b=c#d', 'https://mp.weixin.qq.com/a?b=c#d'],
    ['https://例子.cn/你好', 'https://xn--fsqu00a.cn/%E4%BD%A0%E5%A5%BD'],
    ['https://example.com/a b"c', 'https://example.com/a%20b%22c'],
    ['\thttps://example.com\n', 'https://example.com/'],
  ])('[SEC-8] re-serialises %j', (given, opened) => {
    expect(parseExternalUrl(given).href).toBe(opened);
  });

  it.each([
    'http://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'ms-settings:privacy',
    'smb://server/share',
    'app://oadesk/index.html',
    'weixin://dl/business',
    'https://user@example.com',
    'https://mp.weixin.qq.com:secret@evil.example',
    'https://',
    '//example.com',
    'example.com',
    '',
    '-version',
  ])('[SEC-8] refuses %j', (given) => {
    expect(() => parseExternalUrl(given)).toThrow(expect.objectContaining({ code: 'external/not-https' }));
  });
});
