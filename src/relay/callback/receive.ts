import { AppError } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import type { RelayLimits } from '../deps';
import type { RelayMetrics } from '../metrics';
import type { AutoReplies } from '../replies/auto-replies';
import type { CallbackAccount } from '../state/accounts';
import type { AppendOutcome, MessageLog } from '../store/port';
import { DONE } from './answer';
import { checkPush, replayKeyOfMessage, replayKeyOfSignature } from './check';
import { openPush, type ComponentAccount, type OpenedPush } from './opened-push';
import { isVerification, readCallbackQuery } from './query';

export interface ReceiverDeps {
  readonly messages: Pick<MessageLog, 'append'>;
  readonly replies: Pick<AutoReplies, 'answer'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: RelayMetrics;
  readonly limits: Pick<RelayLimits, 'timestampWindow'>;
}

/**
 * Milliseconds after the end of a push in which an automatic reply must be ready. WeChat waits 5 s for the last byte, over
 * a line that takes its own time; without a reply the customer must at least not be told that the service is broken.
 */
const REPLY_BUDGET_MS = 3_500;

/** What an account's callback address says to WeChat. Rejects with AppErrors of `callback/` and of the store. */
export class Receiver {
  private readonly counts: Readonly<Record<AppendOutcome, { value: number }>>;

  constructor(private readonly deps: ReceiverDeps) {
    const { callbacks } = deps.metrics;
    this.counts = {
      stored: callbacks.countOf({ outcome: 'stored' }),
      duplicate: callbacks.countOf({ outcome: 'duplicate' }),
    };
  }

  /** The echostr, which proves to WeChat that the address belongs to who knows the Token. */
  verify(account: CallbackAccount, rawQuery: string): string {
    const query = readCallbackQuery(rawQuery);
    if (!isVerification(account.token, query)) throw new AppError({ code: 'callback/bad-signature' });
    this.deps.metrics.callbacks.add({ outcome: 'verified' });
    this.deps.log.info('callback-address-verified', { appid: account.appid });
    return query.echostr;
  }

  /**
   * Takes one push. Resolves, only after it is durable, to the body that answers it: `success` or an encrypted passive reply.
   * Anything else than an answer with 200 makes WeChat send the push again.
   */
  async take(account: CallbackAccount | ComponentAccount, rawQuery: string, bytes: Buffer): Promise<string> {
    const began = performance.now();
    const now = this.deps.clock.now();
    const query = readCallbackQuery(rawQuery);
    const { encrypt, body } = checkPush(account.token, query, bytes);
    this.requireFresh(account, query.timestamp, now);
    const push = account.mode === 'sealed' ? null : openPush(account, encrypt);
    const outcome = await this.deps.messages.append({
      workspaceId: account.workspaceId,
      kind: 'message',
      appid: account.appid,
      receivedAt: now,
      replayKey:
        push === null
          ? replayKeyOfSignature(account.key, query.timestamp, query.msgSignature)
          : replayKeyOfMessage(account.appid, push.message),
      query: rawQuery,
      body,
    });
    this.counts[outcome].value += 1;
    const reply = push === null ? null : await this.reply(push, outcome, began);
    this.deps.metrics.callbackSeconds.observe((performance.now() - began) / 1000);
    return reply ?? DONE;
  }

  private reply(push: OpenedPush, outcome: AppendOutcome, began: number): Promise<string | null> {
    const budget = REPLY_BUDGET_MS - (performance.now() - began);
    return this.deps.replies.answer(push, { isFirst: outcome === 'stored', budget });
  }

  private requireFresh(account: CallbackAccount, timestamp: UnixSeconds, now: UnixSeconds): void {
    const skew = Math.round(now - timestamp);
    this.deps.metrics.clockSkew.set(skew);
    if (Math.abs(skew) <= this.deps.limits.timestampWindow) return;
    this.deps.log.warn('callback-outside-time-window', { appid: account.appid, skewSeconds: skew });
    throw new AppError({ code: 'callback/stale' });
  }
}
