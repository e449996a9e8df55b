import { describe } from 'vitest';
import { checkCallback, checkAes, checkExclusivity } from '#shared/domain/doctor/callback-checks';
import {
  NOW,
  DAY,
  good,
  bad,
  refused,
  shop,
  view,
  callback,
  aes,
  alone,
  withRelay,
  locked,
  itFinds,
  type Case,
} from './patient';

const CASES: readonly Case[] = [
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
];

describe('the way of a message', () => {
  itFinds(CASES);
});
