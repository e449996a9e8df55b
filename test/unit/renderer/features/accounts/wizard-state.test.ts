import { expect, it } from 'vitest';
import { EMPTY_BIND_FORM } from '../../../../../src/renderer/features/accounts/bind-rules';
import {
  draftOf,
  FIRST_PLACE,
  isStepOpen,
  placeOf,
} from '../../../../../src/renderer/features/accounts/wizard/wizard-state';

const RELAY = 'https://relay.example.com';
const APPID = 'wx0123456789abcdef';
const form = { ...EMPTY_BIND_FORM, name: '茶馆', appid: APPID, relayUrl: `${RELAY}/` };

it('keeps what was typed, but neither the secret nor the pairing code', () => {
  const typed = { ...form, secret: 'a'.repeat(32), encodingAESKey: 'k'.repeat(43), pairingCode: 'ABCD-EFGH' };
  const draft = draftOf({ step: 'credentials', form: typed, bound: null });
  expect(draft).toMatchObject({ step: 'credentials', name: '茶馆', appid: APPID });
  expect(JSON.stringify(draft)).not.toMatch(/aaaa|kkkk|ABCD/);
});

it('goes on at the credentials while this computer is paired with the relay, at the relay otherwise', () => {
  const draft = draftOf({ step: 'credentials', form, bound: null });
  expect(placeOf(draft, [RELAY], []).step).toBe('credentials');
  expect(placeOf(draft, [], []).step).toBe('relay');
});

it('begins with the relay that this computer is paired with, and with an empty form otherwise', () => {
  expect(placeOf(null, [], [])).toEqual(FIRST_PLACE);
  expect(placeOf(null, [RELAY], [])).toEqual({
    ...FIRST_PLACE,
    form: { ...EMPTY_BIND_FORM, relayUrl: RELAY },
  });
});

it('goes on after the credentials while the account is bound, and at them when it has left meanwhile', () => {
  const draft = draftOf({ step: 'checks', form, bound: APPID });
  expect(placeOf(draft, [RELAY], [APPID])).toMatchObject({ step: 'checks', bound: APPID });
  expect(placeOf(draft, [RELAY], [])).toMatchObject({ step: 'credentials', bound: null });
});

it('opens steps that were reached before binding, and only later ones after it', () => {
  expect(isStepOpen('relay', 'credentials', null)).toBe(true);
  expect(isStepOpen('server', 'credentials', null)).toBe(false);
  expect(isStepOpen('credentials', 'checks', APPID)).toBe(false);
  expect(isStepOpen('checks', 'checks', APPID)).toBe(true);
});
