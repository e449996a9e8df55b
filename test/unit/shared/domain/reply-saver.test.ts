import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TEXT_BYTES, utf8Length } from '#shared/domain/media-limits';
import type { Prepared } from '#shared/domain/reply-saver';
import { mergeOffer, mergeTexts, splitText } from '#shared/domain/reply-saver';
import { linkMarkup, parseText } from '#shared/domain/text-links';

const text = (words: string): Prepared<number> => ({ kind: 'text', text: words });
const item: fc.Arbitrary<Prepared<number>> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map(text) },
  { weight: 1, arbitrary: fc.nat(9).map((file): Prepared<number> => ({ kind: 'file', file })) },
);
const LIMIT = 120;

describe('reply saver', () => {
  it('[I6] keeps the order, every word, every file and the limit, and never needs more replies', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (items) => {
        const merged = mergeTexts(items, LIMIT);
        const flat = (list: readonly Prepared<number>[]) =>
          list.map((one) => (one.kind === 'text' ? one.text : `\u0000${one.file}\u0000`)).join('\n');
        expect(flat(merged)).toBe(flat(items));
        expect(merged.length).toBeLessThanOrEqual(items.length);
        const longest = Math.max(
          LIMIT,
          ...items.map((one) => (one.kind === 'text' ? utf8Length(one.text) : 0)),
        );
        for (const one of merged)
          if (one.kind === 'text') expect(utf8Length(one.text)).toBeLessThanOrEqual(longest);
        // Nothing is left that would still fit together.
        expect(mergeTexts(merged, LIMIT)).toEqual(merged);
      }),
    );
  });

  it('[I6] offers to merge when what is prepared would use up the replies, and not while there are plenty', () => {
    const three = [text('有的'), text('两百一盒'), text('今天发货')];
    expect(mergeOffer(three, 3)).toEqual({ before: 3, after: 1 });
    expect(mergeOffer(three, 2)).toEqual({ before: 3, after: 1 });
    expect(mergeOffer(three.slice(0, 2), 5)).toBeNull();
    expect(mergeOffer([text('有的'), { kind: 'file', file: 1 }, text('就这个')], 2)).toBeNull();
    expect(mergeOffer([text('字'.repeat(400)), text('字'.repeat(400))], 2)).toBeNull();
  });

  it('splits a text that is too long into messages that fit, without losing words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 12 }), (lines) => {
        const whole = lines.join('\n');
        const pieces = splitText(whole, LIMIT);
        for (const piece of pieces) {
          expect(utf8Length(piece)).toBeLessThanOrEqual(LIMIT);
          expect(piece).toBe(piece.trim());
        }
        const squeezed = (words: string) => words.replace(/\s+/gu, '');
        expect(squeezed(pieces.join(''))).toBe(squeezed(whole));
      }),
    );
  });

  it('splits at the end of a paragraph or sentence where it can, and never inside a link', () => {
    const link = linkMarkup({ words: '看', target: { kind: 'page', url: 'https://a.cn/long-address' } });
    expect(splitText('第一句话说完了。第二句话说完了。', 30)).toEqual([
      '第一句话说完了。',
      '第二句话说完了。',
    ]);
    const pieces = splitText(`${'字'.repeat(30)}${link}`, 100);
    expect(pieces.flatMap(parseText).filter((part) => part.kind === 'link')).toHaveLength(1);
    expect(splitText('短', MAX_TEXT_BYTES)).toEqual(['短']);
  });
});
