import { describe, expect, it } from 'vitest';
import { bindInput } from '#shared/ipc/contract';
import {
  bindComplaint,
  EMPTY_BIND_FORM,
  toBindInput,
} from '../../../../../src/renderer/features/accounts/bind-rules';

const GOOD = {
  name: '花间小铺',
  appid: 'wx0123456789abcdef',
  secret: '0123456789abcdef0123456789abcdef',
  region: 'mainland',
  kind: 'subscription',
  relayUrl: 'https://relay.example.com',
  pairingCode: 'K7M2-Q9XB',
  apiOrigin: '',
  encodingAESKey: '',
  callbackToken: '',
} as const;

describe('the form of the manual door', () => {
  it('takes what is right', () => {
    for (const field of Object.keys(GOOD) as (keyof typeof GOOD)[])
      expect(bindComplaint(field, GOOD[field])).toBeNull();
  });

  it('names what is missing in an empty one', () => {
    expect(bindComplaint('name', ' ')).toBe('errName');
    expect(bindComplaint('appid', '')).toBe('errAppid');
    expect(bindComplaint('secret', '')).toBe('errSecret');
    expect(bindComplaint('relayUrl', '')).toBe('errRelay');
    expect(bindComplaint('pairingCode', '')).toBe('errCode');
    expect(bindComplaint('apiOrigin', EMPTY_BIND_FORM.apiOrigin)).toBeNull();
  });

  it('tells an original id from an AppID', () => {
    expect(bindComplaint('appid', 'gh_0123456789ab')).toBe('errAppidOriginal');
    expect(bindComplaint('appid', 'WX0123456789ABCDEF')).toBe('errAppid');
  });

  it('[S3.1] takes no name of a personal WeChat account for an AppID', () => {
    for (const personal of ['my_wechat_2026', 'wxid_a1b2c3d4e5f6g7', '13800138000'])
      expect(bindComplaint('appid', personal)).toBe('errAppid');
  });

  it('takes an EncodingAESKey of exactly 43 letters and digits, or none', () => {
    expect(bindComplaint('encodingAESKey', '')).toBeNull();
    expect(bindComplaint('encodingAESKey', 'a'.repeat(42) + '9')).toBeNull();
    for (const wrong of ['a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`])
      expect(bindComplaint('encodingAESKey', wrong)).toBe('errAes');
    const key = 'b'.repeat(43);
    expect(toBindInput({ ...GOOD, encodingAESKey: ` ${key}` })).toMatchObject({ encodingAESKey: key });
    expect(toBindInput(GOOD)).not.toHaveProperty('encodingAESKey');
  });

  it('counts a name by characters as a person sees them', () => {
    expect(bindComplaint('name', '花'.repeat(40))).toBeNull();
    expect(bindComplaint('name', '花'.repeat(41))).toBe('errNameLong');
  });

  it('takes http for this computer only', () => {
    expect(bindComplaint('relayUrl', 'http://127.0.0.1:8080')).toBeNull();
    expect(bindComplaint('relayUrl', 'http://relay.example.com')).toBe('errUrl');
    expect(bindComplaint('relayUrl', 'relay.example.com')).toBe('errUrl');
    expect(bindComplaint('apiOrigin', 'javascript:alert(1)')).toBe('errUrl');
  });

  it('refuses an address that carries a user name, a query or a fragment', () => {
    for (const url of [
      'https://a:b@relay.example.com',
      'https://relay.example.com/?x=1',
      'https://relay.example.com/#x',
    ]) {
      expect(bindComplaint('relayUrl', url)).toBe('errUrlParts');
    }
  });

  it('hands main trimmed values that fit the contract, without an empty API host', () => {
    const input = toBindInput({ ...GOOD, appid: ` ${GOOD.appid} `, relayUrl: 'https://relay.example.com/ ' });
    expect(input).toMatchObject({ appid: GOOD.appid, relayUrl: 'https://relay.example.com' });
    expect(input).not.toHaveProperty('apiOrigin');
    expect(bindInput.parse(input)).toEqual(input);
  });

  it('says which kind the owner chose', () => {
    const input = toBindInput({ ...GOOD, kind: 'service' });
    expect(input.kind).toBe('service');
    expect(bindInput.parse(input)).toEqual(input);
  });
});
