/** Whether a text holds what was searched, and where; the index only says which texts may. */
import { folded, foldedText, isCjk, runsOf, type Folded } from './fold';
import type { SearchTerm } from './query';

/** Offsets in the original text, in UTF-16 units; `end` is behind the last one. */
export type TextRange = readonly [start: number, end: number];

const LETTER = /[\p{L}\p{N}]/u;

/** What a term looks for, one after the other in a text: its runs, or the whole of a phrase. */
interface Needle {
  readonly text: string;
  /** Has to begin where a word begins. */
  readonly atWord: boolean;
}

export interface Matcher {
  matches(text: string): boolean;
  /** Every place of every term, without overlaps, in order. */
  ranges(text: string): TextRange[];
}

export function matcherOf(terms: readonly SearchTerm[]): Matcher {
  const wanted = terms.filter((term) => !term.negated).flatMap(needlesOf);
  const unwanted = terms.filter((term) => term.negated).map(needlesOf);
  return {
    matches(text) {
      const plain = foldedText(text);
      const holds = (needle: Needle) => placeOf(plain, needle, 0) >= 0;
      return wanted.every(holds) && !unwanted.some((needles) => needles.every(holds));
    },
    ranges(text) {
      const plain = folded(text);
      return merged(wanted.flatMap((needle) => placesOf(plain, needle)));
    },
  };
}

function needlesOf({ text, phrase }: SearchTerm): Needle[] {
  const needle = (plain: string): Needle => ({ text: plain, atWord: !isCjk([...plain][0] ?? '') });
  if (phrase) return [needle(foldedText(text.trim()).replace(/\s+/gu, ' '))];
  return runsOf(text).map(needle);
}

function placeOf(text: string, needle: Needle, from: number): number {
  for (let at = text.indexOf(needle.text, from); at >= 0; at = text.indexOf(needle.text, at + 1)) {
    if (!needle.atWord || startsWord(text, at)) return at;
  }
  return -1;
}

function startsWord(text: string, at: number): boolean {
  const before = text[at - 1];
  return before === undefined || !LETTER.test(before) || isCjk(before);
}

function placesOf({ text, origins }: Folded, needle: Needle): TextRange[] {
  const found: TextRange[] = [];
  for (let at = placeOf(text, needle, 0); at >= 0; at = placeOf(text, needle, at + needle.text.length)) {
    const end = at + needle.text.length;
    found.push([origins[at] ?? 0, origins[end] ?? origins.at(-1) ?? 0]);
  }
  return found;
}

function merged(ranges: readonly TextRange[]): TextRange[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((one, other) => one[0] - other[0])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
