import { describe } from 'vitest';
import {
  checkPermissions,
  checkQuota,
  checkVerification,
  checkCategory,
} from '#shared/domain/doctor/account-checks';
import { NOW, DAY, good, bad, refused, silence, shop, itFinds, type Case } from './patient';

/** WeChat has said nothing of the verification. */
const event = null;

const CASES: readonly Case[] = [
  [
    'a manual account needs no grant',
    'not-applicable',
    'doctor/permissions-own',
    checkPermissions(shop, null),
  ],
  [
    'an authorization was cancelled',
    'failed',
    'wechat/61003',
    checkPermissions({ ...shop, door: 'scan' }, refused(61003)),
  ],
  [
    'the relay knows of a cancelled authorization',
    'failed',
    'wechat/61003',
    checkPermissions({ ...shop, door: 'scan' }, bad('relay/not-authorized')),
  ],
  [
    'menus were not granted',
    'warning',
    'doctor/permissions-missing',
    checkPermissions({ ...shop, door: 'scan' }, good([1, 2, 3, 4, 7, 8, 11])),
  ],
  [
    'all is granted',
    'ok',
    'doctor/permissions-ok',
    checkPermissions({ ...shop, door: 'scan' }, good([1, 2, 3, 4, 7, 8, 11, 15])),
  ],
  [
    'verified',
    'ok',
    'doctor/verification-ok',
    checkVerification(shop, { probe: good(true), event, now: NOW }),
  ],
  [
    'verified for long',
    'ok',
    'doctor/verification-ok-until',
    checkVerification(
      { ...shop, verificationExpiresAt: NOW + 99 * DAY },
      { probe: good(true), event, now: NOW },
    ),
  ],
  [
    'ends soon',
    'warning',
    'doctor/verification-ends',
    checkVerification(
      { ...shop, verificationExpiresAt: NOW + 9 * DAY },
      { probe: good(true), event, now: NOW },
    ),
  ],
  [
    'over, as the date says, also without a network',
    'failed',
    'doctor/verification-expired',
    checkVerification({ ...shop, verificationExpiresAt: NOW - DAY }, { probe: silence, event, now: NOW }),
  ],
  [
    'over, as an event says',
    'failed',
    'doctor/verification-expired',
    checkVerification(
      { ...shop, verified: false },
      { probe: good(false), event: { name: 'verify_expired', at: NOW - 9 }, now: NOW },
    ),
  ],
  [
    'over, but still let through',
    'warning',
    'doctor/verification-over',
    checkVerification({ ...shop, verificationExpiresAt: NOW - DAY }, { probe: good(true), event, now: NOW }),
  ],
  [
    'refused',
    'failed',
    'doctor/verification-lapsed',
    checkVerification(shop, { probe: refused(61016), event, now: NOW }),
  ],
  [
    'never verified',
    'warning',
    'doctor/unverified',
    checkVerification({ ...shop, verified: false }, { probe: good(false), event, now: NOW }),
  ],
  [
    'never verified, overseas',
    'warning',
    'doctor/unverified-overseas',
    checkVerification(
      { ...shop, verified: false, region: 'overseas' },
      { probe: good(false), event, now: NOW },
    ),
  ],
  ['not asked', 'unknown', 'doctor/blocked', checkVerification(shop, { probe: null, event, now: NOW })],
  [
    'enough is left',
    'ok',
    'doctor/quota-ok',
    checkQuota(shop, { lines: [{ path: '/cgi-bin/tags/get', limit: 100, used: 1, left: 99 }], errors: [] }),
  ],
  [
    'little is left',
    'warning',
    'doctor/quota-tight',
    checkQuota(shop, { lines: [{ path: '/cgi-bin/tags/get', limit: 100, used: 95, left: 5 }], errors: [] }),
  ],
  [
    'nothing is left',
    'failed',
    'doctor/quota-used',
    checkQuota(shop, { lines: [{ path: '/cgi-bin/tags/get', limit: 100, used: 100, left: 0 }], errors: [] }),
  ],
  [
    'nothing is left, and no reset',
    'failed',
    'doctor/quota-used-unverified',
    checkQuota(
      { ...shop, verified: false },
      { lines: [{ path: '/cgi-bin/tags/get', limit: 100, used: 100, left: 0 }], errors: [] },
    ),
  ],
  [
    'asking itself is over quota',
    'failed',
    'wechat/45009',
    checkQuota(shop, { lines: [], errors: [{ code: 'wechat/45009', errcode: 45009 }] }),
  ],
  ['no token', 'unknown', 'doctor/blocked', checkQuota(shop, null)],
  [
    'an industry',
    'ok',
    'doctor/category-ok',
    checkCategory(shop, { verified: true, industry: good({ first: '餐饮', second: '' }) }),
  ],
  ['none', 'warning', 'doctor/category-none', checkCategory(shop, { verified: true, industry: good(null) })],
  [
    'not a service account',
    'not-applicable',
    'doctor/category-service-only',
    checkCategory({ ...shop, kind: 'subscription' }, { verified: true, industry: null }),
  ],
  [
    'not allowed',
    'not-applicable',
    'doctor/category-service-only',
    checkCategory(shop, { verified: true, industry: refused(48001) }),
  ],
];

describe('what the account may do', () => {
  itFinds(CASES);
});
