/** What sets off a rule. */
import type { ReplyTrigger } from '../../relay/reply-rules';
import type { InboundMessage } from '../message';
import { foldText } from './fold-text';
import type { PatternMatcher, PatternSource } from './linear-regex';

/**
 * UTF-16 units at the beginning of a message in which `contains` and `regex` search, so that a set of rules has a bounded
 * time for a message. What customers type is far shorter.
 */
export const KEYWORD_TEXT_MAX = 2_048;

/** A message as the triggers look at it; what is costly is worked out once, and only when a trigger asks. */
export interface Heard {
  readonly content: InboundMessage['content'];
  /** The folded text without blanks around it; null when the message is no text. */
  readonly whole: () => string | null;
  /** The folded beginning of the text; null when the message is no text. */
  readonly beginning: () => string | null;
  /** The regular expressions of the rule set that occur at the beginning of the text. */
  readonly patterns: () => ReadonlySet<number>;
}

export type Trigger = (heard: Heard) => boolean;

export function hear({ content }: InboundMessage, matcher: PatternMatcher): Heard {
  const text = content.kind === 'text' ? content.text : null;
  const beginning = text === null ? null : beginningOf(text);
  return {
    content,
    whole: once(() => (text === null ? null : foldText(text).trim())),
    beginning: once(() => (beginning === null ? null : foldText(beginning))),
    patterns: once(() => matcher(beginning ?? '')),
  };
}

/** Never half of a character beyond 16 bits. */
function beginningOf(text: string): string {
  if (text.length <= KEYWORD_TEXT_MAX) return text;
  const last = text.charCodeAt(KEYWORD_TEXT_MAX - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? KEYWORD_TEXT_MAX - 1 : KEYWORD_TEXT_MAX);
}

function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | null = null;
  return () => (done ??= { value: work() }).value;
}

/** The test of one trigger. `addPattern` takes a regular expression into the rule set's matcher and gives its index there. */
export function compileTrigger(
  trigger: ReplyTrigger,
  ruleId: string,
  addPattern: (source: PatternSource) => number,
): Trigger {
  switch (trigger.on) {
    case 'follow':
      return followTrigger(trigger.scenes);
    case 'keyword':
      return keywordTrigger(trigger.keywords, (pattern) => addPattern({ ruleId, pattern }));
    case 'menu': {
      const keys = new Set(trigger.keys);
      return ({ content }) =>
        content.kind === 'event' && content.event.name === 'CLICK' && keys.has(content.event.key);
    }
    case 'type': {
      const types = new Set<string>(trigger.types);
      return ({ content }) => types.has(content.kind);
    }
    case 'default':
      return ({ content }) => content.kind !== 'event';
  }
}

function followTrigger(scenes: readonly string[] | undefined): Trigger {
  const wanted = scenes && new Set(scenes);
  return ({ content }) => {
    if (content.kind !== 'event') return false;
    const { event } = content;
    // A follower who scans does not follow: only a rule for that very code answers.
    if (event.name === 'SCAN') return wanted?.has(event.scene) ?? false;
    if (event.name !== 'subscribe') return false;
    return !wanted || (event.scene !== null && wanted.has(event.scene));
  };
}

type Keyword = Extract<ReplyTrigger, { on: 'keyword' }>['keywords'][number];

function keywordTrigger(keywords: readonly Keyword[], addPattern: (pattern: string) => number): Trigger {
  const textsOf = (match: Keyword['match']): string[] =>
    keywords.filter((keyword) => keyword.match === match).map(({ text }) => text);
  const equal = new Set(textsOf('equals').map((text) => foldText(text).trim()));
  const contained = textsOf('contains').map(foldText);
  const patterns = textsOf('regex').map(addPattern);
  return (heard) => {
    const whole = heard.whole();
    if (whole === null) return false;
    if (equal.has(whole)) return true;
    const beginning = heard.beginning() ?? '';
    return (
      contained.some((text) => beginning.includes(text)) ||
      (patterns.length > 0 && patterns.some((index) => heard.patterns().has(index)))
    );
  };
}
