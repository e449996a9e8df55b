import type { Clock } from '#shared/domain/clock';
import { chooseReply, type ChosenReply } from '#shared/domain/replies/choose-reply';
import type { CompiledRules } from '#shared/domain/replies/compile-rules';
import type { Logger } from '#shared/log';
import { sealReply } from '#wechat/callback/callback';
import { buildPassiveReply } from '#wechat/callback/passive-reply';
import { setTimeout as pause } from 'node:timers/promises';
import { replayKeyOfReply } from '../callback/check';
import type { OpenedPush } from '../callback/opened-push';
import type { RelayMetrics } from '../metrics';
import type { RelayStore } from '../store/port';
import { answerKey, Answers, type Answer } from './answers';
import { AnswerMarks, NO_MARKS, personKey } from './marks';
import type { RuleStore } from './rule-store';

export interface AutoRepliesDeps {
  readonly store: RelayStore;
  readonly rules: Pick<RuleStore, 'find' | 'hasNone'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: RelayMetrics;
}

interface Delivery {
  /** False when the message was stored before: it may have been answered. */
  readonly isFirst: boolean;
  /** Milliseconds in which the reply is of use. */
  readonly budget: number;
}

const NOTHING: Promise<null> = Promise.resolve(null);
/** Milliseconds before deciding again after another relay was quicker. */
const AGAIN_MS = 10;

/**
 * Answers messages by the account's rules, each message once and for all, on however many relays and deliveries.
 *
 * The writes come in an order in which a relay may die, or its answer be lost, after each of them:
 * 1. the message itself (by the caller), so that nothing acknowledged is lost;
 * 2. a claim on the mark of a "once per N hours" rule, which is void unless 3 follows;
 * 3. the sealed answer, created under the message's key: whoever comes first decides, and everybody answers with these bytes;
 * 4. the mark, confirmed: from 3 on it counts, from here on for longer than the answer is kept;
 * 5. the report for the desktop, under a replay key of the message's;
 * 6. the answer to WeChat.
 * Each is harmless when repeated. A relay that dies before 6 has not answered, so WeChat delivers the message again, and
 * that delivery does what is missing.
 */
export class AutoReplies {
  private readonly answers: Answers;
  private readonly marks: AnswerMarks;

  constructor(private readonly deps: AutoRepliesDeps) {
    this.answers = new Answers(deps.store);
    this.marks = new AnswerMarks(deps.store, this.answers);
  }

  /** The encrypted passive reply to a stored message; null when nothing is to be answered, or not in time. Never rejects. */
  answer(push: OpenedPush, { isFirst, budget }: Delivery): Promise<string | null> {
    const { log, metrics, rules } = this.deps;
    const { appid } = push.account;
    // A repeated message may have been answered by rules that are gone.
    if (isFirst && rules.hasNone(push.account)) return NOTHING;
    const deadline = performance.now() + budget;
    const isLate = (): boolean => performance.now() >= deadline;
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => {
        metrics.autoReplies.add({ outcome: 'late' });
        log.warn('auto-reply-late', { appid });
        resolve(null);
      }, budget);
      this.work(push, isFirst, isLate)
        .then(resolve, (error: unknown) => {
          // The message is safe, and a person will answer it: only the automatic reply is missing.
          metrics.autoReplies.add({ outcome: 'failed' });
          log.error('auto-reply-failed', { appid, error });
          resolve(null);
        })
        .finally(() => {
          clearTimeout(giveUp);
        });
    });
  }

  private async work(push: OpenedPush, isFirst: boolean, isLate: () => boolean): Promise<string | null> {
    const { appid, workspaceId } = push.account;
    const key = answerKey(workspaceId, appid, push.message.dedupeKey);
    const before = isFirst ? null : await this.answers.get(key);
    const answer = before ?? (await this.decide(push, key, isLate));
    if (answer === null || isLate()) return null;
    await this.finish(push, key, answer);
    const outcome = answer.reply === null ? 'silent' : before === null ? 'answered' : 'repeated';
    this.deps.metrics.autoReplies.add({ outcome });
    return answer.reply;
  }

  /** What the message is answered with, as stored; null when it has no answer and needs none. */
  private async decide(push: OpenedPush, key: string, isLate: () => boolean): Promise<Answer | null> {
    const { account, message } = push;
    const rules = await this.deps.rules.find(account);
    if (rules === null || rules.rules.length === 0) return null;
    const person = personOf(push);
    while (!isLate()) {
      const now = this.deps.clock.now();
      const marks = usesMarks(rules) ? await this.marks.read(person, key, now) : NO_MARKS;
      const chosen = chooseReply(rules, message, { now, answeredAt: marks.answeredAt });
      // Results of jobs come in masses and are never answered; nothing needs to be remembered of them.
      if (chosen === null && message.content.kind === 'event') return null;
      const ruleId = chosen?.rule.id ?? null;
      const isMarked = chosen?.rule.oncePerHours !== undefined;
      if (ruleId !== null && isMarked && !(await marks.claim(ruleId, now))) {
        await pause(AGAIN_MS);
        continue;
      }
      // Whoever is late has told WeChat that there is no answer.
      if (isLate()) return null;
      return this.answers.settle(key, { ruleId, isMarked, reply: this.seal(push, chosen, now) });
    }
    return null;
  }

  private seal(push: OpenedPush, chosen: ChosenReply | null, now: number): string | null {
    const { account, message, encodingAESKey } = push;
    if (chosen === null) return null;
    const xml = buildPassiveReply(chosen.reply, {
      to: message.fromUserName,
      from: message.toUserName,
      createTime: now,
    });
    if (xml === null) return null;
    return sealReply({
      token: account.token,
      encodingAESKey,
      appid: account.envelopeAppid,
      message: xml,
      timestamp: now,
    });
  }

  /** Makes the stored answer count and tells the desktop of it, unless an earlier delivery has. */
  private async finish(push: OpenedPush, key: string, answer: Answer): Promise<void> {
    const { account, message } = push;
    if (answer.ruleId !== null && answer.isMarked)
      await this.marks.confirm(personOf(push), answer.ruleId, key);
    if (answer.reply === null) return;
    await this.deps.store.log.append({
      workspaceId: account.workspaceId,
      kind: 'auto-reply',
      appid: account.appid,
      receivedAt: this.deps.clock.now(),
      replayKey: replayKeyOfReply(account.appid, message),
      query: '',
      body: Buffer.from(answer.reply),
    });
  }
}

function personOf({ account, message }: OpenedPush): string {
  return personKey(account.workspaceId, account.appid, message.fromUserName);
}

function usesMarks({ rules }: CompiledRules): boolean {
  return rules.some(({ rule }) => rule.enabled && rule.oncePerHours !== undefined);
}
