import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildXml, extractEncrypt, parseXml, xmlText } from '../../../../src/wechat/callback/xml';
import { VECTOR_B } from './vectors';
import { codeOf } from '../helpers/code-of';

describe('reading XML', () => {
  it('gives the children of the root, with every value as text', () => {
    expect(parseXml(VECTOR_B.message)).toEqual({
      ToUserName: 'gh_0123456789ab',
      FromUserName: 'oUser0000000000000000000001',
      CreateTime: '1700000000',
      MsgType: 'text',
      Content: '你好',
      MsgId: '24000000000000001',
    });
  });

  it('keeps ids beyond 2^53 and leading zeros', () => {
    expect(parseXml('<xml><a>9223372036854775807</a><b>007</b><c>true</c></xml>')).toEqual({
      a: '9223372036854775807',
      b: '007',
      c: 'true',
    });
  });

  it('reads nodes with or without CDATA, empty ones, and pretty-printed text', () => {
    const xml =
      '\ufeff<?xml version="1.0"?>\n<xml>\n  <a x="1">plain</a>\n  <b><![CDATA[ c & d ]]></b><c/><d></d>\n<!-- note -->\n</xml>\n';
    expect(parseXml(xml)).toEqual({ a: 'plain', b: ' c & d ', c: '', d: '' });
  });

  it('makes a list of a tag that occurs several times', () => {
    expect(parseXml('<xml><L><i>1</i><i>2</i><i><j>3</j></i></L><n>1</n></xml>')).toEqual({
      L: { i: ['1', '2', { j: '3' }] },
      n: '1',
    });
  });

  it("resolves XML's own five entities and character numbers, once", () => {
    expect(parseXml('<xml><a>&lt;b&gt; &amp;amp; &#20320;&#x597D; &quot;&apos;</a></xml>')).toEqual({
      a: '<b> &amp; 你好 "\'',
    });
  });

  it('leaves what looks like markup inside CDATA alone: it is what somebody wrote', () => {
    const text = '<!DOCTYPE html><!ENTITY x "y"> &x; <!-- no --> &lt;';
    expect(parseXml(`<xml><a><![CDATA[${text}]]></a></xml>`)).toEqual({ a: text });
  });

  it.each([
    ['callback/xml-doctype', '<!DOCTYPE xml><xml><a>1</a></xml>'],
    [
      'callback/xml-doctype',
      '<?xml version="1.0"?><!doctype x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml>&e;</xml>',
    ],
    ['callback/xml-doctype', '<xml><a>1</a><!DOCTYPE x></xml>'],
    ['callback/xml-entity', '<xml><!ENTITY x "y"><a>1</a></xml>'],
    ['callback/xml-entity', '<xml><a>&xxe;</a></xml>'],
    ['callback/bad-xml', '<xml><!ELEMENT a></xml>'],
    ['callback/bad-xml', '<xml><a>&#0;</a></xml>'],
    ['callback/bad-xml', '<xml><a>&#xD800;</a></xml>'],
    ['callback/bad-xml', ''],
    ['callback/bad-xml', 'success'],
    ['callback/bad-xml', '{"a":1}'],
    ['callback/bad-xml', '<xml><a>1</b></xml>'],
    ['callback/bad-xml', '<xml/><xml/>'],
    ['callback/bad-xml', '<xml><a>1</a></xml>junk'],
    ['callback/bad-xml', '<xml><a><![CDATA[1]]</a></xml>'],
    ['callback/bad-xml', '<xml><!-- <a>1</a></xml>'],
  ])('refuses with %s: %s', (code, xml) => {
    expect(codeOf(() => parseXml(xml))).toBe(code);
  });

  it('refuses a message cut off at any place', () => {
    for (let length = 0; length < VECTOR_B.message.length; length++)
      expect(codeOf(() => parseXml(VECTOR_B.message.slice(0, length)))).toBe('callback/bad-xml');
  });

  it('accepts twelve levels and refuses a thirteenth, also when it is empty', () => {
    const nested = (depth: number, inner: string): string =>
      '<a>'.repeat(depth) + inner + '</a>'.repeat(depth);
    expect(parseXml(nested(12, 'x'))).toHaveProperty('a');
    expect(codeOf(() => parseXml(nested(13, 'x')))).toBe('callback/xml-too-deep');
    expect(codeOf(() => parseXml(nested(12, '<a/>')))).toBe('callback/xml-too-deep');
    expect(codeOf(() => parseXml(nested(10_000, 'x')))).toBe('callback/xml-too-deep');
  });

  it('measures the size in bytes', () => {
    const wrap = (text: string): string => `<xml><a>${text}</a></xml>`;
    expect(parseXml(wrap('x'.repeat(256 * 1024 - 20)))).toHaveProperty('a');
    expect(codeOf(() => parseXml(wrap('x'.repeat(256 * 1024))))).toBe('callback/too-large');
    expect(codeOf(() => parseXml(wrap('你'.repeat(100 * 1024))))).toBe('callback/too-large');
  });

  it.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])(
    'lets a tag named %s do no harm',
    (name) => {
      let node: unknown = null;
      try {
        node = parseXml(`<xml><${name}><polluted>yes</polluted></${name}><a>1</a></xml>`);
      } catch (error) {
        expect(error).toHaveProperty('data.code', 'callback/bad-xml');
      }
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      if (node !== null) expect(node).toHaveProperty('a', '1');
    },
  );

  it('never fails with anything but its own errors, whatever arrives', () => {
    const piece = fc.constantFrom(
      ...['<xml>', '</xml>', '<a>', '</a>', '<![CDATA[', ']]>', '<!', '<?', '?>', '&', ';', '<', '>', '"'],
      ...['x', ' ', '你', '<!--', '-->', '/', '__proto__', '=', "'", '\u0000'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          parseXml(pieces.join(''));
        } catch (error) {
          expect(error).toHaveProperty('data.code', expect.stringMatching(/^callback\//));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('reading the common form', () => {
  /** The same document in a form that only the full parser takes. */
  const inFull = (xml: string): string => `<?xml version="1.0"?>${xml}`;
  const outcome = (xml: string): unknown => {
    try {
      return parseXml(xml);
    } catch (error) {
      return (error as { code: unknown }).code;
    }
  };

  it('gives what the full parser gives, whatever stands in it', () => {
    const tag = fc.constantFrom('Content', 'MsgId', 'a', 'B_1', 'xml', 'x-y', 'toString', 'Event');
    const value = fc.oneof(
      fc.string({ unit: fc.constantFrom(']', '>', '<', '&', ';', ' ', '\n', '\r', 'a', '你', '!', '[') }),
      fc.constantFrom('', ' padded ', '1', '&lt;', '&x;', '<b>1</b>', '<!-- c -->', '\u0000', '\ufeff'),
    );
    const leaf = fc
      .tuple(tag, value, fc.constantFrom('plain', 'cdata', 'broken'))
      .map(([name, text, form]) => {
        if (form === 'plain') return `<${name}>${text}</${name}>`;
        return form === 'cdata'
          ? `<${name}><![CDATA[${text}]]></${name}>`
          : `<${name}><![CDATA[${text}</${name}>`;
      });
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 5 }), (leaves) => {
        const xml = `<xml>${leaves.join('')}</xml>`;
        expect(outcome(xml)).toEqual(outcome(inFull(xml)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writing XML', () => {
  it("writes WeChat's form: text in CDATA, numbers plain, lists as repeated tags", () => {
    expect(
      buildXml({ ToUserName: 'o1', CreateTime: 1700000001, Articles: { item: [{ Title: 't' }, 'u'] } }),
    ).toBe(
      '<xml><ToUserName><![CDATA[o1]]></ToUserName><CreateTime>1700000001</CreateTime><Articles><item><Title><![CDATA[t]]></Title></item><item><![CDATA[u]]></item></Articles></xml>',
    );
  });

  it.each([']]>', 'a]]>b', ']]]]>>', ']]>]]>', '<![CDATA[x]]>', '<!DOCTYPE x>&e;'])(
    'cannot be broken out of by %j',
    (text) => {
      expect(parseXml(buildXml({ Content: text, After: 'x' }))).toEqual({ Content: text, After: 'x' });
    },
  );

  it('gives back any text it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(']', '>', '<', '[', '&', 'a', '你', '\n') }), (text) => {
        expect(parseXml(buildXml({ Content: text, MsgType: 'text' }))).toEqual({
          Content: text,
          MsgType: 'text',
        });
      }),
    );
  });

  it('refuses a tag name that would be markup', () => {
    expect(() => buildXml({ 'a><b': 'x' })).toThrow(RangeError);
  });
});

describe('finding the ciphertext of a push', () => {
  const encrypt = 'Q3stYC6hdFzMh9T8+/==';

  it.each([
    `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
    `<xml>\n    <ToUserName><![CDATA[gh_1]]></ToUserName>\n    <Encrypt><![CDATA[${encrypt}]]></Encrypt>\n</xml>\n`,
    `<xml><Encrypt>${encrypt}</Encrypt><ToUserName>gh_1</ToUserName></xml>`,
    `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Content>x</Content><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  ])('reads every form of the body: %s', (body) => {
    expect(extractEncrypt(body)).toEqual({ toUserName: 'gh_1', encrypt });
  });

  it('does without the account name', () => {
    expect(extractEncrypt(`<xml><Encrypt>${encrypt}</Encrypt></xml>`)).toEqual({ toUserName: null, encrypt });
  });

  it.each([
    ['callback/downgrade', VECTOR_B.message],
    ['callback/downgrade', '<xml><Encrypt></Encrypt></xml>'],
    ['callback/downgrade', '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>'],
    ['callback/bad-xml', `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt>`],
    ['callback/xml-doctype', `<!DOCTYPE x><xml><Encrypt>${encrypt}</Encrypt></xml>`],
    [
      'callback/too-large',
      `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${'A'.repeat(256 * 1024)}]]></Encrypt></xml>`,
    ],
  ])('refuses with %s: %.80s', (code, body) => {
    expect(codeOf(() => extractEncrypt(body))).toBe(code);
  });

  it('reads only the text of one child', () => {
    const node = parseXml('<xml><a>1</a><b><c>2</c></b><d>3</d><d>4</d></xml>');
    expect(['a', 'b', 'c', 'd'].map((tag) => xmlText(node, tag))).toEqual(['1', null, null, null]);
    expect(xmlText('text', 'a')).toBeNull();
  });
});
