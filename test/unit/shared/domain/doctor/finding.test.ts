import { describe, expect, it } from 'vitest';
import { isConnectionError } from '#shared/domain/doctor/failures';
import { CHECK_IDS, finding, firstCause } from '#shared/domain/doctor/finding';
import { maskNames } from '#shared/domain/doctor/report';

describe('the first cause', () => {
  it('is the first failure in the order of the checks, however they come in', () => {
    const found = [
      finding('category', 'failed', 'doctor/category-none'),
      finding('clock', 'warning', 'doctor/clock-off'),
      finding('callback', 'failed', 'doctor/callback-unset'),
    ];
    expect(firstCause(found)?.check).toBe('callback');
  });

  it('is a warning when nothing failed, then what could not be examined, then nothing', () => {
    const warning = finding('quota', 'warning', 'doctor/quota-tight');
    const unknown = finding('clock', 'unknown', 'doctor/offline');
    expect(firstCause([unknown, warning])?.check).toBe('quota');
    expect(firstCause([unknown])?.check).toBe('clock');
    expect(firstCause(CHECK_IDS.map((id) => finding(id, 'ok', 'doctor/clock-ok')))).toBeNull();
  });
});

describe('trouble', () => {
  it('of the connection is told from trouble of one call', () => {
    for (const code of [
      'wechat/40001',
      'wechat/40164',
      'wechat/61016',
      'tunnel/unreachable',
      'relay/unauthorized',
    ])
      expect(isConnectionError({ code })).toBe(true);
    for (const code of ['wechat/40003', 'wechat/45015', 'network/timeout', 'send/too-long'])
      expect(isConnectionError({ code })).toBe(false);
  });
});

describe('names', () => {
  it('are masked in a report', () => {
    const text =
      'wx0123456789abcdef gh_0123456789ab o6_bmjrPTlm6_2sgVt7hMZOPfL2M https://relay.example.com/wx/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    expect(maskNames(text)).toBe('wx0123…cdef gh_… o… https://relay.example.com/wx/…');
  });
});
