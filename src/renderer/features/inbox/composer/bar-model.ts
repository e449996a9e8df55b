/** What the window bar says, from the rules of the domain: no wording and no drawing here. */
import type { Consents, NextStep } from '#shared/domain/can-send';
import { canSend } from '#shared/domain/can-send';
import type { ClosedReason, Trigger, WindowRecord } from '#shared/domain/window';
import { windowState } from '#shared/domain/window';
import type { Account } from '#shared/ipc/models';

export type BarModel =
  | {
      readonly kind: 'open';
      readonly tone: 'calm' | 'amber';
      readonly remaining: number;
      /** Replies left that no message under way will take. */
      readonly allowance: number;
      readonly secondsLeft: number;
      readonly uncertain: number;
      readonly trigger: Trigger;
      readonly quota: number;
      /** Seconds from the follower's act to the end of the window. */
      readonly ttl: number;
      readonly warning: 'last' | 'fleeting' | 'closing' | null;
      /** Sends wait and are checked again before they leave. */
      readonly queueing: boolean;
    }
  | {
      readonly kind: 'closed';
      readonly reason: ClosedReason | 'account-cannot';
      /** Unix seconds. */
      readonly since: number | null;
      readonly next: readonly NextStep[];
    }
  /** The account is disconnected: everything can be read, nothing sent. */
  | { readonly kind: 'not-bound' };

type SendingAccount = Pick<Account, 'kind' | 'verified' | 'status' | 'connection'>;

/**
 * The bar of a conversation at `now`. The composer is open exactly when this says `open`.
 * @param underWay messages queued or being sent, each of which will take a reply
 */
export function barModel(
  record: WindowRecord,
  now: number,
  account: SendingAccount,
  underWay = 0,
  consents?: Consents,
): BarModel {
  if (account.status !== 'bound') return { kind: 'not-bound' };
  const verdict = canSend(record, now, account, consents);
  const state = windowState(record, now);
  if (!verdict.ok) {
    return {
      kind: 'closed',
      reason: verdict.reason,
      since: state.open ? null : state.since,
      next: verdict.next,
    };
  }
  if (!state.open) throw new Error('canSend and windowState disagree');
  return {
    kind: 'open',
    tone: state.urgency === 'calm' ? 'calm' : 'amber',
    remaining: state.remaining,
    allowance: Math.max(0, state.remaining - underWay),
    secondsLeft: state.secondsLeft,
    uncertain: state.uncertain,
    trigger: state.trigger,
    quota: state.quota,
    ttl: record.grant ? record.grant.expiresAt - record.grant.grantedAt : 0,
    warning:
      state.urgency === 'calm'
        ? null
        : state.urgency === 'last'
          ? 'last'
          : state.fleeting
            ? 'fleeting'
            : 'closing',
    queueing: account.connection.state === 'offline',
  };
}
