import { describe, expect, it } from 'vitest';
import { readProfile } from '#main/services/authorize/profile';

const INFO = {
  nick_name: '山茶花店',
  user_name: 'gh_0123456789ab',
  service_type_info: { id: 2 },
  verify_type_info: { id: 0 },
  principal_name: '杭州山茶花店有限公司',
};
const code = (info: object): string => {
  try {
    readProfile({ ...INFO, ...info });
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('what WeChat says of an authorized account', () => {
  it('names kind, verification and original id', () => {
    expect(readProfile(INFO)).toEqual({
      name: '山茶花店',
      originalId: 'gh_0123456789ab',
      kind: 'service',
      verified: true,
      region: 'mainland',
    });
    expect(readProfile({ ...INFO, service_type_info: { id: 1 } }).kind).toBe('subscription');
  });

  it('[S2.9] counts a qualification before naming as verification, and Weibo not', () => {
    const verified = [-1, 0, 1, 2, 3, 4, 5].filter(
      (id) => readProfile({ ...INFO, verify_type_info: { id } }).verified,
    );
    expect(verified).toEqual([0, 3, 4, 5]);
  });

  it('[S4.5] refuses mini programs, enterprise accounts and other products', () => {
    expect(code({ MiniProgramInfo: {} })).toBe('relay/not-official-account');
    expect(code({ service_type_info: { id: 3 } })).toBe('account/unsupported-kind');
    expect(code({ channels_info: {} })).toBe('account/unsupported-kind');
    expect(code({})).toBe('taken');
  });

  it('takes a holder without a Chinese name for a foreign one', () => {
    expect(readProfile({ ...INFO, principal_name: 'Camellia Pte Ltd' }).region).toBe('overseas');
    expect(readProfile({ ...INFO, principal_name: '' }).region).toBe('mainland');
  });

  it('refuses what is no description', () => {
    expect(code({ service_type_info: 'x' })).toBe('relay/protocol');
  });
});
