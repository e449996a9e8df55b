/** Which automatic reply a message gets, and why no other. One judgement serves both questions, so they cannot disagree. */
import type { ReplyContent, ReplyRule } from '../../relay/reply-rules';
import type { UnixSeconds } from '../clock';
import type { InboundMessage } from '../message';
import type { CompiledRule, CompiledRules } from './compile-rules';
import { fitReply } from './fit-reply';
import { hoursHold } from './shop-hours';
import { hear } from './triggers';
import type { Heard } from './triggers';

export interface ReplyContext {
  readonly now: UnixSeconds;
  /**
   * When a rule last answered the sender of the message; null when never, or longer ago than `ONCE_PER_HOURS_MAX`.
   * Asked only for rules with `oncePerHours` that would answer otherwise.
   */
  readonly answeredAt: (ruleId: string) => UnixSeconds | null;
}

export interface ChosenReply {
  readonly rule: ReplyRule;
  /** The rule's reply as this message may be answered. Of kind `none`: answer nothing. */
  readonly reply: ReplyContent;
}

/**
 * `answers`: the winner. Otherwise the first reason against the rule: it is switched off, something else happened, not at
 * this time, it answered this person too recently, or a rule before it answers.
 */
export type RuleOutcome = 'answers' | 'disabled' | 'trigger' | 'hours' | 'once-per' | 'lower-priority';

export interface RuleVerdict {
  readonly rule: ReplyRule;
  readonly outcome: RuleOutcome;
}

export interface ReplyExplanation {
  readonly chosen: ChosenReply | null;
  /** Every rule, in the order in which they are asked. */
  readonly verdicts: readonly RuleVerdict[];
}

const SECONDS_PER_HOUR = 3_600;

/** The rule that answers a message, and its reply; null when no rule does. */
export function chooseReply(
  compiled: CompiledRules,
  message: InboundMessage,
  context: ReplyContext,
): ChosenReply | null {
  for (const { rule, outcome } of judge(compiled, message, context)) {
    if (outcome === 'answers') return chosen(rule, message);
  }
  return null;
}

/** What `chooseReply` would choose, with the outcome for every rule. Changes nothing. */
export function explainReply(
  compiled: CompiledRules,
  message: InboundMessage,
  context: ReplyContext,
): ReplyExplanation {
  const verdicts = [...judge(compiled, message, context)];
  const winner = verdicts.find(({ outcome }) => outcome === 'answers');
  return { chosen: winner ? chosen(winner.rule, message) : null, verdicts };
}

function chosen(rule: ReplyRule, message: InboundMessage): ChosenReply {
  return { rule, reply: fitReply(rule.reply, message) };
}

/** The verdicts one by one: whoever only wants the winner stops there. */
function* judge(
  compiled: CompiledRules,
  message: InboundMessage,
  context: ReplyContext,
): Generator<RuleVerdict> {
  const heard = hear(message, compiled.patterns);
  let isAnswered = false;
  for (const candidate of compiled.rules) {
    const obstacle = obstacleFor(candidate, heard, compiled, context);
    const outcome: RuleOutcome = obstacle ?? (isAnswered ? 'lower-priority' : 'answers');
    isAnswered ||= outcome === 'answers';
    yield { rule: candidate.rule, outcome };
  }
}

/** What keeps a rule, taken for itself, from answering; null when nothing does. */
function obstacleFor(
  { rule, isTriggered }: CompiledRule,
  heard: Heard,
  compiled: CompiledRules,
  { now, answeredAt }: ReplyContext,
): 'disabled' | 'trigger' | 'hours' | 'once-per' | null {
  if (!rule.enabled) return 'disabled';
  if (!isTriggered(heard)) return 'trigger';
  if (rule.hours && !hoursHold(rule.hours, compiled.timeAt(now))) return 'hours';
  if (rule.oncePerHours !== undefined) {
    const at = answeredAt(rule.id);
    // By distance: a mark far in the future, made while a clock was wrong, must not silence the rule until then.
    if (at !== null && Math.abs(now - at) < rule.oncePerHours * SECONDS_PER_HOUR) return 'once-per';
  }
  return null;
}
