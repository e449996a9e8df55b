import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { parseQuery, withFilter, withoutFilter } from '#shared/domain/search/parse-query';

/** Wednesday. */
const NOW = new Date(2026, 3, 15, 10, 30).getTime() / 1000;
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime() / 1000;
const parse = (text: string) => parseQuery(text, NOW);
const problems = (text: string) => parse(text).problems.map(({ code }) => code);

describe('[I8] a line of search', () => {
  it('is words, phrases and words to leave out', () => {
    expect(parse('蛋糕 "生日 快乐" -取消 “明天送”').query.terms).toEqual([
      { text: '蛋糕', phrase: false, negated: false },
      { text: '生日 快乐', phrase: true, negated: false },
      { text: '取消', phrase: false, negated: true },
      { text: '明天送', phrase: true, negated: false },
    ]);
  });

  it('has filters in both languages, with either colon', () => {
    const english = parse('from:me from:"王 小姐" has:image is:failed is:starred account:花店').query;
    const chinese = parse('来自：我 来自：“王 小姐” 含：图片 是:失败 是：星标 公众号：花店').query;
    expect(english).toEqual(chinese);
    expect(english).toMatchObject({
      terms: [],
      from: [{ who: 'me' }, { who: 'named', name: '王 小姐' }],
      has: ['image'],
      is: ['failed', 'starred'],
      accounts: ['花店'],
    });
  });

  it.each([
    ['2026-03-01', day(2026, 3, 1)],
    ['2026/3', day(2026, 3, 1)],
    ['2025', day(2025, 1, 1)],
    ['2026年3月9日', day(2026, 3, 9)],
    ['3月9日', day(2026, 3, 9)],
    ['12月31日', day(2025, 12, 31)],
    ['今天', day(2026, 4, 15)],
    ['yesterday', day(2026, 4, 14)],
    ['前天', day(2026, 4, 13)],
    ['本周', day(2026, 4, 13)],
    ['上周', day(2026, 4, 6)],
    ['last-month', day(2026, 3, 1)],
    ['上个月', day(2026, 3, 1)],
    ['7d', day(2026, 4, 8)],
    ['2周前', day(2026, 4, 1)],
    ['3个月', day(2026, 1, 15)],
  ])('understands the day %s', (text, at) => {
    expect(parse(`after:${text}`).query.after).toBe(at);
  });

  it('says what it does not understand, and where', () => {
    expect(problems('has:cake')).toEqual(['unknown-value']);
    expect(problems('after:2026-02-31')).toEqual(['bad-date']);
    expect(problems('from:')).toEqual(['missing-value']);
    expect(problems('-has:image')).toEqual(['negated-filter']);
    expect(problems('after:昨天 before:上周')).toEqual(['empty-range']);
    expect(parse('蛋糕 has:cake').problems[0]).toMatchObject({ start: 3, end: 11, value: 'cake' });
  });

  it('takes for words what only looks like a filter', () => {
    expect(parse('10:30 订单:8 https://x.cn').query.terms.map(({ text }) => text)).toEqual([
      '10:30',
      '订单:8',
      'https://x.cn',
    ]);
    expect(parse(' ，！ - ').empty).toBe(true);
  });

  it('adds and removes one filter and leaves the rest as it is', () => {
    const text = withFilter('蛋糕', 'from', '王 小姐');
    expect(text).toBe('蛋糕 from:"王 小姐"');
    const parsed = parse(`${text} 明天`);
    expect(parsed.filters).toHaveLength(1);
    expect(
      withoutFilter(`${text} 明天`, parsed.filters[0] ?? { operator: 'is', value: '', start: 0, end: 0 }),
    ).toBe('蛋糕 明天');
  });

  it('understands every text somehow, and points into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const { filters, problems: found } = parse(text);
        for (const { start, end } of [...filters, ...found]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
