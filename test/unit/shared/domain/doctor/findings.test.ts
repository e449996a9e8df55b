import { describe, expect, it } from 'vitest';
import type { AppErrorData, Result } from '#shared/app-error';
import {
  checkCategory,
  checkPermissions,
  checkQuota,
  checkVerification,
} from '#shared/domain/doctor/account-checks';
import { checkAes, checkCallback, checkExclusivity } from '#shared/domain/doctor/callback-checks';
import { checkClock, duration, isOffline } from '#shared/domain/doctor/clock-check';
import { isConnectionError } from '#shared/domain/doctor/failures';
import { CHECK_IDS, finding, firstCause, type Finding } from '#shared/domain/doctor/finding';
import type {
  AesObservation,
  CallbackObservation,
  ExclusivityObservation,
  Patient,
  RelaySigns,
} from '#shared/domain/doctor/observations';
import { maskNames } from '#shared/domain/doctor/report';
import { checkToken, checkWhitelist } from '#shared/domain/doctor/token-checks';
import { detailText, findingWords } from '#shared/domain/doctor/words';

const NOW = 1_800_000_000;
const DAY = 86_400;

const good = <T>(value: T): Result<T> => ({ ok: true, value });
const bad = (code: string, more: Partial<AppErrorData> = {}): Result<never> => ({
  ok: false,
  error: { code, ...more },
});
const refused = (errcode: number, params?: AppErrorData['params']): Result<never> =>
  bad(`wechat/${String(errcode)}`, { errcode, ...(params ? { params } : {}) });
const silence = bad('network/unreachable');

const shop: Patient = {
  ...{ kind: 'service', verified: true, verificationExpiresAt: null, region: 'mainland' },
  ...{ door: 'manual', status: 'bound', callbackUrl: 'https://relay.example.com/wx/key' },
};
const relay: RelaySigns = {
  health: good({ storing: true }),
  registered: good({ callbackUrl: shop.callbackUrl, mode: 'sealed' }),
  waiting: 0,
  refused: { plain: 0, badSignature: 0 },
};
const view = { dns: ['203.0.113.7'], ping: [{ ip: '203.0.113.7', lost: false, time: '23ms' }] };
const callback: CallbackObservation = {
  ...{ offline: false, relay, wechat: good(view), lastMessageAt: NOW - 60, now: NOW },
};
const aes: AesObservation = {
  ...{ keys: good(null), quarantine: [], recovered: 0, refusedPlain: 0, lastMessageAt: NOW, mode: 'sealed' },
};
const alone: ExclusivityObservation = {
  ...{ granted: null, wechat: good(view), ownAddresses: ['203.0.113.7'], lastMessageAt: null, now: NOW },
};
const live = good({ expiresIn: 7200 });
const token = { answer: live, incidents: [], classicCalls: 0, now: NOW } as const;
const seen = (offset: number) => good({ offset });
const incident = (ago: number) => ({ replacedAt: NOW - ago, noticedAt: NOW - ago });
const event = null;
const withRelay = (patch: Partial<RelaySigns>, more: Partial<CallbackObservation> = {}) =>
  checkCallback(shop, { ...callback, ...more, relay: { ...relay, ...patch } });
const locked = (reason: string, lastAt = NOW) => ({
  ...aes,
  quarantine: [{ reason, count: 2, lastAt }],
  lastMessageAt: NOW - 60,
});

/** What is seen, and what the doctor says. */
const CASES: readonly (readonly [what: string, state: string, code: string, Finding])[] = [
  ['the clocks agree', 'ok', 'doctor/clock-ok', checkClock({ wechat: seen(0.4), relay: seen(0.2) })],
  ['minutes off', 'warning', 'doctor/clock-off', checkClock({ wechat: seen(-300), relay: null })],
  ['a day off', 'failed', 'doctor/clock-wrong', checkClock({ wechat: seen(DAY), relay: seen(DAY) })],
  [
    'the relay is off',
    'failed',
    'doctor/relay-clock-wrong',
    checkClock({ wechat: seen(0), relay: seen(700) }),
  ],
  [
    'nobody answers',
    'unknown',
    'doctor/offline',
    checkClock({ wechat: silence, relay: bad('relay/unreachable') }),
  ],
  [
    'only WeChat is silent',
    'unknown',
    'doctor/wechat-silent',
    checkClock({ wechat: silence, relay: seen(0) }),
  ],
  ['TLS fails', 'failed', 'network/tls', checkClock({ wechat: bad('network/tls'), relay: null })],

  [
    'the address is taken',
    'ok',
    'doctor/whitelist-ok',
    checkWhitelist({ answer: live, relayAddresses: ['203.0.113.9'] }),
  ],
  [
    'the address is refused',
    'failed',
    'doctor/whitelist-missing',
    checkWhitelist({ answer: refused(40164, { ip: '203.0.113.9' }), relayAddresses: [] }),
  ],
  [
    'the platform’s address is refused',
    'failed',
    'doctor/platform-whitelist',
    checkWhitelist({ answer: refused(61004), relayAddresses: ['203.0.113.9'] }),
  ],
  [
    'the administrator must confirm',
    'failed',
    'wechat/89501',
    checkWhitelist({ answer: refused(89501), relayAddresses: [] }),
  ],
  [
    'the tunnel is away',
    'failed',
    'tunnel/unreachable',
    checkWhitelist({
      answer: bad('tunnel/unreachable', { params: { relay: 'relay.example.com' } }),
      relayAddresses: [],
    }),
  ],
  [
    'the secret is wrong',
    'unknown',
    'doctor/blocked',
    checkWhitelist({ answer: refused(40125), relayAddresses: [] }),
  ],
  ['no network', 'unknown', 'doctor/offline', checkWhitelist({ answer: silence, relayAddresses: [] })],

  ['a token', 'ok', 'doctor/token-ok', checkToken('bound', token)],
  [
    'others take classic tokens',
    'ok',
    'doctor/token-shared',
    checkToken('bound', { ...token, classicCalls: 4 }),
  ],
  [
    'a replaced token',
    'warning',
    'doctor/token-replaced',
    checkToken('bound', { ...token, incidents: [incident(7200)] }),
  ],
  [
    'a fight',
    'failed',
    'doctor/token-fought-over',
    checkToken('bound', { ...token, incidents: [incident(900), incident(600), incident(10)] }),
  ],
  [
    'an old incident',
    'ok',
    'doctor/token-ok',
    checkToken('bound', { ...token, incidents: [incident(2 * DAY)] }),
  ],
  [
    '40001 for a token',
    'failed',
    'doctor/secret-reset',
    checkToken('bound', { ...token, answer: refused(40001) }),
  ],
  ['a wrong AppID', 'failed', 'wechat/40013', checkToken('bound', { ...token, answer: refused(40013) })],
  ['WeChat is busy', 'warning', 'wechat/-1', checkToken('bound', { ...token, answer: refused(-1) })],
  ['too many a minute', 'warning', 'wechat/45011', checkToken('bound', { ...token, answer: refused(45011) })],
  [
    'the address is the cause',
    'unknown',
    'doctor/blocked',
    checkToken('bound', { ...token, answer: refused(40164) }),
  ],
  [
    'the keychain lost the secret',
    'failed',
    'account/secret-missing',
    checkToken('bound', { ...token, answer: bad('account/secret-missing') }),
  ],
  ['a disconnected account', 'failed', 'account/frozen', checkToken('unbound', token)],

  ['messages come', 'ok', 'doctor/callback-ok', checkCallback(shop, callback)],
  [
    'nothing came yet',
    'ok',
    'doctor/callback-ok-silent',
    checkCallback(shop, { ...callback, lastMessageAt: null }),
  ],
  ['no relay', 'failed', 'doctor/no-relay', checkCallback(shop, { ...callback, relay: null })],
  ['the relay is away', 'failed', 'relay/unreachable', withRelay({ health: bad('relay/unreachable') })],
  [
    'all is away',
    'unknown',
    'doctor/offline',
    withRelay({ health: bad('relay/unreachable') }, { offline: true }),
  ],
  [
    'the relay’s disk is full',
    'failed',
    'relay/store-unavailable',
    withRelay({ health: good({ storing: false }) }),
  ],
  [
    'the relay locked this computer out',
    'failed',
    'relay/unauthorized',
    withRelay({ registered: bad('relay/unauthorized') }),
  ],
  [
    'the relay forgot the account',
    'failed',
    'doctor/callback-not-registered',
    withRelay({ registered: good(null) }),
  ],
  [
    'the relay moved',
    'failed',
    'doctor/callback-moved',
    withRelay({ registered: good({ callbackUrl: 'https://new.example.com/wx/key', mode: 'sealed' }) }),
  ],
  [
    'no URL at WeChat',
    'failed',
    'doctor/callback-unset',
    checkCallback(shop, { ...callback, wechat: refused(40201) }),
  ],
  [
    'WeChat finds no address',
    'failed',
    'doctor/callback-dns',
    checkCallback(shop, { ...callback, wechat: good({ dns: [], ping: [] }) }),
  ],
  [
    'WeChat gets no answer',
    'failed',
    'doctor/callback-unreachable',
    checkCallback(shop, {
      ...callback,
      wechat: good({ ...view, ping: [{ ip: '203.0.113.7', lost: true, time: '' }] }),
      lastMessageAt: NOW - 3 * DAY,
    }),
  ],
  [
    'pings are dropped but messages come',
    'ok',
    'doctor/callback-ok',
    checkCallback(shop, {
      ...callback,
      wechat: good({ ...view, ping: [{ ip: '203.0.113.7', lost: true, time: '' }] }),
    }),
  ],
  [
    'wrong signatures while nothing comes',
    'warning',
    'doctor/callback-signature',
    withRelay({ refused: { plain: 0, badSignature: 9 } }, { lastMessageAt: null }),
  ],
  ['much waits at the relay', 'warning', 'doctor/feed-lag', withRelay({ waiting: 400 })],

  ['all is sealed', 'ok', 'doctor/aes-ok', checkAes(aes)],
  [
    'the platform opens',
    'ok',
    'doctor/aes-platform',
    checkAes({ ...aes, keys: bad('account/secret-missing'), mode: 'component' }),
  ],
  [
    'a key is missing',
    'failed',
    'account/secret-missing',
    checkAes({ ...aes, keys: bad('account/secret-missing') }),
  ],
  [
    'a key is malformed',
    'failed',
    'callback/bad-aes-key',
    checkAes({ ...aes, keys: bad('callback/bad-aes-key') }),
  ],
  ['another key', 'failed', 'doctor/aes-wrong-key', checkAes(locked('callback/bad-padding'))],
  [
    'another key, formerly',
    'warning',
    'doctor/aes-old-locked',
    checkAes(locked('callback/bad-padding', NOW - DAY)),
  ],
  ['plain pushes', 'failed', 'callback/downgrade', checkAes(locked('callback/downgrade'))],
  [
    'another account’s pushes',
    'failed',
    'callback/appid-mismatch',
    checkAes(locked('callback/appid-mismatch')),
  ],
  ['unknown forms', 'warning', 'doctor/quarantined', checkAes(locked('message/malformed'))],
  ['plain pushes at the relay', 'warning', 'doctor/aes-plain', checkAes({ ...aes, refusedPlain: 3 })],

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
    'exclusive sets are here',
    'ok',
    'doctor/exclusive-held',
    checkExclusivity({ ...shop, door: 'scan' }, { ...alone, granted: good([1, 4]) }),
  ],
  [
    'exclusive sets are elsewhere',
    'warning',
    'doctor/exclusive-lost',
    checkExclusivity({ ...shop, door: 'scan' }, { ...alone, granted: good([1]) }),
  ],
  [
    'another server',
    'failed',
    'doctor/other-server',
    checkExclusivity(shop, { ...alone, ownAddresses: ['198.51.100.4'] }),
  ],
  [
    'another name server, but messages come',
    'ok',
    'doctor/sole-server',
    checkExclusivity(shop, { ...alone, ownAddresses: ['198.51.100.4'], lastMessageAt: NOW }),
  ],
  ['this server, and silence', 'ok', 'doctor/sole-server-likely', checkExclusivity(shop, alone)],

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

describe('a finding', () => {
  it.each(CASES)('%s: %s, %s', (_what, state, code, found) => {
    expect([found.state, found.code]).toEqual([state, code]);
  });

  it.each(CASES)(
    '[I7] %s is told with cause and fix in both languages, nothing left open',
    (_what, _state, _code, found) => {
      for (const locale of ['zh-CN', 'en'] as const) {
        const { title, cause, fix } = findingWords(found, { locale, timeZone: 'Asia/Shanghai' });
        for (const text of [title, cause, fix]) {
          expect(text.length).toBeGreaterThan(1);
          expect(text).not.toMatch(/[{}]|undefined|NaN/);
        }
        expect(title).not.toMatch(/unknown|未知|未收录/);
        for (const detail of found.details) expect(detailText(detail, { locale })).not.toBe('');
      }
    },
  );

  it('tells moments in the reader’s time', () => {
    const found = checkToken('bound', { ...token, incidents: [incident(0)] });
    const there = { locale: 'en', timeZone: 'Asia/Shanghai' } as const;
    expect(findingWords(found, there).title).toBe(
      'Another system forced a new token at about Jan 15, 2027, 16:00',
    );
    expect(findingWords(found, { ...there, now: NOW + 60 }).title).toBe(
      'Another system forced a new token at about 16:00',
    );
  });

  it('offers the refused address to copy', () => {
    const { remedies } = checkWhitelist({
      answer: refused(40164, { ip: '203.0.113.9' }),
      relayAddresses: [],
    });
    expect(remedies[0]).toEqual({ kind: 'copy', value: '203.0.113.9' });
  });
});

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
  it('is offline only when nobody answers', () => {
    expect(isOffline({ wechat: silence, relay: null })).toBe(true);
    expect(isOffline({ wechat: silence, relay: seen(0) })).toBe(false);
    expect(isOffline({ wechat: refused(-1), relay: bad('relay/unreachable') })).toBe(false);
  });

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

describe('a duration', () => {
  it.each([
    [1, '1 秒', '1 second'],
    [-125, '2 分钟', '2 minutes'],
    [3600, '1 小时', '1 hour'],
    [-3 * DAY, '3 天', '3 days'],
  ])('of %i seconds', (seconds, zh, en) => {
    expect(duration(seconds)).toEqual({ zh, en });
  });
});
