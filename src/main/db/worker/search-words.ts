/**
 * Words for the search index. Latin letters and digits are words that match by their beginning; Chinese, Japanese and
 * Korean have no spaces, so each pair of neighbours becomes a word, and two characters are enough to find someone.
 */
import { isCjk, pairsOf, runsOf } from '#shared/domain/search/fold';

/** What goes into the index for these texts; empty when nothing in them can be searched. */
export function indexWords(texts: readonly (string | null)[]): string {
  return texts
    .flatMap((text) => runsOf(text ?? ''))
    .flatMap((run) => {
      if (!isCjk(run)) return [run];
      // The last character stands alone too, so that a single one finds every place it occurs in.
      return [...pairsOf(run), [...run].at(-1) ?? ''];
    })
    .join(' ');
}

/** The FTS5 query that finds texts with every run of `text`; null when nothing in it can be searched. */
export function matchQuery(text: string): string | null {
  const terms = runsOf(text).map((run) => {
    const pairs = pairsOf(run);
    if (!isCjk(run) || pairs.length === 0) return `"${run}"*`;
    return `"${pairs.join(' ')}"`;
  });
  return terms.length === 0 ? null : terms.join(' AND ');
}
