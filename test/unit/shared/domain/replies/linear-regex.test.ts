import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error';
import { compileRules } from '#shared/domain/replies/compile-rules';
import { compilePatterns, PATTERNS_SIZE_MAX } from '#shared/domain/replies/linear-regex';
import { fallback, keyword, ruleSet } from './samples';

const compile = (...patterns: string[]) =>
  compilePatterns(patterns.map((pattern, index) => ({ ruleId: `r${index}`, pattern })));

function refusalOf(action: () => unknown): AppError {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Milliseconds of the quickest of some runs of each, taking turns: whatever else the machine does only adds. */
function quickest(works: readonly (() => void)[]): readonly number[] {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let run = 0; run < 5; run += 1)
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      work();
      best[index] = Math.min(best[index] ?? 0, performance.now() - start);
    }
  return best;
}

describe('the patterns of a rule set', () => {
  it('are all searched in one text, and each is named that occurs', () => {
    const matcher = compile('退款|退货', '^\\d+$', 'b.?c');
    expect([...matcher('我要退货 bc')].sort()).toEqual([0, 2]);
    expect([...matcher('123')]).toEqual([1]);
    expect([...matcher('')]).toEqual([]);
    expect([...compile()('a')]).toEqual([]);
  });

  it('find what a backtracking engine finds', () => {
    const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^b]', '(?:ab|c)', '^', '$', '\\b');
    const piece = fc
      .tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '*?'))
      .map(([one, times]) => (/[$^]|\\b/.test(one) && one.length <= 2 ? one : one + times));
    const pattern = fc
      .array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
      .map((branches) => branches.map((pieces) => pieces.join('')).join('|'));
    const said = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', ' '), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 4 }), fc.array(said), (patterns, texts) => {
        const matcher = compile(...patterns);
        for (const text of texts) {
          const expected = patterns.flatMap((source, i) => (new RegExp(source, 'i').test(text) ? [i] : []));
          expect([...matcher(text)].sort()).toEqual(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['look-ahead', 'a(?=b)'],
    ['negative look-ahead', 'a(?!b)'],
    ['look-behind', '(?<=a)b'],
    ['a back reference', '(a)\\1'],
    ['an open bracket', '(a'],
    ['a lone repetition', '*a'],
    ['a repetition beyond RE2', 'a{1001}'],
    ['nested repetitions beyond RE2', '((a{100}){100}){100}'],
    ['an escape that RE2 does not know', '\\u4e00'],
  ])('may not hold %s; the rule is named', (_name, pattern) => {
    const set = ruleSet([fallback(), keyword('good', 'regex', 'a+'), keyword('culprit', 'regex', pattern)]);
    const { code, data } = refusalOf(() => compileRules(set));
    expect(code).toBe('replies/bad-pattern');
    expect(data.params?.['rule']).toBe('culprit');
    expect(data.params?.['reason']).toMatch(/./);
  });

  it('are checked in rules that are switched off too', () => {
    const set = ruleSet([keyword('off', 'regex', '(', { enabled: false })]);
    expect(refusalOf(() => compileRules(set)).code).toBe('replies/bad-pattern');
  });

  it('are refused as a rule set is, whatever is written: nothing else is thrown', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'()[]{}*+?|^$.\\-,:<>!=PpdDsSwWbBQEiAz019'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 30 }), fc.string(), (pattern, text) => {
        try {
          compile(pattern)(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('may not grow beyond what one text may cost; the rule that is too much is named', () => {
    const large = 'a{900}';
    const fitting = Math.floor(PATTERNS_SIZE_MAX / 910);
    expect(() => compile(...Array.from({ length: fitting }, () => large))).not.toThrow();
    const { code, data } = refusalOf(() => compile(...Array.from({ length: fitting + 1 }, () => large)));
    expect(code).toBe('replies/patterns-too-large');
    expect(data.params).toEqual({ rule: `r${fitting}` });
    expect(refusalOf(() => compile(`(?:${'abcdefgh'.repeat(30)}){1000}`)).code).toBe(
      'replies/patterns-too-large',
    );
  });
});

describe('the time for a hostile text', () => {
  /** Without a period, so that no state comes back by itself. */
  const ab = (length: number): string => {
    let seed = 1;
    let text = '';
    while (text.length < length) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      text += seed >>> 31 ? 'a' : 'b';
    }
    return text;
  };
  const hostile: [string, string, (length: number) => string][] = [
    ['repetitions inside each other', '^(a+)+$', (n) => `${'a'.repeat(n)}!`],
    ['branches that overlap', '^(a|aa)+$', (n) => `${'a'.repeat(n)}!`],
    ['many repetitions in a row', '^.*.*.*.*.*.*=.*[xy]$', (n) => '='.repeat(n)],
    ['repetitions that overlap anywhere', '[ab]*a[ab]*b[ab]*[cd]', ab],
    ['more states than can be kept', '(?:a|b)*a(?:a|b){300}[cd]', ab],
  ];

  it.each(hostile)('grows no faster than the text: %s', (_name, pattern, textOf) => {
    const search = (length: number) => {
      const text = textOf(length);
      return () => {
        const matcher = compile(pattern);
        expect(matcher(text).size).toBe(0);
      };
    };
    search(1_000)();
    const [short = 0, long = 0] = quickest([search(2_000), search(32_000)]);
    // Linear is 16; the next kind of growth, with the square of the length, would be 256.
    expect(long / Math.max(short, 0.5)).toBeLessThan(64);
  });
});
