import { describe, expect, it } from 'vitest';
import { errorOf } from '../../../src/wechat/errors';

const refusal = (errcode: number, errmsg = 'x') => errorOf({ errcode, errmsg });

describe("WeChat's answers", () => {
  it.each([{ errcode: 0, errmsg: 'ok' }, { errcode: '0' }, { total: 1 }, [], null, 'ok'])(
    'are successes without an errcode or with 0: %j',
    (answer) => {
      expect(errorOf(answer)).toBeNull();
    },
  );

  it('become errors with code, text and rid apart', () => {
    const error = refusal(
      45015,
      'response out of time limit or subscription is canceled rid: 65a1b2c3-1a2b3c4d-5e6f7081',
    );
    expect(error?.data).toEqual({
      code: 'wechat/45015',
      errcode: 45015,
      errmsg: 'response out of time limit or subscription is canceled',
      rid: '65a1b2c3-1a2b3c4d-5e6f7081',
      retryable: false,
    });
    expect(error?.rid).toBe('65a1b2c3-1a2b3c4d-5e6f7081');
  });

  it('[S3.14] know "out of response count limit rid…" as 45047, with the rid to copy', () => {
    const error = refusal(45047, 'out of response count limit rid: 65a1b2c3-1a2b3c4d-5e6f7081');
    expect(error).toMatchObject({ code: 'wechat/45047', rid: '65a1b2c3-1a2b3c4d-5e6f7081' });
    expect(error?.errmsg).toBe('out of response count limit');
  });

  it.each([
    ['invalid appid, rid: 6aac0063-7ed08fb9-1250f724', 'invalid appid', '6aac0063-7ed08fb9-1250f724'],
    ['out of response count limit hint: [abc123]', 'out of response count limit', 'abc123'],
    ['invalid credential hints: [ req_id: Xy.1-9 ]', 'invalid credential', 'Xy.1-9'],
    ['system error', 'system error', null],
  ])('keep the request id of every form: %s', (text, errmsg, rid) => {
    expect(refusal(1, text)).toMatchObject({ errmsg, rid });
  });

  it.each([
    [
      'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 65a1b2c3-1a2b3c4d-5e6f7081',
      '203.0.113.9',
    ],
    ['invalid ip 203.0.113.9, not in whitelist', '203.0.113.9'],
    ['invalid ip 2001:db8::1, not in whitelist', '2001:db8::1'],
  ])('name the address to put on the whitelist: %s', (text, ip) => {
    expect(refusal(40164, text)?.data.params).toEqual({ ip });
  });

  it('name no address when there is none, or for other codes', () => {
    expect(refusal(40164, 'not in whitelist')?.data.params).toBeUndefined();
    expect(refusal(40013, 'invalid appid 203.0.113.9')?.data.params).toBeUndefined();
  });

  it.each([40001, 40014, 42001])('of code %i ask for a fresh token', (errcode) => {
    expect(refusal(errcode)).toMatchObject({ isTokenError: true, retryable: false });
  });

  it.each([-1, 45011, 268487001, 61503])('of code %i may be tried again later', (errcode) => {
    expect(refusal(errcode)).toMatchObject({ retryable: true, isTokenError: false });
  });

  it.each([40003, 43004, 45009, 45015, 48001, 40164, 123456789])('of code %i are final', (errcode) => {
    expect(refusal(errcode)).toMatchObject({ retryable: false, isTokenError: false });
  });
});
