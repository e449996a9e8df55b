import type { Matcher, TextRange } from './matching';

export interface Snippet {
  /** One line of the text around the first place, with `…` where it was cut. */
  readonly text: string;
  /** What was found in it. */
  readonly ranges: readonly TextRange[];
}

/** Characters before the first place. */
const BEFORE = 16;

/** At most about `length` characters of `text`, in one line, around the first place that `matcher` finds. */
export function snippetOf(text: string, matcher: Pick<Matcher, 'ranges'>, length = 120): Snippet {
  const line = text.replace(/\s+/gu, ' ').trim();
  const first = matcher.ranges(line)[0];
  const from = first && first[0] > BEFORE * 2 && line.length > length ? whole(line, first[0] - BEFORE) : 0;
  const until = whole(line, Math.min(line.length, from + length));
  const cut = `${from > 0 ? '…' : ''}${line.slice(from, until)}${until < line.length ? '…' : ''}`;
  return { text: cut, ranges: matcher.ranges(cut) };
}

/** Never in the middle of a character of two units. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
