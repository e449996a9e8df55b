import { describe, expect, it } from 'vitest';
import type { AccountTraits, Capability } from '#shared/domain/capabilities';
import {
  CAPABILITIES,
  capabilityName,
  capabilityOf,
  ENVELOPE,
  limitText,
  OVERSEAS_WARNINGS,
} from '#shared/domain/capabilities';

const account = (
  kind: AccountTraits['kind'],
  verified: boolean,
  region: AccountTraits['region'] = 'mainland',
): AccountTraits => ({ kind, verified, region });
const S0 = account('subscription', false);
const S1 = account('subscription', true);
const V0 = account('service', false);
const V1 = account('service', true);
const levels = (capability: Capability) =>
  [S0, S1, V0, V1].map((traits) => capabilityOf(traits, capability).level);

describe('what an account may do', () => {
  it.each([
    ['passive-reply', ['yes', 'yes', 'yes', 'yes']],
    ['menu', ['no', 'yes', 'try', 'yes']],
    ['customer-message', ['no', 'yes', 'no', 'yes']],
    ['followers', ['no', 'yes', 'no', 'yes']],
    ['broadcast', ['no', 'yes', 'no', 'yes']],
    ['broadcast-list', ['no', 'no', 'no', 'yes']],
    ['template-message', ['no', 'no', 'no', 'yes']],
    ['one-time-subscription', ['no', 'yes', 'no', 'yes']],
    ['publish', ['no', 'yes', 'yes', 'yes']],
    ['drafts', ['try', 'yes', 'try', 'yes']],
    ['parametric-qr', ['no', 'no', 'no', 'yes']],
    ['web-authorisation', ['no', 'no', 'no', 'yes']],
  ] as const)('[S2.7] %s', (capability, expected) => {
    expect(levels(capability)).toEqual(expected);
  });

  it('[S2.10] a verified subscription account sees coupons, but neither makes nor hands them out', () => {
    expect(capabilityOf(S1, 'coupons-view').level).toBe('yes');
    expect(capabilityOf(S1, 'account-qr').level).toBe('yes');
    expect(capabilityOf(S1, 'coupons-create')).toEqual({ level: 'no', limit: 'verified-service-only' });
    expect(capabilityOf(S1, 'coupon-qr').level).toBe('no');
  });

  it('[S2.7] names the reason: verification first, the kind of account otherwise', () => {
    expect(capabilityOf(S0, 'customer-message').limit).toBe('needs-verification');
    expect(capabilityOf(S0, 'template-message').limit).toBe('verified-service-only');
    expect(capabilityOf(V0, 'template-message').limit).toBe('needs-verification');
    expect(capabilityOf(V0, 'menu').limit).toBe('documents-disagree');
    expect(capabilityOf(V1, 'wechat-pay').limit).toBe('must-apply');
  });

  it('[S3.8] an overseas account sends images, but no voice and no video', () => {
    const overseas = account('service', true, 'overseas');
    expect(capabilityOf(overseas, 'customer-image').level).toBe('yes');
    expect(capabilityOf(overseas, 'customer-voice')).toEqual({ level: 'no', limit: 'not-overseas' });
    expect(capabilityOf(overseas, 'customer-video')).toEqual({ level: 'no', limit: 'not-overseas' });
    expect(capabilityOf(account('service', false, 'overseas'), 'customer-voice').limit).toBe(
      'needs-verification',
    );
  });

  it('[S1.18] overseas accounts get their own warnings', () => {
    expect(OVERSEAS_WARNINGS.map((text) => text.en).join(' ')).toContain('+86');
  });

  it('[S2.3] only callbacks and passive replies are put into WeChat’s envelope', () => {
    expect(ENVELOPE['passive-reply'].encrypted).toBe(true);
    expect(ENVELOPE['api-call'].encrypted).toBe(false);
  });

  it('everything has a name, and every limit a reason, in both languages', () => {
    for (const capability of CAPABILITIES) {
      expect(capabilityName(capability).zh).toMatch(/\p{Script=Han}/u);
      for (const traits of [S0, S1, V0, V1]) {
        const { level, limit } = capabilityOf(traits, capability);
        expect(limit === null).toBe(level === 'yes');
        if (limit !== null) expect(limitText(limit).en).not.toBe('');
      }
    }
  });
});
