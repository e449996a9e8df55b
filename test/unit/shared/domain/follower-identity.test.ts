import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  displayName,
  identicon,
  IDENTICON_HUES,
  NO_NICKNAME_NOTE,
  placeholderName,
} from '#shared/domain/follower-identity';

const openidCharacters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'];
const openid = fc
  .array(fc.constantFrom(...openidCharacters), { minLength: 27, maxLength: 27 })
  .map((characters) => `o${characters.join('')}`);

describe('the name of a follower', () => {
  it('[S1.12][S3.15] is a stable placeholder when WeChat gives none', () => {
    fc.assert(
      fc.property(openid, (id) => {
        expect(placeholderName(id, 'zh-CN')).toMatch(/^粉丝 [2-9B-DF-HJKMNP-TV-Z]{4}$/);
        expect(placeholderName(id, 'en')).toBe(placeholderName(id, 'zh-CN').replace('粉丝', 'Follower'));
        expect(placeholderName(id, 'en')).toBe(placeholderName(id, 'en'));
      }),
    );
  });

  it('[I12] never changes between versions', () => {
    expect(placeholderName('oUser0000000000000000000001', 'en')).toMatchInlineSnapshot(`"Follower YHFV"`);
    expect(placeholderName('oUser0000000000000000000002', 'en')).toMatchInlineSnapshot(`"Follower SBNW"`);
  });

  it('[I12] differs for neighbours: among 1000 openids that differ in the last digits few share one', () => {
    const names = Array.from({ length: 1000 }, (_, i) =>
      placeholderName(`oUser${String(i).padStart(23, '0')}`, 'en'),
    );
    expect(new Set(names).size).toBeGreaterThan(990);
  });

  it('[S1.12] is the shop’s alias, else the remark', () => {
    const id = 'oUser0000000000000000000001';
    expect(displayName({ openid: id, alias: ' 王姐 ', remark: 'VIP' }, 'zh-CN')).toBe('王姐');
    expect(displayName({ openid: id, alias: null, remark: 'VIP' }, 'zh-CN')).toBe('VIP');
    expect(displayName({ openid: id, alias: '', remark: '' }, 'zh-CN')).toBe(placeholderName(id, 'zh-CN'));
  });

  it('[I12] is never blank and never the bare openid, whatever was typed', () => {
    const odd = fc.constantFrom(
      '',
      ' ',
      '\u3000',
      '\u200b',
      '\u200d',
      '\u3164',
      '\u2800',
      '\ufeff',
      '\u202e',
      '\u0301',
    );
    const typed = fc.oneof(
      fc.string(),
      odd,
      fc.array(odd).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(openid, fc.option(typed), typed, fc.boolean(), (id, alias, remark, same) => {
        const name = displayName({ openid: id, alias: same ? id : alias, remark }, 'zh-CN');
        expect(name).not.toBe(id);
        expect(name.replace(/[\s\p{C}\p{M}\u3164\u2800]/gu, '')).not.toBe('');
        expect(name).not.toMatch(/[\u202a-\u202e]/);
      }),
    );
  });

  it('[S3.15] the reason is explained in both languages', () => {
    expect(NO_NICKNAME_NOTE.zh).toContain('2021 年 12 月 27 日');
    expect(NO_NICKNAME_NOTE.en).toContain('27 December 2021');
  });
});

describe('the picture of a follower', () => {
  it('[I12] is stable, symmetric and neither empty nor full', () => {
    fc.assert(
      fc.property(openid, (id) => {
        const { hue, cells } = identicon(id);
        expect(identicon(id)).toEqual({ hue, cells });
        expect(hue).toBeGreaterThanOrEqual(0);
        expect(hue).toBeLessThan(IDENTICON_HUES);
        expect(cells).toHaveLength(25);
        for (let row = 0; row < 5; row++) {
          const line = cells.slice(row * 5, row * 5 + 5);
          expect(line).toEqual([...line].reverse());
        }
        const filled = cells.filter(Boolean).length;
        expect(filled).toBeGreaterThanOrEqual(8);
        expect(filled).toBeLessThanOrEqual(18);
      }),
    );
  });

  it('uses every hue', () => {
    const hues = new Set(
      Array.from({ length: 500 }, (_, i) => identicon(`oUser${String(i).padStart(23, '0')}`).hue),
    );
    expect(hues.size).toBe(IDENTICON_HUES);
  });
});
