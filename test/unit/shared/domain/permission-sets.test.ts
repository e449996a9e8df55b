import { describe, expect, it } from 'vitest';
import {
  CHAT_ONLY_SETS,
  isOpenedBy,
  missingSets,
  PERMISSION_SETS,
  permissionSet,
  REQUESTED_SETS,
} from '#shared/domain/permission-sets';

describe('permission sets', () => {
  it('[S2.12] eight are requested: messages, menu, web, broadcast, user, account, asset, coupon', () => {
    expect(REQUESTED_SETS).toEqual([1, 15, 4, 7, 2, 3, 11, 8]);
    expect(REQUESTED_SETS.map((id) => permissionSet(id)?.name.en)).toEqual([
      'Messages',
      'Menus',
      'Web service',
      'Broadcasts and notices',
      'Users',
      'Account service',
      'Materials',
      'Cards',
    ]);
  });

  it('[S3.17] chat alone needs messages only', () => {
    expect(CHAT_ONLY_SETS.every((id) => REQUESTED_SETS.includes(id))).toBe(true);
    expect(isOpenedBy(CHAT_ONLY_SETS, 'customer-message')).toBe(true);
    expect(isOpenedBy(CHAT_ONLY_SETS, 'followers')).toBe(false);
  });

  it('[S2.13] a missing set names what is closed because of it', () => {
    const missing = missingSets([1, 15, 4, 2, 3, 11, 8]);
    expect(missing.map((entry) => entry.set.id)).toEqual([7]);
    expect(missing[0]?.closes).toContain('broadcast');
    expect(missing[0]?.closes).toContain('template-message');
  });

  it('[S2.13] what another granted set opens too is not closed', () => {
    const [withoutMessages] = missingSets([6], [1]);
    expect(withoutMessages?.closes).toContain('receive');
    expect(withoutMessages?.closes).not.toContain('customer-message');
  });

  it('nothing is missing when all are granted, and sets of mini programs are ignored', () => {
    expect(missingSets(REQUESTED_SETS)).toEqual([]);
    expect(permissionSet(17)).toBeNull();
  });

  it('[S2.19] four sets move to the newest platform', () => {
    expect(PERMISSION_SETS.filter((set) => set.exclusive).map((set) => set.id)).toEqual([4, 24, 34, 54]);
  });

  it('each id is there once', () => {
    expect(new Set(PERMISSION_SETS.map((set) => set.id)).size).toBe(PERMISSION_SETS.length);
  });
});
