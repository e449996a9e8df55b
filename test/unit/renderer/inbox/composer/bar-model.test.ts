import { describe, expect, it } from 'vitest';
import type { WindowRecord } from '#shared/domain/window';
import { applyWindowEvent } from '#shared/domain/window';
import { barModel } from '../../../../../src/renderer/features/inbox/composer/bar-model';
import { NOON, neverOpened, openWindow } from '../builders';

const HOUR = 3600;
const connection = { state: 'connected', error: null, lastSeenAt: null } as const;
const shop = { kind: 'service', verified: true, status: 'bound', connection } as const;
const grant = (over: Partial<NonNullable<WindowRecord['grant']>>): WindowRecord => ({
  ...openWindow,
  grant: openWindow.grant && { ...openWindow.grant, ...over },
});

describe('window bar', () => {
  it('tells time and count left, and where they come from', () => {
    expect(barModel(openWindow, NOON + 10 * HOUR, shop)).toMatchObject({
      kind: 'open',
      tone: 'calm',
      remaining: 4,
      secondsLeft: 38 * HOUR,
      trigger: 'message',
      quota: 5,
      ttl: 48 * HOUR,
      warning: null,
      queueing: false,
    });
  });

  it('warns of the last reply, of the last hours and of a one-minute window', () => {
    expect(barModel(grant({ remaining: 1 }), NOON, shop)).toMatchObject({ tone: 'amber', warning: 'last' });
    expect(barModel(openWindow, NOON + 45 * HOUR, shop)).toMatchObject({ tone: 'amber', warning: 'closing' });
    const minute = grant({ trigger: 'menu-click', quota: 3, remaining: 3, expiresAt: NOON + 60 });
    expect(barModel(minute, NOON + 1, shop)).toMatchObject({ warning: 'fleeting', secondsLeft: 59, ttl: 60 });
  });

  it('counts what is queued or being sent as taken, and stays open', () => {
    expect(barModel(openWindow, NOON, shop, 3)).toMatchObject({ kind: 'open', remaining: 4, allowance: 1 });
    expect(barModel(grant({ remaining: 1 }), NOON, shop, 2)).toMatchObject({ kind: 'open', allowance: 0 });
  });

  it('says how many replies are uncertain', () => {
    expect(barModel(grant({ uncertain: 2 }), NOON, shop)).toMatchObject({ uncertain: 2 });
  });

  it('[S3.4][S4.4] is closed for somebody who never wrote, says why, and names legal next steps', () => {
    const bar = barModel(neverOpened, NOON, shop);
    expect(bar).toMatchObject({ kind: 'closed', reason: 'never-opened' });
    expect(bar.kind === 'closed' && bar.next.some((step) => step.obstacle === null)).toBe(true);
  });

  it('[S3.11] closes on time or on count, whichever comes first', () => {
    expect(barModel(openWindow, NOON + 48 * HOUR, shop)).toMatchObject({
      kind: 'closed',
      reason: 'time',
      since: NOON + 48 * HOUR,
    });
    expect(barModel(grant({ remaining: 0 }), NOON, shop)).toMatchObject({ kind: 'closed', reason: 'count' });
  });

  it('[S3.12] opens again with full time and count when the follower writes', () => {
    const now = NOON + 50 * HOUR;
    const fresh = applyWindowEvent(openWindow, { type: 'trigger', trigger: 'message', at: now });
    expect(barModel(openWindow, now, shop).kind).toBe('closed');
    expect(barModel(fresh, now, shop)).toMatchObject({ kind: 'open', remaining: 5, secondsLeft: 48 * HOUR });
  });

  it('queues while the relay cannot be reached', () => {
    const offline = { ...shop, connection: { ...connection, state: 'offline' } } as const;
    expect(barModel(openWindow, NOON, offline)).toMatchObject({ kind: 'open', queueing: true });
  });

  it('is closed for an account that may not send, and for one that is disconnected', () => {
    expect(barModel(openWindow, NOON, { ...shop, verified: false })).toMatchObject({
      kind: 'closed',
      reason: 'account-cannot',
    });
    expect(barModel(openWindow, NOON, { ...shop, status: 'unbound' })).toEqual({ kind: 'not-bound' });
  });
});
