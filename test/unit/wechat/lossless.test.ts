import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/wechat/lossless';

describe('JSON from WeChat', () => {
  it('keeps every digit of long integers, as text', () => {
    expect(parseJson('{"a":9223372036854775807,"b":[24000000000000001],"c":-9223372036854775808}')).toEqual({
      a: '9223372036854775807',
      b: ['24000000000000001'],
      c: '-9223372036854775808',
    });
  });

  it('has ids as text even while they are short', () => {
    expect(parseJson('{"msgid":200228332,"menuid":208396938,"msg_id":"201053012","n":1}')).toEqual({
      msgid: '200228332',
      menuid: '208396938',
      msg_id: '201053012',
      n: 1,
    });
  });

  it('leaves other numbers numbers, beside a long one too', () => {
    expect(
      parseJson('{"a":9007199254740991,"b":1.5,"c":-3,"d":1e3,"e":23.137466,"x":9007199254740993}'),
    ).toEqual({
      a: 9007199254740991,
      b: 1.5,
      c: -3,
      d: 1000,
      e: 23.137466,
      x: '9007199254740993',
    });
  });

  it('agrees with the plain parser wherever no digit can be lost', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify({ value, msgid: '1' });
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('takes the last of two fields of one name, on both ways', () => {
    expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
    expect(parseJson('{"msgid":1,"a":1,"a":2}')).toEqual({ msgid: '1', a: 2 });
  });

  it('is not polluted by a field named __proto__', () => {
    for (const text of ['{"__proto__":{"polluted":1}}', '{"msgid":1,"__proto__":{"polluted":1}}']) {
      parseJson(text);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }
  });

  it.each(['', '{', '{"msgid":1', 'success', '{"msgid":1}x'])('refuses what is not JSON: %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});
