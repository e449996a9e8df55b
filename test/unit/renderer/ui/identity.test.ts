import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, isNamed } from '../../../../src/renderer/ui/identity';

describe('the name of a row', () => {
  it('[I12][S1.12] is never a bare openid and never blank, whatever is known', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9_-]{6,64}$/),
        fc.option(fc.oneof(fc.string(), fc.constant('   '))),
        fc.oneof(fc.string(), fc.constant('\u200b')),
        (openid, alias, remark) => {
          for (const locale of ['zh-CN', 'en'] as const) {
            const name = displayName({ openid, alias, remark }, locale);
            expect(name.trim()).not.toBe('');
            expect(name).not.toBe(openid);
          }
        },
      ),
    );
  });

  it('counts as given when the shop or WeChat’s remark names the person', () => {
    const openid = 'oAbCdEfGh';
    expect(isNamed({ openid, alias: '王姐', remark: '' })).toBe(true);
    expect(isNamed({ openid, alias: null, remark: 'VIP' })).toBe(true);
    expect(isNamed({ openid, alias: '  ', remark: '' })).toBe(false);
  });
});
