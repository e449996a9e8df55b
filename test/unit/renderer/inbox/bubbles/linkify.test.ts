import { describe, expect, it } from 'vitest';
import { httpsUrl, linkify } from '../../../../../src/renderer/features/inbox/bubbles/linkify';

const links = (text: string) => linkify(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));

describe('web addresses in messages', () => {
  it('ends an address before Chinese text and punctuation', () => {
    expect(links('请看https://mp.weixin.qq.com/s/x，谢谢')).toEqual(['https://mp.weixin.qq.com/s/x']);
    expect(links('链接https://a.example/b看看')).toEqual(['https://a.example/b']);
  });

  it('leaves the full stop and bracket to the sentence, and keeps brackets of the address', () => {
    expect(links('See (https://a.example/x).')).toEqual(['https://a.example/x']);
    expect(links('https://a.example/wiki/X_(y)')).toEqual(['https://a.example/wiki/X_(y)']);
  });

  it('opens https only: no http, script, file or credentials', () => {
    expect(links('http://a.example javascript:alert(1) file:///etc/passwd')).toEqual([]);
    expect(links('https://user:secret@a.example/')).toEqual([]);
    expect(httpsUrl('HTTPS://A.example')).toBe('https://a.example/');
    expect(httpsUrl('not an address')).toBeNull();
  });

  it('loses and changes nothing of the text', () => {
    for (const text of [
      '',
      '<b>x</b> https://a.example/?q=1&r=<i>',
      'a https://b.example. c https://d.example!',
    ]) {
      expect(
        linkify(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }
  });
});
