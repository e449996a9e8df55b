import type { ReplyRule, ReplyRuleSet } from '../../relay/reply-rules';
import type { UnixSeconds } from '../clock';
import { compilePatterns } from './linear-regex';
import type { PatternMatcher, PatternSource } from './linear-regex';
import { shopClock } from './shop-hours';
import type { ShopTime } from './shop-hours';
import { compileTrigger } from './triggers';
import type { Trigger } from './triggers';

export interface CompiledRule {
  readonly rule: ReplyRule;
  readonly isTriggered: Trigger;
}

/** A rule set made ready for `chooseReply` and `explainReply`. */
export interface CompiledRules {
  readonly version: number;
  /** In the order in which they are asked. */
  readonly rules: readonly CompiledRule[];
  readonly patterns: PatternMatcher;
  readonly timeAt: (now: UnixSeconds) => ShopTime;
}

/**
 * Prepares a rule set once for many messages. Rules that are switched off are checked too, so that switching one on later
 * cannot break the set.
 * @throws AppError `replies/bad-time-zone`; `replies/bad-pattern` and `replies/patterns-too-large` with the id of the
 * `rule` in their params
 */
export function compileRules(set: ReplyRuleSet): CompiledRules {
  const timeAt = shopClock(set.timeZone);
  const sources: PatternSource[] = [];
  const addPattern = (source: PatternSource): number => sources.push(source) - 1;
  const rules = [...set.rules]
    .sort(byTurn)
    .map((rule) => ({ rule, isTriggered: compileTrigger(rule.trigger, rule.id, addPattern) }));
  return { version: set.version, rules, patterns: compilePatterns(sources), timeAt };
}

/** Default rules last, then the highest priority first; sorting keeps the order of the list among equals. */
function byTurn(a: ReplyRule, b: ReplyRule): number {
  const isDefault = (rule: ReplyRule): number => (rule.trigger.on === 'default' ? 1 : 0);
  return isDefault(a) - isDefault(b) || b.priority - a.priority;
}
