import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextLink, TextPart } from '#shared/domain/text-links';
import { hasBrokenLink, linkMarkup, linkProblems, parseText, readableText } from '#shared/domain/text-links';

const page: TextLink = {
  words: '看菜单',
  target: { kind: 'page', url: 'https://shop.example.com/menu?a=1' },
};
const program: TextLink = {
  words: '去下单',
  target: {
    kind: 'miniprogram',
    appId: 'wx0123456789abcdef',
    path: 'pages/order?id=7',
    url: 'https://shop.example.com/order',
  },
};

const inside = (pattern: RegExp) => fc.stringMatching(pattern);
const link: fc.Arbitrary<TextLink> = fc
  .record({
    words: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((text) => /^[^<>\n\r]+$/u.test(text) && text.trim() !== ''),
    host: inside(/^[a-z]{1,8}\.(?:com|cn|例子)$/u),
    rest: inside(/^(?:\/[a-zA-Z0-9%&=?.'_~-]{0,20})?$/u),
    appId: inside(/^wx[0-9a-f]{16}$/u),
    path: inside(/^pages\/[a-z]{1,6}(?:\?[a-z]=[0-9&']{1,4})?$/u),
    miniprogram: fc.boolean(),
  })
  .map(({ words, host, rest, appId, path, miniprogram }) => {
    const url = `https://${host}${rest}`;
    return {
      words,
      target: miniprogram
        ? { kind: 'miniprogram' as const, appId, path, url }
        : { kind: 'page' as const, url },
    };
  });

describe('links in a text', () => {
  it('are written as WeChat documents them', () => {
    expect(linkMarkup(page)).toBe('<a href="https://shop.example.com/menu?a=1">看菜单</a>');
    expect(linkMarkup(program)).toBe(
      '<a href="https://shop.example.com/order" data-miniprogram-appid="wx0123456789abcdef" data-miniprogram-path="pages/order?id=7">去下单</a>',
    );
  });

  it('are read back as they were made, between any words, and lose no character', () => {
    const plain = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[<>]/u.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, link), { maxLength: 4 }), plain, (pairs, end) => {
        const text = pairs.map(([words, one]) => words + linkMarkup(one)).join('') + end;
        const parts = parseText(text);
        expect(parts.flatMap((part) => (part.kind === 'link' ? [part.link] : []))).toEqual(
          pairs.map(([, one]) => one),
        );
        expect(parts.map(({ raw }) => raw).join('')).toBe(text);
        expect(readableText(text)).toBe(pairs.map(([words, one]) => words + one.words).join('') + end);
        expect(hasBrokenLink(text)).toBe(false);
      }),
    );
  });

  it('leave every other text as it is, whatever code it holds', () => {
    const bits = fc.constantFrom(
      '<a',
      ' href="',
      'https://a.cn',
      'javascript:1',
      '">',
      '</a>',
      '字',
      '<img src=x>',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        const parts: readonly TextPart[] = parseText(text);
        expect(parts.map(({ raw }) => raw).join('')).toBe(text);
        for (const part of parts)
          if (part.kind === 'link') expect(part.link.target.url).toMatch(/^https?:\/\//u);
      }),
    );
  });

  it.each<[string, TextLink, string]>([
    ['no words', { ...page, words: '  ' }, 'words-empty'],
    ['code in the words', { ...page, words: '<b>菜单</b>' }, 'words-markup'],
    [
      'an address without https',
      { ...page, target: { kind: 'page', url: 'http://shop.example.com' } },
      'address',
    ],
    ['a script', { ...page, target: { kind: 'page', url: 'javascript:alert(1)' } }, 'address'],
    [
      'an address that ends the attribute',
      { ...page, target: { kind: 'page', url: 'https://a.cn/"onclick="x' } },
      'address',
    ],
    ['somebody’s password', { ...page, target: { kind: 'page', url: 'https://user:pass@a.cn/' } }, 'address'],
    [
      'no AppID',
      { ...program, target: { ...program.target, kind: 'miniprogram', appId: 'gh_1', path: 'p' } },
      'appid',
    ],
    [
      'no path',
      {
        ...program,
        target: { ...program.target, kind: 'miniprogram', appId: 'wx0123456789abcdef', path: '' },
      },
      'path',
    ],
  ])('are refused with %s', (_, wrong, problem) => {
    expect(linkProblems(wrong)).toContain(problem);
    expect(() => linkMarkup(wrong)).toThrow(RangeError);
  });

  it('that are incomplete are found before the customer sees code', () => {
    expect(hasBrokenLink('点<a href="https://a.cn">这里')).toBe(true);
    expect(hasBrokenLink('点<a href="这里">这里</a>')).toBe(true);
    expect(hasBrokenLink('a < b，b > c，<3')).toBe(false);
  });
});
