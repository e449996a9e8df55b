import { describe, expect, it } from 'vitest';
import { parseMultipart } from '#sandbox/http/multipart';

const FORM = 'multipart/form-data; boundary=XX';
const body = (...lines: (string | Buffer)[]): Buffer =>
  Buffer.concat(lines.map((line) => (typeof line === 'string' ? Buffer.from(line) : line)));

describe('a multipart body', () => {
  it('gives its parts byte for byte, also when they hold what looks like a boundary', () => {
    const data = Buffer.from('\r\n--X\r\n--\r\n\0\xff--XY', 'latin1');
    const parts = parseMultipart(
      'multipart/form-data; boundary="XX"',
      body(
        '--XX\r\nContent-Disposition: form-data; name="description"\r\n\r\n{"title":"片"}\r\n',
        '--XX\r\ncontent-disposition: form-data; name="media"; filename="照片 \\"1\\".jpg"\r\nContent-Type: image/jpeg\r\n\r\n',
        data,
        '\r\n--XX--\r\n',
      ),
    );
    expect(parts).toEqual([
      { name: 'description', filename: null, contentType: 'text/plain', data: Buffer.from('{"title":"片"}') },
      { name: 'media', filename: '照片 "1".jpg', contentType: 'image/jpeg', data },
    ]);
  });

  it('may have a preamble, names without quotes, and an encoded file name', () => {
    const parts = parseMultipart(
      FORM,
      body(
        'to be ignored\r\n--XX\r\n',
        "Content-Disposition: form-data; name=media; filename*=UTF-8''%E5%9B%BE.png\r\n\r\n",
        'x\r\n--XX--',
      ),
    );
    expect(parts).toMatchObject([{ name: 'media', filename: '图.png', data: Buffer.from('x') }]);
  });

  it('may hold an empty file', () => {
    const head = '--XX\r\nContent-Disposition: form-data; name="media"; filename="a"\r\n\r\n';
    expect(parseMultipart(FORM, body(head, '\r\n--XX--'))).toMatchObject([{ data: Buffer.alloc(0) }]);
  });

  it.each([
    ['no boundary in the type', 'multipart/form-data', '--XX--'],
    ['another type', 'application/json', '{}'],
    ['no delimiter', FORM, 'hello'],
    ['no end', FORM, '--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'],
    ['a part without a name', FORM, '--XX\r\nContent-Type: text/plain\r\n\r\nx\r\n--XX--'],
    [
      'a part without an end of its headers',
      FORM,
      '--XX\r\nContent-Disposition: form-data; name="a"\r\n--XX--',
    ],
    ['nothing', FORM, ''],
  ])('is refused with %s', (_name, type, text) => {
    expect(parseMultipart(type, Buffer.from(text))).toBeNull();
  });
});
