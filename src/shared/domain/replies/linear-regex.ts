/**
 * Regular expressions of reply rules. They are written by people and run on texts that strangers send, so they run on an
 * engine whose time grows with the length of the text and never faster: RE2 syntax, no backtracking (docs/adr/0006).
 */
import { RE2JS, RE2JSException, RE2JSSyntaxException, RE2Set } from 're2js';
import { AppError } from '../../app-error';

/**
 * Instructions of all patterns of one rule set together; a common pattern (`退款|退货`) has 5 to 40. The time for one text is
 * bounded by this number times the length of the text.
 */
export const PATTERNS_SIZE_MAX = 5_000;

/** Bytes of states that one rule set keeps ready; beyond them a search goes on without, slower but still linear. */
const STATES_BYTES = 2 * 1024 * 1024;

export interface PatternSource {
  /** Names the culprit in errors. */
  readonly ruleId: string;
  /** RE2 syntax, searched anywhere in the text, ignoring case. */
  readonly pattern: string;
}

/** The indices of the patterns that occur in a text: one pass for all of them. */
export type PatternMatcher = (text: string) => ReadonlySet<number>;

const NONE: ReadonlySet<number> = new Set();

/**
 * One machine for all patterns, in their order.
 * @throws AppError with the `rule` in its params: `replies/bad-pattern` when one is not RE2 (look-around and back
 * references are not), also with the engine's `reason`; `replies/patterns-too-large` when one exceeds what is left of
 * `PATTERNS_SIZE_MAX`
 */
export function compilePatterns(sources: readonly PatternSource[]): PatternMatcher {
  if (sources.length === 0) return () => NONE;
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE, STATES_BYTES);
  let size = 0;
  for (const { ruleId, pattern } of sources) {
    size += sizeOf(pattern, ruleId);
    if (size > PATTERNS_SIZE_MAX)
      throw new AppError({ code: 'replies/patterns-too-large', params: { rule: ruleId } });
    set.add(pattern);
  }
  set.compile();
  return (text) => new Set(set.match(text));
}

function sizeOf(pattern: string, ruleId: string): number {
  try {
    return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE).programSize();
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const reason = error instanceof RE2JSSyntaxException ? error.getDescription() : error.message;
    throw new AppError({ code: 'replies/bad-pattern', params: { rule: ruleId, reason } }, { cause: error });
  }
}
