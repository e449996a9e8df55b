/** One spelling for what looks the same, and the runs of letters that a search looks for. */

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\p{L}\p{N}]|$)/gu;

/** Full width, case and accents do not matter. */
export function normalised(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
}

/** Runs of Chinese, Japanese and Korean, and words of other letters and digits, normalised and in order. */
export function runsOf(text: string): string[] {
  return normalised(text).match(RUNS) ?? [];
}

/** Whether a run is written without spaces, so that any part of it may be searched. */
export function isCjk(run: string): boolean {
  return CJK.test(run);
}

/** Neighbouring characters, two by two; empty for a single character. */
export function pairsOf(run: string): string[] {
  const chars = [...run];
  return chars.slice(0, -1).map((char, index) => char + (chars[index + 1] ?? ''));
}

export interface Folded {
  readonly text: string;
  /** Where in the original text the character at each offset of `text` begins; one more for the end. */
  readonly origins: readonly number[];
}

/** What folding may change. */
const FOLDS = /[A-Z]|[^ -~\u{4e00}-\u{9fff}]/gu;

/** The text of `folded` alone, for the many texts that are only asked whether they hold something. */
export function foldedText(text: string): string {
  return text.replace(FOLDS, foldChar);
}

/** The normalised text with the way back, so that what was found can be marked in the original. */
export function folded(text: string): Folded {
  let result = '';
  const origins: number[] = [];
  let at = 0;
  for (const char of text) {
    const plain = foldChar(char);
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(at);
    result += plain;
    at += char.length;
  }
  origins.push(text.length);
  return { text: result, origins };
}

function foldChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  // Most of what is searched is plain ASCII or Chinese, which normalising leaves as it is.
  if (code < 0x80) return char.toLowerCase();
  if (code >= 0x4e00 && code <= 0x9fff) return char;
  return normalised(char);
}
