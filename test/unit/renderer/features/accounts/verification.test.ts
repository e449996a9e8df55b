import { describe, expect, it } from 'vitest';
import { verificationOf } from '../../../../../src/renderer/features/accounts/verification';

const NOW = 1_800_000_000;
const DAY = 86_400;

describe('the verification of an account', () => {
  it('[S1.11] shows as expired the second it is, before any call fails', () => {
    const account = { verified: true, verificationExpiresAt: NOW };
    expect(verificationOf(account, NOW).state).toBe('expired');
    expect(verificationOf(account, NOW - 1).state).toBe('ending');
  });

  it('warns sixty days ahead with the days that are left', () => {
    expect(verificationOf({ verified: true, verificationExpiresAt: NOW + 12 * DAY - 5 }, NOW)).toEqual({
      state: 'ending',
      until: NOW + 12 * DAY - 5,
      days: 12,
    });
    expect(verificationOf({ verified: true, verificationExpiresAt: NOW + 61 * DAY }, NOW).state).toBe(
      'valid',
    );
  });

  it('is valid without a known end, and none when there is none', () => {
    expect(verificationOf({ verified: true, verificationExpiresAt: null }, NOW)).toEqual({
      state: 'valid',
      until: null,
    });
    expect(verificationOf({ verified: false, verificationExpiresAt: null }, NOW)).toEqual({ state: 'none' });
  });
});
