/** What the doctor sees of a shop that is well, to be changed by a test, and how its findings are told. */
import { expect, it } from 'vitest';
import type { AppErrorData, Result } from '#shared/app-error';
import { checkCallback } from '#shared/domain/doctor/callback-checks';
import type { Finding } from '#shared/domain/doctor/finding';
import type {
  AesObservation,
  CallbackObservation,
  ExclusivityObservation,
  Patient,
  RelaySigns,
} from '#shared/domain/doctor/observations';
import { detailText, findingWords } from '#shared/domain/doctor/words';

export const NOW = 1_800_000_000;
export const DAY = 86_400;

export const good = <T>(value: T): Result<T> => ({ ok: true, value });
export const bad = (code: string, more: Partial<AppErrorData> = {}): Result<never> => ({
  ok: false,
  error: { code, ...more },
});
export const refused = (errcode: number, params?: AppErrorData['params']): Result<never> =>
  bad(`wechat/${String(errcode)}`, { errcode, ...(params ? { params } : {}) });
export const silence = bad('network/unreachable');

export const shop: Patient = {
  ...{ kind: 'service', verified: true, verificationExpiresAt: null, region: 'mainland' },
  ...{ door: 'manual', status: 'bound', callbackUrl: 'https://relay.example.com/wx/key' },
};
export const relay: RelaySigns = {
  health: good({ storing: true }),
  registered: good({ callbackUrl: shop.callbackUrl, mode: 'sealed' }),
  waiting: 0,
  refused: { plain: 0, badSignature: 0 },
};
export const view = { dns: ['203.0.113.7'], ping: [{ ip: '203.0.113.7', lost: false, time: '23ms' }] };
export const callback: CallbackObservation = {
  ...{ offline: false, relay, wechat: good(view), lastMessageAt: NOW - 60, now: NOW },
};
export const aes: AesObservation = {
  ...{ keys: good(null), quarantine: [], recovered: 0, refusedPlain: 0, lastMessageAt: NOW, mode: 'sealed' },
};
export const alone: ExclusivityObservation = {
  ...{ granted: null, wechat: good(view), ownAddresses: ['203.0.113.7'], lastMessageAt: null, now: NOW },
};
export const live = good({ expiresIn: 7200 });
export const token = { answer: live, incidents: [], classicCalls: 0, now: NOW } as const;
export const seen = (offset: number) => good({ offset });
export const incident = (ago: number) => ({ replacedAt: NOW - ago, noticedAt: NOW - ago });
export const withRelay = (patch: Partial<RelaySigns>, more: Partial<CallbackObservation> = {}) =>
  checkCallback(shop, { ...callback, ...more, relay: { ...relay, ...patch } });
export const locked = (reason: string, lastAt = NOW) => ({
  ...aes,
  quarantine: [{ reason, count: 2, lastAt }],
  lastMessageAt: NOW - 60,
});

/** What is seen, and what the doctor says. */
export type Case = readonly [what: string, state: string, code: string, Finding];

/** Each case is a test, and another one of its words. */
export function itFinds(cases: readonly Case[]): void {
  it.each(cases)('%s: %s, %s', (_what, state, code, found) => {
    expect([found.state, found.code]).toEqual([state, code]);
  });

  it.each(cases)(
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
}
