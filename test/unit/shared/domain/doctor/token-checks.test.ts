import { describe, expect, it } from 'vitest';
import { checkWhitelist, checkToken } from '#shared/domain/doctor/token-checks';
import { findingWords } from '#shared/domain/doctor/words';
import { NOW, DAY, bad, refused, silence, live, token, incident, itFinds, type Case } from './patient';

const CASES: readonly Case[] = [
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
];

describe('whitelist and token', () => {
  itFinds(CASES);

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
