import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, foldedText } from '#shared/domain/search/fold';
import { matcherOf } from '#shared/domain/search/matching';
import { parseQuery } from '#shared/domain/search/parse-query';
import { snippetOf } from '#shared/domain/search/snippet';

const matcher = (text: string) => matcherOf(parseQuery(text, 0).query.terms);
const marked = (query: string, text: string) =>
  matcher(query)
    .ranges(text)
    .map(([start, end]) => text.slice(start, end));

describe('[I8] what a search finds in a text', () => {
  it('is any part of Chinese and the beginning of a word', () => {
    expect(matcher('蛋糕').matches('想订一个生日蛋糕')).toBe(true);
    expect(matcher('deliv').matches('Is DELIVERY free?')).toBe(true);
    expect(matcher('livery').matches('Is delivery free?')).toBe(false);
    expect(matcher('iphone').matches('我的iPhone坏了')).toBe(true);
  });

  it('is every word in any order, a phrase only as it stands, nothing that was left out', () => {
    expect(matcher('蛋糕 明天').matches('明天送蛋糕')).toBe(true);
    expect(matcher('"蛋糕 明天"').matches('明天送蛋糕')).toBe(false);
    expect(matcher('"送蛋糕"').matches('明天送蛋糕')).toBe(true);
    expect(matcher('蛋糕 -取消').matches('取消蛋糕')).toBe(false);
  });

  it('does not mind full width, case and accents, and marks the original', () => {
    expect(marked('cafe １２', 'Café ABC 12号')).toEqual(['Café', '12']);
    expect(marked('生日蛋糕', '生日蛋糕和生日蛋糕')).toEqual(['生日蛋糕', '生日蛋糕']);
  });

  it('marks only what stands there', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', maxLength: 4 }),
        (text, query) => {
          let behind = 0;
          for (const [start, end] of matcher(query).ranges(text)) {
            expect(start).toBeGreaterThanOrEqual(behind);
            expect(end).toBeGreaterThanOrEqual(start);
            behind = end;
          }
          expect(behind).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  it('is the same whether or not the way back to the original is kept', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldedText(text)).toBe(folded(text).text);
      }),
    );
    expect(foldedText('Ａé，蛋糕 CAFÉ')).toBe(folded('Ａé，蛋糕 CAFÉ').text);
  });

  it('shows one line around the first place', () => {
    const long = `${'前面很长的一段话，'.repeat(20)}\n玫瑰在这里${'，后面也很长'.repeat(20)}`;
    const { text, ranges } = snippetOf(long, matcher('玫瑰'), 60);
    expect(text.startsWith('…')).toBe(true);
    expect(text.length).toBeLessThanOrEqual(62);
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(['玫瑰']);
    expect(snippetOf('短短的玫瑰', matcher('玫瑰')).text).toBe('短短的玫瑰');
  });
});
