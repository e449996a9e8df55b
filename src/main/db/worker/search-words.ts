/**
 * Words for the search index. Latin letters and digits are words that match by their beginning; Chinese, Japanese and
 * Korean have no spaces, so each pair of neighbours becomes a word, and two characters are enough to find someone.
 */

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\p{L}\p{N}]|$)/gu;

/** One spelling for what looks the same: full width, case and accents do not matter. */
export function normalised(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
}

function runsOf(text: string): string[] {
  return normalised(text).match(RUNS) ?? [];
}

function pairs(run: readonly string[]): string[] {
  return run.slice(0, -1).map((char, index) => char + (run[index + 1] ?? ''));
}

/** What goes into the index for these texts; empty when nothing in them can be searched. */
export function indexWords(texts: readonly (string | null)[]): string {
  return texts
    .flatMap((text) => runsOf(text ?? ''))
    .flatMap((run) => {
      if (!CJK.test(run)) return [run];
      const chars = [...run];
      // The last character stands alone too, so that a single one finds every place it occurs in.
      return [...pairs(chars), chars.at(-1) ?? ''];
    })
    .join(' ');
}

/** The FTS5 query that finds texts with every run of `text`; null when nothing in it can be searched. */
export function matchQuery(text: string): string | null {
  const terms = runsOf(text).map((run) => {
    const chars = [...run];
    if (!CJK.test(run) || chars.length === 1) return `"${run}"*`;
    return `"${pairs(chars).join(' ')}"`;
  });
  return terms.length === 0 ? null : terms.join(' AND ');
}
