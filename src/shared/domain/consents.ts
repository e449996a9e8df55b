/** What one follower agreed to and what of it is left: a fold over what WeChat and the consent page told, oldest first. */
import type { Consents } from './can-send';

export type ConsentFact =
  /** Back from the consent page of a one-time subscription (一次性订阅). WeChat signs nothing there: a hint, not a proof. */
  | {
      readonly kind: 'one-time';
      readonly templateId: string;
      readonly scene: string;
      readonly agreed: boolean;
    }
  /** The prompt of a subscription notice (订阅通知), its switch in the follower's settings, and a notice that went out. */
  | {
      readonly kind: 'notice';
      readonly templateId: string;
      readonly step: 'accepted' | 'switched-off' | 'sent';
    };

/**
 * One-time subscriptions: agreeing twice in one scene counts once [I11], and the last word counts. Subscription notices: each
 * accepted prompt allows one, a notice that was sent takes one, and switching a template off takes all of it.
 */
export function consentsLeft(facts: readonly ConsentFact[]): Consents {
  const agreed = new Map<string, boolean>();
  const accepted = new Map<string, number>();
  for (const fact of facts) {
    if (fact.kind === 'one-time') agreed.set(JSON.stringify([fact.templateId, fact.scene]), fact.agreed);
    else accepted.set(fact.templateId, after(accepted.get(fact.templateId) ?? 0, fact.step));
  }
  return {
    oneTime: [...agreed.values()].filter(Boolean).length,
    notices: [...accepted.values()].reduce((sum, count) => sum + count, 0),
  };
}

function after(left: number, step: Extract<ConsentFact, { kind: 'notice' }>['step']): number {
  if (step === 'accepted') return left + 1;
  return step === 'sent' ? Math.max(0, left - 1) : 0;
}
