import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canSend, NEXT_ACTS, nextActText, OBSTACLES, obstacleText } from '#shared/domain/can-send';
import type { WindowEvent } from '#shared/domain/window';
import { CORRECTING_ERRCODES, EMPTY_WINDOW, foldWindow } from '#shared/domain/window';
import { beijingMidnight } from '#shared/domain/window-rules';

const T = beijingMidnight(2026, 3, 1);
const service = { kind: 'service', verified: true } as const;
const subscription = { kind: 'subscription', verified: true } as const;
const message: WindowEvent = { type: 'trigger', trigger: 'message', at: T };

function refusal(...args: Parameters<typeof canSend>) {
  const verdict = canSend(...args);
  if (verdict.ok) throw new Error('allowed');
  return verdict;
}

describe('canSend', () => {
  it('[S2.4] allows a verified account of either kind inside the window', () => {
    expect(canSend(foldWindow([message]), T + 1, service)).toEqual({ ok: true });
    expect(canSend(foldWindow([message]), T + 1, subscription)).toEqual({ ok: true });
  });

  it('refuses an unverified account even inside the window and says how to change that', () => {
    const verdict = refusal(foldWindow([message]), T + 1, { kind: 'service', verified: false });
    expect(verdict.reason).toBe('account-cannot');
    expect(verdict.next.map((step) => step.act)).toContain('verify-account');
  });

  it('[S3.4][S4.4] names the one who must write first', () => {
    const verdict = refusal(EMPTY_WINDOW, T, service);
    expect(verdict.reason).toBe('never-opened');
    expect(verdict.next).toContainEqual({ act: 'wait-for-message', obstacle: null });
  });

  it('offers template messages to service accounts and tells the others why not', () => {
    const step = (account: typeof service | typeof subscription) =>
      refusal(foldWindow([message]), T + 49 * 3600, account).next.find((s) => s.act === 'template-message');
    expect(step(service)?.obstacle).toBeNull();
    expect(step(subscription)?.obstacle).toBe('needs-service-account');
  });

  it('[I3] offers a subscription message only where the follower agreed to one that is unspent, and says why not', () => {
    const closed = foldWindow([message]);
    const late = T + 49 * 3600;
    const rung = (act: string, consents?: Parameters<typeof canSend>[3]) =>
      refusal(closed, late, service, consents).next.find((step) => step.act === act)?.obstacle;
    expect(rung('one-time-subscription')).toBe('no-consent');
    expect(rung('subscription-notice')).toBe('no-notice-consent');
    expect(rung('one-time-subscription', { oneTime: 1, notices: 0 })).toBeNull();
    expect(rung('subscription-notice', { oneTime: 0, notices: 2 })).toBeNull();
    const [first] = refusal(closed, late, service, { oneTime: 3, notices: 0 }).next;
    expect(first).toEqual({ act: 'one-time-subscription', obstacle: null, stock: 3 });
  });

  it('[I3] every closed state yields a legal act', () => {
    const at = fc.integer({ min: T, max: T + 1000 });
    const events = fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('trigger' as const), trigger: fc.constant('message' as const), at }),
        fc.record({
          type: fc.constantFrom('sent' as const, 'unfollow' as const, 'block' as const, 'follow' as const),
          at,
        }),
        fc.record({
          type: fc.constant('correction' as const),
          errcode: fc.constantFrom(...CORRECTING_ERRCODES),
          at,
        }),
      ),
      { maxLength: 12 },
    );
    const account = fc.record({
      kind: fc.constantFrom('service' as const, 'subscription' as const),
      verified: fc.boolean(),
    });
    fc.assert(
      fc.property(events, account, fc.integer({ min: T, max: T + 60 * 3600 }), (history, sender, now) => {
        const verdict = canSend(foldWindow(history), now, sender);
        if (verdict.ok) return;
        expect(verdict.next.some((step) => step.obstacle === null)).toBe(true);
        const acts = verdict.next.map((step) => step.act);
        expect(new Set(acts).size).toBe(acts.length);
      }),
    );
  });

  it('[I3] every act and every obstacle is put into words in both languages', () => {
    const texts = [...NEXT_ACTS.map(nextActText), ...OBSTACLES.map(obstacleText)];
    for (const text of texts) {
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en).toMatch(/^[\x20-\x7e’“”]+$/);
    }
  });
});
